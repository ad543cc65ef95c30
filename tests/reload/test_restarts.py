from pathlib import Path

from emulator.reload.restarts import Restarts

F, G = frozenset({Path("/p/counter.txt")}), frozenset({Path("/p/app.py")})


class Desk:
    """A function `app`, a clock, and what the developer was told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.told: list[str] = []
        self.restarts = Restarts(lambda: self.now, self.told.append)

    def change(self, paths: frozenset[Path] = F, after: float = 0.1) -> bool:
        self.now += after
        return self.restarts.changed("app", paths)

    def changes(self, count: int, paths: frozenset[Path] = F, after: float = 0.1) -> list[bool]:
        return [self.change(paths, after) for _ in range(count)]

    def asked(self) -> bool:
        return self.restarts.asked("app")

    def answered(self) -> None:
        self.restarts.answered("app")


def test_saves_restart() -> None:
    desk = Desk()
    assert not desk.asked()
    desk.answered()
    assert all(desk.change(paths) for _ in range(50) for paths in (F, G))
    assert desk.told == []


def test_saves_with_answers_between_them_restart() -> None:
    desk = Desk()
    for _ in range(50):
        assert desk.change()
        assert not desk.asked()
        desk.answered()
    assert desk.told == []


def test_saves_with_pauses_restart() -> None:
    desk = Desk()
    assert all(desk.changes(50, after=11))
    assert desk.told == []


def test_a_function_that_writes_when_it_is_imported() -> None:
    """Six restarts; then one a request, with each request answered."""
    desk = Desk()
    assert desk.changes(9) == [True] * 6 + [False] * 3
    assert len(desk.told) == 1
    assert desk.told[0].startswith("counter.txt changes whenever 'app' has been restarted for it")
    for _ in range(3):
        assert desk.asked()
        assert not desk.change()
        assert not desk.asked(), "a second request does not restart what the first waits for"
        desk.answered()
        assert not desk.change()
    assert len(desk.told) == 1


def test_one_that_takes_long_to_import() -> None:
    """Nothing waits for it, and people may save as often: it takes longer to be told."""
    desk = Desk()
    assert desk.changes(23, after=5) == [True] * 21 + [False] * 2
    assert len(desk.told) == 1


def test_one_that_takes_long_to_import_while_a_request_waits() -> None:
    desk = Desk()
    desk.change()
    desk.asked()
    assert desk.changes(6, after=30) == [True] * 5 + [False]
    desk.answered()
    assert desk.asked()
    assert not desk.change(after=30)


def test_a_request_that_waits_meanwhile_is_answered() -> None:
    desk = Desk()
    desk.change()
    desk.asked()
    assert desk.changes(6) == [True] * 5 + [False]
    assert not desk.asked()
    desk.answered()
    assert desk.asked()


def test_what_is_edited_is_seen_by_the_next_request() -> None:
    """Also when it was saved so often that it looked like the function's own doing."""
    desk = Desk()
    desk.changes(7, G)
    for _ in range(10):
        assert desk.asked()
        desk.answered()
        assert not desk.asked(), "nothing was saved since"
        desk.answered()
        assert not desk.change(G, after=1)


def test_a_save_of_another_file_begins_anew() -> None:
    desk = Desk()
    desk.changes(7, F)
    assert desk.change(G)
    assert not desk.asked()
    desk.answered()
    assert desk.changes(7, F) == [True] * 6 + [False]
    assert len(desk.told) == 1, "the same files are told of once"


def test_functions_are_counted_apart() -> None:
    desk = Desk()
    desk.changes(7)
    assert desk.restarts.changed("other", F)
    assert not desk.restarts.asked("other")
