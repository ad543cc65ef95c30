"""Saves a handler as editors do, once a second, one in five of them broken, and tells the oracle of each."""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

from oracle import Oracle
from started import HANDLER

BROKEN = ("def handler(event, context:\n", "raise RuntimeError('broken at import')\n", "no_handler_here = 1\n")
"""A syntax error, an exception at import, a missing handler: in turn."""

PAUSE = 0.01
"""Seconds, at most, between the parts of a slow write."""


def saves(target: Path, oracle: Oracle, chance: random.Random) -> Iterator[float]:
    """Save for ever; yields the seconds to wait before it is continued."""
    while True:
        yield 1 + chance.uniform(-0.3, 0.3)
        number = oracle.begun + 1
        is_broken = number % 5 == 0
        code = BROKEN[number // 5 % len(BROKEN)] if is_broken else HANDLER.replace("VERSION = 0", f"VERSION = {number}")
        how = chance.choice((_write, _write_slowly, _rename, _rename_from_a_source_name))
        yield from how(target, code, oracle, is_broken, chance)


def _write(target: Path, code: str, oracle: Oracle, is_broken: bool, _: random.Random) -> Iterator[float]:
    """Truncate and write, without a breath between: the simplest editors."""
    oracle.begin(is_broken)
    target.write_text(code)
    oracle.complete()
    yield 0.0


def _write_slowly(target: Path, code: str, oracle: Oracle, is_broken: bool, chance: random.Random) -> Iterator[float]:
    """Truncate, half of it, the rest, close: editors on slow disks, and copying tools."""
    oracle.begin(is_broken)
    file = os.open(target, os.O_WRONLY | os.O_TRUNC)
    at, longest = time.monotonic(), 0.0
    for part in (code[: len(code) // 2], code[len(code) // 2 :]):
        yield chance.uniform(0, PAUSE)
        os.write(file, part.encode())
        at, longest = time.monotonic(), max(longest, time.monotonic() - at)
    yield chance.uniform(0, PAUSE)
    os.close(file)
    oracle.complete(longest)


def _rename(target: Path, code: str, oracle: Oracle, is_broken: bool, chance: random.Random) -> Iterator[float]:
    """Write beside, rename over: careful editors."""
    beside = target.with_name(f".{target.name}.swp")
    beside.write_text(code)
    yield chance.uniform(0, PAUSE)
    oracle.begin(is_broken)
    beside.replace(target)
    oracle.complete()


def _rename_from_a_source_name(
    target: Path, code: str, oracle: Oracle, is_broken: bool, chance: random.Random
) -> Iterator[float]:
    """The same with a name that could be a source file's: nothing tells it from one until it is renamed."""
    beside = target.with_name(f"{target.stem}_new{target.suffix}")
    beside.write_text(code)
    yield chance.uniform(0, PAUSE)
    oracle.begin(is_broken)
    beside.replace(target)
    oracle.complete()
