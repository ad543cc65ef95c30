"""What becomes of a call: which functions are run for it, how it ends, and what is found."""

from dataclasses import replace

import pytest

from checks.made import ALLOWS, PAGE, SHOP, answer, http, rest, tried, url
from emulator.aws.api import Api
from emulator.browser.call import Call
from emulator.browser.modes import Credentials
from emulator.checks.cell import Cell, Kind, Outcome
from emulator.checks.conversation import assumed, conversation
from emulator.deployment import Frontend
from emulator.findings.changes import Change, CompareOrigin, CorsField, ReplaceInCors
from emulator.findings.finding import Severity
from emulator.findings.fix import Fix
from emulator.gateway import Planned, plan
from emulator.messages import Request
from products import STAMP

OPEN = {"allow_origins": (PAGE,), "allow_methods": ("GET", "PUT")}
CLOSED = {"allow_origins": ("https://other.example",)}
ECHO = {"Access_Control_Allow_Origin": "https://evil.example"}


def cell(api: Api, method: str = "GET", path: str = "/a", *, runs: bool = False) -> Cell:
    stage = "/dev" if api.name == "orders" else ""
    return Cell(
        api.name, f"{method} {path}", PAGE, Kind.SIMPLE, Call(f"http://localhost:3000{stage}{path}", method), runs=runs
    )


GET, PUT = cell(rest("GET /a")), cell(rest("PUT /a"), "PUT")
RUN = replace(GET, runs=True)
BOTH = rest("GET /a", "PUT /a", "OPTIONS /a")


@pytest.mark.parametrize(
    ("one", "api", "answers", "outcome", "error", "status", "found"),
    [
        pytest.param(cell(http()), http("GET /a", **OPEN), [], "allowed", "", 200, [], id="the-gateway-decides"),
        pytest.param(
            cell(http(), "PUT"), http("PUT /a", **OPEN), [], "allowed", "", 200, [], id="it-answers-the-preflight"
        ),
        pytest.param(
            cell(http()),
            http("GET /a", **CLOSED),
            [],
            "blocked",
            "MissingAllowOriginHeader",
            200,
            ["origin-not-allowed"],
            id="it-lists-another",
        ),
        pytest.param(cell(url()), url(**OPEN), [], "not-run", "", 200, [], id="function-url-adds-to-the-functions"),
        pytest.param(
            cell(url()), url(**CLOSED), [], "not-run", "", 200, ["origin-not-allowed"], id="of-which-its-part-is-known"
        ),
        pytest.param(
            replace(cell(url()), runs=True), url(**OPEN), [answer()], "allowed", "", 200, [], id="function-url-run"
        ),
        pytest.param(GET, BOTH, [], "not-run", "", None, [], id="the-function-decides"),
        pytest.param(PUT, BOTH, [answer(204, "", **ALLOWS)], "not-run", "", 204, [], id="it-is-run-for-preflights"),
        pytest.param(
            PUT,
            rest("PUT /a"),
            [],
            "blocked",
            "PreflightMissingAllowOriginHeader",
            403,
            ["missing-options-route"],
            id="nothing-answers-the-preflight",
        ),
        pytest.param(RUN, BOTH, [answer(**ALLOWS, Vary="Origin")], "allowed", "", 200, [], id="run"),
        pytest.param(
            RUN,
            BOTH,
            [answer()],
            "blocked",
            "MissingAllowOriginHeader",
            200,
            ["missing-cors-headers"],
            id="run-and-blocked",
        ),
        pytest.param(
            RUN,
            BOTH,
            [answer(**ALLOWS, Vary="Origin", Content_Encoding="gzip")],
            "failed",
            "ContentDecodingFailed",
            200,
            ["content-encoding-broken"],
            id="unreadable",
        ),
        pytest.param(
            RUN,
            BOTH,
            [
                answer(302, "", **ALLOWS, Vary="Origin", Location="/dev/b"),
            ],
            "blocked",
            "MissingAllowOriginHeader",
            403,
            ["unknown-route"],
            id="a-redirect-is-followed",
        ),
        pytest.param(
            RUN,
            BOTH,
            [answer(302, "", **ALLOWS, Vary="Origin", Location="https://elsewhere.example/")],
            "not-run",
            "",
            302,
            ["redirect-to-other-origin"],
            id="but-not-to-elsewhere",
        ),
        pytest.param(
            RUN,
            BOTH,
            [answer(302, "", **ALLOWS, Vary="Origin", Location="http://localhost:9/")],
            "not-run",
            "",
            302,
            ["redirect-to-other-origin"],
            id="nor-to-another-port",
        ),
        pytest.param(
            replace(GET, call=Call("http://localhost:3000/a", "TRACE")),
            BOTH,
            [],
            "failed",
            "forbidden method",
            None,
            [],
            id="nothing-can-be-sent",
        ),
        pytest.param(
            RUN,
            BOTH,
            [answer(302, "", **ALLOWS, Vary="Origin", Location="ftp://localhost/")],
            "blocked",
            "CorsDisabledScheme",
            302,
            ["redirect-to-other-origin", "cors-blocked"],
            id="the-browser-alone-blocks",
        ),
    ],
)
def test_conversations(
    one: Cell, api: Api, answers: list[dict[str, object]], outcome: str, error: str, status: int, found: list[str]
) -> None:
    done = tried(one, {3000: api}, SHOP, *answers)
    assert (done.outcome, done.error, done.status) == (outcome, error, status)
    assert [finding.name for finding in done.findings] == found


def test_what_nothing_needs_is_a_note() -> None:
    done = tried(replace(PUT, needed="If a page calls with PUT"), {3000: rest("PUT /a")}, SHOP)
    (found,) = done.findings
    assert found.severity is Severity.NOTE
    assert found.message.startswith("If a page calls with PUT: Access to fetch at")


@pytest.mark.parametrize(
    ("kind", "found"),
    [
        pytest.param(Kind.SIMPLE, [], id="without-credentials-by-our-choice"),
        pytest.param(Kind.RECORDED, ["cookie-not-stored"], id="by-the-pages"),
    ],
)
def test_a_simple_call_says_nothing_of_the_mode(kind: Kind, found: list[str]) -> None:
    cookie = answer(**ALLOWS, Vary="Origin", Set_Cookie="session=1; Secure; HttpOnly")
    done = tried(replace(RUN, kind=kind), {3000: BOTH}, SHOP, cookie)
    assert [finding.name for finding in done.findings] == found


def test_a_name_is_told_once_for_preflight_and_call() -> None:
    headers = {**ALLOWS, "Access_Control_Allow_Origin": "*", "Access_Control_Allow_Credentials": "true"}
    done = tried(replace(PUT, runs=True), {3000: BOTH}, SHOP, answer(**headers), answer(**headers))
    assert [finding.name for finding in done.findings] == ["wildcard-with-credentials"]


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        pytest.param(ECHO, ["origin-echoed"], id="let-in"),
        pytest.param({}, [], id="blocked-as-it-should-be"),
    ],
)
def test_a_probe_should_be_blocked(headers: dict[str, str], found: list[str]) -> None:
    one = replace(RUN, origin="https://evil.example", probes=True)
    done = tried(one, {3000: BOTH}, SHOP, answer(**headers))
    assert [finding.name for finding in done.findings] == found


def test_the_address_here_is_not_what_is_deployed() -> None:
    """A page on https calls plain http at loopback, which neither is so where it is deployed."""
    done = tried(cell(http()), {3000: http("GET /a", **OPEN)}, (Frontend(PAGE),))
    assert done.outcome is Outcome.ALLOWED
    assert not done.findings


@pytest.mark.parametrize(
    ("expect", "api", "found"),
    [
        pytest.param("allowed", http("GET /a", **OPEN), [], id="allowed"),
        pytest.param("allowed", http("GET /a", **CLOSED), ["origin-not-allowed"], id="blocked-and-explained"),
        pytest.param("blocked", http("GET /a", **CLOSED), [], id="blocked"),
        pytest.param("MissingAllowOriginHeader", http("GET /a", **CLOSED), [], id="by-this-error"),
        pytest.param("AllowOriginMismatch", http("GET /a", **CLOSED), ["unexpected-outcome"], id="by-another"),
        pytest.param("blocked", http("GET /a", **OPEN), ["unexpected-outcome"], id="let-in"),
        pytest.param("blocked", http("GET /a"), [], id="not-run"),
        pytest.param("blocked", url(**CLOSED), [], id="not-run-and-the-gateway-blocks"),
        pytest.param("allowed", url(**CLOSED), ["origin-not-allowed"], id="not-run-and-to-pass"),
    ],
)
def test_what_is_expected(expect: str, api: Api, found: list[str]) -> None:
    done = tried(replace(cell(http()), expect=expect, check=0), {3000: api}, SHOP)
    assert [finding.name for finding in done.findings] == found


def test_what_lets_a_page_in_that_is_to_be_kept_out_is_told() -> None:
    one = replace(RUN, origin="null", expect="blocked", check=0)
    (found,) = tried(one, {3000: BOTH}, SHOP, answer(Access_Control_Allow_Origin="null")).findings
    assert (found.name, found.severity) == ("null-origin-allowed", Severity.ERROR)
    assert found.evidence[0] == "`checks` expects of this call: blocked. It is allowed."


def test_who_expects_something_else_may_be_wrong() -> None:
    one = replace(cell(http()), expect="AllowOriginMismatch", check=0)
    (found,) = tried(one, {3000: http("GET /a", **CLOSED)}, SHOP).findings
    assert found.fix.because.startswith("If that is right, write `expect: MissingAllowOriginHeader`; else mend")


def test_a_call_that_cannot_be_made_is_not_allowed() -> None:
    one = replace(cell(http()), expect="allowed", check=0, call=Call("http://localhost:3000/a", "TRACE"))
    (found,) = tried(one, {3000: http("GET /a")}, SHOP).findings
    assert found.message == "`checks` expects of this call: allowed. It is failed (forbidden method)."
    assert found.fix == Fix()


def test_nothing_is_assumed_of_a_function_that_decides() -> None:
    request = Request("GET", "/dev/a", headers=(("Host", "localhost:3000"),), port=3000)
    planned = plan(BOTH, request, STAMP)
    assert isinstance(planned, Planned)
    assert assumed(BOTH, request, STAMP, planned) is None


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        pytest.param(Kind.UNRELATED_ORIGIN, "it echoes the Origin header without an allowlist", id="anyone"),
        pytest.param(Kind.ORIGIN_AS_PREFIX, "which begins like the real one", id="prefix"),
        pytest.param(Kind.ORIGIN_AS_SUFFIX, "which ends like the real one", id="suffix"),
        pytest.param(Kind.OTHER_SCHEME, "which has another scheme than the real one", id="scheme"),
    ],
)
def test_what_a_probe_shows(kind: Kind, said: str) -> None:
    one = replace(RUN, origin="https://evil.example", probes=True, kind=kind)
    (found,) = tried(one, {3000: BOTH}, SHOP, answer(**ECHO)).findings
    assert found.message.startswith("Function 'f' let in https://evil.example, which ")
    assert said in found.message


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        pytest.param({**ALLOWS, "Vary": "Origin"}, [], id="the-page-reads-the-error"),
        pytest.param({}, ["error-response-without-cors"], id="it-cannot"),
    ],
)
def test_a_missing_body_is_answered_so_that_the_page_can_read_it(headers: dict[str, str], found: list[str]) -> None:
    one = replace(cell(rest("POST /a"), "POST"), runs=True, kind=Kind.MISSING_BODY)
    done = tried(one, {3000: rest("POST /a")}, SHOP, answer(400, **headers))
    assert [finding.name for finding in done.findings] == found


DEV = "http://localhost:5173"
AT_DEV = (Frontend(PAGE, dev=(DEV,)),)


@pytest.mark.parametrize(
    ("api", "answers", "outcome", "found"),
    [
        pytest.param(BOTH, [answer(**ALLOWS, Vary="Origin")], "allowed", [], id="let-in-as-production"),
        pytest.param(
            BOTH,
            [answer(Access_Control_Allow_Origin=DEV)],
            "blocked",
            ["origin-not-allowed"],
            id="by-the-name-of-dev-nobody-is",
        ),
        pytest.param(BOTH, [answer()], "blocked", ["missing-cors-headers"], id="without-headers"),
        pytest.param(http("GET /a", **OPEN), [answer()], "allowed", [], id="by-the-gateway"),
        pytest.param(http("GET /a", **CLOSED), [answer()], "blocked", ["origin-not-allowed"], id="not-by-the-gateway"),
    ],
)
def test_a_page_at_a_dev_origin_comes_to_what_productions_does(
    api: Api, answers: list[dict[str, object]], outcome: str, found: list[str]
) -> None:
    one = replace(cell(api), runs=True)
    there, here = (tried(replace(one, dev=dev), {3000: api}, AT_DEV, *answers) for dev in ("", DEV))
    assert replace(there, cell=here.cell) == here
    assert (here.outcome, [finding.name for finding in here.findings]) == (outcome, found)


def test_what_is_asked_for_a_page_at_a_dev_origin_is_what_is_asked_for_productions() -> None:
    first, second = (next(conversation(replace(RUN, dev=dev), {3000: BOTH}, AT_DEV, STAMP)) for dev in ("", DEV))
    assert first == second
    assert (first[1].origin, first[1].dev_origin) == (PAGE, None)


NO_LEAVE, LEAVE = answer(204, ""), answer(204, "", **ALLOWS)


@pytest.mark.parametrize(
    ("one", "answers", "found"),
    [
        pytest.param(
            replace(PUT, runs=True),
            [NO_LEAVE, answer()],
            ["preflight-without-cors", "missing-cors-headers"],
            id="both-are-wrong",
        ),
        pytest.param(
            replace(PUT, runs=True, dev=DEV),
            [NO_LEAVE, answer()],
            ["preflight-without-cors", "missing-cors-headers"],
            id="at-a-dev-origin",
        ),
        pytest.param(
            replace(PUT, runs=True),
            [NO_LEAVE, answer(**ALLOWS, Vary="Origin")],
            ["preflight-without-cors"],
            id="the-preflight-alone",
        ),
        pytest.param(
            replace(PUT, runs=True, kind=Kind.MISSING_BODY),
            [NO_LEAVE, answer(400)],
            ["preflight-without-cors", "error-response-without-cors"],
            id="an-error",
        ),
        pytest.param(
            replace(PUT, runs=True, kind=Kind.MISSING_BODY),
            [NO_LEAVE, answer(400, **ALLOWS, Vary="Origin")],
            ["preflight-without-cors"],
            id="an-error-that-can-be-read",
        ),
        pytest.param(
            replace(
                PUT,
                runs=True,
                call=replace(PUT.call, headers=(("Authorization", "x"), ("X-A", "1")), credentials=Credentials.INCLUDE),
            ),
            [LEAVE, answer(**ALLOWS, Vary="Origin")],
            ["credentials-not-allowed", "credentials-not-allowed"],
            id="of-both-the-same",
        ),
        pytest.param(PUT, [NO_LEAVE], ["preflight-without-cors"], id="not-to-be-run"),
        pytest.param(replace(PUT, runs=True, probes=True), [NO_LEAVE], [], id="of-a-stranger"),
        pytest.param(replace(PUT, runs=True, check=0), [NO_LEAVE], ["preflight-without-cors"], id="recorded"),
    ],
)
def test_what_is_wrong_behind_a_blocked_preflight_is_told_with_it(
    one: Cell, answers: list[dict[str, object]], found: list[str]
) -> None:
    done = tried(one, {3000: BOTH}, AT_DEV, *answers)
    assert [finding.name for finding in done.findings] == found
    behind = [
        finding for finding in done.findings if finding.evidence[0].startswith("no browser sends this PUT before")
    ]
    assert behind == list(done.findings)[1:]


def test_a_gateway_answers_for_itself_behind_a_blocked_preflight() -> None:
    api = rest("GET /a", "OPTIONS /a")
    done = tried(replace(PUT, runs=True), {3000: api}, SHOP, NO_LEAVE)
    assert [finding.name for finding in done.findings] == ["preflight-without-cors", "unknown-route"]


@pytest.mark.parametrize(
    ("headers", "found"),
    [
        pytest.param({**ALLOWS, "Access_Control_Allow_Credentials": "true"}, [], id="the-page-reads-the-401"),
        pytest.param(ALLOWS, ["credentials-not-allowed"], id="not-with-credentials"),
        pytest.param({}, ["error-response-without-cors"], id="it-cannot"),
    ],
)
def test_a_user_who_is_not_logged_in_is_told_so(headers: dict[str, str], found: list[str]) -> None:
    call = replace(GET.call, credentials=Credentials.INCLUDE)
    one = replace(RUN, call=call, kind=Kind.UNAUTHENTICATED)
    done = tried(one, {3000: BOTH}, SHOP, answer(401, **headers))
    assert [finding.name for finding in done.findings] == found


NULL = {"Access_Control_Allow_Origin": "null"}


@pytest.mark.parametrize(
    ("origin", "api", "answers", "changes"),
    [
        pytest.param("https://evil.example", BOTH, [answer(**ECHO)], (CompareOrigin("f"),), id="echoed"),
        pytest.param("null", BOTH, [answer(**NULL)], (CompareOrigin("f"),), id="null-of-a-function"),
        pytest.param(
            "null",
            url(allow_origins=("null",)),
            [answer()],
            (ReplaceInCors("url", CorsField.ALLOW_ORIGINS, "null", ()),),
            id="null-of-a-gateway",
        ),
    ],
)
def test_what_keeps_a_stranger_out_is_no_change_to_its_page(
    origin: str, api: Api, answers: list[dict[str, object]], changes: tuple[Change, ...]
) -> None:
    one = replace(cell(api), origin=origin, probes=True, runs=True)
    (found,) = tried(one, {3000: api}, SHOP, *answers).findings
    assert (found.fix.changes, found.fix.instead) == (changes, ())
