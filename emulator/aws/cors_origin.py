"""Origins as a configuration writes them, and as browsers send them: a gateway compares the two as text.

Source: Fetch Standard, "Origin header" and "serializing a request origin"; HTML Standard, "serialization of an origin".
"""

import re

FILES = "file://"
"""What web views send for files that may read each other (Blink, SecurityOrigin::ToString; Android WebView:
setAllowFileAccessFromFileURLs). For other files browsers send null."""

_ORIGIN = re.compile(r"([a-z][a-z0-9+.-]*)://([a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?")
_PARTS = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?:(?P<user>[^/?#@]*)@)?(?P<host>[^/?#]*)"
    r"(?P<path>/[^?#]*)?(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.DOTALL,
)
_ONE_SLASH = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):/(?=[^/])")
QUOTES = "'\"\u2018\u2019\u201c\u201d"
_DEFAULT_PORTS = {"http": "80", "https": "443"}
EXPECTED = "an origin as browsers send it: scheme://host, with :port unless it is the scheme's default"


def is_origin(text: str) -> bool:
    """Tell whether a browser sends such a `text` as Origin (Fetch: serializing a request origin)."""
    match = _ORIGIN.fullmatch(text)
    if match is None or match[3] is None:
        return match is not None or text == FILES
    return int(match[3]) < 65536 and match[3] != _DEFAULT_PORTS.get(match[1])


def meant_origin(text: str) -> str | None:
    """Return the origin that `text` most likely stands for; None where that cannot be told."""
    parts = _parts(_tidied(text).lower())
    scheme, host = parts["scheme"], parts["host"]
    if not scheme and host.isdigit():
        scheme, host = "http", f"localhost:{host}"
    elif not scheme and host.startswith(("localhost", "127.")):
        scheme = "http"
    elif not scheme and "." in host:
        scheme = "https"
    origin = f"{scheme}://{host.removesuffix(':' + _DEFAULT_PORTS.get(scheme, ''))}"
    return origin if is_origin(origin) else None


def difference(text: str) -> str:
    """Tell what keeps `text`, which is not an origin, from being one: "an origin has no path"."""
    bare, tidied = text.strip(), _tidied(text)
    parts = _parts(tidied)
    port = _DEFAULT_PORTS.get(parts["scheme"].lower())
    is_slash = parts["path"] == "/" and not parts["query"] and not parts["fragment"]
    names = {"user": "user name", "path": "slash at its end" if is_slash else "path", "query": "query"}
    surplus = [name for part, name in (*names.items(), ("fragment", "fragment")) if parts[part]]
    words = [] if parts["scheme"] else ["begins with its scheme"]
    words += [f"has no {_joined(surplus, 'or')}"] if surplus else []
    words += ["has no spaces around it"] if text != bare else []
    words += ["has no quotes around it"] if bare != bare.strip(QUOTES) else []
    words += ["has two slashes behind its scheme"] if _ONE_SLASH.match(bare.strip(QUOTES)) else []
    words += ["is in lower case"] if any(map(str.isupper, parts["scheme"] + parts["host"])) else []
    words += [] if tidied.isascii() else ["has its host in ASCII (xn--...)"]
    words += [f"leaves out port {port}, its scheme's default"] if port and parts["host"].endswith(f":{port}") else []
    return f"an origin {_joined(words, 'and')}" if words else "an origin is scheme://host, with :port when it has one"


def _tidied(text: str) -> str:
    """Take off what stands around an origin by mistake, and write both slashes behind a scheme, none without one."""
    return _ONE_SLASH.sub(r"\1://", text.strip().strip(QUOTES).strip()).removeprefix("//")


def _parts(text: str) -> dict[str, str]:
    match = _PARTS.fullmatch(text)
    assert match is not None  # noqa: S101  every part may be empty
    return match.groupdict(default="")


def _joined(words: list[str], conjunction: str) -> str:
    return f" {conjunction} ".join(filter(None, (", ".join(words[:-1]), words[-1])))
