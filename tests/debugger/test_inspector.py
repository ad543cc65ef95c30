"""Who may ask Node.js's inspector at a debug port, and what is answered there."""

import json

import pytest

from emulator.debugger.inspector import HEAD_LIMIT, Refused, Request, Target, answer, lead_on, read_request, read_target

ID = "0f2c936f-b1cd-4ac9-aab3-f63b0f33d55e"
NAME = "5a1c2b0e-7d1f-4f0a-8a51-0d3a4a7f1c11"
TARGET = Target(40123, ID, "v22.1.0")


def head(*fields: str, line: str = "GET /json/list HTTP/1.1") -> bytes:
    return "\r\n".join([line, *fields, "", ""]).encode("latin-1")


DEBUGGERS = {
    "vs-code": ("Host: 127.0.0.1:9229",),
    "chrome-inspect": ("Host: localhost:9229", "Connection: keep-alive"),
    "no-port": ("Host: LOCALHOST",),
    "ipv6": ("host:[::1]:9229",),
    "devtools": ("Host: 127.0.0.1:9229", "Origin: devtools://devtools", "Sec-Fetch-Site: cross-site"),
    "typed-in": ("Host: 127.0.0.1:9229", "Sec-Fetch-Site: none", "Cookie: a=\xfc; b=2"),
}


@pytest.mark.parametrize("fields", DEBUGGERS.values(), ids=DEBUGGERS)
def test_debuggers(fields: tuple[str, ...]) -> None:
    asked = head(*fields)
    request = read_request(asked)
    assert isinstance(request, Request)
    assert (request.head, request.path, request.upgrades) == (asked, "/json/list", False)
    upgrade = read_request(head(*fields, "Upgrade: WebSocket", "Connection: Upgrade", line=f"GET /{ID} HTTP/1.1"))
    assert isinstance(upgrade, Request)
    assert (upgrade.path, upgrade.upgrades) == (f"/{ID}", True)


OTHERS = {
    "page": (("Host: 127.0.0.1:9229", "Origin: https://evil.example"), "a request of a web page"),
    "local-page": (("Host: localhost:9229", "Origin: http://localhost:5173"), "a request of a web page"),
    "sandboxed-page": (("Host: 127.0.0.1:9229", "Origin: null"), "a request of a web page"),
    "image": (("Host: 127.0.0.1:9229", "Sec-Fetch-Site: cross-site"), "a request of a web page"),
    "same-origin": (("Host: 127.0.0.1:9229", "Sec-Fetch-Site: same-origin"), "a request of a web page"),
    "looks-like-devtools": (("Host: 127.0.0.1", "Origin: https://devtools://x"), "a request of a web page"),
    "rebound": (("Host: evil.example:9229",), "a request for another name than localhost"),
    "rebound-below-localhost": (("Host: evil.localhost:9229",), "a request for another name than localhost"),
    "devtools-rebound": (("Host: evil", "Origin: devtools://devtools"), "a request for another name than localhost"),
    "no-host": ((), "a request for another name than localhost"),
    "empty-host": (("Host:",), "a request for another name than localhost"),
    "two-hosts": (("Host: localhost", "Host: evil.example"), "what no debugger sends"),
    "two-origins": (("Host: localhost", "Origin: devtools://x", "origin: http://evil"), "what no debugger sends"),
    "folded": (("Host: localhost", " Origin: devtools://x"), "what no debugger sends"),
    "no-field": (("Host: localhost", "nonsense"), "what no debugger sends"),
    "bare-line-feed": (("Host: localhost\nOrigin: http://evil",), "what no debugger sends"),
    "too-long": (("Host: localhost", "X: " + "x" * HEAD_LIMIT), "what no debugger sends"),
}


@pytest.mark.parametrize(("fields", "what"), OTHERS.values(), ids=OTHERS)
def test_others(fields: tuple[str, ...], what: str) -> None:
    assert read_request(head(*fields)) == Refused(what)


@pytest.mark.parametrize(
    "line",
    [
        "POST /json/list HTTP/1.1",
        "GET json HTTP/1.1",
        "GET / HTTP/2.0",
        "GET  / HTTP/1.1",
        "PRI * HTTP/2.0",
        "Content-Length: 3",
        "",
    ],
)
def test_what_is_no_request_for_it(line: str) -> None:
    assert read_request(head("Host: localhost", line=line)) == Refused("what no debugger sends")


def test_an_unfinished_head() -> None:
    assert isinstance(read_request(b"x" * 70_000), Refused)


def ask(path: str) -> tuple[bytes, object]:
    request = read_request(head("Host: localhost:9230", line=f"GET {path} HTTP/1.1"))
    assert isinstance(request, Request)
    first, _, body = answer(request, "page", NAME, "v22.1.0").partition(b"\r\n\r\n")
    status, *fields = first.split(b"\r\n")
    assert f"Content-Length: {len(body)}".encode() in fields
    return status, json.loads(body) if body else None


@pytest.mark.parametrize("path", ["/json", "/json/", "/json/list", "/json/list?t=1"])
def test_targets(path: str) -> None:
    """With the name by which the debugger came: that of a container's host may be another."""
    status, targets = ask(path)
    assert status == b"HTTP/1.0 200 OK"
    assert isinstance(targets, list)
    (target,) = targets
    assert (target["id"], target["title"], target["type"]) == (NAME, "page", "node")
    assert target["webSocketDebuggerUrl"] == f"ws://localhost:9230/{NAME}"
    assert target["devtoolsFrontendUrl"].endswith(f"&ws=localhost:9230/{NAME}")


def test_a_websocket_is_led_on_under_the_processs_id() -> None:
    """And a request that is none of the port's own is not, were it the process's."""
    fields = ("Host: localhost:9230", "Upgrade: websocket")
    request = read_request(head(*fields, line=f"GET /{NAME} HTTP/1.1"))
    assert isinstance(request, Request)
    assert lead_on(request, NAME, TARGET) == head(*fields, line=f"GET /{ID} HTTP/1.1")
    assert lead_on(request, ID, TARGET) is None


def test_version() -> None:
    assert ask("/json/version") == (
        b"HTTP/1.0 200 OK",
        {"Browser": "node.js/v22.1.0", "Protocol-Version": "1.1"},
    )


@pytest.mark.parametrize("path", ["/", "/json/protocol", f"/{ID}", "/jsonlist"])
def test_no_such_path(path: str) -> None:
    assert ask(path) == (b"HTTP/1.0 404 Not Found", None)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (json.dumps({"url": f"ws://127.0.0.1:40123/{ID}", "version": "v22.1.0"}), TARGET),
        (json.dumps({"url": f"ws://evil.example:40123/{ID}", "version": "v22.1.0"}), None),
        (json.dumps({"version": "v22.1.0"}), None),
        ("[]", None),
        ("", None),
    ],
)
def test_what_a_process_leaves(text: str, target: Target | None) -> None:
    assert read_target(text) == target
