"""Values of a document: references, and what is said where a value is of another shape."""

from emulator.config.sources.openapi.node import Node, Notes

DATA = {
    "a": {"$ref": "#/defs/b~1c"},
    "defs": {"b/c": {"$ref": "#/defs/d"}, "d": {"e": "f"}},
    "round": {"$ref": "#/round"},
    "nowhere": {"$ref": "#/defs/x"},
    "outside": {"$ref": "other.yaml#/defs/d"},
    "list": [{"$ref": "#/defs/d"}, "g"],
    "empty": None,
}
ROOT = Node(DATA, (), DATA)


def test_references_are_followed_with_the_path() -> None:
    found = ROOT.get("a")
    assert found == Node(DATA, ("defs", "d"), {"e": "f"})
    assert found is not None
    assert found.get("e") == Node(DATA, ("defs", "d", "e"), "f")
    assert ROOT.get("empty") is None
    assert found.get("x") is None
    assert Node(DATA, (), "text").get("x") is None


def test_references_that_lead_nowhere_are_left() -> None:
    for key in ("round", "nowhere", "outside"):
        found = ROOT.get(key)
        assert found is not None
        assert (found.path, "$ref" in (found.value or ())) == ((key,), True)


def test_entries_and_items() -> None:
    assert [key for key, _ in ROOT.entries()] == list(DATA)
    items = ROOT.get("list")
    assert items is not None
    assert [item.path for item in items.items()] == [("defs", "d"), ("list", 1)]
    assert [*Node(DATA, (), "x").entries(), *Node(DATA, (), "x").items()] == []


VALUES = Node(
    {},
    (),
    {"text": "a", "list": ["a", "b"], "mixed": ["a", ["b"]], "n": "30", "map": {"a": "b", "c": None}, "no": {"a": []}},
)


def test_what_is_sound_is_read() -> None:
    notes = Notes()
    assert notes.text(VALUES, "text", "x") == "a"
    assert notes.number(VALUES, "n", 1, 99) == 30
    assert notes.choice(VALUES, "text", ("A", "B")) == "A"
    assert notes.texts(VALUES, "list") == ("a", "b")
    assert notes.pairs(VALUES, "map") == (("a", "b"), ("c", ""))
    assert notes.complaints == []


def test_what_is_not_there_is_nothing() -> None:
    notes = Notes()
    missing = [notes.text(VALUES, "x", "x"), notes.number(VALUES, "x", 1, 2), notes.choice(VALUES, "x", ("A",))]
    assert (missing, notes.texts(VALUES, "x"), notes.pairs(VALUES, "x")) == ([None] * 3, (), ())
    assert notes.complaints == []


def test_what_is_something_else_is_complained_of() -> None:
    notes = Notes()
    assert notes.text(VALUES, "list", "x") is None
    assert notes.number(VALUES, "n", 1, 20) is None
    assert notes.number(VALUES, "text", 1, 20) is None
    assert notes.choice(VALUES, "n", ("A", "B")) is None
    assert notes.choice(VALUES, "list", ("A", "B")) is None
    assert notes.texts(VALUES, "mixed") == ()
    assert notes.pairs(VALUES, "no") == ()
    assert [(one.path, one.fix) for one in notes.complaints] == [
        (("list",), "Write it like `list: x`."),
        (("n",), "Write it like `n: 20`."),
        (("text",), "Write it like `text: 20`."),
        (("n",), "Write `n: A`."),
        (("list",), "Write `list: A`."),
        (("mixed",), "Write a list: `mixed: [...]`."),
        (("no",), "Write a mapping under `no`."),
    ]


def test_warnings_and_what_is_not_emulated() -> None:
    notes = Notes()
    notes.warn(("a",), "found", "expected", "Fix.")
    notes.skip(("a",), "a queue")
    assert notes.complaints[0].is_warning
    assert notes.not_emulated == [(("a",), "a queue", "")]
