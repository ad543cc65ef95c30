"""What waits for a slow reader."""

from emulator.control.backlog import Backlog


def test_in_order_and_once() -> None:
    backlog = Backlog()
    assert not backlog
    for event in (b"a", b"b"):
        backlog.add(event)
    assert backlog
    assert backlog.take() == (0, b"ab")
    assert not backlog
    assert backlog.take() == (0, b"")


def test_the_oldest_go_and_are_counted() -> None:
    backlog = Backlog(most=2)
    for event in (b"a", b"b", b"c", b"d"):
        backlog.add(event)
    assert backlog.take() == (2, b"cd")
    backlog.add(b"e")
    assert backlog.take() == (0, b"e"), "told once"


def test_bytes_are_bounded_too() -> None:
    backlog = Backlog(most_bytes=5)
    for event in (b"aaa", b"bbb", b"cc"):
        backlog.add(event)
    assert backlog.take() == (1, b"bbbcc")


def test_one_that_is_too_large_alone_is_still_told_of() -> None:
    backlog = Backlog(most_bytes=5)
    backlog.add(b"a" * 6)
    assert backlog
    assert backlog.take() == (1, b"")
    backlog.add(b"b")
    assert backlog.take() == (0, b"b"), "its bytes no longer count"
