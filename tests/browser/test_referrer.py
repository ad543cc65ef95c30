import pytest

from emulator.browser.call import ReferrerPolicy
from emulator.browser.referrer import policy_after, referrer
from emulator.browser.url import Url, parse_url
from emulator.messages import Response


def url_of(text: str) -> Url:
    url = parse_url(text)
    assert url is not None
    return url


PAGE = "https://user@a.example/shop?tab=1#top"
FULL, ORIGIN = "https://a.example/shop?tab=1", "https://a.example/"


@pytest.mark.parametrize(
    ("policy", "same_origin", "cross_origin", "downgrade"),
    [
        (ReferrerPolicy.NO_REFERRER, "", "", ""),
        (ReferrerPolicy.NO_REFERRER_WHEN_DOWNGRADE, FULL, FULL, ""),
        (ReferrerPolicy.SAME_ORIGIN, FULL, "", ""),
        (ReferrerPolicy.ORIGIN, ORIGIN, ORIGIN, ORIGIN),
        (ReferrerPolicy.STRICT_ORIGIN, ORIGIN, ORIGIN, ""),
        (ReferrerPolicy.ORIGIN_WHEN_CROSS_ORIGIN, FULL, ORIGIN, ORIGIN),
        (ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, FULL, ORIGIN, ""),
        (ReferrerPolicy.UNSAFE_URL, FULL, FULL, FULL),
    ],
)
def test_policies(policy: ReferrerPolicy, same_origin: str, cross_origin: str, downgrade: str) -> None:
    source = url_of(PAGE)
    targets = ("https://a.example/x", "https://b.example/", "http://b.example/")
    assert [referrer(source, url_of(target), policy) for target in targets] == [same_origin, cross_origin, downgrade]


def test_loopback_is_no_downgrade() -> None:
    strict = ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN
    assert referrer(url_of(PAGE), url_of("http://127.0.0.1:3000/"), strict) == ORIGIN


def test_a_very_long_url_is_shortened() -> None:
    long = url_of("https://a.example/" + "x" * 4096)
    assert referrer(long, url_of("https://b.example/"), ReferrerPolicy.UNSAFE_URL) == ORIGIN


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ReferrerPolicy.ORIGIN),
        ("", ReferrerPolicy.ORIGIN),
        ("unknown", ReferrerPolicy.ORIGIN),
        ("no-referrer, same-origin", ReferrerPolicy.SAME_ORIGIN),
        ("No-Referrer, later-invention", ReferrerPolicy.NO_REFERRER),
    ],
)
def test_a_redirect_sets_the_policy(value: str | None, expected: ReferrerPolicy) -> None:
    headers = () if value is None else (("Referrer-Policy", value),)
    assert policy_after(Response(302, headers), ReferrerPolicy.ORIGIN) is expected
