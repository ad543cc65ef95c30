"""`emulate check`: what it finds in the sample, what it runs for that, and how it ends."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from serving.emulate import EMULATE, PATIENCE

ROOT = Path(__file__).parent.parent.parent
FILES = {
    "app.py": """
import pathlib

def handler(event, context):
    method = event.get("httpMethod") or event["requestContext"]["http"]["method"]
    with pathlib.Path(__file__).with_name("ran").open("a") as ran:
        ran.write(method + "\\n")
    origin = "https://shop.example.com"
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": origin, "Vary": "Origin",
            "Access-Control-Allow-Methods": "GET,PUT", "Access-Control-Allow-Headers": "content-type"}, "body": "{}"}

def broken(event, context):
    raise ValueError(event)
""",
    "emulator.yaml": """
apis:
  orders:
    type: rest
    port: 0
    stage: dev
    routes: {GET /a: f, PUT /a: f, OPTIONS /a: f}
functions:
  f: {handler: app.handler}
frontends: [{origin: "https://shop.example.com"}]
""",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    return tmp_path


def check(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [EMULATE, "check", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=PATIENCE, check=False)


def told(folder: Path, *options: str) -> dict[str, Any]:
    done = check(folder, "--format", "json", *options)
    assert not done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


SAMPLE = {
    ("error", "method-not-allowed", "shop cors.allowMethods"): {"PUT /broken/disagree"},
    ("error", "missing-options-route", "orders OPTIONS /broken/no-options"): {"PUT /broken/no-options"},
    ("error", "preflight-reached-function", "shop ANY /broken/swallowed"): {"ANY /broken/swallowed"},
    ("error", "header-not-allowed", "function broken-wildcard"): {"PUT /broken/wildcard"},
    ("error", "header-not-allowed", "broken-twice cors.allowHeaders"): {"$default"},
    ("warning", "wildcard-with-credentials", "function broken-wildcard"): {"PUT /broken/wildcard"},
}
"""What is wrong with the sample's configuration and preflights, by cause, with the routes that each hits."""


INVOKED = {
    **SAMPLE,
    ("error", "duplicate-cors-headers", "function broken-twice"): {"$default"},
    ("error", "error-response-without-cors", "function broken-error-path"): {"GET /broken/error-path"},
    ("error", "error-response-without-cors", "function broken-raises"): {"GET /broken/raises"},
    ("error", "function-error", "function broken-raises"): {"GET /broken/raises"},
    ("warning", "wildcard-with-credentials", "function broken-wildcard"): {
        "GET /broken/wildcard",
        "PUT /broken/wildcard",
    },
    ("warning", "origin-echoed", "function broken-echo"): {"GET /broken/echo"},
    ("warning", "null-origin-allowed", "function broken-echo"): {"GET /broken/echo"},
}
"""What is wrong with the sample when its functions are run too."""


@pytest.mark.parametrize(
    ("options", "causes"), [pytest.param([], SAMPLE, id="preflights"), pytest.param(["--invoke"], INVOKED, id="invoke")]
)
def test_the_broken_routes_of_the_sample_are_found_and_the_others_are_silent(
    options: list[str], causes: dict[tuple[str, str, str], set[str]]
) -> None:
    report = told(ROOT, *options)
    found = {
        (cause["severity"], cause["name"], cause["subject"]): {
            report["calls"][index]["route"] for index in cause["calls"]
        }
        for cause in report["causes"]
        if cause["severity"] != "note"
    }
    assert found == causes
    assert all(cause["file"] == "emulator.yaml" and cause["line"] for cause in report["causes"])


def test_only_preflights_are_run(project: Path) -> None:
    done = check(project)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("PASSED  2 notes in ")
    assert set((project / "ran").read_text().split()) == {"OPTIONS"}


def test_with_invoke_what_changes_nothing_is_run_and_calls_without_a_body(project: Path) -> None:
    done = check(project, "--invoke")
    assert (done.returncode, done.stderr) == (0, "")
    assert set((project / "ran").read_text().split()) == {"OPTIONS", "GET", "PUT"}


def test_what_is_asked_twice_is_run_once(project: Path) -> None:
    check(project)
    preflights = (project / "ran").read_text().split()
    assert len(preflights) == 4  # of PUT, with credentials or without; of JSON; of PUT and GET with Authorization


@pytest.mark.parametrize(
    ("fail_on", "status", "word"), [("error", 0, "PASSED"), ("warning", 0, "PASSED"), ("note", 1, "FAILED")]
)
def test_exit_codes(project: Path, fail_on: str, status: int, word: str) -> None:
    done = check(project, "--fail-on", fail_on)
    assert (done.returncode, done.stdout.splitlines()[-1].split()[0]) == (status, word)


@pytest.mark.parametrize(
    ("output", "begins", "has"),
    [
        pytest.param("sarif", '{\n  "$schema": "https://docs.oasis-open.org/sarif', "## What it means", id="sarif"),
        pytest.param("junit", "<?xml version", "<testsuite ", id="junit"),
        pytest.param("github", "::notice file=emulator.yaml,line=", "PASSED", id="github"),
    ],
)
def test_formats(project: Path, output: str, begins: str, has: str) -> None:
    done = check(project, "--format", output)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(begins)
    assert has in done.stdout


def test_what_serve_warns_of_is_told_beside_the_report(project: Path) -> None:
    file = project / "emulator.yaml"
    file.write_text(file.read_text().replace('origin: "https://shop.example.com"', 'origin: "https://localhost"'))
    done = check(project, "--json")
    assert json.loads(done.stdout)["version"] == 1
    assert done.stderr == ""
    cors = '{cors: {allowOrigins: ["https://shop.example.com/"]}, type: http, port: 0, routes: {GET /a: f}}'
    file.write_text(file.read_text().replace("functions:", f"  shop: {cors}\nfunctions:"))
    done = check(project, "--json")
    assert json.loads(done.stdout)["version"] == 1
    assert done.stderr.startswith("emulator.yaml:8: ")


def test_a_baseline_leaves_out_what_is_known(project: Path) -> None:
    file = project / "emulator.yaml"
    file.write_text(file.read_text().replace(", OPTIONS /a: f", ""))
    done = check(project, "--baseline", "known.json", "--write-baseline")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "PASSED  nothing found in 7 calls")
    file.write_text(file.read_text().replace("GET /a: f", "GET /a: f, PUT /b: f"))
    report = told(project, "--baseline", "known.json")
    assert [cause["subject"] for cause in report["causes"]] == ["orders OPTIONS /b"]
    assert report["summary"]["known"] == 7 - 2  # of GET, one call alone needs a preflight


@pytest.mark.parametrize(
    ("options", "says"),
    [
        pytest.param(["--baseline", "none.json"], "--baseline none.json: No such file or directory.", id="no-file"),
        pytest.param(["--baseline", "app.py"], "app.py is no baseline; write one with --write-baseline.", id="other"),
        pytest.param(["--baseline", "latin.json"], "--baseline latin.json: it is not UTF-8.", id="not-utf-8"),
        pytest.param(["--write-baseline"], "Usage: emulate check", id="no-baseline"),
    ],
)
def test_a_baseline_that_is_none(project: Path, options: list[str], says: str) -> None:
    (project / "latin.json").write_bytes(b"\xe9")
    done = check(project, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(says)


CHECKS = """
checks:
  - {request: PUT /a, as: "https://shop.example.com", expect: allowed}
  - {request: PATCH /dev/a, as: "https://shop.example.com", expect: MethodDisallowedByPreflightResponse}
  - {request: GET /a, as: "https://evil.example", expect: blocked}
  - {request: PUT /a, as: "https://shop.example.com", expect: blocked}
"""


@pytest.mark.parametrize(
    ("options", "outcomes", "found"),
    [
        pytest.param([], ["not-run", "blocked", "not-run", "not-run"], [], id="preflights-alone"),
        pytest.param(
            ["--invoke"],
            ["allowed", "blocked", "blocked", "allowed"],
            [("unexpected-outcome", 16)],
            id="invoke",
        ),
    ],
)
def test_recorded_checks(project: Path, options: list[str], outcomes: list[str], found: list[tuple[str, int]]) -> None:
    file = project / "emulator.yaml"
    file.write_text(file.read_text() + CHECKS)
    report = told(project, *options)
    recorded = [call for call in report["calls"] if call["expect"]]
    assert [call["outcome"] for call in recorded] == outcomes
    assert [(cause["name"], cause["line"]) for cause in report["causes"] if cause["severity"] != "note"] == found


def test_a_record_that_is_not_kept_is_explained(project: Path) -> None:
    file = project / "emulator.yaml"
    file.write_text(file.read_text() + CHECKS)
    (run,) = json.loads(check(project, "--format", "sarif", "--invoke").stdout)["runs"]
    (rule,) = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "unexpected-outcome"]
    assert rule["help"]["text"].startswith("# unexpected-outcome\n")
    assert rule["fullDescription"]["text"].startswith("A call that `checks` in `emulator.yaml` records did not come")


@pytest.mark.parametrize(
    ("found", "written", "says"),
    [
        pytest.param("routes:", "rotues:", "emulator.yaml:7: ", id="bad-configuration"),
        pytest.param(
            "frontends: [", "# [", "emulator.yaml declares no frontend, and so there is no page to try", id="no-page"
        ),
        pytest.param("GET /a: f, PUT /a: f, ", "", "emulator.yaml has no route that a page could call.", id="no-route"),
    ],
)
def test_nothing_to_check(project: Path, found: str, written: str, says: str) -> None:
    file = project / "emulator.yaml"
    file.write_text(file.read_text().replace(found, written))
    done = check(project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(says)


def test_a_function_that_does_not_start_is_told_once(project: Path) -> None:
    file = project / "emulator.yaml"
    file.write_text(file.read_text().replace("app.handler", "app.hander"))
    done = check(project)
    assert done.returncode == 1
    assert len(re.findall("Function 'f' does not start: ", done.stderr)) == 1


LOGGED_IN = """
import json, pathlib

def handler(event, context):
    method, origin = event["httpMethod"], event["headers"].get("origin")
    with pathlib.Path(__file__).with_name("ran").open("a") as ran:
        ran.write(f"{method} {origin} {event['body']}\\n")
    allowed = {"Access-Control-Allow-Origin": "https://shop.example.com", "Access-Control-Allow-Credentials": "true",
               "Access-Control-Allow-Methods": "GET,PUT", "Access-Control-Allow-Headers": "content-type",
               "Vary": "Origin"}
    if method == "OPTIONS":
        return {"statusCode": 204, "headers": allowed}
    if "Cookie" not in event["headers"]:
        return {"statusCode": 401, "body": "{}"}
    return {"statusCode": 200, "headers": allowed, "body": "{}"}
"""
FRONTENDS = """
frontends:
  - origin: https://shop.example.com
    dev: [http://localhost:5173, http://127.0.0.1:5173]
    credentials: include
"""


def test_a_page_that_is_not_logged_in_and_at_its_dev_origins(project: Path) -> None:
    (project / "app.py").write_text(LOGGED_IN)
    file = project / "emulator.yaml"
    file.write_text(file.read_text().partition("frontends:")[0] + FRONTENDS)
    report = told(project, "--invoke")
    calls = [call for call in report["calls"] if call["kind"] == "unauthenticated"]
    assert [(call["method"], call["dev_origin"], call["status"]) for call in calls] == [
        (method, dev, 401)
        for method in ("GET", "PUT")
        for dev in (None, "http://localhost:5173", "http://127.0.0.1:5173")
    ]
    (cause,) = [cause for cause in report["causes"] if cause["name"] == "error-response-without-cors"]
    assert cause["severity"] == "error"
    assert {report["calls"][index]["kind"] for index in cause["calls"]} >= {"unauthenticated", "missing-body"}
    ran = (project / "ran").read_text().splitlines()
    assert not [line for line in ran if "5173" in line]
    assert ran.count("PUT https://shop.example.com {}") == 1
    assert ran.count("PUT https://shop.example.com None") == 1


def test_a_recorded_page_at_its_dev_origin_is_held_to_production(project: Path) -> None:
    file = project / "emulator.yaml"
    checks = CHECKS.replace("https://shop.example.com", "http://localhost:5173")
    file.write_text(
        file.read_text().partition("frontends:")[0] + FRONTENDS.replace("    credentials: include\n", "") + checks
    )
    outcomes = [call["outcome"] for call in told(project, "--invoke")["calls"] if call["expect"]]
    assert outcomes == ["allowed", "blocked", "blocked", "allowed"]


CACHED = """
PAGE = "https://shop.example.com"

def always(event, context):
    headers = {"Access-Control-Allow-Origin": PAGE, "Cache-Control": "max-age=60"}
    return {"statusCode": 200, "headers": headers, "body": "{}"}

def asked(event, context):
    answer = always(event, context)
    if event["headers"].get("origin") != PAGE:
        del answer["headers"]["Access-Control-Allow-Origin"]
    return answer
"""


def test_with_invoke_it_is_found_out_what_depends_on_the_origin(project: Path) -> None:
    """By the origins that are none of the user's: one that always names the same origin may be cached as it is."""
    (project / "app.py").write_text(CACHED)
    config = FILES["emulator.yaml"].replace("GET /a: f, PUT /a: f, OPTIONS /a: f", "GET /a: always, GET /b: asked")
    functions = "always: {handler: app.always}\n  asked: {handler: app.asked}"
    (project / "emulator.yaml").write_text(config.replace("f: {handler: app.handler}", functions))
    report = told(project, "--invoke")
    found = [one for one in report["causes"] if one["name"] == "vary-origin-missing"]
    assert [one["severity"] for one in found] == ["warning"]
    assert {report["calls"][index]["route"] for index in found[0]["calls"]} == {"GET /b"}
