"""Which functions run under a debugger, and what is said for a function to the editor that debugs it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from emulator.functions.invocation import Function
from emulator.functions.runtimes import Family, family_of
from emulator.spelling import near

FIRST_PORTS: Mapping[Family, int] = {Family.PYTHON: 5678, Family.NODEJS: 9229}
"""The ports that editors expect (debugpy's README; Node.js, "Debugger"). A second function gets the next number."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What `--debug` asks for: the ports editors attach to, by function; and what cannot be done, one message each."""

    ports: Mapping[str, int]
    problems: tuple[str, ...]


def read_debug_options(options: Sequence[str], functions: Mapping[str, Function]) -> Asked:
    """Read `options` of the form FUNCTION[:PORT]."""
    ports: dict[str, int] = {}
    problems: list[str] = []
    unnumbered: list[str] = []
    for option in options:
        name, colon, number = option.partition(":")
        problem = refusal(name, functions)
        if problem is None and (name in ports or name in unnumbered):
            problem = f"--debug names function '{name}' twice; once is enough."
        elif problem is None and colon:
            problem = _port_refusal(name, number, ports)
        if problem is not None:
            problems.append(problem)
        elif colon:
            ports[name] = int(number)
        else:
            unnumbered.append(name)
    for name in unnumbered:
        ports[name] = FIRST_PORTS[family_of(functions[name].runtime)]
        while any(port == ports[name] for other, port in ports.items() if other != name):
            ports[name] += 1
    return Asked(ports, tuple(problems))


def refusal(name: str, functions: Mapping[str, Function]) -> str | None:
    """Say why a function cannot be debugged; None when it can."""
    function = functions.get(name)
    if function is None:
        meant = near(name, list(functions))
        hint = f"; did you mean '{meant}'?" if meant else "."
        return f"--debug {name}: there is no function '{name}'{hint} The configuration has {', '.join(functions)}."
    if function.command:
        return (
            f"--debug {name}: function '{name}' has a `command`, which is run as it is. Put the debugger into the "
            "command, and set `timeout` high and `maxConcurrency: 1`."
        )
    if family_of(function.runtime) not in FIRST_PORTS:
        return (
            f"--debug {name}: function '{name}' has the runtime {function.runtime}, which starts without a debugger "
            "that emulate knows. Give a `command` that starts it under one, a high `timeout` and `maxConcurrency: 1`."
        )
    return None


def _port_refusal(name: str, number: str, taken: Mapping[str, int]) -> str | None:
    if not (number.isascii() and number.isdigit() and 0 < int(number[:6]) <= 65535):
        return f"--debug {name}:{number}: '{number}' is not a port. Write one from 1 to 65535: --debug {name}:5678"
    for other, port in taken.items():
        if port == int(number):
            return f"--debug {name}:{number}: function '{other}' has that port. Choose another."
    return None


def marked(functions: Mapping[str, Function], paths: Mapping[str, Path]) -> dict[str, Function]:
    """Return the functions, with a debug_path those of `paths` that can be debugged."""
    return {
        name: replace(function, debug_path=paths[name])
        if name in paths and refusal(name, functions) is None
        else function
        for name, function in functions.items()
    }


def debugger_of(function: Function) -> str:
    """Name the function's debugger as the console does."""
    return "debugpy" if speaks_dap(function) else "Node.js inspector"


def speaks_dap(function: Function) -> bool:
    """Tell whether the function's debugger speaks the Debug Adapter Protocol; else it is the Chrome DevTools
    Protocol."""
    return family_of(function.runtime) is Family.PYTHON


# The Debug Adapter Protocol (microsoft.github.io/debug-adapter-protocol, "Overview" and "Specification")

_BEYOND = 1_000_000_000
"""A sequence number that no message of the two has reached."""

HEAD_LIMIT = 1024
"""Bytes of the fields before a message; the one that is needed takes 30."""

BODY_LIMIT = 64 * 1024 * 1024
"""Bytes of a message. Editors' have some thousand; values that are copied to an editor's clipboard have the most."""

_FIELD = re.compile(rb"content-(?:length:[ \t]*([0-9]{1,9})|type:[\t -~]*)[ \t]*", re.IGNORECASE)
"""A field before a message: the specification's two ("Base Protocol": Content-Length), and the one of its model, the
Language Server Protocol."""


def encode_message(body: bytes) -> bytes:
    """Put a message's head before its body."""
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def is_head(lines: bytes) -> bool:
    """Tell whether a message may begin with these lines, each with its end. HTTP's do not, from the first one on: what
    a web page sends to a port (Content-Length among it, and a body of its choice) is never taken for a message."""
    if len(lines) > HEAD_LIMIT or not lines.endswith(b"\r\n"):
        return False
    return all(_FIELD.fullmatch(line) for line in lines.removesuffix(b"\r\n").split(b"\r\n"))


def length_of(head: bytes) -> int | None:
    """Read how many bytes of body follow the lines of `head`; None when there is no length, or more than one, or too
    much."""
    fields = (_FIELD.fullmatch(line) for line in head.split(b"\r\n"))
    lengths = [int(field[1]) for field in fields if field and field[1]]
    return lengths[0] if len(lengths) == 1 and 0 < lengths[0] <= BODY_LIMIT else None


def is_initialize(body: bytes) -> bool:
    """Tell whether a message is the request `initialize`, which must be a client's first ("Initialize Request").
    debugpy carries out what comes without one, too."""
    message = _read(body)
    return (
        message.get("type") == "request"
        and message.get("command") == "initialize"
        and type(message.get("seq")) is int
        and isinstance(message.get("arguments"), dict)
    )


def is_disconnect(body: bytes) -> bool:
    """Tell whether a message is the request `disconnect`, or the answer to it."""
    return b'"disconnect"' in body and _read(body).get("command") == "disconnect"


def _read(body: bytes) -> dict[str, object]:
    """Parse a message; it is empty when it is no object, or nested beyond reason."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


RESTARTED = encode_message(
    json.dumps({"seq": _BEYOND, "type": "event", "event": "terminated", "body": {"restart": True}}).encode()
)
"""The message that asks the editor to attach anew ("Terminated Event": `restart`)."""

DISCONNECT = encode_message(
    json.dumps(
        {"seq": _BEYOND, "type": "request", "command": "disconnect", "arguments": {"terminateDebuggee": False}}
    ).encode()
)
"""The message that an editor which was closed has left unsaid: breakpoints go, and what is paused runs on."""
