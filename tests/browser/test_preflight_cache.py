import pytest

from emulator.browser.departures import Profile
from emulator.browser.modes import Credentials
from emulator.browser.preflight import PreflightQuestion
from emulator.browser.preflight_cache import CacheKey, max_age, preflight_cache
from emulator.browser.profiles import CHROMIUM, FIREFOX, PROFILES, SPEC, WEBKIT
from emulator.messages import Response

KEY = CacheKey("https://app.example", "https://app.example", "https://api.example/items?a")
SAME, INCLUDE = Credentials.SAME_ORIGIN, Credentials.INCLUDE
EVERY_PROFILE = pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)


def ask(method: str = "PUT", *names: str, credentials: Credentials = SAME) -> PreflightQuestion:
    return PreflightQuestion("https://app.example", credentials, method, names)


def permit(methods: str = "PUT", names: str = "", age: str | None = "60") -> Response:
    headers = (("access-control-allow-methods", methods), ("access-control-allow-headers", names))
    return Response(204, headers if age is None else (*headers, ("Access-Control-Max-Age", age)))


@pytest.mark.parametrize(
    ("value", "spec", "chromium", "firefox", "webkit"),
    [
        pytest.param(None, 5, 5, 5, 5, id="absent"),
        pytest.param("", 5, 5, 5, 5, id="empty"),
        pytest.param("60", 60, 60, 60, 60, id="number"),
        pytest.param("0", 0, 0, 0, 0, id="zero"),
        pytest.param("00", 0, 0, 0, 0, id="zeros"),
        pytest.param("-1", 5, 0, 0, 0, id="negative"),
        pytest.param("+60", 5, 5, 0, 60, id="plus"),
        pytest.param("abc", 5, 5, 0, 5, id="no-number"),
        pytest.param("1.5", 5, 5, 0, 5, id="fraction"),
        pytest.param("60;x", 5, 5, 0, 5, id="parameter"),
        pytest.param("60, 60", 5, 5, 0, 5, id="two-lines"),
        pytest.param("100000", 7200, 7200, 86400, 600, id="beyond-the-cap"),
        pytest.param("9999999999999999999", 7200, 5, 86400, 600, id="beyond-64-bits"),
        pytest.param("9" * 5000, 7200, 5, 86400, 600, id="beyond-reading"),
    ],
)
def test_max_age(value: str | None, spec: int, chromium: int, firefox: int, webkit: int) -> None:
    found = {name: max_age(permit(age=value), profile) for name, profile in PROFILES.items()}
    assert found == {"spec": spec, "chromium": chromium, "firefox": firefox, "webkit": webkit}


@EVERY_PROFILE
def test_a_result_serves_the_same_request_until_it_expires(profile: Profile) -> None:
    cache = preflight_cache(profile)
    assert not cache.permits(KEY, ask("PUT", "x-a"), 0)
    cache.store(KEY, ask("PUT", "x-a"), permit("PUT", "X-A"), 100)
    assert cache.permits(KEY, ask("PUT", "x-a"), 159)
    assert cache.permits(KEY, ask("POST", "x-a"), 159)
    assert not cache.permits(KEY, ask("PUT", "x-a"), 160)


@EVERY_PROFILE
def test_another_url_or_origin_is_another_entry(profile: Profile) -> None:
    cache = preflight_cache(profile)
    cache.store(KEY, ask(), permit(), 0)
    assert not cache.permits(CacheKey(KEY.partition, KEY.origin, "https://api.example/items"), ask(), 1)
    assert not cache.permits(CacheKey(KEY.partition, "https://b.example", KEY.url), ask(), 1)
    assert not cache.permits(CacheKey("https://top.example", KEY.origin, KEY.url), ask(), 1)
    assert cache.permits(KEY, ask(), 1)


@EVERY_PROFILE
def test_zero_and_clear(profile: Profile) -> None:
    cache = preflight_cache(profile)
    cache.store(KEY, ask(), permit(age="0"), 0)
    assert not cache.permits(KEY, ask(), 0)
    cache.store(KEY, ask(), permit(), 0)
    cache.clear(KEY)
    assert not cache.permits(KEY, ask(), 1)
    cache.clear(KEY)


@pytest.mark.parametrize(
    ("profile", "permitted"), [(SPEC, True), (CHROMIUM, False), (FIREFOX, True), (WEBKIT, False)], ids=PROFILES
)
def test_what_does_not_suffice_is_erased_where_one_result_is_kept(profile: Profile, permitted: bool) -> None:
    cache = preflight_cache(profile)
    cache.store(KEY, ask("PUT"), permit("PUT"), 0)
    assert not cache.permits(KEY, ask("DELETE"), 1)
    assert cache.permits(KEY, ask("PUT"), 1) is permitted


@pytest.mark.parametrize(
    ("profile", "permitted"), [(SPEC, True), (CHROMIUM, False), (FIREFOX, True), (WEBKIT, False)], ids=PROFILES
)
def test_a_new_preflight_adds_or_replaces(profile: Profile, permitted: bool) -> None:
    cache = preflight_cache(profile)
    cache.store(KEY, ask("PUT"), permit("PUT"), 0)
    cache.store(KEY, ask("DELETE"), permit("DELETE"), 0)
    assert cache.permits(KEY, ask("DELETE"), 1)
    assert cache.permits(KEY, ask("PUT"), 1) is permitted


@pytest.mark.parametrize(
    ("profile", "shared"), [(SPEC, True), (CHROMIUM, True), (FIREFOX, False), (WEBKIT, True)], ids=PROFILES
)
def test_what_credentials_were_permitted_serves_without_but_not_the_reverse(profile: Profile, shared: bool) -> None:
    cache = preflight_cache(profile)
    cache.store(KEY, ask("PUT", "x-a", credentials=INCLUDE), permit("PUT", "x-a"), 0)
    assert cache.permits(KEY, ask("PUT", "x-a", credentials=INCLUDE), 1)
    assert cache.permits(KEY, ask("PUT", "x-a"), 1) is shared
    cache = preflight_cache(profile)
    cache.store(KEY, ask("PUT"), permit("PUT"), 0)
    assert not cache.permits(KEY, ask("PUT", credentials=INCLUDE), 1)


@pytest.mark.parametrize(
    ("profile", "wild", "authorization"),
    [(SPEC, True, False), (CHROMIUM, True, False), (FIREFOX, False, False), (WEBKIT, True, True)],
    ids=PROFILES,
)
def test_a_cached_wildcard(profile: Profile, wild: bool, authorization: bool) -> None:
    def permits(question: PreflightQuestion) -> bool:
        cache = preflight_cache(profile)
        cache.store(KEY, ask(), permit("*", "*"), 0)
        return cache.permits(KEY, question, 1)

    assert permits(ask("PATCH", "x-a")) is wild
    assert permits(ask("PATCH", "x-a", "authorization")) is authorization
    assert permits(ask("GET", "authorization")) is authorization


@EVERY_PROFILE
def test_a_wildcard_cached_with_credentials_is_a_name(profile: Profile) -> None:
    cache = preflight_cache(profile)
    cache.store(KEY, ask(credentials=INCLUDE), permit("*", "*"), 0)
    assert cache.permits(KEY, ask("*", "*", credentials=INCLUDE), 1)
    assert not cache.permits(KEY, ask("GET", "x-a", credentials=INCLUDE), 1)


@pytest.mark.parametrize(
    ("profile", "permitted"), [(SPEC, True), (CHROMIUM, True), (FIREFOX, False), (WEBKIT, True)], ids=PROFILES
)
def test_head_need_not_be_listed_but_in_firefox(profile: Profile, permitted: bool) -> None:
    cache = preflight_cache(profile)
    cache.store(KEY, ask("HEAD", "x-a"), permit("", "x-a"), 0)
    assert cache.permits(KEY, ask("HEAD", "x-a"), 1) is permitted


def test_chromium_does_not_cache_long_urls() -> None:
    cache = preflight_cache(CHROMIUM)
    key = CacheKey("p", "o", "https://api.example/".ljust(1024, "x"))
    cache.store(key, ask(), permit(), 0)
    assert not cache.permits(key, ask(), 1)


@EVERY_PROFILE
def test_the_oldest_entry_leaves_a_full_cache(profile: Profile) -> None:
    cache = preflight_cache(profile)
    keys = [CacheKey("p", "o", str(number)) for number in range(profile.cache_size + 1)]
    for key in keys:
        cache.store(key, ask(), permit(), 0)
    assert not cache.permits(keys[0], ask(), 1)
    assert cache.permits(keys[1], ask(), 1)
    assert cache.permits(keys[-1], ask(), 1)
