"""Who may ask the control port: programs on whatever it listens to, its own pages, and the pages of the declared
frontends. No other page of the web: what it tells is what the APIs were asked. Pure.

A page of another origin can send requests here without asking; what keeps it from reading the answers is that none of
them lets it in, and that it gets none in a form which it could load or frame.
"""

from collections.abc import Collection, Iterable

from emulator.deployment import Frontend
from emulator.messages import Headers
from emulator.server.allowed_hosts import AllowedHosts, shown
from emulator.server.head import Head
from emulator.server.refusal import Refusal

GUARDED: Headers = (
    ("cache-control", "no-store"),
    # No <script>, <img> or no-cors fetch of another origin gets the bytes (Fetch Standard: cross-origin resource policy
    # check), no frame shows them, no window that opened them keeps a handle.
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("vary", "Origin"),
)
"""Response headers of every answer, whoever asked."""

PREFLIGHT: Headers = (
    ("access-control-allow-methods", "GET"),
    # Browsers' own EventSource needs none; its stand-ins in libraries send these by fetch.
    ("access-control-allow-headers", "cache-control, last-event-id"),
    ("access-control-max-age", "600"),
)
"""Response headers for the preflights of pages that may ask."""


def origins_of(frontends: Iterable[Frontend]) -> frozenset[str]:
    """Collect the origins whose pages may ask: of the declared frontends, on this machine and in production. Not the
    opaque one, which every sandboxed frame has."""
    return frozenset(origin for one in frontends for origin in (one.origin, *one.dev)) - {"null"}


def admit(head: Head, hosts: AllowedHosts, origins: Collection[str]) -> Headers | Refusal:
    """Let a request in, or say why not: return the headers by which the page that sent it may read the answer, none
    where no page of another origin did. `origins` are those that may."""
    if head.host is None:
        return Refusal(400, "There is no Host header. Send one, as HTTP/1.1 requires.")
    port = hosts.port_of(head.host)
    if isinstance(port, Refusal):
        return port
    sent = [value for name, value in head.headers if name.lower() == "origin"]
    if not sent:
        return _foreign_load() if _is_foreign_load(head) else ()
    origin = sent[0] if len(sent) == 1 else ", ".join(sent)
    if origin == own_origin(head.host, port):
        return ()
    if origin not in origins:
        return Refusal(403, _foreign_page(origin))
    return (("access-control-allow-origin", origin),)


def own_origin(host: str, port: int) -> str:
    """Return the origin of a page that came from this Host, as a browser writes it."""
    name = host.lower()
    return f"http://{name.removesuffix(f':{port}') if port == 80 else name}"


def _is_foreign_load(head: Head) -> bool:
    """Tell whether a page of another origin loads this as a script, an image, a frame or by a no-cors fetch, which
    sends no Origin (Fetch Metadata, "Sec-Fetch-Site"). Whoever follows a link to it may see it."""
    said = {name.lower(): value for name, value in head.headers}
    if said.get("sec-fetch-site") not in {"cross-site", "same-site"}:
        return False
    return (said.get("sec-fetch-mode"), said.get("sec-fetch-dest")) != ("navigate", "document")


def _foreign_load() -> Refusal:
    return Refusal(
        403,
        "A page of another origin may not load what the control port tells. Declared frontends read it by fetch or "
        "EventSource.",
    )


def _foreign_page(origin: str) -> str:
    quoted = shown(origin)
    return (
        f"The page at {quoted} may not read the control port: what these APIs are asked is for the pages of declared "
        f"frontends. If the page is yours, declare it: `frontends: [{{origin: https://…, dev: {quoted[1:-1]}}}]` in "
        "emulator.yaml."
    )
