"""Seeded random cases: `case_for(family, seed, index)` is the same case for ever after."""

from dataclasses import replace
from itertools import pairwise
from random import Random

from differential import vocabulary
from differential.answers import actual_answer, credentials_lines, origin_lines, preflight_answer, spaced
from differential.calls import random_body, random_call, random_headers
from differential.cases import Answer, Call, Case, Resource
from differential.cookie_cases import cookie_case

# The share of each family in a run, in this order.
FAMILY_SHARES = (("single", 0.77), ("headers", 0.01), ("redirect", 0.15), ("cache", 0.05), ("cookie", 0.02))
# Lest a redirect that comes back to its own URL is answered by the browser's HTTP cache.
NOT_STORED = ("Cache-Control", "no-store")
EXPIRING = 1.3  # seconds after which an entry of max-age 1 is gone


def case_for(family: str, seed: int, index: int) -> Case:
    """Case `index` of one family. Raises KeyError for a family there is not."""
    random = Random(f"{family}:{seed}:{index}")
    make = {
        "single": _single,
        "headers": _headers,
        "redirect": _redirect,
        "cache": _cache,
        "cookie": cookie_case,
    }[family]
    resources, calls = make(random)
    return Case(family, seed, index, resources, calls, opaque=random.random() < 0.12)


def cases_for(seed: int, count: int) -> list[Case]:
    """`count` cases in the families' shares, grouped by family."""
    cases = []
    for family, share in FAMILY_SHARES:
        cases += [case_for(family, seed, index) for index in range(round(count * share))]
    return cases


def _origin(random: Random) -> str:
    # The page's placeholder, or what stands in an opaque origin's place; the wrong one now and then.
    return "{origin}" if random.random() < 0.97 else random.choice(("null", "{page}"))


def _host(random: Random) -> str:
    return random.choices(("page", "a", "b", "c"), (6, 50, 14, 30))[0]


def _single(random: Random) -> tuple[tuple[Resource, ...], tuple[Call, ...]]:
    call = random_call(random)
    origin = _origin(random)
    preflight = preflight_answer(random, call, origin)
    resource = Resource(_host(random), (preflight,), (actual_answer(random, call, origin),))
    return (resource,), (call,)


def _headers(random: Random) -> tuple[tuple[Resource, ...], tuple[Call, ...]]:
    """Safelisted headers around 1,024 bytes in all, given as pairs: one name again and again, or three."""
    names = random.choice((("accept",), ("accept", "accept-language", "content-language")))
    lengths = [random.choice((1, 100, 127, 128, 128, 128, 129)) for _ in range(random.randint(6, 12))]
    headers = tuple((random.choice(names), "a" * length) for length in lengths)
    call = Call(method=random.choice(("GET", "HEAD", "POST")), headers=headers)
    preflight = preflight_answer(random, call, "{origin}")
    return (Resource(_host(random), (preflight,), (actual_answer(random, call, "{origin}"),)),), (call,)


def _redirect(random: Random) -> tuple[tuple[Resource, ...], tuple[Call, ...]]:
    hops = random.choice((2, 2, 2, 3, 3, 4))
    call = random_call(random)
    if random.random() < 0.5:
        call = replace(call, redirect="follow", mode="cors")
    if random.random() < 0.3:
        call = replace(call, headers=(), method=random.choice(("GET", "POST", "HEAD")), body=None)
    hosts = [random.choice(("page", "page", "a", "a", "b", "c")) for _ in range(hops)]
    resources = [_redirect_hop(random, call, hosts, hop) for hop in range(hops)]
    if random.random() < 0.02:
        resources = [_long_chain(random, call)]
    return tuple(resources), (call,)


def _redirect_hop(random: Random, call: Call, hosts: list[str], hop: int) -> Resource:
    origin = "null" if _is_tainted(hosts, hop) else "{origin}"
    if random.random() < 0.12:
        origin = random.choice(("{origin}", "null", "*", "{page}"))
    preflight = _kindly(random, call, origin)
    if hop == len(hosts) - 1:
        return Resource(hosts[hop], (preflight,), (actual_answer(random, call, origin),))
    kind = random.random() < 0.5
    credentials = (
        [("Access-Control-Allow-Credentials", "true")] if kind else credentials_lines(random, call.credentials)
    )
    lines = [("Access-Control-Allow-Origin", origin)] if kind else origin_lines(random, origin, call.credentials)
    lines += credentials
    lines += [("Location", _location(random, hop + 1))] if random.random() < 0.98 else []
    lines.append(NOT_STORED)
    answer = Answer(random.choice(vocabulary.REDIRECT_STATUSES), spaced(random, lines))
    return Resource(hosts[hop], (preflight,), (answer,))


def _is_tainted(hosts: list[str], hop: int) -> bool:
    """Whether some redirect up to this hop left an origin that was not the page's for yet another."""
    return any(left not in {"page", entered} for left, entered in pairwise(hosts[: hop + 1]))


def _kindly(random: Random, call: Call, origin: str) -> Answer:
    """A preflight answer that most often allows, lest chains end early."""
    if random.random() < 0.3:
        return preflight_answer(random, call, origin)
    names = ", ".join(sorted({name for name, _ in call.headers} | {"content-type", "authorization"}))
    lines = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")]
    lines += [
        ("Access-Control-Allow-Methods", f"{call.method}, {call.method.upper()}"),
        ("Access-Control-Allow-Headers", names),
    ]
    return Answer(204, spaced(random, lines))


def _location(random: Random, hop: int) -> str:
    roll = random.random()
    if roll < 0.06:
        return random.choice(vocabulary.LOCATIONS).replace("{next}", f"{{url{hop}}}")
    if roll < 0.12:
        return random.choice((f"{{user@url{hop}}}", f"{{user:password@url{hop}}}", f"{{@url{hop}}}"))
    if roll < 0.16:
        return f"{{url{hop}}}#fragment"
    if roll < 0.20:
        return f"{{path}}/{hop}"
    if roll < 0.24:
        return f"{hop}"
    return f"{{url{hop}}}"


def _long_chain(random: Random, call: Call) -> Resource:
    """One resource that sends back to itself, around the limit of twenty."""
    origin = "{origin}"
    lines = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"), NOT_STORED]
    again = Answer(random.choice(vocabulary.REDIRECT_STATUSES), (*spaced(random, list(lines)), ("Location", "{url0}")))
    last = Answer(200, spaced(random, list(lines)))
    times = random.choice((18, 19, 20, 21))
    return Resource(random.choice(("page", "a")), (_kindly(random, call, origin),), (*[again] * times, last))


def _cache(random: Random) -> tuple[tuple[Resource, ...], tuple[Call, ...]]:
    menu = [_cache_call(random) for _ in range(2)]
    resources = tuple(_cache_resource(random, menu, number) for number in range(random.choice((1, 1, 1, 2))))
    if random.random() < 0.2:
        resources = (*resources, _way_to_first(random, menu))
    calls = []
    for position in range(random.choice((2, 3, 3, 4))):
        # By turns, so that what suits the one call is asked for the other, and for the first again.
        call = menu[position % 2] if random.random() < 0.6 else random.choice(menu)
        target = 0 if random.random() < 0.6 else random.randrange(len(resources))
        calls.append(replace(call, resource=target, wait=_wait(random, position)))
    return resources, tuple(calls)


def _cache_resource(random: Random, menu: list[Call], number: int) -> Resource:
    preflights = tuple(_cache_preflight(random, call) for call in (menu[0], *random.choices(menu, k=2)))
    query = random.choice(("", "", "?x", f"?{number}", f"#{number}", "?x#fragment"))
    return Resource(random.choice(("a", "b", "c")), preflights, (_cache_answer(random),), query)


def _way_to_first(random: Random, menu: list[Call]) -> Resource:
    """Redirects to the first resource, so that one call may use what another's preflight learnt."""
    host = random.choice(("page", "a", "b"))
    lines = [("Access-Control-Allow-Origin", "{origin}"), ("Access-Control-Allow-Credentials", "true")]
    answer = Answer(random.choice((302, 307)), spaced(random, [*lines, NOT_STORED, ("Location", "{url0}")]))
    return Resource(host, (_cache_preflight(random, random.choice(menu)),), (answer,))


def _wait(random: Random, position: int) -> float:
    return EXPIRING if position and random.random() < 0.2 else 0.0


def _cache_call(random: Random) -> Call:
    headers = tuple(
        random.sample(
            (("x-one", "1"), ("x-two", "2"), ("authorization", "a"), ("content-type", "application/json")),
            random.choice((0, 1, 1, 2)),
        )
    )
    method = random.choice(("GET", "HEAD", "POST", "PUT", "PUT", "DELETE", "PATCH", "patch"))
    if random.random() < 0.1:
        headers = random_headers(random)
    body = random_body(random) if method == "PUT" and random.random() < 0.2 else None
    return Call(method=method, headers=headers, body=body, credentials=random.choice(vocabulary.CREDENTIALS))


def _cache_preflight(random: Random, call: Call) -> Answer:
    if random.random() < 0.1:
        return preflight_answer(random, call, "{origin}")
    more = random.sample(("x-one", "x-two", "authorization", "content-type", "*"), random.choice((0, 0, 0, 1, 2)))
    names = [name for name, _ in call.headers] + more
    methods = random.sample(("PUT", "DELETE", "PATCH", "GET", "HEAD", "*"), random.choice((0, 0, 1, 2)))
    if random.random() < 0.9:
        methods.append(call.method)
    lines = [
        ("Access-Control-Allow-Origin", random.choices(("{origin}", "*", "null"), (85, 12, 3))[0]),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Allow-Methods", ", ".join(methods)),
        ("Access-Control-Allow-Headers", ", ".join(names)),
    ]
    if random.random() < 0.8:
        lines.append(("Access-Control-Max-Age", random.choice(("1", "1", "1", "600", "600", *vocabulary.MAX_AGES))))
    return Answer(random.choice((200, 204)), spaced(random, lines))


def _cache_answer(random: Random) -> Answer:
    if random.random() < 0.1:
        return Answer(200, (NOT_STORED,))
    origin = "{origin}" if random.random() < 0.8 else "*"
    lines = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"), NOT_STORED]
    return Answer(200, spaced(random, lines))
