from dataclasses import replace

from emulator.aws.product import Layer
from emulator.findings.changes import DoByHand
from emulator.findings.rules.no_cors_mode import CALL_WITH_CORS, RULE
from emulator.messages import Request
from findings.examples import ITEMS, WITH_CORS, Example, answers, call
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]


def without_cors(destination: str = "empty", site: str = "cross-site", **headers: str) -> Request:
    """A browser names its page's origin in such a POST only."""
    fetched = {"Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": destination, "Sec_Fetch_Site": site}
    request = call(path="/items", **fetched, **headers)
    return replace(request, headers=tuple(pair for pair in request.headers if pair[0] != "Origin"))


FOUND = [
    Example("fetch", WITH_CORS, without_cors(), answers(), (DoByHand(CALL_WITH_CORS),), Layer.BROWSER, says="status 0"),
    Example(
        "json-as-text",
        WITH_CORS,
        without_cors(site="same-site", Content_Type="text/plain;charset=UTF-8"),
        answers(),
        (DoByHand(CALL_WITH_CORS),),
        Layer.BROWSER,
        says="went as text/plain",
    ),
]

NOT_FOUND = [
    Example("an-image", ITEMS, without_cors("image"), answers()),
    Example("at-home", ITEMS, without_cors(site="same-origin"), answers()),
    Example("with-cors", WITH_CORS, call(path="/items", Sec_Fetch_Mode="cors", Sec_Fetch_Dest="empty"), answers()),
]
