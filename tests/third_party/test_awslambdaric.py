"""AWS's own Python runtime interface client as a function's runtime, through `command:`."""

from collections.abc import Iterator

import httpx
import pytest

from serving.emulate import Served
from serving.lines import line


@pytest.fixture(scope="module")
def api(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.urls["awslambdaric"], trust_env=False, timeout=60) as client:
        yield client


def test_serves_requests_with_lambdas_context(api: httpx.Client) -> None:
    told = api.get("/greet?name=Zo%C3%AB").json()
    assert told["greeting"] == "Hello, Zoë"
    assert (told["function"], told["memory"]) == ("greet", "256")
    assert told["arn"] == "arn:aws:lambda:us-east-1:123456789012:function:greet"
    assert 1_000 < told["remaining"] <= 20_000  # milliseconds, of 20 seconds


def test_one_environment_serves_one_request_after_another(api: httpx.Client) -> None:
    first, second = api.get("/greet").json(), api.get("/greet").json()
    assert second["process"] == first["process"]
    assert second["invocation"] == first["invocation"] + 1


def test_a_large_body_both_ways(api: httpx.Client) -> None:
    text = "é" * 1_000_000
    response = api.post("/greet", content=text.encode(), headers={"Content-Type": "text/plain"})
    assert response.json()["body"] == text


def test_output_stands_beneath_the_request_that_printed_it(api: httpx.Client, served: Served) -> None:
    api.get("/greet?name=output")
    end = r"  greet │ END .*\n  greet │ REPORT "
    asked = line(r"awslambdaric GET /greet\?name=output", 200, "ok")
    served.wait_for(rf"{asked} greet, .*\n  greet │ START .*\n  greet │ greeting output\n{end}")


def test_a_raising_handler(api: httpx.Client, served: Served) -> None:
    response = api.get("/fails")
    assert (response.status_code, response.content) == (500, b'{"message":"Internal Server Error"}')
    console = served.wait_for(r"(?m)^  greet-fails: ValueError: a bug of the handler$(?s:.)+raise ValueError\(")
    assert "in fails\n" in console


def test_an_error_that_it_logs_too_is_shown_once(api: httpx.Client, served: Served) -> None:
    api.get("/fails?once")
    console = served.wait_for(line(r"GET /fails\?once", 500) + r"(?s:.)+ValueError: (?s:.)+REPORT")
    last = console.rpartition("GET /fails?once")[2]
    assert last.count("ValueError: a bug of the handler") == 1
    assert "│ Traceback" not in last


def test_a_module_that_does_not_import(api: httpx.Client, served: Served) -> None:
    response = api.get("/missing")
    assert (response.status_code, response.content) == (500, b'{"message":"Internal Server Error"}')
    served.wait_for("greet-missing: Runtime.ImportModuleError: Unable to import module 'no_such_module'")
