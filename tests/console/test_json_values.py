"""What becomes of a reviewed exchange in JSON: each outcome, with all fields, in lines that any parser takes."""

import dataclasses
import json
from typing import Any

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.browser.verdict import Blocked, ConsoleTexts, CorsErrorName
from emulator.console.json_values import (
    again_value,
    error_value,
    exchange_value,
    finding_value,
    iso,
    line_of,
    message_value,
    reload_value,
)
from emulator.exchange import Enforced, Exchange, Times
from emulator.findings.finding import Finding, Review, Severity
from emulator.findings.review import review
from emulator.functions.invocation import (
    FunctionError,
    FunctionErrorKind,
    IntegrationTimeout,
    Result,
    Returned,
    Throttled,
)
from emulator.history.history import LookedAtAgain, Message, MessageKind, Reloaded, ReviewedExchange
from emulator.messages import Headers, Request, Response
from products import a_route
from serving.exchanges import PAGE, STAMP, answers, call, exchanged, preflight

CORS = CorsConfiguration((PAGE,), ("PUT",))
SHOP = HttpApi("shop", "abcdef1234", (a_route("GET /x", "items"), a_route("PUT /x", "items")), cors=CORS)
BARE = HttpApi("bare", "abcdef1234", (a_route("GET /x", "items"),))
OPEN = HttpApi("open", "abcdef1234", (a_route("GET /x", "items"),), cors=CorsConfiguration(("*",)))
RAISED = FunctionError(
    FunctionErrorKind.HANDLER, "KeyError", "'id'", ("  File app.py\n    x\n",), duration_ms=1.5, init_duration_ms=20.0
)


def value_of(
    api: HttpApi, request: Request, result: Result, credentials: Credentials | None = Credentials.SAME_ORIGIN
) -> dict[str, Any]:
    exchange = exchanged(api, request, result)
    return exchange_value(ReviewedExchange(exchange, review(exchange, (), credentials)))


def test_an_allowed_call_whole() -> None:
    request = dataclasses.replace(
        call(headers=(("Sec-Fetch-Site", "cross-site"), ("Cookie", "sid=s3cret"))), raw_query="token=s3cret&page=2"
    )
    answered = dataclasses.replace(answers(body="hello", set_cookie="a=b"), duration_ms=1.2345, queued_ms=7.0)
    exchange = dataclasses.replace(exchanged(SHOP, request.with_body(b"123"), answered), times=Times(0.1, 2.0, 0.02345))
    reviewed = review(exchange, (), Credentials.SAME_ORIGIN)
    value = exchange_value(ReviewedExchange(exchange, dataclasses.replace(reviewed, findings=())))
    assert value == {
        "type": "exchange",
        "time": "2023-11-14T22:13:20.000Z",
        "api": "shop",
        "product": "HTTP API",
        "request_id": STAMP.request_id,
        "extended_request_id": STAMP.extended_request_id,
        "request": {
            "method": "GET",
            "path": "/x",
            "query": "token=***&page=2",
            "host": "127.0.0.1:3000",
            "origin": PAGE,
            "dev_origin": None,
            "source_ip": "127.0.0.1",
            "body_bytes": 3,
            "credentials": ["cookie"],
            "is_preflight": False,
            "access_control_request_method": None,
            "is_from_browser": True,
            "is_made_by_emulate": False,
        },
        "route": "GET /x",
        "function": "items",
        "status": 200,
        "layer": "function",
        "elapsed_ms": 2.123,
        "response": {"body_bytes": 5, "sets_cookie": True},
        "result": {
            "outcome": "returned",
            "duration_ms": 1.234,
            "init_duration_ms": None,
            "queued_ms": 7.0,
            "error": None,
        },
        "refusal": None,
        "enforced": None,
        "verdict": {"outcome": "allowed", "error": None, "message": None, "layer": None, "with_credentials": None},
        "findings": [],
    }


def enforced(blocked: Exchange, request: Request) -> dict[str, Any]:
    """The object of a request in whose place enforcement answered."""
    exchange = Exchange(blocked.api, request, STAMP, None, None, Enforced(blocked), Response(403))
    return exchange_value(ReviewedExchange(exchange, review(exchange, ())))


def test_a_call_that_enforcement_blocked() -> None:
    blocked = exchanged(BARE, call(), answers(201, set_cookie="sid=s3cret-cookie"))
    value = enforced(blocked, call())
    assert (value["status"], value["layer"], value["enforced"]) == (403, "browser", {"is_sent": True, "status": 201})
    assert value["verdict"]["error"] == "MissingAllowOriginHeader"
    assert [finding["name"] for finding in value["findings"]] == ["missing-cors-headers"]


def test_a_preflight_that_enforcement_made_and_the_call_that_it_kept_back() -> None:
    asked = preflight("DELETE", headers=(("Sec-Fetch-Site", "same-site"),))
    made = dataclasses.replace(exchanged(SHOP, asked, answers()), made_for=call("DELETE"))
    told = exchange_value(ReviewedExchange(made, review(made, ())))["request"]
    assert (told["is_preflight"], told["is_from_browser"], told["is_made_by_emulate"]) == (True, False, True)
    assert told["access_control_request_method"] == "DELETE"
    value = enforced(made, call("DELETE"))
    assert (value["function"], value["enforced"]) == (None, {"is_sent": False, "status": 204})
    assert value["findings"][0]["evidence"][0].endswith("is refused, and never sends DELETE")


def test_a_blocked_call_says_what_the_browser_says_and_whose_fault_it_is() -> None:
    value = value_of(BARE, call(), answers())
    verdict, (finding,) = value["verdict"], value["findings"]
    assert {name: verdict[name] for name in ("outcome", "error", "layer")} == {
        "outcome": "blocked",
        "error": "MissingAllowOriginHeader",
        "layer": "function",
    }
    assert verdict["message"].startswith(f"Access to fetch at 'http://127.0.0.1:3000/x' from origin '{PAGE}' has been")
    assert list(finding) == ["name", "severity", "layer", "message", "evidence", "fix"]
    assert (finding["name"], finding["severity"], finding["layer"]) == ("missing-cors-headers", "error", "function")
    assert isinstance(finding["evidence"], list)
    assert PAGE in finding["fix"]


def test_what_credentials_would_break_stands_beside_the_verdict() -> None:
    verdict = value_of(OPEN, call(), answers(), credentials=None)["verdict"]
    assert verdict["outcome"] == "allowed"
    included = verdict["with_credentials"]
    assert (included["outcome"], included["error"]) == ("blocked", "WildcardOriginNotAllowed")
    assert included["layer"] == "gateway"


def test_a_body_that_no_page_can_read() -> None:
    headers: Headers = (("access-control-allow-origin", PAGE), ("content-encoding", "gzip"))
    value = value_of(BARE, call(), answers(body="plain", **dict(headers)))
    assert (value["verdict"]["outcome"], value["verdict"]["error"]) == ("unreadable", "ContentDecodingFailed")
    assert value["verdict"]["layer"] == "function"


def test_a_preflight_that_the_gateway_answers() -> None:
    value = value_of(SHOP, preflight("PUT"), answers())
    assert value["request"]["is_preflight"]
    assert (value["status"], value["layer"]) == (204, "gateway")
    assert (value["route"], value["function"], value["result"], value["refusal"]) == (None, None, None, None)
    assert value["verdict"]["outcome"] == "allowed"


def test_a_refusal_of_the_gateway() -> None:
    value = value_of(SHOP, call(path="/nowhere", origin=None), answers())
    assert value["refusal"] == {"kind": "RESOURCE_NOT_FOUND", "reason": "no route matches GET /nowhere"}
    assert (value["status"], value["layer"], value["verdict"]) == (404, "gateway", None)


RESULTS = [
    pytest.param(Returned(b"{}", 3.0, 40.5, 0.0), ("returned", 3.0, 40.5, 0.0), id="cold-start"),
    pytest.param(RAISED, ("function-error", 1.5, 20.0, 0.0), id="function-error"),
    pytest.param(IntegrationTimeout(29.0), ("integration-timeout", None, None, 0.0), id="integration-timeout"),
    pytest.param(Throttled(2, 0.25), ("throttled", None, None, 250.0), id="throttled"),
]


@pytest.mark.parametrize(("result", "told"), RESULTS)
def test_each_way_an_invocation_ends(result: Result, told: tuple[object, ...]) -> None:
    value = value_of(SHOP, call(origin=None), result)["result"]
    assert tuple(value[name] for name in ("outcome", "duration_ms", "init_duration_ms", "queued_ms")) == told
    assert value["error"] == (error_value(result) if isinstance(result, FunctionError) else None)


def test_an_error_of_a_function() -> None:
    assert error_value(RAISED) == {
        "error_type": "KeyError",
        "error_message": "'id'",
        "stack_trace": ["  File app.py\n    x\n"],
    }


def test_a_verdict_without_a_finding_is_the_browsers() -> None:
    blocked = Blocked(CorsErrorName.DISALLOWED_BY_MODE, ConsoleTexts("c", "f", "s"))
    value = exchange_value(ReviewedExchange(exchanged(BARE, call(), answers()), Review(blocked)))
    assert (value["verdict"]["layer"], value["verdict"]["message"]) == ("browser", "c")


def test_a_preflight_looked_at_again() -> None:
    finding = Finding("missing-cors-headers", Severity.NOTE, Layer.GATEWAY, "No PUT has followed.", ("fact",))
    exchange = exchanged(SHOP, preflight("PUT"), answers())
    value = again_value(LookedAtAgain(exchange, finding), STAMP.epoch_ms + 1007)
    first = exchange_value(ReviewedExchange(exchange, Review(None)))
    head = {name: first[name] for name in ("api", "product", "request_id", "extended_request_id", "request")}
    assert value == {
        "type": "looked-at-again",
        "time": "2023-11-14T22:13:21.007Z",
        **head,
        "findings": [
            {
                "name": "missing-cors-headers",
                "severity": "note",
                "layer": "gateway",
                "message": "No PUT has followed.",
                "evidence": ["fact"],
                "fix": None,
            }
        ],
    }


def test_no_secret_and_no_body_is_left() -> None:
    headers = (("Authorization", "Bearer s3cret-1"), ("Cookie", "sid=s3cret-2"), ("X-Api-Key", "s3cret-3"))
    request = dataclasses.replace(call(headers=headers), raw_query="token=s3cret-4").with_body(b"s3cret-5")
    raised = dataclasses.replace(RAISED, error_message="s3cret-1, s3cret-2, s3cret-3 and s3cret-4")
    for result in (raised, answers(body="s3cret-6", set_cookie="sid=s3cret-7")):
        assert "s3cret" not in line_of(value_of(BARE, request, result))


def test_a_finding_alone_is_as_it_stands_in_its_exchange() -> None:
    request = dataclasses.replace(call(), raw_query="token=s3cret-1")
    exchange = exchanged(BARE, request, answers())
    reviewed = review(exchange, ())
    told = [finding_value(finding, exchange) for finding in reviewed.findings]
    assert told == exchange_value(ReviewedExchange(exchange, reviewed))["findings"] != []
    assert "s3cret" not in line_of({"findings": told})


TIMES = [
    (0, "1970-01-01T00:00:00.000Z"),
    (1_700_000_000_999, "2023-11-14T22:13:20.999Z"),
    (1_700_000_001_001, "2023-11-14T22:13:21.001Z"),
]


@pytest.mark.parametrize(("epoch_ms", "text"), TIMES)
def test_times_are_utc_with_milliseconds(epoch_ms: int, text: str) -> None:
    assert iso(epoch_ms) == text


STRINGS = [
    pytest.param("plain\n\ttext", id="line-feed"),
    pytest.param("\x1b[31m\x07\x00", id="escape"),
    pytest.param("\x7f\x9b31m\x85", id="c1"),
    pytest.param("a\u202egnp\u2028b\u2066", id="text-direction-and-separators"),
    pytest.param("déjà vu 🫖", id="letters"),
    pytest.param("half \ud83e of a character", id="lone-surrogate"),
]


@pytest.mark.parametrize("text", STRINGS)
def test_a_line_is_one_line_that_drives_no_terminal_and_says_the_same(text: str) -> None:
    line = line_of({"type": "output", "message": text})
    assert json.loads(line) == {"type": "output", "message": text}
    assert line.isprintable()


@pytest.mark.parametrize("kind", MessageKind)
def test_a_message_says_whether_a_saved_configuration_is_refused_where_it_is_a_problem(kind: MessageKind) -> None:
    said = message_value(Message(kind, "text", 1007, is_configuration=True))
    further = {"is_configuration": True} if kind is MessageKind.PROBLEM else {}
    assert said == {"type": kind, "time": "1970-01-01T00:00:01.007Z", "message": "text", **further}


def test_a_reload_names_files_and_functions() -> None:
    assert reload_value(Reloaded(("a.py", "b.py"), ("items",), 0)) == {
        "type": "reload",
        "time": "1970-01-01T00:00:00.000Z",
        "files": ["a.py", "b.py"],
        "functions": ["items"],
    }
