"""One FastAPI application through Mangum, unchanged, behind every kind of API and payload format."""

from collections.abc import Iterator

import httpx
import pytest

from serving.emulate import Served
from serving.lines import line

PICTURE = bytes(range(256))
LOOPBACK = {"127.0.0.1", "::1"}

DEPLOYMENTS = [
    pytest.param(("http-2.0", "", "shop"), id="http-2.0"),
    pytest.param(("http-1.0", "", "shop"), id="http-1.0"),
    pytest.param(("http-2.0-stage", "", "shop-below-live"), id="http-2.0-named-stage"),
    pytest.param(("http-1.0-stage", "", "shop-below-live"), id="http-1.0-named-stage"),
    pytest.param(("rest", "", "shop-in-dev"), id="rest-named-stage"),
    pytest.param(("rest", "/v1", "shop-in-dev-below-v1"), id="rest-base-path"),
    pytest.param(("function-url", "", "shop"), id="function-url"),
]


class Shop(httpx.Client):
    """A client of the application as one API deploys it."""

    def __init__(self, api: str, url: str, function: str) -> None:
        super().__init__(base_url=url, trust_env=False, timeout=60)
        self.api = api
        self.function = function

    @property
    def has_format_2(self) -> bool:
        return self.api in {"http-2.0", "http-2.0-stage", "function-url"}


@pytest.fixture(scope="module", params=DEPLOYMENTS)
def shop(request: pytest.FixtureRequest, served: Served) -> Iterator[Shop]:
    api, prefix, function = request.param
    with Shop(api, served.urls[api] + prefix, function) as client:
        yield client


def test_path_parameter(shop: Shop) -> None:
    response = shop.get("/items/7")
    assert (response.status_code, response.json()) == (200, {"item_id": 7})


def test_repeated_and_empty_query_parameters(shop: Shop) -> None:
    response = shop.get("/items?tag=a%20b&tag=c%26d&tag=e+f&empty=")
    assert response.json() == {"tag": ["a b", "c&d", "e f"], "empty": ""}


def test_json_body(shop: Shop) -> None:
    response = shop.post("/items", json={"name": "Müsli", "price": 2.5})
    assert (response.status_code, response.json()) == (201, {"name": "Müsli", "price": 2.5})
    assert response.headers["x-total"] == "8"


def test_the_application_validates(shop: Shop) -> None:
    response = shop.post("/items", json={"name": "Müsli"})
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", "price"]


def test_form_body(shop: Shop) -> None:
    response = shop.post("/contact", data={"name": "Ann Lee", "topic": ["a&b", "ü"]})
    assert response.json() == {"name": ["Ann Lee"], "topic": ["a&b", "ü"]}


def test_binary_upload(shop: Shop) -> None:
    response = shop.put("/picture", content=PICTURE, headers={"Content-Type": "image/png"})
    assert response.json() == {"whole": True, "type": "image/png"}


def test_binary_download(shop: Shop) -> None:
    response = shop.get("/picture")
    assert response.content == PICTURE
    assert response.headers["content-type"] == "image/png"


def test_text_beyond_ascii(shop: Shop) -> None:
    response = shop.get("/greeting")
    assert (response.text, response.headers["content-type"]) == ("Grüß dich", "text/plain; charset=utf-8")


def test_no_content(shop: Shop) -> None:
    response = shop.delete("/items/7")
    assert (response.status_code, response.content) == (204, b"")
    assert "content-length" not in response.headers


def test_cookies_both_ways(shop: Shop) -> None:
    set_cookies = shop.post("/session").headers.get_list("set-cookie")
    assert [cookie.partition(";")[0] for cookie in set_cookies] == ["session=s3cret", "theme=dark"]
    assert shop.get("/session").json() == {"session": "s3cret", "theme": "dark"}


def test_a_redirect_built_from_the_request_leads_back_here(shop: Shop) -> None:
    response = shop.get("/latest")
    assert (response.status_code, response.headers["location"]) == (307, f"{str(shop.base_url).rstrip('/')}/items/7")
    assert shop.get(response.headers["location"]).json() == {"item_id": 7}


def test_repeated_request_headers(shop: Shop) -> None:
    """Mangum joins what an event 1.0 lists with a space; an event 2.0 has them joined without one."""
    echoed = shop.get("/headers", headers=[("X-Probe", "first"), ("X-Probe", "second")]).json()
    assert echoed["x-probe"] == ("first,second" if shop.has_format_2 else "first, second")


def test_repeated_response_headers(shop: Shop) -> None:
    """Mangum joins them itself for format 2.0, which has no place for two."""
    sent = shop.get("/headers").headers.get_list("link")
    both = ["</a>; rel=prev", "</b>; rel=next"]
    assert sent == ([",".join(both)] if shop.has_format_2 else both)


def test_forwarded_headers_say_how_the_client_connected(shop: Shop) -> None:
    echoed = shop.get("/headers").json()
    port = str(shop.base_url.port)
    assert (echoed["host"], echoed["x-forwarded-port"]) == (f"localhost:{port}", port)
    assert echoed["x-forwarded-proto"] == "http"
    assert echoed["x-forwarded-for"] in LOOPBACK


PATHS = [
    pytest.param("/tags/caf%C3%A9", {"tag": "café"}, id="utf-8"),
    pytest.param("/tags/a%20b", {"tag": "a b"}, id="space"),
    pytest.param("/tags/a+b", {"tag": "a+b"}, id="plus"),
    pytest.param("/tags/a%23b", {"tag": "a#b"}, id="hash"),
    pytest.param("/tags/a%26b%3Dc", {"tag": "a&b=c"}, id="ampersand-and-equals"),
    pytest.param("/files/a/b%20c.txt", {"path": "a/b c.txt"}, id="greedy"),
    pytest.param("/files/a%2Fb", {"path": "a/b"}, id="slash"),
]


@pytest.mark.parametrize(("path", "expected"), PATHS)
def test_percent_encoded_path(shop: Shop, path: str, expected: object) -> None:
    response = shop.get(path)
    assert (response.status_code, response.json()) == (200, expected)


def test_not_found_by_the_application(shop: Shop) -> None:
    assert (shop.get("/items/0").status_code, shop.get("/items/0").json()) == (404, {"detail": "no such item"})
    assert (shop.get("/nowhere").status_code, shop.get("/nowhere").json()) == (404, {"detail": "Not Found"})


def test_method_not_allowed_by_the_application(shop: Shop) -> None:
    response = shop.patch("/items")
    assert (response.status_code, response.headers["allow"]) == (405, "GET")


OUTSIDE = [
    pytest.param("http-2.0-stage", "/live/", 404, b'{"message":"Not Found"}', id="http-2.0-no-route"),
    pytest.param("http-1.0-stage", "/items", 404, b'{"message":"Not Found"}', id="http-1.0-stage-left-out"),
    pytest.param("rest", "/dev", 403, b'{"message":"Missing Authentication Token"}', id="rest-no-resource"),
]


@pytest.mark.parametrize(("api", "path", "status", "body"), OUTSIDE)
def test_not_found_by_the_gateway(served: Served, api: str, path: str, status: int, body: bytes) -> None:
    response = httpx.get(httpx.URL(served.urls[api]).join(path), trust_env=False, timeout=60)
    assert (response.status_code, response.content) == (status, body)


def test_lambda_context(shop: Shop) -> None:
    response = shop.get("/lambda")
    told = response.json()
    assert told["function"] == shop.function
    assert told["client"] in LOOPBACK
    if shop.api in {"rest", "function-url"}:
        assert told["request_id"] == response.headers["x-amzn-requestid"]


def test_a_bug_of_the_application_is_logged_beside_the_request(shop: Shop, served: Served) -> None:
    """Mangum answers 500 itself and logs the traceback, which Lambda's root handler prints."""
    response = shop.get("/bug")
    assert (response.status_code, response.text) == (500, "Internal Server Error")
    path = shop.base_url.path.rstrip("/") + "/bug"
    served.wait_for(rf"{line(f'GET {path}', 500)}(?s:.)+{shop.function} │ RuntimeError: a bug of the application")
