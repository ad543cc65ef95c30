"""`allowedHosts`: names as a Host header has them."""

import pytest

from emulator.config.rules.hosts import EXPECTED, host_complaints, is_host_name, nearest_host_name

NAMES = ["api", "my_api", "API.local", "api.example.test.", ".example.test", "*.example.test", "xn--bcher-kva.test"]


@pytest.mark.parametrize("name", NAMES)
def test_sound(name):
    assert is_host_name(name)
    assert list(host_complaints([name])) == []


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        pytest.param("http://api:3000/x", "Write `api`.", id="url"),
        pytest.param("api:3000", "Write `api`.", id="port"),
        pytest.param(" api ", "Write `api`.", id="spaces"),
        pytest.param("*", "Name each host, like `allowedHosts: [api, .shop.test]`.", id="everything"),
        pytest.param("", "Name each host, like `allowedHosts: [api, .shop.test]`.", id="empty"),
        pytest.param("a.*.test", "Name each host, like `allowedHosts: [api, .shop.test]`.", id="star-within"),
        pytest.param("[::1]", "Name each host, like `allowedHosts: [api, .shop.test]`.", id="address"),
    ],
)
def test_refused(name, fix):
    (complaint,) = host_complaints([name])
    assert (complaint.path, complaint.expected, complaint.fix) == (("allowedHosts", 0), EXPECTED, fix)


def test_nothing_near():
    assert nearest_host_name("a b") is None
