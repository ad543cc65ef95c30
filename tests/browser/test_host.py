import pytest

from emulator.browser.host import is_ip_address, is_loopback


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
