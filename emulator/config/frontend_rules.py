"""What cannot be a frontend: an origin is compared with what a browser sends, character by character."""

import re
from collections.abc import Iterator, Sequence

from emulator.config.complaint import Complaint, Path, quoted
from emulator.config.schema import Frontend

ORIGIN = re.compile(r"([a-z][a-z0-9+.-]*)://([a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::([1-9][0-9]{0,4}))?")
DEFAULT_PORTS = {"http": "80", "https": "443"}
EXPECTED = "an origin as browsers send it: scheme://host, with :port unless it is the scheme's default"


def frontend_complaints(frontends: Sequence[Frontend]) -> Iterator[Complaint]:
    for index, frontend in enumerate(frontends):
        yield from _origin(frontend.origin, ("frontends", index, "origin"))


def is_origin(text: str) -> bool:
    """Whether a browser could send `text` as Origin (Fetch: serializing a request origin)."""
    match = ORIGIN.fullmatch(text)
    if match is None or match[3] is None:
        return match is not None
    return int(match[3]) < 65536 and match[3] != DEFAULT_PORTS.get(match[1])


def _origin(text: str, path: Path) -> Iterator[Complaint]:
    if is_origin(text):
        return
    meant = _nearest_origin(text)
    fix = (
        f"Write `{path[-1]}: {meant}`."
        if is_origin(meant)
        else f"Write it like `{path[-1]}: https://shop.example.com`."
    )
    yield Complaint(path, quoted(text), EXPECTED, fix)


def _nearest_origin(text: str) -> str:
    scheme, _, rest = text.strip().lower().rpartition("://")
    host = re.split(r"[/?#]", rest)[0].rpartition("@")[2]
    if not scheme and host.isdigit():
        return f"http://localhost:{host}"
    if not scheme and host.startswith(("localhost", "127.")):
        scheme = "http"
    elif not scheme and "." in host:
        scheme = "https"
    return f"{scheme}://{host.removesuffix(':' + DEFAULT_PORTS.get(scheme, ''))}"
