"""curl, httpx and Node's fetch against `emulate serve`: what a browser would block fails for them too, and its function
never runs."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from serving.emulate import PATIENCE, Served, serve, until
from serving.lines import line

PAGE = "http://localhost:5173"
CONFIG = """
apis:
  shop:
    type: http
    port: 0
    cors: {allowOrigins: ["http://localhost:5173"], allowMethods: [GET, PUT]}
    routes: {"GET /{id}": notes, "HEAD /{id}": notes, "PUT /{id}": notes, "DELETE /{id}": notes}
  orders:
    type: rest
    port: 0
    routes: {"GET /{id}": notes, "PUT /{id}": notes, "ANY /answered/{id}": answers}
  contact: {type: function-url, port: 0, function: notes, cors: {allowOrigins: ["http://localhost:5173"]}}
functions:
  notes: {handler: app.notes}
  answers: {handler: app.answers}
"""
CODE = """
import json

def told(event):
    method = event.get("httpMethod") or event["requestContext"]["http"]["method"]
    print(method, event.get("path") or event["rawPath"], len(event.get("body") or ""), "bytes")

def notes(event, context):
    told(event)
    return {"statusCode": 200, "body": "noted"}

def answers(event, context):
    told(event)
    cors = {"Access-Control-Allow-Origin": "http://localhost:5173", "Access-Control-Allow-Methods": "PUT",
            "Access-Control-Allow-Headers": "content-type"}
    return {"statusCode": 200, "headers": cors, "body": "answered"}
"""


class Answered(NamedTuple):
    status: int
    verdict: str | None
    body: str


def by_curl(method: str, url: str, *options: str, body: str | None = None) -> Answered:
    """curl with a page's Origin; a body goes as JSON, from a pipe and so in chunks."""
    command = [
        "curl",
        "-sS",
        "-i",
        "-H",
        f"Origin: {PAGE}",
        *(["-I"] if method == "HEAD" else ["-X", method]),
        *options,
    ]
    if body is not None:
        command += ["-H", "Content-Type: application/json", "-H", "Expect:", "-T", "-"]
    done = subprocess.run([*command, url], input=body, capture_output=True, text=True, timeout=PATIENCE, check=True)
    head, _, answer = done.stdout.replace("\r\n", "\n").partition("\n\n")
    verdict = re.search(r"(?m)^x-emulator-cors: (.*)$", head)
    return Answered(int(head.split()[1]), None if verdict is None else verdict[1], answer)


def by_httpx(method: str, url: str, body: str | None = None) -> Answered:
    headers = {"Origin": PAGE} | ({} if body is None else {"Content-Type": "application/json"})
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        response = client.request(method, url, headers=headers, content=body)
    return Answered(response.status_code, response.headers.get("x-emulator-cors"), response.text)


NODE = """
const [method, url, body] = process.argv.slice(1)
const headers = { Origin: "http://localhost:5173", ...(body ? { "Content-Type": "application/json" } : {}) }
const response = await fetch(url, { method, headers, body })
console.log(JSON.stringify([response.status, response.headers.get("x-emulator-cors"), await response.text()]))
"""


def by_node(method: str, url: str, body: str | None = None) -> Answered:
    command = ["node", "--input-type=module", "-e", NODE, "--", method, url, *([] if body is None else [body])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    return Answered(*httpx.Response(200, content=done.stdout).json())


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"there is no {program} here")


CLIENTS = [
    pytest.param(by_curl, id="curl", marks=needs("curl")),
    pytest.param(by_httpx, id="httpx"),
    pytest.param(by_node, id="node", marks=needs("node")),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("enforced")
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "app.py").write_text(CODE)
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve(folder, "--no-platform-logs") as served:
        yield served


@pytest.mark.parametrize("ask", CLIENTS)
@pytest.mark.parametrize(
    ("api", "path", "error"),
    [
        pytest.param("shop", "", "MethodDisallowedByPreflightResponse", id="http-api"),
        pytest.param("orders", "", "PreflightMissingAllowOriginHeader", id="rest-api"),
        pytest.param("contact", "", "MethodDisallowedByPreflightResponse", id="function-url"),
        pytest.param(
            "orders", "/answered", "MethodDisallowedByPreflightResponse", id="a-function-answers-the-preflight"
        ),
    ],
)
def test_a_refused_preflight_keeps_the_request_from_the_function(
    ask: Callable[..., Answered], api: str, path: str, error: str, served: Served
) -> None:
    item = f"{path}/{ask.__name__}-refused"
    answer = ask("DELETE", served.urls[api] + item)
    assert (answer.status, answer.verdict) == (
        403,
        f"blocked; error={error}; layer={'function' if path else 'gateway'}",
    )
    console = served.wait_for(line(rf"{api} DELETE \S*{item}", 403, "BLOCKED"))
    asked = line(rf"{api} OPTIONS \S*{item}", word="BLOCKED")
    assert re.search(rf"{asked} (emulate's preflight, (.+\n)+?.*\({error}\)|again \()", console)
    assert re.findall(rf"│ (\w+) \S*{item} ", console) == (["OPTIONS"] if path else []), "only OPTIONS was invoked"


@pytest.mark.parametrize("ask", CLIENTS)
def test_a_body_that_a_preflight_lets_through_comes_whole(ask: Callable[..., Answered], served: Served) -> None:
    body = '"' + "x" * 100_000 + '"'
    answer = ask("PUT", f"{served.urls['orders']}/answered/{ask.__name__}-body", body=body)
    assert answer == Answered(200, "allowed", "answered")
    served.wait_for(line(rf"orders PUT .*/{ask.__name__}-body", 200, "(ok|depends)"))
    console = served.wait_for(rf"│ PUT \S*{ask.__name__}-body \d+ bytes")
    told = re.findall(rf"│ (\w+) \S*{ask.__name__}-body (\d+) bytes", console)
    assert told == [("OPTIONS", "0"), ("PUT", str(len(body)))]


@pytest.mark.parametrize("ask", CLIENTS)
def test_an_answer_that_no_page_would_get_is_withheld(ask: Callable[..., Answered], served: Served) -> None:
    answer = ask("GET", f"{served.urls['orders']}/{ask.__name__}-withheld")
    assert (answer.status, answer.verdict) == (403, "blocked; error=MissingAllowOriginHeader; layer=function")
    assert "noted" not in answer.body
    withheld = line(rf"GET .*/{ask.__name__}-withheld", 403, "BLOCKED")
    served.wait_for(rf"{withheld} (function notes\n {{10}}the API answered 200; |again )")


@needs("curl")
def test_head_and_cookies(served: Served) -> None:
    assert by_curl("HEAD", f"{served.urls['shop']}/head")[:2] == (200, "allowed")
    assert by_curl("HEAD", f"{served.urls['orders']}/answered/head")[:2] == (200, "allowed")
    with_cookie = by_curl("GET", f"{served.urls['shop']}/cookie", "-H", "Cookie: sid=1")
    assert with_cookie.verdict == "blocked; error=InvalidAllowCredentials; layer=gateway"


@needs("curl")
def test_a_preflight_by_hand_is_shown_as_it_is(served: Served) -> None:
    asked = ("-H", "Access-Control-Request-Method: PUT")
    assert by_curl("OPTIONS", f"{served.urls['shop']}/x", *asked) == (204, "allowed", "")
    refused = by_curl("OPTIONS", f"{served.urls['orders']}/x", *asked)
    assert refused.verdict == "blocked; error=PreflightMissingAllowOriginHeader; layer=gateway"
    assert "Missing Authentication Token" in refused.body


def test_a_save_turns_it_off_for_one_api(folder: Path) -> None:
    with serve(folder, "--no-platform-logs") as served:
        url = f"{served.urls['contact']}/saved"
        assert by_httpx("PUT", url).status == 403
        enforced = "contact: {type: function-url, "
        (folder / "emulator.yaml").write_text(CONFIG.replace(enforced, f"{enforced}enforce: false, "))
        assert until(lambda: by_httpx("PUT", url), lambda answer: answer.status == 200).verdict is None
        served.wait_for("Saved emulator.yaml: contact: enforce changed")
        assert by_httpx("DELETE", f"{served.urls['shop']}/saved").status == 403
        (folder / "emulator.yaml").write_text(CONFIG)


def test_no_enforce_only_reports(folder: Path) -> None:
    with serve(folder, "--no-platform-logs", "--no-enforce") as served:
        assert by_httpx("DELETE", f"{served.urls['shop']}/reported") == Answered(200, None, "noted")
        served.wait_for(line("shop DELETE /reported", 200, "BLOCKED") + r" preflight, gateway\n")
