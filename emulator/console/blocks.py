"""Which log lines stand together on the console: those of one invocation, above its request's line. Pure.

A block collects the lines of an invocation until the exchange that asked for it. What takes longer than `HOLD`, or
grows beyond `LIMIT`, is passed on at once from then on. The lines of one invocation never change their order.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from emulator.console.lines import with_margin
from emulator.functions.error_record import may_be_record, recorded
from emulator.functions.invocation import FunctionError

HOLD = 0.1
"""Seconds for which lines wait for their request's: about as long as a person takes an answer for immediate."""

LIMIT = 64 * 1024
"""Characters of one block that are held at most, so that a function that prints without end fills no memory."""

TAG = 4
"""Characters of a request id before a line: enough to tell apart the few requests that run at the same time."""

Margin = Callable[[str, str], str]
"""Makes what stands before a line, of a function's name and a request's tag, which may be empty."""


@dataclass(slots=True)
class Block:
    """The lines of one invocation that are held. They are passed on when `due` is past, in seconds of the clock the
    console goes by."""

    function: str
    due: float
    lines: list[str] = field(default_factory=list)
    size: int = 0
    is_live: bool = False
    has_ended: bool = False
    is_answered: bool = False
    record: tuple[int, int] = (0, 0)
    """Which of `lines`, from one index to another, are the runtime's record of the error: that is shown at length
    beneath the request's line."""

    def hold(self, text: str) -> None:
        """Keep a line for later."""
        self.lines.append(text)
        self.size += len(text) + 1


class Blocks:
    """The lines of all invocations that run, and those printed outside of any. Its methods return the lines to be
    written now; `now` is in seconds of any one clock."""

    def __init__(self, margin: Margin) -> None:
        self._margin = margin
        self._blocks: dict[str, Block] = {}
        self._outside: dict[str, Block] = {}

    def __bool__(self) -> bool:
        """Tell whether anything is held, or will be."""
        return bool(self._blocks or self._outside)

    def begin(self, function: str, request_id: str, lines: list[str], now: float) -> list[str]:
        """Open the block of an invocation that has begun; `lines` say so."""
        earlier = self._blocks.pop(request_id, None)
        self._blocks[request_id] = Block(function, now + HOLD, lines)
        return [] if earlier is None else self._with_margin(function, request_id[:TAG], earlier.lines)

    def add(self, function: str, request_id: str | None, text: str, now: float) -> list[str]:
        """Take a line that a function printed. One that may be the runtime's record of an error waits for the error."""
        if request_id is None:
            return self._add_outside(function, text, now)
        block = self._blocks.get(request_id)
        if block is None:
            return self._with_margin(function, self._tag(request_id), [text])
        if block.is_live and not block.lines:
            if not may_be_record(text):
                return self._with_margin(function, self._tag(request_id, block), [text])
            block.due = now + HOLD
        block.hold(text)
        return self._pass_on(request_id, block) if block.size > LIMIT else []

    def end(
        self, function: str, request_id: str, error: FunctionError | None, lines: list[str], now: float
    ) -> list[str]:
        """End the block of an invocation; `lines` say so. It is passed on at once when its request's line stands
        already."""
        block = self._blocks.get(request_id)
        if block is None:
            return self._with_margin(function, self._tag(request_id), lines)
        if error is not None:
            length = len(block.lines)
            block.record = (length - recorded(block.lines, error), length)
        block.lines += lines
        block.has_ended = True
        if block.is_live:
            block.due = now + HOLD
        return self._pass_on(request_id, block) if block.is_answered else []

    def init_failed(self, function: str, error: FunctionError, lines: list[str]) -> list[str]:
        """Take the end of an environment that could not be initialized; `lines` say so. The error itself is shown at
        length elsewhere, so the runtime's record of it is left out."""
        block = self._outside.pop(function, None)
        held = [] if block is None else block.lines
        return self._with_margin(function, "", held[: len(held) - recorded(held, error)] + lines)

    def answer(self, request_id: str, *, is_error_shown: bool) -> list[str]:
        """Pass on the block of a request whose line comes next. With `is_error_shown` the error stands beneath that
        line at length, so the runtime's record of it is left out."""
        block = self._blocks.get(request_id)
        if block is None:
            return []
        if is_error_shown:
            del block.lines[slice(*block.record)]
        # What stands whole above its request's line needs no tag.
        tag = self._tag(request_id, block) if block.is_live else ""
        lines = self._pass_on(request_id, block, tag)
        block.is_answered = True
        return lines

    def overdue(self, now: float) -> list[str]:
        """Pass on what has been held long enough."""
        lines: list[str] = []
        for request_id, block in tuple(self._blocks.items()):
            if block.due <= now and (block.lines or block.has_ended or not block.is_live):
                lines += self._pass_on(request_id, block)
        for function, block in tuple(self._outside.items()):
            if block.due <= now:
                del self._outside[function]
                lines += self._with_margin(function, "", block.lines)
        return lines

    def rest(self) -> list[str]:
        """Pass on all that is held."""
        return self.overdue(float("inf"))

    def _add_outside(self, function: str, text: str, now: float) -> list[str]:
        block = self._outside.get(function)
        if block is None:
            if not may_be_record(text):
                return self._with_margin(function, "", [text])
            block = self._outside[function] = Block(function, now + HOLD)
        block.hold(text)
        if block.size <= LIMIT:
            return []
        del self._outside[function]
        return self._with_margin(function, "", block.lines)

    def _pass_on(self, request_id: str, block: Block, tag: str | None = None) -> list[str]:
        """Pass on what a block holds; from now on its lines come as they are printed."""
        margin = self._tag(request_id, block) if tag is None else tag
        lines = self._with_margin(block.function, margin, block.lines)
        if block.has_ended:
            del self._blocks[request_id]
        else:
            block.lines, block.size, block.is_live, block.record = [], 0, True, (0, 0)
        return lines

    def _tag(self, request_id: str, block: Block | None = None) -> str:
        """Make the tag of lines that stand apart from their request's, or between those of others; "" where none is
        needed."""
        apart = len(self._blocks) > 1 or (bool(self._blocks) if block is None else block.is_answered)
        return request_id[:TAG] if apart else ""

    def _with_margin(self, function: str, tag: str, texts: list[str]) -> list[str]:
        margin = self._margin(function, tag)
        return [f"{margin} {text}" if "\r" not in text else with_margin(margin, text) for text in texts]
