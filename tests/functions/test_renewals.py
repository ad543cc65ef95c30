import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from emulator.functions.invocation import Function
from emulator.functions.renewals import BREATH, Renewals


@dataclass(eq=False)
class Functions:
    """Notes who was started, in order; each start goes on until `end`."""

    renewals: Renewals = field(default_factory=Renewals)
    started: list[str] = field(default_factory=list)

    def make(self, name: str, used_at: float = 0.0, handler: str = "app.handler", folder: str = "/code") -> "One":
        return One(self, Function(name, handler, Path(folder)), used_at)

    async def settle(self) -> None:
        await asyncio.sleep(BREATH * 3)


@dataclass(eq=False)
class One:
    functions: Functions
    function: Function
    used_at: float
    held: bool = False

    def renew(self) -> bool:
        if self.held:
            return False
        self.functions.started.append(self.function.name)
        self.functions.renewals.begun(self.function.name)
        return True


def run(scenario: Callable[[Functions], Awaitable[None]]) -> list[str]:
    async def main() -> list[str]:
        functions = Functions()
        await scenario(functions)
        return functions.started

    return asyncio.run(main())


def test_one_after_the_other_and_what_was_used_last_first() -> None:
    async def scenario(functions: Functions) -> None:
        renewals = functions.renewals
        for name, used_at in (("old", 1.0), ("new", 3.0), ("between", 2.0)):
            renewals.ask(functions.make(name, used_at))
        for expected in (["new"], ["new", "between"], ["new", "between", "old"]):
            await functions.settle()
            assert functions.started == expected
            renewals.ended(expected[-1])

    assert run(scenario) == ["new", "between", "old"]


def test_not_while_another_starts_for_a_request() -> None:
    async def scenario(functions: Functions) -> None:
        functions.renewals.begun("awaited")
        functions.renewals.ask(functions.make("later"))
        await functions.settle()
        assert functions.started == []
        functions.renewals.ended("awaited")
        await functions.settle()

    assert run(scenario) == ["later"]


def test_not_what_would_fail_in_the_same_way() -> None:
    async def scenario(functions: Functions) -> None:
        renewals = functions.renewals
        first = functions.make("first", 9.0)
        same = functions.make("same", 2.0, handler="app.other")
        others = [functions.make("module", 1.0, handler="b.handler"), functions.make("folder", 0.0, folder="/other")]
        for one in (first, same, *others):
            renewals.ask(one)
        await functions.settle()
        renewals.failed(first.function)
        renewals.ended("first")
        await functions.settle()
        renewals.ended("module")
        await functions.settle()

    assert run(scenario) == ["first", "module", "folder"]


def test_code_that_is_being_saved_again_waits() -> None:
    async def scenario(functions: Functions) -> None:
        held = functions.make("held", 2.0)
        held.held = True
        functions.renewals.ask(held)
        functions.renewals.ask(functions.make("other", 1.0))
        await functions.settle()
        assert functions.started == ["other"]
        functions.renewals.ended("other")
        held.held = False
        functions.renewals.go_on()
        await functions.settle()

    assert run(scenario) == ["other", "held"]


@pytest.mark.parametrize("asked", [1, 2])
def test_dropped(asked: int) -> None:
    async def scenario(functions: Functions) -> None:
        one = functions.make("one")
        for _ in range(asked):
            functions.renewals.ask(one)
        functions.renewals.drop(one)
        await functions.settle()

    assert run(scenario) == []
