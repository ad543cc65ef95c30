"""The law of fixes, for causes: what many calls need is one fix, and who makes it has mended the cause for all of its
calls. In the end every page gets every answer."""

import pytest

from checks.made import PAGE, caused, http, rest, url
from checks.mended import Function, World
from emulator.aws.api import Api
from emulator.checks.causes import Cause, subject_of
from emulator.checks.cell import Outcome
from emulator.deployment import Frontend
from emulator.findings.finding import Severity

OTHER = "https://admin.example.com"
TWO = (Frontend(PAGE, "omit"), Frontend(OTHER, "omit"))
DEV = (Frontend(PAGE, "include", ("http://localhost:5173",)),)
BOTH = (Frontend(PAGE, "include"), Frontend(OTHER, "omit"))
LEAVE = {"Access-Control-Allow-Origin": PAGE, "Access-Control-Allow-Methods": "GET"}
STAR = {f"Access-Control-Allow-{name}": "*" for name in ("Origin", "Methods", "Headers")}
ECHO = {"Access-Control-Allow-Origin": "echo", "Vary": "Origin"}
ROUTES = ("GET /a", "PUT /a", "POST /b", "DELETE /b")
OPTIONS = ("OPTIONS /a", "OPTIONS /b")

WORLDS = [
    pytest.param(http(*ROUTES, allow_origins=(OTHER,), allow_methods=("GET",)), Function(), TWO, id="gateway-lists"),
    pytest.param(http(*ROUTES, allow_origins=(PAGE,), allow_methods=("GET",)), Function(), BOTH, id="credentials"),
    pytest.param(http(*ROUTES, allow_origins=("*",), allow_methods=("*",), allow_headers=("*",)), Function(), BOTH,
                 id="wildcards"),
    pytest.param(http("ANY /a", "ANY /b", allow_origins=(PAGE,), allow_methods=("GET",)), Function(), DEV,
                 id="swallowed-preflights"),
    pytest.param(http(*ROUTES), Function(), TWO, id="no-cors"),
    pytest.param(rest(*ROUTES), Function(), TWO, id="no-options"),
    pytest.param(rest(*ROUTES), Function(), BOTH, id="no-options-and-credentials"),
    pytest.param(rest(*ROUTES, *OPTIONS), Function(), TWO, id="a-silent-function"),
    pytest.param(rest(*ROUTES, *OPTIONS), Function(LEAVE, LEAVE, {}), TWO, id="an-error-path"),
    pytest.param(rest(*ROUTES, *OPTIONS), Function(STAR, STAR, STAR), BOTH, id="stars-and-credentials"),
    pytest.param(rest(*ROUTES, *OPTIONS), Function(ECHO, ECHO, ECHO), DEV, id="echoes"),
    pytest.param(rest(*ROUTES, *OPTIONS), Function(LEAVE, LEAVE, raises=True), DEV, id="raises"),
    pytest.param(url(), Function(), TWO, id="function-url-without-cors"),
    pytest.param(url(allow_origins=(PAGE,), allow_methods=("GET",)), Function(LEAVE), BOTH, id="function-url-twice"),
]  # fmt: skip


def errors(world: World) -> list[Cause]:
    return [cause for cause in caused(world.tried()) if cause.severity is not Severity.NOTE]


def hit(cause: Cause, world: World) -> list[str]:
    """The calls of the cause that it still hits."""
    found = {
        one.cell: [finding.name for finding in one.findings if subject_of(one.cell, finding) == cause.subject]
        for one in world.tried()
    }
    return [str(cell) for cell in cause.cells if cause.name in found.get(cell, ())]


@pytest.mark.parametrize(("api", "function", "frontends"), WORLDS)
def test_a_merged_fix_mends_its_cause_for_every_call(
    api: Api, function: Function, frontends: tuple[Frontend, ...]
) -> None:
    world = World(api, function, frontends)
    causes = errors(world)
    assert causes
    for cause in causes:
        assert hit(cause, world.mended(cause.merged)) == [], f"{cause.name} of {cause.subject}: {cause.fix}"


@pytest.mark.parametrize(("api", "function", "frontends"), WORLDS)
def test_who_mends_the_first_cause_each_time_ends_well(
    api: Api, function: Function, frontends: tuple[Frontend, ...]
) -> None:
    world, said = World(api, function, frontends), list[str]()
    while causes := errors(world):
        said.append(f"{causes[0].name} of {causes[0].subject}: {causes[0].fix}")
        assert len(said) < 9, said
        world = world.mended(causes[0].merged)
    blocked = [one.cell for one in world.tried() if one.outcome is Outcome.BLOCKED]
    assert [str(cell) for cell in blocked if not cell.needed and not cell.probes] == [], said
