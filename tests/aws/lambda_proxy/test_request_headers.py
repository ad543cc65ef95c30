from emulator.aws.lambda_proxy.request_headers import forwarded_headers, joined_headers, listed_headers
from emulator.messages import Headers, Request

BROWSER = ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)")
CANONICAL = {"host": "Host", "user-agent": "User-Agent", "x-forwarded-for": "X-Forwarded-For"}


def with_headers(*headers: tuple[str, str]) -> Request:
    return Request("GET", "/", headers=headers, scheme="http", port=3000, source_ip="10.0.0.9")


def test_joined_under_lower_case_names_by_a_comma_without_space() -> None:
    """hotsock/voker, apigwv2-request.json: x-voker-probe."""
    request = with_headers(("Accept", "a/b"), ("X-Probe", "first"), ("x-probe", "second"))
    assert joined_headers(request) == {"accept": "a/b", "x-probe": "first,second"}


def test_repeated_cookie_headers_stay_one_list_of_cookies() -> None:
    assert joined_headers(with_headers(("Cookie", "a=1"), ("cookie", "b=2"))) == {"cookie": "a=1; b=2"}


def test_the_connection_to_the_gateway_is_its_own() -> None:
    hop_by_hop = ("Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade")
    assert joined_headers(with_headers(*((name, "x") for name in hop_by_hop))) == {}


def test_forwarded_headers_say_how_the_client_connected() -> None:
    assert forwarded_headers(with_headers(), {}, "Root=1-a") == {
        "x-amzn-trace-id": "Root=1-a",
        "x-forwarded-for": "10.0.0.9",
        "x-forwarded-port": "3000",
        "x-forwarded-proto": "http",
    }


def test_the_client_address_is_appended_to_one_sent() -> None:
    sent = {"x-forwarded-for": "1.1.1.1, 2.2.2.2", "x-forwarded-proto": "gopher", "x-forwarded-port": "70"}
    forwarded = forwarded_headers(with_headers(), sent, "Root=1-a")
    assert forwarded["x-forwarded-for"] == "1.1.1.1, 2.2.2.2, 10.0.0.9"
    assert (forwarded["x-forwarded-proto"], forwarded["x-forwarded-port"]) == ("http", "3000")


def listed(*headers: tuple[str, str], replaced: Headers = (), dropped: frozenset[str] = frozenset()) -> object:
    return listed_headers(with_headers(*headers), dict(replaced), dropped, CANONICAL)


def test_names_arrive_as_sent_but_for_canonical_ones() -> None:
    """localstack/localstack, test_lambda_aws_proxy_integration, validated on AWS: tEsT-HEADeR, user-Agent."""
    assert listed(("tEsT-HEADeR", "1"), ("user-Agent", "curl"), ("host", "h")) == {
        "tEsT-HEADeR": ["1"],
        "User-Agent": ["curl"],
        "Host": ["h"],
    }


def test_a_browser_speaks_http_2_to_aws_so_its_names_are_lower_case() -> None:
    assert listed(BROWSER, ("Origin", "https://a.example"), ("Host", "h")) == {
        "User-Agent": [BROWSER[1]],
        "origin": ["https://a.example"],
        "Host": ["h"],
    }


def test_curl_speaks_http_2_to_aws_too() -> None:
    assert listed(("User-Agent", "curl/8.5.0"), ("X-Probe", "1")) == {"User-Agent": ["curl/8.5.0"], "x-probe": ["1"]}


def test_every_value_of_a_repeated_header_under_the_first_name() -> None:
    assert listed(("X-Probe", "first"), ("x-probe", "second")) == {"X-Probe": ["first", "second"]}


def test_dropped_and_replaced() -> None:
    given = (("X-Forwarded-For", "1.1.1.1"), ("TE", "trailers"))
    replaced = (("x-forwarded-for", "1.1.1.1, 2.2.2.2"),)
    assert listed(*given, replaced=replaced, dropped=frozenset({"te"})) == {"X-Forwarded-For": ["1.1.1.1, 2.2.2.2"]}
