"""The paths of API Gateway's health check (AWS: Amazon API Gateway important notes; serverless/examples#667)."""

import pytest

from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.reserved_paths import HEALTHY, reserved_refusal
from emulator.messages import Request


@pytest.mark.parametrize("method", ["GET", "OPTIONS", "POST"])
@pytest.mark.parametrize("path", ["/ping", "/sping"])
def test_reserved(method: str, path: str) -> None:
    reason = f"API Gateway answers {path} itself, for its health check"
    assert reserved_refusal(Request(method, path)) == Refusal(RefusalKind.RESERVED_PATH, reason)


@pytest.mark.parametrize("path", ["/", "/ping/x", "/dev/ping", "/pings", "/PING"])
def test_not_reserved(path: str) -> None:
    """Whether a slash at the end counts is uncertain."""
    assert reserved_refusal(Request("GET", path)) is None


def test_no_page_of_another_origin_can_read_the_answer() -> None:
    assert (HEALTHY.status, HEALTHY.body) == (200, b"Healthy Connection")
    assert HEALTHY.header("access-control-allow-origin") is None
