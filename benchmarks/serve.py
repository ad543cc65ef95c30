"""`make bench`: a warm request through `emulate serve` against a bare uvicorn + starlette answer, in one run.

Absolute figures depend on the machine; the ratios are what to compare between two versions. `--invoke` adds what an
invocation costs without the gateway (invoke.py).
"""

import argparse
import os
import socket
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import invoke
from client import answer_of, request_bytes, requests_per_second, sequential, wrk_requests_per_second
from started import CONFIG, HANDLER, Started, bare, emulate

BLOCKS = 10
WARM = 400
"""Requests of a block; blocks of ours and of bare take turns."""
ROUNDS = 3
SECONDS = 4.0
STARTS = 7
SAVES = 15


@dataclass(frozen=True, slots=True)
class Server:
    """What was measured of one server under the same requests: sorted ms of one at a time; medians of answers a second
    to eight at once; ms of processor time that one of those took, which a busy machine disturbs least."""

    warm: list[float]
    rate: float
    wrk: float | None
    processor: float

    def at(self, percent: int) -> float:
        """A percentile, in ms."""
        return self.warm[len(self.warm) * percent // 100]


def compare(started: tuple[Started, ...]) -> list[Server]:
    """These servers, in turns."""
    for one in started:
        sequential("/", one.port, 300)
        requests_per_second("/", one.port, seconds=1)  # whatever is started for eight at once has been
    warm: list[list[float]] = [[] for _ in started]
    for _ in range(BLOCKS):
        for taken, one in zip(warm, started, strict=True):
            taken += sequential("/", one.port, WARM)
    rounds = [[loaded(one) for one in started] for _ in range(ROUNDS)]
    servers = []
    for taken, mine in zip(warm, zip(*rounds, strict=True), strict=True):
        rates, processor, by_wrk = zip(*mine, strict=True)
        wrk = [rate for rate in by_wrk if rate is not None]
        median = statistics.median
        servers.append(Server(sorted(taken), median(rates), median(wrk) if wrk else None, median(processor)))
    return servers


def loaded(one: Started) -> tuple[float, float, float | None]:
    """Answers a second to eight at once, ms of the server's processor time each took, and answers a second to wrk."""
    before = one.processor_time()
    rate = requests_per_second("/", one.port, seconds=SECONDS)
    processor = (one.processor_time() - before) * 1000 / (rate * SECONDS)
    return rate, processor, wrk_requests_per_second("/", one.port)


def save_to_new_code(target: Path, code: str, port: int, times: int = SAVES, limit: float = 5.0) -> list[float]:
    """Milliseconds from a save of `code`, whose "VERSION = 0" is counted up, to the first answer of the new code,
    asking all the while; ends at the first that takes more than `limit` seconds, which is infinite."""
    request = request_bytes("/", port)
    taken = []
    with socket.create_connection(("127.0.0.1", port)) as connection:
        for version in range(1, times + 1):
            target.write_text(code.replace("VERSION = 0", f"VERSION = {version}"))
            started = time.perf_counter()
            while True:
                connection.sendall(request)
                status, body = answer_of(connection)
                if status == 200 and body.replace(b" ", b"") == f'{{"version":{version}}}'.encode():
                    break
                if time.perf_counter() > started + limit:
                    return [*taken, float("inf")]
            taken.append((time.perf_counter() - started) * 1000)
    return taken


def row(what: str, value: float, base: float | None = None, unit: str = "ms") -> None:
    ratio = f"{value / base:6.2f} x bare ({base:.3f} {unit})" if base else ""
    print(f"{what:34}{value:10.3f} {unit:6}{ratio}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--invoke", action="store_true", help="also without the gateway, beside a bare worker")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "project"
        folder.mkdir()
        (folder / "app.py").write_text(HANDLER)
        (folder / "emulator.yaml").write_text(CONFIG)
        ready = []
        for _ in range(STARTS):
            with emulate(folder) as started:
                ready.append(started.seconds * 1000)
        with bare() as floor, emulate(folder) as ours:
            base, emulated = compare((floor, ours))
            saves = save_to_new_code(folder / "app.py", HANDLER, ours.port)
            memory, children = ours.megabytes()

    row("warm request p50", emulated.at(50), base.at(50))
    row("warm request p99", emulated.at(99), base.at(99))
    row("requests a second, 8 connections", emulated.rate, base.rate, "1/s")
    if emulated.wrk is not None:
        row("the same by wrk -t1 -c8", emulated.wrk, base.wrk, "1/s")
    row("processor time a request", emulated.processor, base.processor)
    row("start to Ready, median", statistics.median(ready))
    row("save to new code, median", statistics.median(saves))
    row("save to new code, worst", max(saves))
    print(f"{'memory':34}{memory:.0f} + {children:.0f} MB in environments")
    if options.invoke:
        print(invoke.report(invoke.measure()))


if __name__ == "__main__":
    main()
