"""What each key does."""

from emulator.console.commands import HINT, Commands
from emulator.console.lines import Lines
from emulator.console.summary import Summary
from emulator.history.history import History
from serving.rim import run
from serving.stream import Observed, Stream


def pressed(keys: str) -> tuple[str, list[str]]:
    """What is on the console after these keys, and what they have called."""

    async def conversation() -> tuple[str, list[str]]:
        stream, called = Stream(), list[str]()
        console = Observed(stream, History(tuple))
        commands = Commands(
            console, Summary(), Lines(colour=False), lambda: called.append("end"), lambda: called.append("erase")
        )
        for key in keys:
            commands.press(key)
        console.flush()
        return "".join(stream.writes), called

    return run(conversation())


def test_keys() -> None:
    assert pressed("f") == pressed("F") == ("No findings in 0 requests.\n", [])
    assert pressed("bb") == ("Blocked calls only; b shows all.\nAll calls.\n", [])
    assert pressed("cq") == ("", ["end", "erase"])
    assert pressed("x\x1b ") == ("", [])


def test_the_hint_names_them_all() -> None:
    assert HINT.split("  ") == ["f findings", "b blocked only", "c clear", "q quit"]
