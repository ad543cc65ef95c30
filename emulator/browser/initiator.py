"""What asked for a response, in the word that Chromium's console has for it: a call of fetch, a script, a font."""

from enum import StrEnum

from emulator.messages import Request


class Initiator(StrEnum):
    """What a page loads, or loads with; each value stands in Chromium's "Access to ... at" (blink/renderer/platform/
    loader/fetch/resource.cc, ResourceTypeToString; observed in Chromium 156)."""

    FETCH = "fetch"
    XML_HTTP_REQUEST = "XMLHttpRequest"
    EVENT_SOURCE = "resource"
    LINK_PREFETCH = "link prefetch resource"
    SCRIPT = "script"
    IMAGE = "image"
    FONT = "font"
    STYLESHEET = "CSS stylesheet"
    AUDIO = "audio"
    VIDEO = "video"
    TEXT_TRACK = "text track"
    MANIFEST = "manifest"


OF_DESTINATION = {
    "audio": Initiator.AUDIO,
    "audioworklet": Initiator.SCRIPT,
    "font": Initiator.FONT,
    "image": Initiator.IMAGE,
    "json": Initiator.SCRIPT,
    "manifest": Initiator.MANIFEST,
    "paintworklet": Initiator.SCRIPT,
    "script": Initiator.SCRIPT,
    "serviceworker": Initiator.SCRIPT,
    "sharedworker": Initiator.SCRIPT,
    "style": Initiator.STYLESHEET,
    "track": Initiator.TEXT_TRACK,
    "video": Initiator.VIDEO,
    "worker": Initiator.SCRIPT,
}
"""The initiator by the value of Sec-Fetch-Dest (Fetch Standard 2.2.5, request destination)."""

_ACCEPT_OF_XHR = ("application/json, text/plain, */*", "*/*; q=0.01")
"""How Accept ends in calls of libraries that use XMLHttpRequest unless told otherwise: the default of Axios and
Angular, and what jQuery puts after its data type."""


def is_loaded(request: Request) -> bool:
    """Tell whether an element or a style sheet of the page loads this, rather than that a script calls for it: then
    `crossorigin` chooses the credentials mode, and nobody reads the headers of the answer."""
    return request.header("sec-fetch-dest") in OF_DESTINATION


def initiator_of(request: Request) -> Initiator:
    """Read what a request was made by. fetch and XMLHttpRequest look alike on the wire, so that it is fetch where
    nothing shows a library of the other: the preflight of such a call shows none."""
    destination = request.header("sec-fetch-dest")
    if destination is not None and destination in OF_DESTINATION:
        return OF_DESTINATION[destination]
    if request.header("sec-purpose") == "prefetch":
        return Initiator.LINK_PREFETCH
    accept = request.header("accept") or ""
    if accept == "text/event-stream" and request.header("cache-control") == "no-cache":
        return Initiator.EVENT_SOURCE  # HTML Standard 9.2.2: the EventSource constructor
    if accept.endswith(_ACCEPT_OF_XHR) or request.header("x-requested-with") == "XMLHttpRequest":
        return Initiator.XML_HTTP_REQUEST
    return Initiator.FETCH
