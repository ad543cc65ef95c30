"""What is kept: the newest, bounded by number and by bytes."""

from emulator.history.ring import Ring


def test_the_oldest_goes_when_there_are_too_many() -> None:
    ring: Ring[str] = Ring(2, 100)
    for item in "abc":
        ring.add(item, 1)
    assert list(ring) == ["b", "c"]


def test_the_oldest_go_when_they_are_too_heavy() -> None:
    ring: Ring[str] = Ring(10, 100)
    for item, weight in (("a", 50), ("b", 50), ("c", 60)):
        ring.add(item, weight)
    assert list(ring) == ["c"]


def test_what_alone_is_too_heavy_is_not_kept() -> None:
    ring: Ring[str] = Ring(10, 100)
    ring.add("a", 101)
    ring.add("b", 100)
    assert list(ring) == ["b"]
