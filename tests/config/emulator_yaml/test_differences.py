from dataclasses import replace
from pathlib import Path

import pytest

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.config.emulator_yaml.differences import changes
from emulator.deployment import CustomDomain, Deployment, Endpoint, Frontend, RecordedCheck
from emulator.functions.invocation import Function, LogFormat, LoggingConfig
from products import a_method, a_route

SHOP = HttpApi("shop", "s", (a_route("GET /items", "items"), a_route("GET /users", "users")))
ADMIN = RestApi("admin", "a", (a_method("GET", "/items", "items", 29.0),), "dev")
UPLOAD = FunctionUrl("upload", "u", "items")
FUNCTIONS = {
    name: Function(name, f"{name}.handler", Path("/code"), environment=(("TABLE", "local"),))
    for name in ("items", "users", "orders", "carts")
}
BEFORE = Deployment((Endpoint(SHOP, 3000), Endpoint(ADMIN, 3001), Endpoint(UPLOAD, 3002)), FUNCTIONS)


def apis(*endpoints: Endpoint) -> Deployment:
    return replace(BEFORE, endpoints=endpoints)


def shop(**values: object) -> Deployment:
    return apis(Endpoint(replace(SHOP, **values), 3000), *BEFORE.endpoints[1:])  # type: ignore[arg-type]


def functions(**changed: dict[str, object]) -> Deployment:
    return replace(BEFORE, functions={n: replace(f, **changed.get(n, {})) for n, f in FUNCTIONS.items()})  # type: ignore[arg-type]


CORS = CorsConfiguration(allow_origins=("https://a.test",))
SECRET = (("TABLE", "secret"), ("TOKEN", "secret"))

CASES = [
    pytest.param(BEFORE, "", id="nothing"),
    pytest.param(
        shop(routes=(*SHOP.routes, a_route("GET /a", "items"), a_route("GET /b", "items")), cors=CORS),
        "shop: 2 routes added, cors changed",
        id="routes-and-cors",
    ),
    pytest.param(
        shop(routes=(a_route("GET /items", "users"),)), "shop: 1 route removed, 1 route changed", id="another-function"
    ),
    pytest.param(
        shop(stage="dev", stage_variables=(("a", "b"),)), "shop: stage, stageVariables changed", id="names-of-the-file"
    ),
    pytest.param(
        apis(BEFORE.endpoints[0], Endpoint(replace(ADMIN, methods=()), 4000), BEFORE.endpoints[2]),
        "admin: 1 route removed, port changed",
        id="rest-api",
    ),
    pytest.param(apis(Endpoint(SHOP, 3000, False), *BEFORE.endpoints[1:]), "shop: enforce changed", id="enforce"),
    pytest.param(
        apis(*BEFORE.endpoints[:2], Endpoint(replace(UPLOAD, function="users"), 3002)),
        "upload: function changed",
        id="function-url",
    ),
    pytest.param(
        apis(Endpoint(replace(UPLOAD, name="shop"), 3000), *BEFORE.endpoints[1:]), "shop: type changed", id="type"
    ),
    pytest.param(apis(*reversed(BEFORE.endpoints)), "order of the APIs changed", id="order"),
    pytest.param(
        apis(Endpoint(replace(UPLOAD, name="files"), 0), *BEFORE.endpoints[1:]),
        "API files added; API shop removed",
        id="another-api",
    ),
    pytest.param(apis(), "API shop, admin, upload removed", id="no-api"),
    pytest.param(replace(BEFORE, functions={}), "4 functions removed", id="no-function"),
    pytest.param(
        functions(items={"timeout": 5.0, "logging": LoggingConfig(LogFormat.JSON)}, users={"memory_size": 256}),
        "items: timeout, loggingConfig changed; users: memorySize changed",
        id="functions",
    ),
    pytest.param(
        functions(items={"environment": SECRET}, users={"environment": SECRET}),
        "items, users: environment (TABLE, TOKEN) changed",
        id="variables-without-their-values",
    ),
    pytest.param(
        functions(**{name: {"environment": ()} for name in FUNCTIONS}),
        "4 functions: environment (TABLE) changed",
        id="what-many-share-is-said-once",
    ),
    pytest.param(
        functions(items={"environment": tuple((name, "") for name in ("TABLE", "B", "C", "D"))}),
        "items: environment (4 variables) changed",
        id="many-variables",
    ),
    pytest.param(
        replace(BEFORE, custom_domains=(CustomDomain("api.example.com", 3005, ()),)),
        "customDomains changed",
        id="custom-domains",
    ),
    pytest.param(replace(BEFORE, allowed_hosts=("shop.test",)), "allowedHosts changed", id="allowed-hosts"),
    pytest.param(
        replace(BEFORE, checks=(RecordedCheck("GET /", "https://a.test", "allowed"),)), "checks changed", id="checks"
    ),
    pytest.param(replace(BEFORE, frontends=(Frontend("https://a.test"),)), "frontends changed", id="frontends"),
]


@pytest.mark.parametrize(("after", "said"), CASES)
def test_changes(after: Deployment, said: str) -> None:
    assert changes(BEFORE, after) == said


def test_the_order_of_variables() -> None:
    before = functions(items={"environment": SECRET})
    after = functions(items={"environment": SECRET[::-1]})
    assert changes(before, after) == "items: environment changed"


def test_many_changes_are_counted() -> None:
    many = {f"f{number}": Function(f"f{number}", "a.b", Path("/code")) for number in range(9)}
    before = Deployment((), many)
    after = Deployment(
        (),
        {
            name: replace(one, timeout=n + 10.0, memory_size=n + 200) if n % 2 else replace(one, handler=str(n))
            for n, (name, one) in enumerate(many.items())
        },
    )
    assert changes(before, after) == "5 functions: handler changed; 4 functions: timeout, memorySize changed"
    after = Deployment(
        (), {name: replace(one, environment=((f"V{n}", ""),)) for n, (name, one) in enumerate(many.items())}
    )
    said = changes(before, after)
    assert said.startswith("f0: environment (V0) changed; ")
    assert said.endswith("; f5: environment (V5) changed; 3 more")
