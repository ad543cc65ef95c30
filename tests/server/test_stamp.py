"""The forms AWS gives times and ids."""

import re
import time

from emulator.server.stamp import new_stamp


def test_forms() -> None:
    before = int(time.time() * 1000)
    stamp = new_stamp()
    assert before <= stamp.epoch_ms <= int(time.time() * 1000)
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", stamp.request_id)
    assert re.fullmatch(r"[A-Za-z0-9_-]{15}=", stamp.extended_request_id)
    assert re.fullmatch(r"1-[0-9a-f]{8}-[0-9a-f]{24}", stamp.trace_root)


def test_the_trace_root_holds_the_seconds() -> None:
    """AWS: X-Ray concepts, tracing header: the time of the original request in hexadecimal."""
    stamp = new_stamp()
    assert int(stamp.trace_root.split("-")[1], 16) == stamp.epoch_ms // 1000


def test_every_request_has_its_own() -> None:
    stamps = [new_stamp() for _ in range(100)]
    for name in ("request_id", "extended_request_id", "trace_root"):
        assert len({getattr(stamp, name) for stamp in stamps}) == 100
