import pytest

from emulator.browser.host import is_ip_address, is_loopback, parse_host


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("EXAMPLE.com", "example.com", id="lower-case"),
        pytest.param("a_b-c.", "a_b-c.", id="trailing-dot"),
        pytest.param("%41.example", "a.example", id="percent-decoded"),
        pytest.param("bücher.example", "xn--bcher-kva.example", id="idna"),
        pytest.param("1.2.3.4", "1.2.3.4", id="ipv4"),
        pytest.param("1.2", "1.0.0.2", id="the-last-number-fills"),
        pytest.param("0300.0250.1", "192.168.0.1", id="octal"),
        pytest.param("0x", "0.0.0.0", id="bare-0x"),
        pytest.param("[2001:DB8::0001]", "[2001:db8::1]", id="ipv6"),
        pytest.param("", None, id="empty"),
        pytest.param("a b", None, id="space"),
        pytest.param("a.256.1.1.09", None, id="too-many-numbers"),
        pytest.param("a.1", None, id="name-that-ends-in-a-number"),
        pytest.param("1.2.3.4.5", None, id="five-numbers"),
        pytest.param("09", None, id="bad-octal"),
        pytest.param("4294967296", None, id="too-great"),
        pytest.param("[::1", None, id="ipv6-unclosed"),
        pytest.param("[x]", None, id="not-ipv6"),
        pytest.param("xn--\u2603.\u00ad", None, id="not-idna"),
    ],
)
def test_parse_host(text: str, expected: str | None) -> None:
    assert parse_host(text) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost", True), ("app.localhost", True), ("127.9.0.1", True), ("[::1]", True), ("[::2]", False),
     ("192.168.0.1", False), ("localhost.example", False), ("127.example", False)],
)  # fmt: skip
def test_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


@pytest.mark.parametrize(("host", "expected"), [("1.2.3.4", True), ("[::1]", True), ("a.example", False)])
def test_is_ip_address(host: str, expected: bool) -> None:
    assert is_ip_address(host) is expected
