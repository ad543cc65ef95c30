"""`emulate event`: its event is what a served function gets for the same request, and every way there is none."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from emulator.cli.main import main
from serving.emulate import EMULATE, PATIENCE, Served, run, serve

URL_ONLY = "apis: {c: {type: function-url, function: f}}\nfunctions: {f: {handler: f.f}}\n"
GOLDEN = Path(__file__).parent.parent / "aws" / "golden"
CONFIG = """
apis:
  shop:
    type: http
    port: 0
    stageVariables: {table: items}
    cors: {allowOrigins: ["*"]}
    routes:
      GET /items/{id}: echo
      POST /items: echo
      PUT /items: echo
      ANY /old/{proxy+}: {function: echo, payloadFormatVersion: "1.0"}
  staged:
    type: http
    port: 0
    stage: beta
    routes: {GET /items: echo}
  admin:
    type: rest
    port: 0
    stage: dev
    binaryMediaTypes: [image/png]
    routes: {"GET /orders/{id}": echo, POST /orders: echo, OPTIONS /orders: echo}
  contact: {type: function-url, port: 0, function: echo, cors: {allowOrigins: ["*"]}}
functions:
  echo: {handler: echo.handler}
"""
HANDLER = """
import json

def handler(event, context):
    return {"statusCode": 200, "body": json.dumps(event)}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("event")
    (folder / "emulator.yaml").write_text(CONFIG)
    (folder / "echo.py").write_text(HANDLER)
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    with serve(folder) as running:
        yield running


def event(folder: Path, *arguments: str) -> Any:
    ended = run(folder, "event", *arguments)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def received(url: str, request: str, body: bytes) -> Any:
    """The event of a served function for a request as it stands here, but for Host."""
    line, _, headers = request.partition("\n")
    host = httpx.URL(url).netloc.decode()
    head = f"{line} HTTP/1.1\nHost: {host}\n{headers}\nConnection: close\n\n".replace("\n", "\r\n")
    with socket.create_connection(("127.0.0.1", httpx.URL(url).port or 80), PATIENCE) as connection:
        connection.sendall(head.encode() + body)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    return json.loads(answer.partition(b"\r\n\r\n")[2])


MASKED = {
    "requestId", "extendedRequestId", "time", "timeEpoch", "requestTime", "requestTimeEpoch", "x-amzn-trace-id",
    "X-Amzn-Trace-Id",
}  # fmt: skip


def masked(value: Any) -> Any:
    """Ids and times as their types."""
    if not isinstance(value, dict):
        return value
    return {name: type(item).__name__ if name in MASKED else masked(item) for name, item in value.items()}


PLAIN = "User-Agent: emulate\nAccept: */*"
JSON_SENT = f"{PLAIN}\nContent-Type: application/json\nContent-Length: 10"
PNG = b"\x89PNG\xff\x00"

SAME = [
    pytest.param("http", "shop", "/items/a%20b?x=1&x=2&y=a%2Bb&empty=",
                 ["-H", "Cookie: a=1; b=2", "-H", "X-Twice: one", "-H", "X-Twice: two"],
                 f"GET /items/a%20b?x=1&x=2&y=a%2Bb&empty=\n{PLAIN}\nCookie: a=1; b=2\nX-Twice: one\nX-Twice: two", b"",
                 id="http-2.0"),
    pytest.param("http", "shop", "/items", ["-d", '{"n": "1"}'],
                 f"POST /items\n{JSON_SENT}", b'{"n": "1"}', id="http-2.0-json"),
    pytest.param("http", "shop", "/items", ["-X", "put", "-d", "@picture.png"],
                 f"PUT /items\n{PLAIN}\nContent-Type: application/octet-stream\nContent-Length: 6", PNG,
                 id="http-2.0-base64"),
    pytest.param("http", "shop", "/old/x/y?a=1&a=2", ["-H", "x-Lower: 1", "-H", "Referer: http://b.test/"],
                 f"GET /old/x/y?a=1&a=2\n{PLAIN}\nx-Lower: 1\nReferer: http://b.test/", b"", id="http-1.0"),
    pytest.param("http", "shop", "/old/x", ["-X", "PATCH", "-d", "text"],
                 f"PATCH /old/x\n{PLAIN}\nContent-Type: text/plain;charset=UTF-8\nContent-Length: 4", b"text",
                 id="http-1.0-text"),
    pytest.param("http", "staged", "/beta/items", [], f"GET /beta/items\n{PLAIN}", b"", id="http-stage"),
    pytest.param("rest", "admin", "/dev/orders/7?a=1&a=2", ["-H", "x-Lower: λ", "-H", "accept: text/html"],
                 "GET /dev/orders/7?a=1&a=2\nUser-Agent: emulate\nx-Lower: λ\naccept: text/html", b"", id="rest"),
    pytest.param("rest", "admin", "/dev/orders/7", ["-H", "User-Agent: Mozilla/5.0", "-H", "X-Upper: 1"],
                 "GET /dev/orders/7\nAccept: */*\nUser-Agent: Mozilla/5.0\nX-Upper: 1", b"", id="rest-browser"),
    pytest.param("rest", "admin", "/dev/orders", ["-d", "@picture.png", "-H", "Content-Type: image/png"],
                 f"POST /dev/orders\n{PLAIN}\nContent-Type: image/png\nContent-Length: 6", PNG, id="rest-base64"),
    pytest.param("rest", "admin", "/dev/orders", ["-d", "@picture.png"],
                 f"POST /dev/orders\n{PLAIN}\nContent-Type: application/octet-stream\nContent-Length: 6", PNG,
                 id="rest-not-utf-8"),
    pytest.param("function-url", "contact", "/a%2Fb?c=d", ["-H", "Cookie: a=1"],
                 f"GET /a%2Fb?c=d\n{PLAIN}\nCookie: a=1", b"", id="function-url"),
    pytest.param("function-url", "contact", "/", ["-d", '{"n": "1"}'], f"POST /\n{JSON_SENT}", b'{"n": "1"}',
                 id="function-url-json"),
]  # fmt: skip


@pytest.mark.parametrize(("product", "api", "target", "options", "request_", "body"), SAME)
def test_the_event_a_served_function_gets(
    folder: Path, served: Served, product: str, api: str, target: str, options: list[str], request_: str, body: bytes
) -> None:
    (folder / "picture.png").write_bytes(PNG)
    origin = httpx.URL(served.urls[api]).copy_with(path="")
    printed = event(folder, product, f"{origin}{target}", "--api", api, *options)
    assert masked(printed) == masked(received(served.urls[api], request_, body))


GOLDEN_EVENTS = [
    pytest.param("http", (), "http_api_2_0", id="http-2.0"),
    pytest.param("http", ("--payload-format", "1.0"), "http_api_1_0", id="http-1.0"),
    pytest.param("rest", (), "rest_api", id="rest"),
    pytest.param("function-url", (), "function_url", id="function-url"),
]


@pytest.mark.parametrize(("product", "options", "golden"), GOLDEN_EVENTS)
def test_without_a_configuration(tmp_path: Path, product: str, options: tuple[str, ...], golden: str) -> None:
    """It has the shape of the events captured from AWS, and standard error says whose it is."""
    ended = run(tmp_path, "event", product, "/items?a=b", "-H", "cookie: a=b", "-d", '{"of": "λ"}', *options)
    assert ended.returncode == 0
    assert ended.stderr.startswith("There is no emulator.yaml here: the event is that of a")
    assert ended.stderr.count("\n") == 1
    printed, captured = json.loads(ended.stdout), json.loads((GOLDEN / f"{golden}.json").read_text())
    for mine, theirs in ((printed, captured), (printed["requestContext"], captured["requestContext"])):
        further = [name for name in mine if name not in theirs]
        assert set(further) <= {"deploymentId", "resourceId"}
        assert [name for name in theirs if name in mine] == [name for name in mine if name in theirs]
    assert printed["body"] == '{"of": "λ"}'


def test_it_is_indented_and_readable(tmp_path: Path) -> None:
    text = run(tmp_path, "event", "http", "/λ", "-d", "ein λ\x7f").stdout
    assert text.startswith('{\n  "version": "2.0",\n  "routeKey": "$default",\n  "rawPath": "/λ",\n')
    assert '"body": "ein λ\\u007f"' in text
    assert text.endswith("\n}\n")


def test_the_stage_may_be_left_out_of_a_path(folder: Path, tmp_path: Path) -> None:
    for path in ("/orders/7", "/dev/orders/7"):
        found = event(folder, "rest", path)
        assert (found["path"], found["requestContext"]["path"]) == ("/orders/7", "/dev/orders/7")
        assert (found["resource"], found["pathParameters"]) == ("/orders/{id}", {"id": "7"})
    found = event(tmp_path, "rest")
    assert (found["path"], found["resource"], found["requestContext"]["path"]) == ("/", "/", "/prod/")


def test_defaults(folder: Path) -> None:
    found = event(folder, "http", "/items/1")
    assert (found["routeKey"], found["stageVariables"]) == ("GET /items/{id}", {"table": "items"})
    assert found["headers"]["host"] == "localhost:3000"
    assert found["requestContext"]["http"]["method"] == "GET"
    assert event(folder, "http", "/items", "-d", "x")["requestContext"]["http"]["method"] == "POST"


def test_a_header_can_be_left_out(folder: Path) -> None:
    headers = event(folder, "function-url", "-H", "User-Agent:", "-H", "accept:", "-H", "X-A: 1")["headers"]
    assert {"user-agent", "accept"} & set(headers) == set()
    assert headers["x-a"] == "1"


def test_a_deployed_url(tmp_path: Path) -> None:
    found = event(tmp_path, "http", "https://shop.example.com/items?a=b#c")
    assert found["headers"] | {"x-forwarded-proto": "https", "x-forwarded-port": "443"} == found["headers"]
    assert (found["requestContext"]["domainName"], found["rawQueryString"]) == ("shop.example.com", "a=b")


def test_a_dev_origin_reaches_the_function_as_production_s(tmp_path: Path) -> None:
    frontend = "frontends: [{origin: https://shop.example.com, dev: http://localhost:5173}]\n"
    (tmp_path / "emulator.yaml").write_text(URL_ONLY + frontend)
    ended = run(tmp_path, "event", "function-url", "/", "-H", "Origin: http://localhost:5173")
    assert json.loads(ended.stdout)["headers"]["origin"] == "https://shop.example.com"


def test_another_payload_format(folder: Path) -> None:
    found = event(folder, "http", "/items/1", "--payload-format", "1.0")
    assert (found["version"], found["resource"]) == ("1.0", "/items/{id}")
    assert event(folder, "http", "/old/1", "--payload-format", "2.0")["version"] == "2.0"


def test_a_body_from_standard_input(folder: Path) -> None:
    command = [EMULATE, "event", "http", "/items", "-d", "@-"]
    ended = subprocess.run(command, cwd=folder, input=b"[1]", capture_output=True, timeout=PATIENCE, check=True)
    found = json.loads(ended.stdout)
    assert (found["body"], found["headers"]["content-type"]) == ("[1]", "application/json")


PREFLIGHT = ("-X", "OPTIONS", "-H", "Origin: http://a.test", "-H", "Access-Control-Request-Method: PUT")

NONE = [
    pytest.param(("http", "/itms"), 1, "'shop' answers 404 itself: no route matches GET /itms.", id="no-route"),
    pytest.param(("http", "/itms"), 1, "Near it are: POST /items, PUT /items", id="near-routes"),
    pytest.param(("http", "/items", "-X", "DELETE"), 1, "Near it are: POST /items, PUT /items", id="method"),
    pytest.param(("rest", "/order", "-X", "POST"), 1, "Near it are: POST /orders, OPTIONS /orders", id="rest-near"),
    pytest.param(("rest", "/zzz"), 1, "Its routes are: GET /orders/{id}, POST /orders, OPTIONS /orders.", id="far"),
    pytest.param(("rest", "http://localhost:1/orders"), 1, "outside the stage: start it with /dev", id="outside-stage"),
    pytest.param(("http", "/items", *PREFLIGHT), 1, "'shop' answers this preflight itself, with 204", id="preflight"),
    pytest.param(("function-url", "/", *PREFLIGHT), 1, "answers this preflight itself, with 200", id="url-preflight"),
    pytest.param(("http", "/items/%zz"), 1, "400 itself: the path /items/%zz has an invalid", id="escape"),
    pytest.param(("rest", "/orders/1", "-H", "A: " + "a" * 10300), 1, "answers 431 itself", id="head"),
    pytest.param(("rest", "/orders", "-d", "@big"), 1, "answers 413 itself: the event is 7", id="event-too-large"),
    pytest.param(("http", "items"), 2, "a path begins with /, as in /items", id="no-path"),
    pytest.param(("http", "ftp://a.test/"), 2, "neither a path nor an http or https URL", id="scheme"),
    pytest.param(("http", "http://[a/"), 2, "is no URL", id="no-url"),
    pytest.param(("http", "/", "-H", "broken"), 2, "a header is written 'Name: value'", id="not-a-header"),
    pytest.param(("http", "/", "-H", "a b: c"), 2, "a client cannot send such a header", id="header-name"),
    pytest.param(("http", "/", "-H", "a: b\nc"), 2, "a client cannot send such a header", id="header-value"),
    pytest.param(("http", "/", "-d", "@nowhere"), 2, "-d @nowhere: cannot be read", id="no-such-file"),
    pytest.param(("http", "/", "-X", "FETCH"), 2, "'FETCH' is not one of", id="no-such-method"),
    pytest.param(("soap", "/"), 2, "'soap' is not one of", id="no-such-product"),
    pytest.param(("http", "/", "--api", "shp"), 2, "the configuration has shop (http), staged (http)", id="api"),
    pytest.param(("rest", "/", "--api", "shop"), 2, "no such API of type rest", id="api-of-another-type"),
    pytest.param(("rest", "/orders/1", "--payload-format", "2.0"), 2, "REST API is always of format 1.0", id="rest-2"),
    pytest.param(("function-url", "/", "--payload-format", "1.0"), 2, "is always of format 2.0", id="url-1"),
    pytest.param(("http", "/", "-c", "nowhere.yaml"), 2, "nowhere.yaml: no such file", id="no-configuration"),
    pytest.param(("http", "/", "-c", "other.yaml"), 2, "no such API of type http; the configuration has c (",
                 id="no-api-in-the-named-file"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "said"), NONE)
def test_no_event(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    (folder / "big").write_bytes(b"a" * 7_000_000)
    (folder / "other.yaml").write_text(URL_ONLY)
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["emulate", "event", *arguments])
    with pytest.raises(SystemExit) as exit_:
        main()
    printed = capsys.readouterr()
    assert (exit_.value.code, printed.out) == (code, ""), printed.err
    assert said in printed.err


def test_exit_code_and_streams_are_those_of_the_process(folder: Path) -> None:
    ended = run(folder, "event", "http", "/itms")
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 2)


def test_a_configuration_without_such_an_api(tmp_path: Path) -> None:
    (tmp_path / "emulator.yaml").write_text(URL_ONLY)
    ended = run(tmp_path, "event", "http")
    assert ended.returncode == 0
    assert ended.stderr.startswith("There is no API of type http in emulator.yaml: the event is that of an HTTP API")


def test_a_broken_configuration_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "emulator.yaml").write_text("api: {}\n")
    ended = run(tmp_path, "event", "http")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("emulator.yaml:1: ")


def test_a_reader_that_leaves(tmp_path: Path) -> None:
    ended = subprocess.run(
        f"{EMULATE} event http | head -c 1", cwd=tmp_path, shell=True, capture_output=True, text=True, timeout=PATIENCE,
        check=False,
    )  # fmt: skip
    assert (ended.stdout, "Error" in ended.stderr) == ("{", False)


def test_a_full_disk(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            [EMULATE, "event", "http"], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, timeout=PATIENCE,
            check=False,
        )  # fmt: skip
    assert ended.returncode == 2
    assert ended.stderr.splitlines()[1:] == ["standard output cannot be written: No space left on device."]
