"""URLs as browsers parse them (WHATWG URL Standard), as far as fetch needs them: http, https, ws, wss and ftp in full,
other schemes only as a scheme with the rest unread."""

import re
from dataclasses import dataclass
from functools import lru_cache

from emulator.browser.host import parse_host

DEFAULT_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21}
"""The special schemes (URL Standard 4.2), but for "file"."""

_AROUND = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):", re.ASCII)
_AUTHORITY_END = re.compile(r"[/\\?#]|\Z")
_SINGLE_DOT = frozenset({".", "%2e"})
_DOUBLE_DOT = frozenset({"..", ".%2e", "%2e.", "%2e%2e"})
_PATH_ESCAPED = re.compile(r"""[^\x21$%&'()*+,\-./0-9:;=@A-Z\[\]_a-z|~\\]""")
_QUERY_ESCAPED = re.compile(r"""[^\x21$%&()*+,\-./0-9:;=?@A-Z\[\]\\^_`a-z{|}~]""")
_FRAGMENT_ESCAPED = re.compile(r"""[^\x21#$%&'()*+,\-./0-9:;=?@A-Z\[\]\\^_a-z{|}~]""")


@dataclass(frozen=True, slots=True)
class Url:
    """A URL record. `port` is None when it is the scheme's default, `query` and `fragment` when there is none.

    For a scheme that is not special, `host` is "" and `path` holds everything after the scheme.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: str | None
    fragment: str | None
    username: str
    password: str
    origin: str
    """Serialized; "null" when the scheme has no tuple origin."""
    href: str
    """Serialized without the fragment: what the browser names in its messages."""
    address: str
    """Serialized without fragment and userinfo: what the browser asks for."""

    @property
    def includes_credentials(self) -> bool:
        return bool(self.username or self.password)

    @property
    def is_http(self) -> bool:
        """An HTTP(S) scheme (Fetch Standard)."""
        return self.scheme in {"http", "https"}

    @property
    def href_with_fragment(self) -> str:
        return self.href if self.fragment is None else f"{self.href}#{self.fragment}"


@dataclass(frozen=True, slots=True)
class _Authority:
    host: str = ""
    port: int | None = None
    username: str = ""
    password: str = ""


@lru_cache(maxsize=512)  # more than a page's calls have; each may be as long as a request's head
def parse_url(text: str, base: Url | None = None) -> Url | None:
    """The URL parser; None is failure."""
    text = text.strip(_AROUND).replace("\t", "").replace("\n", "").replace("\r", "")
    found = _SCHEME.match(text)
    if found is None:
        return None if base is None or base.scheme not in DEFAULT_PORTS else _relative(text, base)
    scheme = found[1].lower()
    rest = text[found.end() :]
    if scheme not in DEFAULT_PORTS:
        return _other(scheme, rest)
    # "special relative or authority state"
    if base is not None and base.scheme == scheme and not rest.startswith("//"):
        return _relative(rest, base)
    # "special authority ignore slashes state"
    return _with_authority(scheme, rest.lstrip("/\\"))


def is_valid_url(text: str) -> bool:
    """Whether `text` parses on its own."""
    return parse_url(text) is not None


def _other(scheme: str, rest: str) -> Url:
    rest, fragment = _split(rest, "#")
    return _build(scheme, _Authority(), rest, None, fragment)


def _relative(text: str, base: Url) -> Url | None:
    if text[:1] in {"/", "\\"} and text[1:2] in {"/", "\\"}:
        return _with_authority(base.scheme, text.lstrip("/\\"))
    text, fragment = _split(text, "#")
    path, query = _split(text, "?")
    if not path:
        path, query = base.path, base.query if query is None else _escape(_QUERY_ESCAPED, query)
    else:
        query = None if query is None else _escape(_QUERY_ESCAPED, query)
        if path[0] not in "/\\":
            path = base.path.rpartition("/")[0] + "/" + path
        path = _normalize_path(path)
    authority = _Authority(base.host, base.port, base.username, base.password)
    return _build(base.scheme, authority, path, query, _fragment(fragment))


def _with_authority(scheme: str, text: str) -> Url | None:
    end = next(_AUTHORITY_END.finditer(text)).start()
    userinfo, at, host_and_port = text[:end].rpartition("@")
    address = _parse_host_and_port(scheme, host_and_port)
    if address is None:
        return None
    username, _, password = userinfo.partition(":") if at else ("", "", "")
    rest, fragment = _split(text[end:], "#")
    path, query = _split(rest, "?")
    query = None if query is None else _escape(_QUERY_ESCAPED, query)
    authority = _Authority(*address, username, password)
    return _build(scheme, authority, _normalize_path(path), query, _fragment(fragment))


def _parse_host_and_port(scheme: str, text: str) -> tuple[str, int | None] | None:
    host_text, colon, port_text = text.rpartition(":") if ":" in text.rpartition("]")[2] else (text, "", "")
    host = parse_host(host_text)
    if host is None or (port_text and not (port_text.isascii() and port_text.isdigit())):
        return None
    if not colon or not port_text:
        return host, None
    digits = port_text.lstrip("0") or "0"
    if len(digits) > 5 or int(digits) > 65535:
        return None
    port = int(digits)
    return host, None if port == DEFAULT_PORTS[scheme] else port


def _normalize_path(path: str) -> str:
    """The path state: dot segments resolved, backslashes turned, bytes escaped. Always starts with "/"."""
    if path.startswith("/") and "/." not in path and "%" not in path and "\\" not in path:
        return _escape(_PATH_ESCAPED, path)
    result: list[str] = []
    parts = path.replace("\\", "/").removeprefix("/").split("/")
    for index, part in enumerate(parts):
        is_last = index == len(parts) - 1
        lowered = part.lower()
        if lowered in _DOUBLE_DOT:
            if result:
                result.pop()
            if is_last:
                result.append("")
        elif lowered in _SINGLE_DOT:
            if is_last:
                result.append("")
        else:
            result.append(part)
    return "/" + _escape(_PATH_ESCAPED, "/".join(result))


def _fragment(text: str | None) -> str | None:
    return None if text is None else _escape(_FRAGMENT_ESCAPED, text)


def _split(text: str, mark: str) -> tuple[str, str | None]:
    before, found, after = text.partition(mark)
    return before, after if found else None


def _escape(pattern: re.Pattern[str], text: str) -> str:
    """UTF-8 percent-encode."""
    return pattern.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), text)


def _build(scheme: str, authority: _Authority, path: str, query: str | None, fragment: str | None) -> Url:
    host, port = authority.host, authority.port
    username, password = authority.username, authority.password
    at = f"{username}:{password}@" if password else f"{username}@" if username else ""
    host_and_port = host if port is None else f"{host}:{port}"
    search = "" if query is None else f"?{query}"
    if scheme in DEFAULT_PORTS:
        origin = f"{scheme}://{host_and_port}"
        bare = f"{origin}{path}{search}"
        href = f"{scheme}://{at}{host_and_port}{path}{search}" if at else bare
    else:
        origin = "null"
        bare = href = f"{scheme}:{path}"
    return Url(scheme, host, port, path, query, fragment, username, password, origin, href, bare)
