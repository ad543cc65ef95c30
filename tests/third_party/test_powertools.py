"""Powertools' three resolvers, unchanged, each behind the product it is made for."""

from collections.abc import Iterator

import httpx
import pytest

from serving.emulate import Served
from serving.lines import line

PICTURE = bytes(range(256))
SHOP = "https://shop.example.com"


@pytest.fixture(scope="module")
def http_api(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.urls["powertools-http"], trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def rest_api(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.urls["powertools-rest"], trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
def function_url(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.urls["powertools-url"], trust_env=False, timeout=60) as client:
        yield client


class TestAPIGatewayHttpResolver:
    def test_reads_the_event(self, http_api: httpx.Client) -> None:
        headers = {"Cookie": "a=1; b=2", "User-Agent": "probe/1"}
        response = http_api.get("/orders?tag=a&tag=b%20c", headers=headers)
        assert response.json() == {"tag": "a,b c", "agent": "probe/1", "cookies": ["a=1", "b=2"], "stage": "live"}

    def test_takes_the_stage_off_the_path_and_decodes_parameters(self, http_api: httpx.Client) -> None:
        assert http_api.get("/orders/caf%C3%A9%20au%20lait").json() == {"order_id": "café au lait"}

    def test_several_cookies(self, http_api: httpx.Client) -> None:
        response = http_api.post("/orders", json={"sku": "tea"})
        assert (response.status_code, response.json()) == (201, {"added": {"sku": "tea"}})
        assert response.headers.get_list("set-cookie") == ["last=tea; Secure", "seen=1; HttpOnly; Secure"]

    def test_compresses(self, http_api: httpx.Client) -> None:
        response = http_api.get("/report", headers={"Accept-Encoding": "gzip"})
        assert response.headers["content-encoding"] == "gzip"
        assert int(response.headers["content-length"]) < 200
        assert response.json() == {"lines": ["the same line"] * 200}

    def test_its_own_errors(self, http_api: httpx.Client) -> None:
        missing = http_api.get("/orders/0")
        assert (missing.status_code, missing.json()) == (404, {"statusCode": 404, "message": "no such order"})
        bad = http_api.post("/orders", json={})
        assert (bad.status_code, bad.json()["message"]) == (400, "an order needs a sku")
        unknown = http_api.get("/nowhere")
        assert (unknown.status_code, unknown.json()["message"]) == (404, "Not found")

    def test_the_gateway_adds_cors(self, http_api: httpx.Client) -> None:
        response = http_api.get("/orders", headers={"Origin": SHOP})
        assert response.headers["access-control-allow-origin"] == SHOP

    def test_the_gateway_answers_preflights(self, http_api: httpx.Client) -> None:
        asked = {"Origin": SHOP, "Access-Control-Request-Method": "GET"}
        response = http_api.options("/orders", headers=asked)
        assert (response.status_code, response.headers["access-control-allow-methods"]) == (204, "GET")

    def test_a_bug_is_told_with_the_applications_own_frames(self, http_api: httpx.Client, served: Served) -> None:
        assert http_api.get("/bug").status_code == 500
        console = served.wait_for("orders-http: ValueError: a bug of the application(?s:.)+in bug\n")
        assert 'raise ValueError("a bug of the application")' in console
        assert "bootstrap.py" not in console


class TestAPIGatewayRestResolver:
    def test_reads_the_event_and_repeats_headers(self, rest_api: httpx.Client) -> None:
        response = rest_api.get("/orders?tag=a&tag=b", headers={"X-Trace": "t"})
        assert response.json() == {"tag": ["a", "b"], "trace": "t"}
        assert response.headers.get_list("x-total") == ["1", "2"]

    @pytest.mark.parametrize("origin", [SHOP, "https://admin.example.com"])
    def test_answers_the_preflight(self, rest_api: httpx.Client, served: Served, origin: str) -> None:
        asked = {"Origin": origin, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "x-trace"}
        response = rest_api.options("/orders/7", headers=asked)
        assert (response.status_code, response.content) == (204, b"")
        assert response.headers["access-control-allow-origin"] == origin
        assert "PUT" in response.headers["access-control-allow-methods"].split(",")
        assert "x-trace" in response.headers["access-control-allow-headers"].split(",")
        assert response.headers["access-control-allow-credentials"] == "true"
        served.wait_for(line("OPTIONS /dev/orders/7", 204, "ok") + " orders-rest, .* ms, preflight")

    def test_the_actual_answer_passes_too(self, rest_api: httpx.Client, served: Served) -> None:
        response = rest_api.put("/orders/7", json={"n": 1}, headers={"Origin": SHOP})
        assert response.json() == {"order_id": "7", "order": {"n": 1}}
        assert response.headers["access-control-allow-origin"] == SHOP
        served.wait_for(line("PUT /dev/orders/7", 200, "ok") + " orders-rest, ")

    def test_refuses_another_origin(self, rest_api: httpx.Client, served: Served) -> None:
        asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "PUT"}
        response = rest_api.options("/orders/8", headers=asked)
        assert "access-control-allow-origin" not in response.headers
        served.wait_for(
            line("OPTIONS /dev/orders/8", 204, "BLOCKED")
            + r" preflight, function \S+\n(?s:.)+\(PreflightMissingAllowOriginHeader\)"
        )

    def test_errors_carry_cors_headers(self, rest_api: httpx.Client) -> None:
        for path, status in (("/teapot", 418), ("/nowhere", 404)):
            response = rest_api.get(path, headers={"Origin": SHOP})
            assert (response.status_code, response.headers["access-control-allow-origin"]) == (status, SHOP)

    def test_binary_both_ways(self, rest_api: httpx.Client) -> None:
        upload = rest_api.put("/picture", content=PICTURE, headers={"Content-Type": "image/png"})
        assert upload.json() == {"whole": True}
        assert rest_api.get("/picture", headers={"Accept": "image/png"}).content == PICTURE

    def test_binary_stays_base64_when_accept_does_not_ask_for_it(self, rest_api: httpx.Client) -> None:
        """AWS: Return binary media from a Lambda proxy integration: the first Accept media type decides."""
        assert rest_api.get("/picture", headers={"Accept": "*/*"}).content.startswith(b"AAECAwQF")


class TestLambdaFunctionUrlResolver:
    def test_reads_the_event(self, function_url: httpx.Client) -> None:
        response = function_url.get("/contact/press?lang=de", headers={"Cookie": "a=1; b=2"})
        assert response.json() == {"topic": "press", "lang": "de", "cookies": ["a=1", "b=2"]}

    def test_path_parameters_stay_percent_encoded(self, function_url: httpx.Client) -> None:
        """Powertools matches `rawPath`, which a function URL does not decode (recorded from AWS: hotsock/voker)."""
        assert function_url.get("/contact/a%20b").json()["topic"] == "a%20b"

    def test_json_in_text_and_cookies_out(self, function_url: httpx.Client) -> None:
        response = function_url.post("/contact", json={"name": "Ann"})
        assert (response.text, response.headers["content-type"]) == ("Thank you, Ann.", "text/plain")
        assert response.headers.get_list("set-cookie") == ["name=Ann; Secure", "seen=1; Secure"]

    def test_every_unknown_path_is_the_applications_business(self, function_url: httpx.Client) -> None:
        response = function_url.get("/nowhere")
        assert (response.status_code, response.json()) == (404, {"statusCode": 404, "message": "Not found"})
