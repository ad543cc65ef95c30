"""Random calls of a page."""

from random import Random

from differential import vocabulary
from differential.cases import Body, Call, Pairs

BODY_TYPES = (
    "",
    "text/plain",
    "application/json",
    "TEXT/PLAIN",
    "image/png",
    "x",
    "text/plain;charset=utf-8",
    "\u00e9",
)


def random_call(random: Random) -> Call:
    """Any call at all."""
    mode = random.choices(("cors", "no-cors", "same-origin", "navigate"), (86, 9, 4, 1))[0]
    method = random_method(random, simple=mode == "no-cors")
    has_body = random.random() < (0.4 if method.upper() not in {"GET", "HEAD"} else 0.01)
    return Call(
        method=method,
        headers=random_headers(random),
        body=random_body(random) if has_body else None,
        mode=mode,
        credentials=random.choice(vocabulary.CREDENTIALS),
        redirect=random.choices(("follow", "error", "manual"), (88, 6, 6))[0],
        userinfo=random.choice(("user:password", "user", ":p", "")) if random.random() < 0.006 else None,
    )


def random_method(random: Random, simple: bool) -> str:
    roll = random.random()
    if roll < 0.015:
        return random.choice(vocabulary.REFUSED_METHODS)
    if simple and roll < 0.9:
        return random.choice(("GET", "GET", "HEAD", "POST"))
    if roll < 0.3:
        return "GET"
    if roll < 0.45:
        return random.choice(("POST", "PUT", "DELETE", "PATCH"))
    return random.choice(vocabulary.METHODS)


def random_headers(random: Random) -> Pairs:
    """Up to four headers, some repeated, some forbidden, few malformed."""
    headers = []
    for _ in range(random.choice((0, 0, 1, 1, 1, 2, 2, 3, 4))):
        roll = random.random()
        if roll < 0.02:
            headers.append(random.choice(vocabulary.BAD_REQUEST_HEADERS))
        elif roll < 0.12:
            headers.append((random.choice(vocabulary.FORBIDDEN_REQUEST_HEADERS), "1"))
        elif roll < 0.17 and headers:
            name = random.choice(headers)[0]
            headers.append((name, random.choice(vocabulary.REQUEST_HEADERS.get(name, ("again",)))))
        else:
            headers.append(_random_header(random))
    return tuple(headers)


def _random_header(random: Random) -> tuple[str, str]:
    often = (
        "accept",
        "accept-language",
        "content-language",
        "content-type",
        "content-type",
        "range",
        "range",
        "authorization",
        "x-one",
        "X-Two",
    )
    name = random.choice(often) if random.random() < 0.6 else random.choice(tuple(vocabulary.REQUEST_HEADERS))
    value = random.choice(vocabulary.REQUEST_HEADERS[name])
    cased = random.choice((name, name, name.upper(), name.title()))
    return cased, random.choice((value, value, value, f" {value}", f"{value}\t", f"\r\n {value}"))


def random_body(random: Random) -> Body:
    kind = random.choice(("text", "text", "bytes", "blob", "urlencoded", "form"))
    return Body(kind, random.choice(BODY_TYPES) if kind == "blob" else "")
