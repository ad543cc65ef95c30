"""Random cases about cookies: credentialed calls to answers that set some, and what later calls send.

`{tag}` in a cookie marks it as its case's own; the API notes no others.
"""

from random import Random

from differential import vocabulary
from differential.answers import Lines, spaced
from differential.cases import Answer, Call, Resource

# Most names hold the tag: cookies with a short path are shared by all cases, and one could overwrite another's.
NAMES = (
    "k{tag}",
    "k{tag}",
    "k{tag}",
    "{tag}",
    "__Host-{tag}",
    "__Secure-{tag}",
    "__host-{tag}",
    "__HOST-{tag}",
    "{tag} ",
)
SAME_SITES = ("Strict", "Lax", "None", "None", "none", "LAX", "bogus", "")
PATHS = ("{path}", "{path}/", "{path}/0", "{path}/1", "/case", "/", "/other", "", "case", "{path}/00")
DOMAINS = ("127.0.0.1", "localhost", "{host}", ".localhost", "0.0.1", "example.com", "", "LOCALHOST")
AGES = ("0", "-1", "1000", "99999999999", "abc", "", "1000x", "+5", " 1000 ", '"0"')
EXPIRIES = (
    "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 2099 23:59:59 GMT", "Fri, 31-Dec-99 23:59:59 GMT", "0", "never",
    "31 Dec 2099 23:59:59", "Dec 31 2099 23:59:59 GMT", "Sat, 01 Jan 2000 00:00:00 GMT", "1 Jan 1600 00:00:00", "",
)  # fmt: skip
FLAGS = (("Secure", 0.5), ("HttpOnly", 0.1), ("Partitioned", 0.25), ("Unknown=x", 0.05))


def cookie_case(random: Random) -> tuple[tuple[Resource, ...], tuple[Call, ...]]:
    """Two to four calls to one or two resources; any answer may set cookies."""
    count = random.choice((1, 2, 2))
    hosts = [random.choice(("page", "a", "a", "b", "c", "c")) for _ in range(count)]
    resources = tuple(_resource(random, host) for host in hosts)
    calls = tuple(_call(random, count) for _ in range(random.choice((2, 2, 3, 4))))
    return resources, calls


def _call(random: Random, count: int) -> Call:
    return Call(
        resource=random.randrange(count),
        method=random.choice(("GET", "GET", "POST", "PUT")),
        mode=random.choice(("cors", "cors", "cors", "no-cors")),
        credentials=random.choices(vocabulary.CREDENTIALS, (1, 2, 7))[0],
    )


def _resource(random: Random, host: str) -> Resource:
    origin = "{origin}" if random.random() < 0.9 else "*"
    preflight = [*_allowing(origin), ("Access-Control-Allow-Methods", "PUT"), *_cookies(random, 0.2)]
    answers = tuple(Answer(200, spaced(random, _allowing(origin) + _cookies(random, 0.8))) for _ in range(3))
    return Resource(host, (Answer(204, spaced(random, preflight)),), answers)


def _allowing(origin: str) -> Lines:
    allowed = [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")]
    return [*allowed, ("Cache-Control", "no-store")]


def _cookies(random: Random, chance: float) -> Lines:
    if random.random() > chance:
        return []
    return [("Set-Cookie", _cookie(random)) for _ in range(random.choice((1, 1, 2)))]


def _cookie(random: Random) -> str:
    value = random.choice(("{tag}", "{tag}", '"{tag}"', "{tag}=x", " {tag} ", "{tag} y", "{tag}\u00e9"))
    attributes = []
    for name, values, chance in (
        ("Path", PATHS, 0.35),
        ("Domain", DOMAINS, 0.15),
        ("SameSite", SAME_SITES, 0.6),
        ("Max-Age", AGES, 0.15),
        ("Expires", EXPIRIES, 0.15),
    ):
        if random.random() < chance:
            attributes.append(f"{name}={random.choice(values)}")
    attributes += [flag for flag, chance in FLAGS if random.random() < chance]
    random.shuffle(attributes)
    if random.random() < 0.15:
        attributes = [random.choice((text.upper(), text.lower(), f" {text} ")) for text in attributes]
    name = random.choice(NAMES)
    if random.random() < 0.1:
        # A cookie without a name has none to hold the tag.
        attributes = [text for text in attributes if not text.strip().lower().startswith("path")]
        name = ""
    pair = f"{name}={value}" if name or random.random() < 0.5 else value
    return random.choice(("; ", ";")).join([pair, *attributes])
