"""The page calls with mode "no-cors": it gets nothing to read, and JSON goes as plain text."""

from emulator.aws.product import Layer
from emulator.findings.changes import DoByHand
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix

CALL_WITH_CORS = "leave `mode: 'no-cors'` out of the page's fetch"


def find(case: Case) -> Found | None:
    """See what a browser says of a fetch or a beacon (Fetch Metadata Request Headers, 2.2 and 2.3): opaque filtered
    responses have status 0 and no body (Fetch Standard 2.2.6). Images, scripts and styles are fetched so by right."""
    request = case.request
    is_foreign = request.header("sec-fetch-site") in {"cross-site", "same-site"}
    if request.header("sec-fetch-mode") != "no-cors" or request.header("sec-fetch-dest") != "empty" or not is_foreign:
        return None
    kind = request.header("content-type") or ""
    sends = kind.startswith("text/plain")
    as_text = " What it sends went as text/plain: JSON's own type may not be sent so." if sends else ""
    return Found(
        Layer.BROWSER,
        "The page called with mode 'no-cors', unless this is a beacon: it cannot read the answer, and gets status 0 "
        f"and an empty body.{as_text}",
        ("Sec-Fetch-Mode: no-cors", *((f"Content-Type: {kind}",) if sends else ())),
        Fix((DoByHand(CALL_WITH_CORS),), because="That mode does not get round CORS, it gives up the answer."),
    )


RULE = Rule("no-cors-mode", Severity.NOTE, find)
