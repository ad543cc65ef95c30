"""Each sample through `emulate serve`, `emulate check` and `emulate fetch`: all of them name the same finding first."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from emulator.cli.main import emulate
from emulator.client import BrowserClient, FetchError
from emulator.findings import catalogue, of_any_client
from samples.sample import (
    BY_NO_SAMPLE,
    CHECK,
    FETCH,
    MISTAKES,
    OF_THIS_MACHINE,
    PAGE,
    ROOT,
    SAMPLES,
    SERVE,
    SHOP,
    TWO_AT_A_TIME,
    Sample,
    deployed,
    is_of_other_calls,
    target,
)
from serving.emulate import EMULATE, PATIENCE, Served, serve, until

ALL_RULES = {
    *catalogue.OF_A_BLOCK, *catalogue.BESIDE_THE_VERDICT, *catalogue.WITHOUT_A_CHECK,
    *of_any_client.NOT_ANSWERED, *of_any_client.ANSWERED_OTHERWISE, *of_any_client.OF_ANY_CLIENT,
}  # fmt: skip
WORST_FIRST = ("error", "warning", "note")
Value = dict[str, Any]


def asked_by(way: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The test for every sample that can be asked so."""
    return pytest.mark.parametrize(
        "sample", [pytest.param(one, id=f"{one.finding}-{one.api}") for one in SAMPLES if way in one.ways]
    )


# emulate serve


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[Path, Served]]:
    """Both configurations, on free ports."""
    folder = tmp_path_factory.mktemp("samples")
    shutil.copytree(ROOT / "sample_handlers", folder / "sample_handlers", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(SHOP, folder)
    for config in (SHOP, MISTAKES):
        copy = folder / config.relative_to(ROOT)
        copy.write_text(re.sub(r"port: \d+", "port: 0", copy.read_text()))
    options = ("--log-format", "json", "--no-platform-logs", "--no-reload")
    with (
        serve(folder, "-c", str(SHOP.relative_to(ROOT)), *options) as shop,
        serve(folder, "-c", str(MISTAKES.relative_to(ROOT)), *options) as mistakes,
    ):
        yield {SHOP: shop, MISTAKES: mistakes}


@asked_by(SERVE)
def test_serve_names_it_first(sample: Sample, served: Mapping[Path, Served]) -> None:
    running = served[sample.config]
    with BrowserClient(sample.origin) as page:
        if (sample.credentials, sample.origin) == ("include", PAGE):
            log_in(page, served[MISTAKES])
        called = call(page, sample, running)
    found = sorted(
        (
            finding
            for exchange in exchanges(running, called)
            for finding in exchange["findings"]
            if not is_of_other_calls(finding)
        ),
        key=lambda finding: WORST_FIRST.index(finding["severity"]),
    )
    assert found[0]["name"] == sample.finding


def log_in(page: BrowserClient, mistakes: Served) -> None:
    """Get a cookie, which shows that later calls have credentials: cookies are for a host, whatever its port."""
    page.fetch(f"{mistakes.urls['http']}/same-site-by-accident", credentials="include")


def call(page: BrowserClient, sample: Sample, running: Served) -> list[set[str]]:
    """Make the call; return what stood in the headers of each answer, its request's ids among them."""
    try:
        made = page.fetch(
            f"{running.urls[sample.api]}{sample.path}",
            method=sample.method,
            headers=sample.headers,
            body=sample.body,
            credentials=sample.credentials,
        ).requests
    except FetchError as error:
        made = error.requests
    return [{value for _, value in one.response.headers} for one in made if one.response is not None]


def exchanges(running: Served, answers: list[set[str]]) -> list[Value]:
    """What is said of these answers, once it is said of all."""

    def told(console: str) -> list[Value]:
        objects = [json.loads(line) for line in console.splitlines() if line.startswith("{")]
        return [one for one in objects if one["type"] == "exchange" and any(map(ids(one).intersection, answers))]

    return told(running.wait_until(lambda console: len(told(console)) == len(answers), "all of its exchanges"))


def ids(exchange: Value) -> set[str]:
    return {exchange["request_id"], exchange["extended_request_id"]}


@pytest.mark.parametrize("finding", TWO_AT_A_TIME)
def test_serve_names_what_two_calls_at_a_time_show(finding: str, served: Mapping[Path, Served]) -> None:
    """On a busy machine the second may come when the first is over: then both are made again."""
    running = served[MISTAKES]
    sample = Sample(finding, MISTAKES, "http", "GET", f"/{finding}")

    def said() -> list[str]:
        with BrowserClient(PAGE) as page, BrowserClient(PAGE) as other, ThreadPoolExecutor(2) as both:
            calls = [both.submit(call, one, sample, running) for one in (page, other)]
            answers = [answer for called in calls for answer in called.result()]
        return [one["findings"][0]["name"] for one in exchanges(running, answers) if one["findings"]]

    assert until(said, bool) == [finding]


# emulate check


@pytest.fixture(scope="module")
def checked() -> Mapping[Path, Value]:
    """The report on both configurations."""

    def check(config: Path) -> Value:
        command = [EMULATE, "check", "-c", config, "--invoke", "--format", "json"]
        done = subprocess.run(command, capture_output=True, timeout=5 * PATIENCE, check=False)
        assert done.returncode == 1, done.stderr
        report: Value = json.loads(done.stdout)
        return report

    return {config: check(config) for config in (SHOP, MISTAKES)}


def causes_of(sample: Sample, report: Value) -> list[str]:
    """The names of what is said of the sample's call, in the report's order."""
    meant = {
        index
        for index, one in enumerate(report["calls"])
        if (one["api"], one["method"], one["origin"]) == (sample.api, sample.method, sample.origin)
        and one["url"].partition("localhost")[2].partition("/")[2] == target(sample).removeprefix("/")
        and one["credentials"] in (sample.credentials, "same-origin" if one["kind"] == "simple" else "")
    }
    assert meant
    return [cause["name"] for cause in report["causes"] if meant.intersection(cause["calls"])]


@asked_by(CHECK)
def test_check_names_it_first(sample: Sample, checked: Mapping[Path, Value]) -> None:
    assert causes_of(sample, checked[sample.config])[0] == sample.finding


@pytest.mark.parametrize("finding", OF_THIS_MACHINE)
def test_check_says_nothing_of_this_machine(finding: str, checked: Mapping[Path, Value]) -> None:
    (sample,) = [one for one in SAMPLES if one.finding == finding]
    assert causes_of(sample, checked[sample.config]) == []


# emulate fetch


@asked_by(FETCH)
def test_fetch_names_it_first(sample: Sample, tmp_path: Path) -> None:
    arguments = ["fetch", target(sample), "-c", str(sample.config), "--api", sample.api, "-X", sample.method, "--json"]
    arguments += ["--origin", sample.origin, "--credentials", sample.credentials]
    for name, value in sample.headers:
        arguments += ["-H", f"{name}: {value}"]
    if sample.body is not None:
        body = tmp_path / "body"
        body.write_bytes(sample.body.encode() if isinstance(sample.body, str) else sample.body)
        arguments += ["-d", f"@{body}"]
    done = CliRunner().invoke(emulate, arguments)
    assert json.loads(done.stdout)["findings"][0]["name"] == sample.finding, done.stderr


# The table


def test_every_finding_has_a_sample() -> None:
    shown = {one.finding for one in SAMPLES} | {*TWO_AT_A_TIME}
    names = {rule.name for rule in ALL_RULES}
    assert shown | BY_NO_SAMPLE.keys() == names
    assert not shown & BY_NO_SAMPLE.keys()


def test_every_route_of_the_mistakes_is_asked() -> None:
    deployment = deployed(MISTAKES)
    paths = {key.partition(" ")[2] for one in deployment.endpoints for key in one.api.route_keys}
    named = {path.split("/")[1] for path in paths if path.strip("/")}
    assert named - {one.finding for one in SAMPLES} == {*TWO_AT_A_TIME}
