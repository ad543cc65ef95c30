"""Whose Host header is answered, and what the others read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.server.allowed_hosts import REMEMBERED, AllowedHosts, shown
from emulator.server.refusal import Refusal

HOSTS = AllowedHosts(("API", "my_api.test.", ".below.test", "*.star.test", "bücher.test", "0.0.0.0"))

ANSWERED = [
    pytest.param("localhost:3000", 3000, id="localhost"),
    pytest.param("LOCALHOST", 80, id="no-port"),
    pytest.param("localhost.:1", 1, id="fully-qualified"),
    pytest.param("shop.localhost:0003", 3, id="below-localhost"),
    pytest.param("localhost:", 80, id="empty-port"),
    pytest.param("127.0.0.1:65535", 65535, id="ipv4"),
    pytest.param("192.168.1.7:3000", 3000, id="ipv4-of-the-network"),
    pytest.param("[::1]:3000", 3000, id="ipv6"),
    pytest.param("[2001:DB8::1]", 80, id="ipv6-of-the-network"),
    pytest.param("api:3000", 3000, id="named"),
    pytest.param("Api", 80, id="named-in-any-case"),
    pytest.param("my_api.test", 80, id="named-with-underscore"),
    pytest.param("a.below.test:1", 1, id="below-a-dot"),
    pytest.param("a.b.star.test:1", 1, id="below-a-star"),
    pytest.param("xn--bcher-kva.test", 80, id="named-in-unicode"),
]


@pytest.mark.parametrize(("host", "port"), ANSWERED)
def test_answered(host: str, port: int) -> None:
    assert HOSTS.port_of(host) == port
    assert HOSTS.port_of(host) == port, "the second time it is remembered"


FOREIGN = [
    pytest.param("evil.example:3000", id="name"),
    pytest.param("localhost.evil.example", id="localhost-in-front"),
    pytest.param("evillocalhost", id="localhost-behind"),
    pytest.param("127.0.0.1.evil.example", id="address-in-front"),
    pytest.param("below.test", id="the-name-itself-is-not-below"),
    pytest.param("evilbelow.test", id="no-dot-between"),
    pytest.param("evil-api", id="named-behind"),
    pytest.param("api.evil.example", id="named-in-front"),
]


@pytest.mark.parametrize("host", FOREIGN)
def test_foreign(host: str) -> None:
    refusal = HOSTS.port_of(host)
    assert isinstance(refusal, Refusal)
    assert refusal.status == 403
    name = host.partition(":")[0]
    assert f"allowedHosts: [{name}]" in refusal.detail
    assert f"--allow-host {name}" in refusal.detail
    assert "DNS rebinding" in refusal.detail


INVALID = [
    pytest.param("", id="empty"),
    pytest.param("l:" + "1" * 4301, id="more-digits-than-python-reads"),
    pytest.param("localhost:65536", id="port-too-large"),
    pytest.param("localhost:-1", id="negative-port"),
    pytest.param("localhost:²", id="digit-of-another-kind"),
    pytest.param("localhost:x", id="no-number"),
    pytest.param("localhost:1:2", id="two-ports"),
    pytest.param("user@localhost", id="userinfo"),
    pytest.param("localhost/x", id="path"),
    pytest.param("localhost, evil.example", id="list"),
    pytest.param("[::1", id="half-a-bracket"),
    pytest.param("[fe80::1%25eth0]", id="zone"),
    pytest.param("::1", id="ipv6-without-brackets"),
    pytest.param("1.2.3.4.5", id="five-numbers"),
    pytest.param("\x9b31m", id="control-character"),
]


@pytest.mark.parametrize("host", INVALID)
def test_invalid(host: str) -> None:
    """RFC 9112, 3.2: such a request gets a 400."""
    refusal = HOSTS.port_of(host)
    assert isinstance(refusal, Refusal)
    assert refusal.status == 400
    assert refusal.detail.isprintable()


@given(st.text(st.characters(max_codepoint=255), max_size=40))
def test_no_bytes_raise(host: str) -> None:
    found = HOSTS.port_of(host)
    assert isinstance(found, int) or found.detail.isprintable()


def test_what_is_remembered_is_bounded() -> None:
    hosts = AllowedHosts(())
    for number in range(3 * REMEMBERED):
        assert hosts.port_of(f"{number}.localhost:7") == 7
    assert len(hosts._ports) <= REMEMBERED  # noqa: SLF001  memory has no other face


def test_a_long_host_is_cut() -> None:
    assert shown("a" * 5000) == repr("a" * 60 + "...")
