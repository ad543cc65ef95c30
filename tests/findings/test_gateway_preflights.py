"""How a gateway comes to answer preflights itself."""

import pytest

from emulator.aws.api import Api
from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.product import Preflight
from emulator.browser.modes import Credentials
from emulator.findings.changes import AddCors, CallWithoutCredentials, Change, RemoveRoute, ReplaceRoute
from emulator.findings.finding import Case
from emulator.findings.gateway_preflights import answering_itself, by_new_cors, cors_section, routes_without_options
from emulator.functions.invocation import Result
from emulator.messages import Request
from findings.examples import PAGE, PLAIN, REST, URL, answers, call, http, preflight
from serving.exchanges import STAMP, exchanged

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
EACH = tuple(f"{method} /x" for method in METHODS)
EVERY = tuple(f"{method} {path}" for path in ("/{proxy+}", "/") for method in METHODS)
ALL = http("ANY /x", "OPTIONS /x", "$default")


def case(
    api: Api, request: Request, credentials: Credentials = Credentials.SAME_ORIGIN, result: Result | None = None
) -> Case:
    return Case(exchanged(api, request, result or answers()), credentials=credentials)


@pytest.mark.parametrize(
    ("api", "request_", "mode", "cors"),
    [
        pytest.param(PLAIN, preflight("PUT", headers="x-a"), Credentials.OMIT,
                     CorsConfiguration((PAGE,), ("PUT",), ("x-a",)), id="plain"),
        pytest.param(PLAIN, preflight("PUT"), Credentials.INCLUDE,
                     CorsConfiguration((PAGE,), ("PUT",), allow_credentials=True), id="credentials"),
        pytest.param(PLAIN, preflight("PUT", origin="null"), Credentials.INCLUDE,
                     CorsConfiguration(("*",), ("PUT",)), id="opaque"),
        pytest.param(URL, preflight("PURGE", "/"), Credentials.OMIT,
                     CorsConfiguration((PAGE,), ("*",)), id="method-no-list-can-name"),
    ],
)  # fmt: skip
def test_the_section(api: Api, request_: Request, mode: Credentials, cors: CorsConfiguration) -> None:
    assert cors_section(case(api, request_, mode)) == (AddCors(api.name, cors),)


def test_no_section_lets_in_such_a_method_with_credentials() -> None:
    section, page = cors_section(case(PLAIN, preflight("PURGE"), Credentials.INCLUDE))
    assert section == AddCors("plain", CorsConfiguration((PAGE,), ("*",)))
    assert page == CallWithoutCredentials()


@pytest.mark.parametrize(
    ("api", "path", "changes"),
    [
        pytest.param(PLAIN, "/x", (ReplaceRoute("plain", "ANY /x", EACH),), id="any"),
        pytest.param(ALL, "/x", (RemoveRoute("h", "OPTIONS /x"), ReplaceRoute("h", "ANY /x", EACH),
                                 ReplaceRoute("h", "$default", EVERY)), id="one-after-the-other"),
        pytest.param(PLAIN, "/y", (), id="none"),
        pytest.param(URL, "/", (), id="function-url"),
        pytest.param(REST, "/dev/y", (), id="rest-api"),
    ],
)  # fmt: skip
def test_no_route_keeps_the_preflight(api: Api, path: str, changes: tuple[Change, ...]) -> None:
    assert routes_without_options(case(api, preflight("PUT", path))) == changes


def test_the_gateway_answers_without_them() -> None:
    assert isinstance(answering_itself(ALL, preflight("PUT"), STAMP).select_route(preflight("PUT"), STAMP), Preflight)
    assert answering_itself(URL, preflight("PUT", "/"), STAMP) is URL


BROWSER = {"User_Agent": "Mozilla/5.0", "Sec_Fetch_Site": "cross-site", "Cache_Control": "no-cache"}
NEW = [
    pytest.param(URL, call(path="/"), 200, (CorsConfiguration((PAGE,), ("GET",)),), id="simple"),
    pytest.param(URL, call("PUT", "/", Content_Type="application/json", X_A="1", **BROWSER), 200,
                 (CorsConfiguration((PAGE,), ("PUT",), ("content-type", "x-a")),), id="preflighted"),
    pytest.param(PLAIN, preflight("PUT", headers="x-a"), 200, (CorsConfiguration((PAGE,), ("PUT",), ("x-a",)),),
                 id="preflight"),
    pytest.param(PLAIN, preflight("PUT"), 405, (CorsConfiguration((PAGE,), ("PUT",)), EACH),
                 id="preflight-with-another-status"),
]  # fmt: skip


@pytest.mark.parametrize(("api", "request_", "status", "wanted"), NEW)
def test_a_gateway_that_speaks_in_the_function_s_stead(
    api: Api, request_: Request, status: int, wanted: tuple[CorsConfiguration | tuple[str, ...], ...]
) -> None:
    (way,) = by_new_cors(case(api, request_, result=answers(status)))
    assert tuple(one.cors if isinstance(one, AddCors) else getattr(one, "new", ()) for one in way) == wanted


def test_no_other_way_where_there_is_no_cors() -> None:
    assert by_new_cors(case(REST, call(path="/dev/x"))) == ()
