"""Which functions run under a debugger, and what is said for a function to the editor that debugs it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from emulator.config.unknown_keys import near
from emulator.functions.invocation import Function
from emulator.functions.runtimes import Family, family_of

FIRST_PORTS: Mapping[Family, int] = {Family.PYTHON: 5678, Family.NODEJS: 9229}
"""Those that editors expect (debugpy's README; Node.js, "Debugger"). A second function gets the next number."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The ports editors attach to, by function; and what cannot be done, one message each."""

    ports: Mapping[str, int]
    problems: tuple[str, ...]


def read_debug_options(options: Sequence[str], functions: Mapping[str, Function]) -> Asked:
    """`options` are of the form FUNCTION[:PORT]."""
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
    """Why a function cannot be debugged."""
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


def marked(functions: Mapping[str, Function], ports: Mapping[str, int]) -> dict[str, Function]:
    """The functions, with a debug_port those of `ports` that can be debugged."""
    return {
        name: replace(function, debug_port=ports[name])
        if name in ports and refusal(name, functions) is None
        else function
        for name, function in functions.items()
    }


def debugger_of(function: Function) -> str:
    """Its name, as the console gives it."""
    return "debugpy" if speaks_dap(function) else "Node.js inspector"


def speaks_dap(function: Function) -> bool:
    """The Debug Adapter Protocol; else it is the Chrome DevTools Protocol."""
    return family_of(function.runtime) is Family.PYTHON


# The Debug Adapter Protocol (microsoft.github.io/debug-adapter-protocol, "Overview" and "Specification")

_BEYOND = 1_000_000_000
"""A sequence number that no message of the two has reached."""


def encode_message(body: bytes) -> bytes:
    """With its head."""
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def length_of(head: bytes) -> int:
    """Of the body; 0 when the head does not say."""
    for line in head.splitlines():
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return int(value)
    return 0


def is_disconnect(body: bytes) -> bool:
    """Whether a message is the request `disconnect`, or the answer to it."""
    if b'"disconnect"' not in body:
        return False
    try:
        message = json.loads(body)
    except ValueError:
        return False
    return isinstance(message, dict) and message.get("command") == "disconnect"


RESTARTED = encode_message(
    json.dumps({"seq": _BEYOND, "type": "event", "event": "terminated", "body": {"restart": True}}).encode()
)
"""Asks the editor to attach anew ("Terminated Event": `restart`)."""

DISCONNECT = encode_message(
    json.dumps(
        {"seq": _BEYOND, "type": "request", "command": "disconnect", "arguments": {"terminateDebuggee": False}}
    ).encode()
)
"""What an editor that was closed has left unsaid: breakpoints go, and what is paused runs on."""
