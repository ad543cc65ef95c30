"""Who may ask the control port, and what the others read."""

import pytest

from emulator.control.door import admit, origins_of, own_origin
from emulator.deployment import Frontend
from emulator.messages import Headers
from emulator.server.allowed_hosts import AllowedHosts
from emulator.server.head import Head
from emulator.server.refusal import Refusal

HOSTS = AllowedHosts(("api",))
SHOP = Frontend("https://shop.example.com", dev=("http://localhost:5173", "http://127.0.0.1:5173"))
ORIGINS = origins_of((SHOP, Frontend("null"), Frontend("capacitor://localhost")))


def asked(host: str | None, *headers: tuple[str, str]) -> Headers | Refusal:
    return admit(Head(b"", "/health", "", headers, host), HOSTS, ORIGINS)


def fetched(site: str, mode: str, dest: str) -> tuple[tuple[str, str], ...]:
    return (("Sec-Fetch-Site", site), ("sec-fetch-mode", mode), ("Sec-Fetch-Dest", dest))


LET_IN = [
    pytest.param("127.0.0.1:4000", (), id="curl"),
    pytest.param("api:4000", (), id="another-service-of-compose"),
    pytest.param("[::1]:4000", (("Origin", "http://[::1]:4000"),), id="its-own-page"),
    pytest.param("LocalHost:4000", (("origin", "http://localhost:4000"),), id="its-own-page-in-any-case"),
    pytest.param("localhost", (("origin", "http://localhost"),), id="its-own-page-on-port-80"),
    pytest.param("localhost:80", (("origin", "http://localhost"),), id="its-own-page-with-port-80"),
    pytest.param("localhost:4000", fetched("same-origin", "cors", "empty"), id="fetch-of-its-own-page"),
    pytest.param("localhost:4000", fetched("none", "navigate", "document"), id="address-bar"),
    pytest.param("localhost:4000", fetched("cross-site", "navigate", "document"), id="link"),
]


@pytest.mark.parametrize(("host", "headers"), LET_IN)
def test_let_in(host: str, headers: Headers) -> None:
    assert asked(host, *headers) == ()


@pytest.mark.parametrize("origin", [SHOP.origin, *SHOP.dev, "capacitor://localhost"])
def test_pages_of_frontends_may_read(origin: str) -> None:
    assert asked("localhost:4000", ("Origin", origin)) == (("access-control-allow-origin", origin),)


FOREIGN = [
    pytest.param((("Origin", "https://evil.example"),), id="page"),
    pytest.param((("Origin", "http://localhost:3000"),), id="page-of-an-api"),
    pytest.param((("Origin", "http://localhost:4000"),), id="page-of-another-port"),
    pytest.param((("Origin", "https://localhost:4001"),), id="page-of-another-scheme"),
    pytest.param((("Origin", "http://localhost:51730"),), id="dev-origin-in-front"),
    pytest.param((("Origin", "null"),), id="sandboxed-frame-though-null-is-a-frontend"),
    pytest.param((("Origin", ""),), id="empty"),
    pytest.param((("Origin", SHOP.origin), ("Origin", "https://evil.example")), id="two"),
    pytest.param(fetched("cross-site", "no-cors", "script"), id="script"),
    pytest.param(fetched("same-site", "no-cors", "empty"), id="no-cors-fetch"),
    pytest.param(fetched("cross-site", "navigate", "iframe"), id="frame"),
    pytest.param((("Sec-Fetch-Site", "cross-site"),), id="site-alone"),
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_foreign_pages_are_refused(headers: Headers) -> None:
    refusal = asked("localhost:4001", *headers)
    assert isinstance(refusal, Refusal)
    assert refusal.status == 403
    assert refusal.detail.isprintable()


def test_a_refused_page_is_told_how_to_declare_it() -> None:
    refusal = asked("localhost:4000", ("Origin", "http://localhost:8080"))
    assert isinstance(refusal, Refusal)
    assert "`frontends: [{origin: https://…, dev: http://localhost:8080}]`" in refusal.detail


@pytest.mark.parametrize(
    ("host", "status"), [(None, 400), ("", 400), ("evil.example:4000", 403), ("localhost.evil.example", 403)]
)
def test_other_hosts_are_refused_whoever_asks(host: str | None, status: int) -> None:
    """DNS rebinding: the page is of the same origin as the control port for its browser."""
    refusal = asked(host, ("Origin", f"http://{host}"))
    assert isinstance(refusal, Refusal)
    assert refusal.status == status


def test_own_origin() -> None:
    assert own_origin("[::1]:80", 80) == "http://[::1]"
