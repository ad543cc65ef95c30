"""The CORS-preflight cache (Fetch Standard 4.9), in the two forms browsers keep it. Its users pass in the time."""

import re
from collections import OrderedDict
from dataclasses import dataclass, field

from emulator.browser.departures import MaxAgeSyntax, Profile
from emulator.browser.header_list import get, get_all, split_list
from emulator.browser.modes import Credentials
from emulator.browser.preflight import PreflightQuestion
from emulator.messages import Response

DEFAULT_AGE = 5
"""Seconds that a preflight's result is kept where Access-Control-Max-Age is absent (Fetch Standard 4.8, step 7.9)."""

_DIGITS = re.compile(r"[0-9]+").fullmatch
_NUMBER = {
    MaxAgeSyntax.DIGITS: _DIGITS,
    MaxAgeSyntax.DIGITS_OR_NOTHING: _DIGITS,
    MaxAgeSyntax.INT64: re.compile(r"-?[0-9]+").fullmatch,
    MaxAgeSyntax.SIGNED: re.compile(r"[+-]?[0-9]+").fullmatch,
}


@dataclass(frozen=True, slots=True)
class CacheKey:
    """What a preflight's result is kept for: `partition` is the top-level origin, `origin` the request's, serialized,
    and `url` the whole URL with its query."""

    partition: str
    origin: str
    url: str


def max_age(response: Response, profile: Profile) -> int:
    """Read how long a preflight's result is kept, in seconds; 0 is not at all."""
    text = get(response.headers, "access-control-max-age")
    if not text:
        return DEFAULT_AGE
    syntax = profile.max_age_syntax
    otherwise = 0 if syntax is MaxAgeSyntax.DIGITS_OR_NOTHING else DEFAULT_AGE
    # Twenty digits are beyond every cap, and Python reads no number of thousands.
    age = int(text[:20]) if _NUMBER[syntax](text) else otherwise
    if syntax is MaxAgeSyntax.INT64 and not -(2**63) <= age < 2**63:
        age = otherwise
    return max(0, min(age, profile.cache_cap))


@dataclass(frozen=True, slots=True)
class _Result:
    """What one preflight permitted until `expires`, in Unix seconds: `methods` as its response lists them, `names` in
    lower case."""

    methods: frozenset[str]
    names: frozenset[str]
    with_credentials: bool
    expires: float


class OneResultCache:
    """A cache that keeps one result per key (Chromium: preflight_cache.cc; WebKit:
    CrossOriginPreflightResultCache.cpp). Every `now` is Unix time in seconds."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._results: OrderedDict[CacheKey, _Result] = OrderedDict()

    def permits(self, key: CacheKey, question: PreflightQuestion, now: float) -> bool:
        """Tell whether the preflight can be left out; a result that does not suffice is erased."""
        result = self._results.get(key)
        if result is None:
            return False
        if now < result.expires and self._suffices(result, question):
            return True
        del self._results[key]
        return False

    def store(self, key: CacheKey, question: PreflightQuestion, response: Response, now: float) -> None:
        """Keep what a preflight's response permits, instead of what was known."""
        age = max_age(response, self._profile)
        limit = self._profile.cache_url_limit
        if limit is not None and len(key.url) >= limit:
            return
        with_credentials = question.credentials is Credentials.INCLUDE
        self._results[key] = _Result(*_permissions(response), with_credentials, now + age)
        self._results.move_to_end(key)
        # Chromium throws out ten at random; which ones is not to be modelled.
        if len(self._results) > self._profile.cache_size:
            self._results.popitem(last=False)

    def clear(self, key: CacheKey) -> None:
        """Forget what is known of `key`."""
        self._results.pop(key, None)

    def _suffices(self, result: _Result, question: PreflightQuestion) -> bool:
        is_credentialed = question.credentials is Credentials.INCLUDE
        if is_credentialed and not result.with_credentials:
            return False
        method = question.method
        is_listed = method in result.methods or method in self._profile.unlisted_methods_from_cache
        if not is_listed and (result.with_credentials or "*" not in result.methods):
            return False
        asked = set(question.header_names)
        if "*" in result.names and not result.with_credentials:
            asked &= set() if self._profile.cached_wildcard_covers_authorization else {"authorization"}
        return asked <= result.names


@dataclass(slots=True)
class _Entries:
    """The method and header-name cache entries of one key: what is permitted -> when that expires, in Unix seconds."""

    methods: dict[str, float] = field(default_factory=dict)
    names: dict[str, float] = field(default_factory=dict)


class EntryCache:
    """A cache that keeps an entry per method and header name (the Standard; Firefox: nsCORSListenerProxy.cpp). Every
    `now` is Unix time in seconds."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._entries: OrderedDict[tuple[CacheKey, bool], _Entries] = OrderedDict()

    def permits(self, key: CacheKey, question: PreflightQuestion, now: float) -> bool:
        """Tell whether the preflight can be left out."""
        usable = [
            (entries, with_credentials)
            for with_credentials in self._usable(question)
            if (entries := self._entries.get((key, with_credentials))) is not None
        ]
        if not usable:
            return False
        for _, with_credentials in usable:
            self._entries.move_to_end((key, with_credentials))
        return self._permits_method(usable, question.method, now) and all(
            self._permits_name(usable, name, now) for name in question.header_names
        )

    def store(self, key: CacheKey, question: PreflightQuestion, response: Response, now: float) -> None:
        """Add what a preflight's response permits to what is known, or make it last longer."""
        age = max_age(response, self._profile)
        if age == 0:
            return
        entries = self._entries.setdefault((key, question.credentials is Credentials.INCLUDE), _Entries())
        methods, names = _permissions(response)
        entries.methods.update(dict.fromkeys(methods, now + age))
        entries.names.update(dict.fromkeys(names, now + age))
        if len(self._entries) > self._profile.cache_size:
            self._entries.popitem(last=False)

    def clear(self, key: CacheKey) -> None:
        """Forget what is known of `key` (Fetch Standard 4.9, "clear cache entries")."""
        self._entries.pop((key, True), None)
        self._entries.pop((key, False), None)

    def _usable(self, question: PreflightQuestion) -> tuple[bool, ...]:
        """Tell which entries match (Fetch Standard 4.9, "cache entry match"): what was permitted with credentials
        serves without, not the reverse."""
        if question.credentials is Credentials.INCLUDE:
            return (True,)
        return (False,) if self._profile.cache_keeps_credentials_apart else (False, True)

    def _permits_method(self, usable: list[tuple[_Entries, bool]], method: str, now: float) -> bool:
        if method in self._profile.unlisted_methods_from_cache:
            return True
        return any(
            now < entries.methods.get(method, now) or (self._is_wild(is_secret) and now < entries.methods.get("*", now))
            for entries, is_secret in usable
        )

    def _permits_name(self, usable: list[tuple[_Entries, bool]], name: str, now: float) -> bool:
        return any(
            now < entries.names.get(name, now)
            or (name != "authorization" and self._is_wild(is_secret) and now < entries.names.get("*", now))
            for entries, is_secret in usable
        )

    def _is_wild(self, with_credentials: bool) -> bool:
        return self._profile.cached_wildcard_matches and not with_credentials


def preflight_cache(profile: Profile) -> OneResultCache | EntryCache:
    """Make an empty cache in the form that the profile's browser keeps."""
    return OneResultCache(profile) if profile.caches_one_result else EntryCache(profile)


def _permissions(response: Response) -> tuple[frozenset[str], frozenset[str]]:
    methods = split_list(get_all(response.headers, "access-control-allow-methods"))
    names = split_list(get_all(response.headers, "access-control-allow-headers"))
    return frozenset(methods), frozenset(name.lower() for name in names)
