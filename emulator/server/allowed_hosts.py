"""The Host headers that are answered. A page whose name an attacker points at this machine (DNS rebinding) is of the
same origin as the API for its browser, so that no CORS stands between them; but its requests carry the attacker's
name."""

import re
from collections.abc import Iterable

from emulator.browser.url import is_ip_address, is_loopback, parse_host
from emulator.server.refusal import Refusal

REMEMBERED = 512
"""How many Host headers are remembered with their port. A browser has a few; a client that invents names gains
nothing."""

_HOST = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]+)(?::([0-9]*))?", re.ASCII)
_LONGEST = 60
"""Characters of a host that a message shows."""


class AllowedHosts:
    """Answers localhost, names below it, and IP addresses always, on any port: no DNS can point these elsewhere. Beside
    them `names`, of which `.example.test` and `*.example.test` stand for every name below `example.test`."""

    def __init__(self, names: Iterable[str]) -> None:
        plain = [name.lower().removeprefix("*").removesuffix(".") for name in names]
        self._names = frozenset(parse_host(name) for name in plain if not name.startswith("."))
        self._below = tuple(name for name in plain if name.startswith("."))
        self._ports: dict[str, int] = {}

    def port_of(self, host: str) -> int | Refusal:
        """Return the port that a Host header names, 80 where it names none; or why it is not answered."""
        port = self._ports.get(host)
        return self._look(host) if port is None else port

    def _look(self, host: str) -> int | Refusal:
        match = _HOST.fullmatch(host)
        name = parse_host(match[1]) if match else None
        digits = ((match[2] if match else None) or "80").lstrip("0") or "0"
        if name is None or len(digits) > 5 or int(digits) > 65535:
            # RFC 9112, 3.2: a server must answer 400 to an invalid Host.
            return Refusal(400, f"The host {shown(host)} of the request is not `name` or `name:port`.")
        if not self._is_allowed(name.removesuffix(".")):
            return Refusal(403, _foreign(shown(name), name))
        if len(self._ports) >= REMEMBERED:
            self._ports.clear()
        port = self._ports[host] = int(digits)
        return port

    def _is_allowed(self, name: str) -> bool:
        return is_ip_address(name) or is_loopback(name) or name in self._names or name.endswith(self._below)


def shown(host: str) -> str:
    """Make a client's words fit for a console and for JSON."""
    text = host if len(host) <= _LONGEST else f"{host[:_LONGEST]}..."
    return repr(text) if text.isprintable() else ascii(text)


def _foreign(quoted: str, name: str) -> str:
    option = f"`allowedHosts: [{name}]` in emulator.yaml or `emulate serve --allow-host {name}`"
    return (
        f"emulate does not answer for the host {quoted}: any web page could have its own name point at this machine, "
        "call these functions and read their answers (DNS rebinding). If the name is yours, such as that of a Compose "
        f"service or of your hosts file, allow it: {option}."
    )
