"""What a page passes to `fetch()`, and the page that calls it."""

from dataclasses import dataclass
from enum import StrEnum

from emulator.browser.body import Body
from emulator.browser.modes import Credentials, Mode, Redirect
from emulator.messages import Headers


class ReferrerPolicy(StrEnum):
    """How much of its URL a page lets requests name in Referer (Referrer Policy 3). Values are written as in the
    header."""

    NO_REFERRER = "no-referrer"
    NO_REFERRER_WHEN_DOWNGRADE = "no-referrer-when-downgrade"
    SAME_ORIGIN = "same-origin"
    ORIGIN = "origin"
    STRICT_ORIGIN = "strict-origin"
    ORIGIN_WHEN_CROSS_ORIGIN = "origin-when-cross-origin"
    STRICT_ORIGIN_WHEN_CROSS_ORIGIN = "strict-origin-when-cross-origin"
    UNSAFE_URL = "unsafe-url"


@dataclass(frozen=True, slots=True)
class Call:
    """One call of `fetch(url, {...})`. `url` may be relative to the page. `headers` are pairs as in `headers: [["name",
    "value"], ...]`; a `Headers` object stands for what `header_list.sort_and_combine` makes of them."""

    url: str
    method: str = "GET"
    headers: Headers = ()
    body: Body | str | bytes | None = None
    mode: Mode = Mode.CORS
    credentials: Credentials = Credentials.SAME_ORIGIN
    redirect: Redirect = Redirect.FOLLOW


@dataclass(frozen=True, slots=True)
class Page:
    """The document that calls fetch. `origin` is serialized; it is "null" for an opaque one, as a sandboxed frame or a
    data: document has.

    `url` is the document's own, which Referer and relative URLs are taken from; empty, it stands for "<origin>/", and
    for none where the origin is opaque. `top_level_origin` decides which cookies are a third party's; it differs from
    `origin` only in a frame, and is empty elsewhere.
    """

    origin: str
    url: str = ""
    top_level_origin: str = ""
    referrer_policy: ReferrerPolicy = ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN
