"""What waits for its turn: in order, off the path of who brings it, and never piling up."""

import asyncio

from emulator.history.turns import BACKLOG, Turns
from serving.rim import run


class Watched(Turns):
    """Turns, and all that came of them."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.pauses: list[bool] = []
        self.failures: list[str] = []
        self.idle = asyncio.Event()
        super().__init__(self._paused, self.failures.append)

    def _paused(self, idle: bool) -> None:
        self.pauses.append(idle)
        if idle:
            self.idle.set()


def test_nothing_is_done_on_the_path_of_who_brings_it_and_all_of_it_in_order_soon_after() -> None:
    async def conversation() -> None:
        turns = Watched()
        for number in range(3):
            turns.put(turns.done.append, number)
        assert turns.done == []
        await turns.idle.wait()
        assert turns.done == [0, 1, 2]

    run(conversation())


def test_a_lot_of_work_is_done_in_slices_between_which_others_have_their_turn() -> None:
    async def conversation() -> None:
        turns = Watched()
        others = 0
        for number in range(20_000):
            turns.put(turns.done.append, number)
        while not turns.idle.is_set():
            others += 1
            await asyncio.sleep(0)
        assert turns.done == list(range(20_000))
        assert turns.pauses[-1]
        assert turns.pauses.count(False) > 3
        assert others > 3

    run(conversation())


def test_who_brings_more_than_may_wait_does_work_first() -> None:
    """Nothing but the calls is given time."""

    async def conversation() -> None:
        turns = Watched()
        for number in range(8):
            turns.put(turns.done.append, number, BACKLOG // 4)
            assert (number + 1 - len(turns.done)) * (BACKLOG // 4) <= BACKLOG
        turns.finish()
        assert turns.done == list(range(8))

    run(conversation())


def test_to_finish_is_to_do_all_of_it_now_and_once() -> None:
    async def conversation() -> None:
        turns = Watched()
        turns.put(turns.done.append, 1)
        turns.finish()
        turns.finish()
        assert (turns.done, turns.pauses) == ([1], [True, True])
        turns.put(turns.done.append, 2)
        turns.idle.clear()
        await turns.idle.wait()
        assert turns.done == [1, 2]

    run(conversation())


def test_a_bug_costs_one_thing_alone_and_is_told_with_its_traceback() -> None:
    async def conversation() -> None:
        turns = Watched()
        turns.put(turns.done.append, 1)
        turns.put(lambda what: what / 0, 1)
        turns.put(turns.done.append, 2)
        turns.finish()
        assert turns.done == [1, 2]
        (told,) = turns.failures
        assert told.startswith("Traceback (most recent call last):")
        assert told.endswith("ZeroDivisionError: division by zero\n")

    run(conversation())
