"""What a page passes to `fetch()`, and the page itself."""

from dataclasses import dataclass
from enum import StrEnum

from emulator.browser.body import Body
from emulator.browser.modes import Credentials, Mode, Redirect
from emulator.messages import Headers


class ReferrerPolicy(StrEnum):
    """Referrer Policy 3."""

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
    """One `fetch(url, {...})`. `url` may be relative to the page. `headers` are pairs as in
    `headers: [["name", "value"], ...]`; what a `Headers` object would hold is `header_list.sort_and_combine` of them.
    """

    url: str
    method: str = "GET"
    headers: Headers = ()
    body: Body | str | bytes | None = None
    mode: Mode = Mode.CORS
    credentials: Credentials = Credentials.SAME_ORIGIN
    redirect: Redirect = Redirect.FOLLOW


@dataclass(frozen=True, slots=True)
class Page:
    """The document that calls. `origin` is serialized, "null" for an opaque one (a sandboxed frame, a data: document).

    `url` is the document's, for Referer and relative URLs: "<origin>/" when empty, none for an opaque origin.
    `top_level_origin` differs from `origin` only in a frame; it decides which cookies are a third party's.
    """

    origin: str
    url: str = ""
    top_level_origin: str = ""
    referrer_policy: ReferrerPolicy = ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN
