"""The machinery itself: cases come back from their names and from files, and what is compared is told apart."""

from dataclasses import replace
from pathlib import Path

import pytest

from differential.cases import FAMILIES, Answer, Call, Case, Origins, Resource, case_from_json, case_to_json
from differential.comparison import difference
from differential.generator import case_for
from differential.known_differences import KNOWN_DIFFERENCES, KnownDifference
from differential.live_case import LiveCase
from differential.observation import Observation, Outcome, Received, received
from differential.recording import Recording, load, save
from differential.timing import is_disturbed

ORIGINS = Origins(
    {
        "page": "http://127.0.0.1:8001",
        "a": "http://127.0.0.1:8002",
        "b": "http://127.0.0.1:8003",
        "c": "http://localhost:8004",
    }
)
CASE = Case(
    "redirect",
    7,
    3,
    (
        Resource("a", (Answer(204),), (Answer(302, (("Location", " {user:p@url1}"),)), Answer(200))),
        Resource("c", (Answer(204),), (Answer(200, (("X", "{origin}|{PAGE}|{port}|{x}"),)),), "?q"),
    ),
    (Call(),),
)
SEEN = Observation((Outcome("response", "cors", 200, "http://x/", False, (("a", "1"),)),), ())


@pytest.mark.parametrize("family", FAMILIES)
def test_a_case_is_given_again_by_its_name_and_by_its_json(family: str) -> None:
    for index in range(50):
        case = case_for(family, 5, index)
        assert case == case_for(family, 5, index)
        assert case_from_json(case_to_json(case)) == case
        assert case.name == f"{family}:5:{index}"


def test_another_seed_gives_other_cases() -> None:
    assert case_for("single", 1, 0).calls != case_for("single", 2, 0).calls


def test_placeholders_stand_for_the_origins_of_the_run() -> None:
    path = "/case/redirect-7-3"
    first, second = (resource.answers[0] for resource in CASE.resources)
    assert ORIGINS.lines(CASE, first) == (("Location", f" http://user:p@localhost:8004{path}/1?q"),)
    assert ORIGINS.lines(CASE, second) == (("X", "http://127.0.0.1:8001|HTTP://127.0.0.1:8001|8001|{x}"),)
    assert ORIGINS.lines(replace(CASE, opaque=True), second)[0][1].startswith("null|")


def test_a_resource_gives_its_answers_in_turn_and_repeats_the_last() -> None:
    live = LiveCase(CASE, ORIGINS)
    request = Received("a", "GET", "/case/redirect-7-3/0")
    assert [live.respond(request)[0] for _ in range(3)] == [302, 200, 200]
    assert live.respond(Received("a", "GET", "/case/redirect-7-3/2"))[0] == 404
    assert len(live.requests) == 4


def test_preflights_are_answered_apart() -> None:
    live = LiveCase(CASE, ORIGINS)
    preflight = received("a", "OPTIONS", "/case/redirect-7-3/0", (("Access-Control-Request-Method", "PUT"),))
    assert live.respond(preflight)[0] == 204
    assert live.respond(Received("a", "OPTIONS", "/case/redirect-7-3/0"))[0] == 302


def test_a_recording_survives_its_file(tmp_path: Path) -> None:
    request = received("a", "PUT", "/x", (("Content-Type", "multipart/form-data; boundary=----Web1"), ("X-Y", "1")))
    recording = Recording("Chrome/1", ORIGINS, ((CASE, replace(SEEN, requests=(request,), errors=("E",))),))
    save(recording, tmp_path / "run")
    assert load(tmp_path / "run") == recording
    assert request.headers == (("content-type", "multipart/form-data; boundary=*"),)


@pytest.mark.parametrize(
    ("other", "aspect"),
    [
        pytest.param(replace(SEEN, outcomes=(Outcome("network-error"),)), "outcome", id="outcome"),
        pytest.param(replace(SEEN, outcomes=(replace(SEEN.outcomes[0], type="basic"),)), "type", id="type"),
        pytest.param(replace(SEEN, outcomes=(replace(SEEN.outcomes[0], status=201),)), "status", id="status"),
        pytest.param(replace(SEEN, outcomes=(replace(SEEN.outcomes[0], headers=()),)), "headers", id="headers"),
        pytest.param(replace(SEEN, outcomes=(replace(SEEN.outcomes[0], url="http://y/"),)), "url", id="url"),
        pytest.param(replace(SEEN, requests=(Received("a", "GET", "/"),)), "requests", id="requests"),
        pytest.param(replace(SEEN, errors=("E",)), "errors", id="errors"),
        pytest.param(replace(SEEN, texts=("t",)), "texts", id="texts"),
    ],
)
def test_each_aspect_is_told_apart(other: Observation, aspect: str) -> None:
    assert difference(CASE, SEEN, SEEN) is None
    found = difference(CASE, SEEN, other)
    assert found is not None
    assert found.aspects == {aspect}


def test_request_headers_are_compared_once_the_requests_are_the_same() -> None:
    plain, with_origin = Received("a", "GET", "/"), Received("a", "GET", "/", (("origin", "null"),))
    found = difference(CASE, replace(SEEN, requests=(plain,)), replace(SEEN, requests=(with_origin,)))
    assert found is not None
    assert found.aspects == {"request-headers"}


@pytest.mark.parametrize(
    ("ended", "later", "disturbed"),
    [
        pytest.param(0.1, 1.3, False, id="expired for certain"),
        pytest.param(0.1, 0.2, False, id="fresh for certain"),
        pytest.param(0.4, 1.3, True, id="stored in time or not"),
    ],
)
def test_slow_calls_leave_the_age_of_a_cached_preflight_open(ended: float, later: float, disturbed: bool) -> None:
    preflight = Answer(204, (("Access-Control-Max-Age", " 1 "),))
    case = Case("cache", 1, 1, (Resource("a", (preflight,), (Answer(200),)),), (Call(), Call()))
    first = Outcome("response", started=0.0, ended=ended)
    second = Outcome("response", started=later, ended=later + 0.05)
    assert is_disturbed(case, Observation((first, second), ())) is disturbed
    assert not is_disturbed(replace(case, calls=(Call(),)), Observation((first, second), ()))


@pytest.mark.parametrize("known", KNOWN_DIFFERENCES, ids=lambda known: known.name)
def test_no_known_difference_covers_what_the_page_sees(known: KnownDifference) -> None:
    blocked = replace(SEEN, outcomes=(Outcome("network-error"),))
    found = difference(CASE, SEEN, blocked)
    assert found is not None
    assert not known.explains(found)
