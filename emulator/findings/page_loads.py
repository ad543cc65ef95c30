"""What a page loads, by an element or a style sheet, rather than calls for: how that comes to need CORS, and how it
could do without."""

from dataclasses import dataclass, replace

from emulator.browser.initiator import is_loaded
from emulator.browser.modes import Credentials
from emulator.findings.changes import LoadWithoutCors
from emulator.findings.finding import Case, Finding


@dataclass(frozen=True, slots=True)
class Load:
    """One kind of load: `why` it needs CORS, in a sentence without a full stop, and the `element` that could do
    without `crossorigin`, and when; "" where none could."""

    why: str
    element: str = ""


_MODULE = Load("what a module imports always needs CORS")
_LOADS = {
    "audio": Load("an <audio> needs CORS where it has `crossorigin`", "<audio>, unless a script works on its sound"),
    "font": Load("a font always needs CORS, and is fetched without cookies"),
    "image": Load(
        "an image needs CORS in an <img> with `crossorigin`, and as a mask or a shape in CSS",
        "<img>, unless a canvas reads it",
    ),
    "manifest": Load("a manifest always needs CORS"),
    "script": Load(
        "a script needs CORS as a module, or in a <script> with `crossorigin`", "<script>, unless it is a module"
    ),
    "style": Load("a style sheet needs CORS in a <link> with `crossorigin`", "<link>"),
    "track": Load("a text track of another origin always needs CORS, and its <video> `crossorigin`"),
    "video": Load("a <video> needs CORS where it has `crossorigin`", "<video>, unless a canvas reads it"),
}
"""The kinds by Sec-Fetch-Dest (HTML Standard 2.5.4, CORS settings attributes; CSS Fonts 4.8.2, font fetching
requirements; observed in Chromium 156). All others are scripts, which only modules load."""


def with_load(finding: Finding, case: Case) -> Finding:
    """Say of a blocked load why CORS applies to it, and offer to load it without where that would be enough: what is
    not let in would then be shown or run, and what is no good answer would still be none."""
    if not is_loaded(case.request):
        return finding
    load = _LOADS.get(case.request.header("sec-fetch-dest") or "", _MODULE)
    cookies = ', and gets cookies with crossorigin="use-credentials"' if case.credentials is Credentials.INCLUDE else ""
    found = replace(finding, evidence=(*finding.evidence, f"{load.why}{cookies}"))
    is_enough = case.blocked is not None and case.blocked.error.is_of_cors_check and 200 <= case.status <= 299
    if not load.element or not is_enough:
        return found
    instead = (*finding.fix.instead, (LoadWithoutCors(load.element),))
    return replace(found, fix=replace(finding.fix, instead=instead))
