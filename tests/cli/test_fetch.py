"""`emulate fetch`: in process against the sample, and over real sockets against a running `emulate serve`."""

import json
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from serving.emulate import Served, run, serve
from serving.ports import free_port

ROOT = Path(__file__).parent.parent.parent
PAGE = ("--origin", "http://localhost:5173")


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    shutil.copytree(ROOT / "sample_handlers", folder / "sample_handlers", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "emulator.yaml").write_text(re.sub(r"port: \d+", "port: 0", (ROOT / "emulator.yaml").read_text()))
    return folder


@pytest.fixture(scope="module")
def served(shop: Path) -> Iterator[Served]:
    with serve(shop) as running:
        yield running


IN_PROCESS = [
    pytest.param(("/items",), 0, ["> GET http://localhost:", "Allowed: the page gets a cors response, 200", "Teapot"],
                 id="simple"),
    pytest.param(("/items", "-d", '{"name": "Spoon"}', "-H", "content-type: application/json"), 0,
                 ["(preflight)", "> Access-Control-Request-Headers: content-type", "< 204", "< 201"], id="preflighted"),
    pytest.param(("/broken/disagree", "-X", "PUT"), 1,
                 ["Method PUT is not allowed", "error: method-not-allowed [gateway]", "Add PUT to `cors.allowMethods`"],
                 id="gateway-at-fault"),
    pytest.param(("/dev/broken/raises", "--api", "orders"), 1,
                 ["ZeroDivisionError: division by zero", "error: error-response-without-cors [function]"],
                 id="function-at-fault"),
    pytest.param(("/dev/broken/wildcard", "--api", "orders", "--credentials", "include", "--browser", "firefox"), 1,
                 ["Cross-Origin Request Blocked", "wildcard-with-credentials [function]", "Firefox/"], id="firefox"),
    pytest.param(("/dev/broken/wildcard", "--api", "orders", "--credentials", "include", "--browser", "webkit"), 1,
                 ["Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."], id="webkit"),
    pytest.param(("/items", "--origin", "https://else.test"), 1, ["Add https://else.test to `cors.allowOrigins`"],
                 id="origin"),
    pytest.param(("/items", "--mode", "no-cors"), 0, ["an opaque response, 0"], id="no-cors"),
    pytest.param(("/", "--api", "contact", "-X", "POST", "-d", "@form.txt"), 0, ['"thanks":"Ann"'],
                 id="body-from-a-file"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("origin", "fix"),
    [
        ("capacitor://localhost", "Add \"*\" to `cors.allowOrigins` of 'shop' (now [http://localhost:5173"),
        ("ionic://localhost", "Add \"*\" to `cors.allowOrigins` of 'shop' (now [http://localhost:5173"),
        ("file://", "Add \"*\" to `cors.allowOrigins` of 'shop' (now [http://localhost:5173"),
        ("null", "Serve the page over http or https"),
    ],
)
def test_origins_that_an_http_api_cannot_list(shop: Path, origin: str, fix: str) -> None:
    ended = run(shop, "fetch", "/items", "--origin", origin)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert fix in " ".join(ended.stdout.split())
    assert f"Add {origin}" not in ended.stdout


@pytest.mark.parametrize("origin", ["capacitor://localhost", "ionic://localhost", "file://"])
def test_origins_that_a_function_url_can_list(shop: Path, origin: str) -> None:
    ended = run(shop, "fetch", "/", "--api", "contact", "--origin", origin)
    assert ended.returncode == 1
    assert f"Add {origin} to `cors.allowOrigins` of 'contact'" in " ".join(ended.stdout.split())


def test_frontends_that_are_no_web_page(shop: Path, tmp_path: Path) -> None:
    """Each is checked, and none is to be listed where AWS would refuse it."""
    shutil.copytree(shop, tmp_path, dirs_exist_ok=True)
    origins = ["null", "capacitor://localhost", "ionic://localhost", "file://"]
    declared = "".join(f"  - {{origin: '{origin}'}}\n" for origin in origins)
    configuration = (shop / "emulator.yaml").read_text().partition("frontends:")[0]
    (tmp_path / "emulator.yaml").write_text(f"{configuration}frontends:\n{declared}")
    ended = run(tmp_path, "check", "--format", "json")
    assert (ended.returncode, ended.stderr) == (1, "")
    told = json.loads(ended.stdout)
    named = [cause["fix"] for cause in told["causes"] if cause["name"] == "opaque-origin"]
    assert named
    assert {origin for origin in origins if any(f"Add {origin}" in fix and "'shop'" in fix for fix in named)} == set()
    assert {cell["origin"] for cell in told["calls"]} == {*origins}


CREDENTIALS = """
apis:
  open:
    type: http
    port: %d
    cors: {allowOrigins: ["*"]}
    routes: {GET /items: list-items}
  other:
    type: http
    port: 0
    cors: {allowOrigins: ["*"]}
    routes: {GET /items: list-items}
functions:
  list-items: {handler: shop.list_items, codeUri: sample_handlers}
frontends:
  - {origin: http://localhost:5173, credentials: {open: include}}
  - {origin: capacitor://localhost, credentials: {$default: omit, open: include}}
"""


def test_the_declared_credentials_mode_is_followed(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "sample_handlers").symlink_to(shop / "sample_handlers")
    (tmp_path / "emulator.yaml").write_text(CREDENTIALS % free_port())
    followed = run(tmp_path, "fetch", "/items")
    assert (followed.returncode, "wildcard-with-credentials" in followed.stdout) == (1, True)
    assert followed.stdout.startswith("credentials: include, as `frontends` says of http://localhost:5173\n")
    assert run(tmp_path, "fetch", "/items", "--origin", "capacitor://localhost").returncode == 1
    for arguments in (
        ("--credentials", "same-origin"),  # said on the command line
        ("--api", "other"),  # not declared for this API
        ("--origin", "http://localhost:8080"),  # no declared page
        ("--api", "other", "--origin", "capacitor://localhost"),
    ):
        allowed = run(tmp_path, "fetch", "/items", *arguments)
        assert (allowed.returncode, "include" in allowed.stdout.partition("Allowed")[0]) == (0, False), arguments
    with serve(tmp_path) as served:
        url = served.urls["open"]
        assert run(tmp_path, "fetch", f"{url}/items").returncode == 1
        assert run(tmp_path, "fetch", f"{url}/items", "--credentials", "omit").returncode == 0


DEV = """
apis:
  shop:
    type: http
    port: 0
    cors: {allowOrigins: [https://shop.example.com], allowMethods: [GET, PUT], allowCredentials: true}
    routes: {GET /items: list-items}
  admin:
    type: http
    port: 0
    cors: {allowOrigins: ["http://localhost:5173"]}
    routes: {GET /items: list-items}
functions:
  list-items: {handler: shop.list_items, codeUri: sample_handlers}
frontends:
  - {origin: https://shop.example.com, dev: [http://localhost:5173, http://127.0.0.1:5173], credentials: include}
"""


@pytest.mark.parametrize("page", ["http://localhost:5173", "http://127.0.0.1:5173", "https://shop.example.com"])
def test_a_page_of_a_dev_origin_is_held_to_the_policy_of_production(shop: Path, tmp_path: Path, page: str) -> None:
    (tmp_path / "sample_handlers").symlink_to(shop / "sample_handlers")
    (tmp_path / "emulator.yaml").write_text(DEV)
    with serve(tmp_path) as served:
        for api in ("shop", "admin"):
            here = run(tmp_path, "fetch", "/items", "--api", api, "--origin", page)
            there = run(tmp_path, "fetch", f"{served.urls[api]}/items", "--origin", page)
            assert here.returncode == there.returncode == (api == "admin"), here.stdout
            if api == "shop":
                assert f"< access-control-allow-origin: {page}\n" in here.stdout
                assert here.stdout.startswith(f"credentials: include, as `frontends` says of {page}\n")
            else:
                assert "Add https://shop.example.com to `cors.allowOrigins` of 'admin'" in " ".join(here.stdout.split())


def test_production_is_not_warned_of_this_machine(shop: Path, tmp_path: Path) -> None:
    """Its page calls the deployed API, and no address of this machine; a page that nobody declared may call this."""
    (tmp_path / "sample_handlers").symlink_to(shop / "sample_handlers")
    (tmp_path / "emulator.yaml").write_text(DEV.replace("port: 0", f"port: {free_port()}", 1))
    with serve(tmp_path) as served:
        production, url = ("--origin", "https://shop.example.com"), f"{served.urls['shop']}/items"
        for call, code in ((("/items",), 0), (("/items", "-X", "DELETE"), 1), ((url,), 0)):
            ended = run(tmp_path, "fetch", *call, *production)
            assert (ended.returncode, "local-network-access" in ended.stdout) == (code, False)
        other = run(tmp_path, "fetch", url, "--origin", "https://else.example")
    assert (other.returncode, "warning: local-network-access" in other.stdout) == (1, True)


@pytest.mark.parametrize(("arguments", "code", "shown"), IN_PROCESS)
def test_in_process(shop: Path, arguments: tuple[str, ...], code: int, shown: list[str]) -> None:
    (shop / "form.txt").write_text("name=Ann")
    ended = run(shop, "fetch", *arguments)
    assert (ended.returncode, ended.stderr.startswith("Traceback")) == (code, False), ended.stderr
    assert [text for text in shown if text not in ended.stdout + ended.stderr] == [], ended.stdout


def test_what_a_function_prints_goes_to_standard_error(shop: Path) -> None:
    ended = run(shop, "fetch", "/items", "-d", '{"name": "Spoon"}', "-H", "content-type: application/json")
    assert "add-item │ adding Spoon" in ended.stderr
    assert ended.stdout.rstrip().endswith('"name": "Spoon"}')


def test_over_a_socket(served: Served, shop: Path) -> None:
    url = served.urls["orders"]
    allowed = run(shop, "fetch", f"{url}/orders", *PAGE, "--json")
    assert (allowed.returncode, json.loads(allowed.stdout)["response"]["status"]) == (0, 200)
    blocked = run(shop, "fetch", f"{url}/broken/no-options", "-X", "PUT", *PAGE)
    assert blocked.returncode == 1
    assert "access-control-allow-origin of the preflight's answer is missing." in blocked.stdout.lower()
    assert (
        "Fix: Answer OPTIONS with a status from 200 to 299, without authorization, `Access-Control-Allow-Origin: "
        "http://localhost:5173`, `Access-Control-Allow-Methods: PUT`." in blocked.stdout
    )


def test_json_of_a_blocked_call(served: Served, shop: Path) -> None:
    ended = run(shop, "fetch", served.urls["orders"] + "/broken/no-options", "-X", "PUT", *PAGE, "--json")
    told = json.loads(ended.stdout)
    assert ended.returncode == 1
    assert (told["outcome"], told["error"], told["value"]) == ("blocked", "PreflightMissingAllowOriginHeader", None)
    assert told["message"].startswith("Access to fetch at")
    (request,) = told["requests"]
    assert (request["method"], request["preflight"], request["response"]["status"]) == ("OPTIONS", True, 403)
    assert ["Access-Control-Request-Method", "PUT"] in request["headers"]


def test_json_has_the_findings_of_a_call_in_process(shop: Path) -> None:
    called = ("/dev/broken/wildcard?token=s3cret-s3cret", "--api", "orders", "--credentials", "include")
    ended = run(shop, "fetch", *called, "--json")
    (finding,) = json.loads(ended.stdout)["findings"]
    assert (ended.returncode, finding["name"]) == (1, "wildcard-with-credentials")
    assert finding.keys() == {"name", "severity", "layer", "message", "evidence", "fix"}
    assert "s3cret" not in finding["message"]


def test_json_without_a_content_type_is_told_of(shop: Path) -> None:
    told = json.loads(run(shop, "fetch", "/items", "-d", '{"name": "Spoon"}', "--json").stdout)
    assert [note.partition(":")[0] for note in told["notes"]] == ["JSON without a Content-Type"]
    (request,) = told["requests"]
    assert ["Content-Type", "text/plain;charset=UTF-8"] in request["headers"]


FAIL_ON = [
    pytest.param(("/nowhere",), 0, "", id="not-asked"),
    pytest.param(("/nowhere", "--fail-on", "status"), 1, "status 404", id="status"),
    pytest.param(("/items", "--fail-on", "status", "--fail-on", "warning"), 0, "", id="all-well"),
    pytest.param(("/dev/broken/echo", "--api", "orders", "--origin", "https://evil.example", "--fail-on", "warning"), 1,
                 "origin-echoed", id="warning"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "why"), FAIL_ON)
def test_what_else_fails(shop: Path, arguments: tuple[str, ...], code: int, why: str) -> None:
    ended = run(shop, "fetch", *arguments)
    assert ended.returncode == code, ended.stdout
    assert f"Failed, as --fail-on asks: {why}." in ended.stderr if why else "Failed" not in ended.stderr


class Answering(BaseHTTPRequestHandler):
    """A development server: an HTML page on every path, and a compressed one that is none."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Type", "text/html")
        if self.path == "/gzip":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(b"<!doctype html>")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def development_server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_page_where_an_api_was_meant_is_named(shop: Path, development_server: str) -> None:
    ended = run(shop, "fetch", f"{development_server}/items")
    assert ended.returncode == 0
    assert ended.stdout.startswith(
        f"{development_server}/items answers with an HTML page, as a development server does"
    )
    told = json.loads(run(shop, "fetch", f"{development_server}/items", "--json").stdout)
    assert (told["findings"], len(told["notes"])) == (None, 1)


def test_an_answer_that_cannot_be_decoded_is_no_failed_connection(shop: Path, development_server: str) -> None:
    ended = run(shop, "fetch", f"{development_server}/gzip")
    assert ended.returncode == 1
    assert "net::ERR_CONTENT_DECODING_FAILED" in ended.stdout
    assert "ContentDecodingFailed: fetch() resolves with 200, but the body is not gzip" in ended.stdout


FAILURES = [
    pytest.param(("items",), 2, "write /items for a path of the configuration, or http://items", id="no-leading-slash"),
    pytest.param(("http://localhost:9/x",), 1, "ConnectionRefused: ", id="nobody-listens"),
    pytest.param(("http://no-such-host.invalid/",), 1, "NameNotResolved: ", id="no-such-host"),
    pytest.param(("http://user:secret@a.test/",), 1, "URL that includes credentials", id="url-with-credentials"),
    pytest.param(("http://a.test/", "-X", "TRACE"), 1, "TRACE", id="forbidden-method"),
    pytest.param(("ftp://a.test/",), 1, 'URL scheme "ftp" is not supported', id="scheme"),
    pytest.param(("/items", "--origin", "localhost:5173"), 2, "is not an origin", id="not-an-origin"),
    pytest.param(("/items", "--api", "shp"), 2, "there is no such API; the configuration has shop, ", id="no-such-api"),
    pytest.param(("localhost:3000/items",), 2, "write http://localhost:3000/items", id="no-scheme"),
    pytest.param(("/items", "-H", "broken"), 2, "a header is written 'Name: value'", id="not-a-header"),
    pytest.param(("/items", "-d", "@nowhere"), 2, "-d @nowhere: cannot be read", id="no-such-file"),
    pytest.param(("/items", "-c", "nowhere.yaml"), 2, "nowhere.yaml: no such file", id="no-configuration"),
    pytest.param(("/items", "--browser", "lynx"), 2, "'lynx' is not one of", id="no-such-browser"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), FAILURES)
def test_failures_are_said_plainly(shop: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    ended = run(shop, "fetch", *arguments)
    assert (ended.returncode, "Traceback" in ended.stderr) == (code, False)
    assert said in ended.stdout + ended.stderr


def test_json_of_other_failures(shop: Path) -> None:
    network = json.loads(run(shop, "fetch", "http://localhost:9/x", "--json").stdout)
    assert (network["outcome"], network["error"]) == ("network-error", "ConnectionRefused")
    assert network["requests"][0]["response"] is None
    request = json.loads(run(shop, "fetch", "http://a.test/", "-X", "TRACE", "--json").stdout)
    assert (request["outcome"], request["requests"]) == ("request-error", [])


def test_a_server_that_does_not_answer(shop: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        ended = run(shop, "fetch", url, "--timeout", "1")
    assert ended.returncode == 1
    assert "TimedOut: timed out (ReadTimeout)" in ended.stdout
