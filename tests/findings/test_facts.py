"""What several rules say of a case."""

from dataclasses import replace

import pytest

from emulator.aws.api import Api
from emulator.browser.modes import Credentials, ResponseType
from emulator.browser.verdict import Allowed, WarningName
from emulator.findings.facts import (
    answered,
    ignored,
    in_its_stead,
    is_error_of_gateway,
    is_let_in_by_name,
    is_literal_wildcard,
    lets_in,
    passed_through,
    raised_at,
    reach,
    response_in_a_string,
    returned_object,
    said_beside,
    says_base64,
    warned,
)
from emulator.findings.finding import Case, RaisedAt
from emulator.functions.invocation import Result, Returned
from emulator.messages import Request
from findings.examples import (
    LISTED,
    OPEN,
    PAGE,
    PLAIN,
    RAISED,
    REST,
    SHOP,
    URL,
    URL_LIST,
    allowing,
    answers,
    call,
    preflight,
    with_mock,
)
from serving.exchanges import exchanged

LETTING_IN = [
    pytest.param(LISTED, call(), True, id="listed"),
    pytest.param(OPEN, call(), True, id="any"),
    pytest.param(allowing("http://*"), call(), True, id="any-http"),
    pytest.param(SHOP, call(), False, id="another"),
    pytest.param(URL_LIST, call(path="/"), True, id="function-url"),
    pytest.param(URL_LIST, call(path="/", origin="http://a.test"), False, id="function-url-another"),
    pytest.param(REST, call(path="/dev/x"), False, id="rest-has-no-cors"),
    pytest.param(PLAIN, call(), False, id="no-cors-section"),
]


@pytest.mark.parametrize(("api", "request_", "expected"), LETTING_IN)
def test_whether_the_gateway_names_the_page(api: Api, request_: Request, expected: bool) -> None:
    """Whatever the function says of it."""
    assert lets_in(Case(exchanged(api, request_, answers(acao=PAGE)))) is expected


ANSWERS = [
    pytest.param(PLAIN, call(path="/y"), answers(), "the gateway answered 404: no route matches GET /y", id="refusal"),
    pytest.param(PLAIN, call(), answers(201), "the gateway answered 201", id="no-refusal"),
]


@pytest.mark.parametrize(("api", "request_", "result", "said"), ANSWERS)
def test_what_the_gateway_answered(api: Api, request_: Request, result: Result, said: str) -> None:
    assert answered(Case(exchanged(api, request_, result))) == said


ADDING_NONE = [
    pytest.param(PLAIN, "/x", "HTTP API 'plain' without `cors` adds no CORS headers", id="http-api"),
    pytest.param(REST, "/dev/x", "REST API 'orders' adds no CORS headers", id="rest-api"),
    pytest.param(URL, "/", "function URL 'url' without `cors` adds no CORS headers", id="function-url"),
]


@pytest.mark.parametrize(("api", "path", "said"), ADDING_NONE)
def test_who_adds_no_headers(api: Api, path: str, said: str) -> None:
    assert passed_through(Case(exchanged(api, call(path=path), answers()))) == f"function 'f' answered 200; {said}"


def test_a_mock_adds_no_headers_but_its_own() -> None:
    case = Case(exchanged(with_mock(), call("OPTIONS", "/dev/m"), answers()))
    said = "the MOCK integration of 'OPTIONS /m' answered 200; REST API 'orders' adds no CORS headers"
    assert passed_through(case) == said


def test_what_the_browser_warns_of() -> None:
    exchange = exchanged(PLAIN, call(), answers())
    allowed = Allowed(ResponseType.CORS, 200, warnings=(WarningName.VARY_ORIGIN_MISSING,))
    assert warned(Case(exchange, allowed), WarningName.VARY_ORIGIN_MISSING)
    assert not warned(Case(exchange, allowed), WarningName.MIXED_CONTENT)
    assert not warned(Case(exchanged(PLAIN, call(), RAISED)), WarningName.VARY_ORIGIN_MISSING)


IGNORED = [
    pytest.param(LISTED, call(), answers(acao=PAGE), "it would have let the page in", id="right"),
    pytest.param(LISTED, call(), answers(acac="true"), "it would not have let the page in either", id="wrong"),
    pytest.param(LISTED, call(), answers(), "", id="silent"),
    pytest.param(LISTED, call(), RAISED, "", id="raised"),
    pytest.param(PLAIN, call(), answers(acao=PAGE), "", id="heard"),
    pytest.param(URL_LIST, call(path="/"), answers(acao=PAGE), "", id="added-to"),
]


@pytest.mark.parametrize(("api", "request_", "result", "said"), IGNORED)
def test_what_an_http_api_ignores(api: Api, request_: Request, result: Result, said: str) -> None:
    told = ignored(Case(exchanged(api, request_, result)))
    assert [line.rpartition("; ")[2] for line in told] == ([said] if said else [])


def test_a_wildcard_is_literal_with_credentials() -> None:
    exchange = exchanged(REST, call(path="/dev/x"), answers(acao=PAGE, acah="x-a, *"))
    asked = [(mode, name) for mode in Credentials for name in ("Access-Control-Allow-Headers", "Vary")]
    literal = [one for one in asked if is_literal_wildcard(Case(exchange, credentials=one[0]), one[1])]
    assert literal == [(Credentials.INCLUDE, "Access-Control-Allow-Headers")]


def test_what_the_client_gets_instead() -> None:
    said = in_its_stead(Case(exchanged(REST, call(path="/dev/x"), RAISED)))
    assert said == "The client gets the REST API's own 502, which names no cause"


PYTHON = ('  File "/a/a.py", line 9, in handler\n    return one()\n', '  File "/a/a.py", line 2, in one\n    1 / 0\n')
NODE = ("    at one (/app/a.js:2:9)", "    at exports.handler (/app/a.js:9:3)")
LIBRARY = (
    '  File "/usr/lib/python3.12/json/encoder.py", line 180, in default\n    raise TypeError()\n',
    '  File "/v/lib/python3.12/site-packages/p/q.py", line 1, in q\n    raise X\n',
)
FRAMES = [
    pytest.param((), (), id="none"),
    pytest.param(PYTHON, ('File "/a/a.py", line 2, in one: 1 / 0',), id="python"),
    pytest.param(NODE, ("one (/app/a.js:2:9)",), id="node"),
    pytest.param((PYTHON[0], *LIBRARY), ('File "/a/a.py", line 9, in handler: return one()',), id="python-library"),
    pytest.param(LIBRARY, ('File "/v/lib/python3.12/site-packages/p/q.py", line 1, in q: raise X',), id="no-own"),
    pytest.param(
        ("    at f (/app/node_modules/p/i.js:1:1)", "    at JSON.parse (node:internal/x:1:1)", *NODE),
        ("one (/app/a.js:2:9)",),
        id="node-library",
    ),
]


@pytest.mark.parametrize(("stack_trace", "frame"), FRAMES)
def test_the_frame_is_the_innermost(stack_trace: tuple[str, ...], frame: tuple[str, ...]) -> None:
    raised = raised_at(replace(RAISED, stack_trace=stack_trace))
    assert raised == tuple(f"raised at {at}" for at in frame)
    assert all(isinstance(at, RaisedAt) for at in raised)


RESULTS = [
    pytest.param(answers(), "answered 200; ", id="an-object"),
    pytest.param(Returned(b"null"), "returned null, as one does that has no `return`, which is answered", id="null"),
    pytest.param(Returned(b"[{}, 400]"), "returned an array, which is answered with 200 and no headers: ", id="array"),
]


@pytest.mark.parametrize(("result", "says"), RESULTS)
def test_what_is_no_response_names_no_headers(result: Result, says: str) -> None:
    assert f"function 'f' {says}" in passed_through(Case(exchanged(PLAIN, call(), result)))


@pytest.mark.parametrize(
    ("result", "quoted"),
    [
        pytest.param(answers(400, body="Disallowed\n CORS origin"), ("it says: Disallowed CORS origin",), id="text"),
        pytest.param(answers(400, body=""), (), id="nothing"),
        pytest.param(answers(400, body="x" * 200), (), id="long"),
        pytest.param(answers(400, body="/w==", is_base64=True), (), id="bytes"),
        pytest.param(answers(200, body="fine"), (), id="success"),
    ],
)
def test_a_short_text_of_a_refusal_is_quoted(result: Result, quoted: tuple[str, ...]) -> None:
    assert said_beside(Case(exchanged(PLAIN, call(), result))) == quoted


@pytest.mark.parametrize(
    ("payload", "is_response"),
    [
        ('"{\\"statusCode\\": 200}"', True),
        ('"{\\"status\\": 200}"', False),
        ('"\\"statusCode\\" is missing"', False),
        ('["statusCode"]', False),
        ('"[\\"statusCode\\"]"', False),
    ],
)
def test_a_response_in_a_string(payload: str, is_response: bool) -> None:
    case = Case(exchanged(PLAIN, call(), Returned(payload.encode())))
    assert (response_in_a_string(case) is not None) == is_response
    assert response_in_a_string(Case(exchanged(PLAIN, call(), RAISED))) is None


def test_who_says_base64() -> None:
    flagged = [answers(is_base64=True), answers(), answers(body='{"isBase64Encoded": true}'), RAISED]
    assert [says_base64(Case(exchanged(PLAIN, call(), result))) for result in flagged] == [True, False, False, False]


def test_who_is_let_in_by_name_and_with_what() -> None:
    named = Case(exchanged(REST, call(path="/dev/x"), answers(acao=PAGE, acac="true")))
    assert (is_let_in_by_name(named), reach(named)) == (True, "with the user's cookies")
    anyone = Case(exchanged(REST, call(path="/dev/x"), answers(acao="*")))
    assert (is_let_in_by_name(anyone), reach(anyone)) == (False, "without credentials")
    asked = Case(exchanged(REST, preflight("GET", "/dev/y"), answers(acao=PAGE)))
    assert not is_let_in_by_name(asked)


def test_what_the_function_returned_is_read_again() -> None:
    results = [answers(201, ""), Returned(b'["a"]'), Returned(b"no json"), RAISED]
    returned = [returned_object(Case(exchanged(PLAIN, call(), result))) for result in results]
    assert returned == [{"statusCode": 201, "headers": {}, "body": "", "isBase64Encoded": False}, None, None, None]


def test_an_error_of_the_gateways_own_without_cors_of_its_own() -> None:
    assert is_error_of_gateway(Case(exchanged(REST, call(path="/dev/x"), RAISED)))
    assert not is_error_of_gateway(Case(exchanged(LISTED, call(), RAISED)))
    assert not is_error_of_gateway(Case(exchanged(REST, call(path="/dev/x"), answers(500))))
