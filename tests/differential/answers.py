"""Random answers of an API to a given call: mostly right, so that each wrong thing is met by itself and in company."""

from random import Random

from differential import vocabulary
from differential.cases import Answer, Call, Pairs

Lines = list[tuple[str, str]]


def preflight_answer(random: Random, call: Call, origin: str) -> Answer:
    """`origin` is the placeholder of what the API should allow."""
    lines = origin_lines(random, origin, call.credentials)
    lines += credentials_lines(random, call.credentials)
    lines += _list_lines(random, "Access-Control-Allow-Methods", [_expected_method(random, call)], 0.15)
    lines += _list_lines(random, "Access-Control-Allow-Headers", [name for name, _ in call.headers], 0.12)
    if random.random() < 0.2:
        lines.append(("Access-Control-Max-Age", random.choice(vocabulary.MAX_AGES)))
    status = random.choice(vocabulary.PREFLIGHT_STATUSES) if random.random() < 0.15 else random.choice((200, 204))
    if 300 <= status < 400 and random.random() < 0.5:
        lines.append(("Location", "0"))
    return Answer(status, spaced(random, lines))


def _expected_method(random: Random, call: Call) -> str:
    """The method as it arrives: six of them are put in capitals on the way. Now and then as the page wrote it."""
    normalized = call.method.upper() in vocabulary.NORMALIZED_METHODS and random.random() < 0.85
    return call.method.upper() if normalized else call.method


def actual_answer(random: Random, call: Call, origin: str) -> Answer:
    """`call` is what the API answers; no redirect."""
    lines = origin_lines(random, origin, call.credentials)
    lines += credentials_lines(random, call.credentials)
    lines += random.sample(vocabulary.RESPONSE_HEADERS, random.choice((0, 1, 2, 3, 6)))
    for _ in range(random.choice((0, 0, 1, 1, 1, 2))):
        lines.append(("Access-Control-Expose-Headers", random.choice(vocabulary.EXPOSED)))
    status = random.choice(vocabulary.STATUSES) if random.random() < 0.3 else 200
    return Answer(status, spaced(random, lines))


def origin_lines(random: Random, origin: str, credentials: str) -> Lines:
    """The Access-Control-Allow-Origin lines: the right one in about two of three cases."""
    name = "Access-Control-Allow-Origin"
    roll = random.random()
    if roll < 0.66 or (roll < 0.75 and credentials == "include"):
        return [(name, origin)]
    if roll < 0.80:
        return [(name, "*")]
    if roll < 0.84:
        return []
    if roll < 0.96:
        return [(name, random.choice(vocabulary.ALLOW_ORIGINS))]
    return [(name, random.choice((origin, "*", *vocabulary.ALLOW_ORIGINS))) for _ in range(random.choice((2, 2, 3)))]


def credentials_lines(random: Random, credentials: str) -> Lines:
    name = "Access-Control-Allow-Credentials"
    roll = random.random()
    if roll < (0.82 if credentials == "include" else 0.3):
        return [(name, "true")]
    if roll < 0.88:
        return []
    if roll < 0.97:
        return [(name, random.choice(vocabulary.ALLOW_CREDENTIALS))]
    return [(name, random.choice(("true", *vocabulary.ALLOW_CREDENTIALS))) for _ in range(2)]


def _list_lines(random: Random, name: str, wanted: list[str], wrongness: float) -> Lines:
    """A list header that names `wanted`, or with the given chance nearly does."""
    roll = random.random()
    if roll < wrongness / 4:
        return []
    items = [_recased(random, item) if roll < wrongness else item for item in wanted]
    if roll < wrongness * 0.7 and items:
        items.pop(random.randrange(len(items)))
    for extras, chance in (
        (("*",), 0.15),
        (vocabulary.BAD_TOKENS, 0.05),
        (vocabulary.LIST_EDGES, 0.12),
        (vocabulary.METHODS, 0.1),
        (tuple(vocabulary.REQUEST_HEADERS), 0.1),
    ):
        if random.random() < chance:
            items.insert(random.randint(0, len(items)), random.choice(extras))
    if random.random() < 0.07:
        items = ["*"]
    cut = random.randint(0, len(items)) if random.random() < 0.15 else len(items)
    comma = random.choice((",", ", ", ", ", " , ", ",\t", ",,"))
    return [(name, comma.join(part)) for part in (items[:cut], items[cut:]) if part]


def _recased(random: Random, text: str) -> str:
    return random.choice((text.upper(), text.lower(), text.title(), text + "x", text[:-1], f'"{text}"'))


def spaced(random: Random, lines: Lines) -> Pairs:
    """The lines in any order, names in odd case, values between optional whitespace."""
    random.shuffle(lines)
    result = []
    for name, value in lines:
        if random.random() < 0.2:
            name = random.choice((name.lower(), name.upper(), name.swapcase()))
        before = random.choice((" ", " ", " ", " ", "", "\t", "  ", " \t "))
        after = random.choice(("", "", "", "", "", " ", "\t", "  "))
        result.append((name, before + value + after))
    return tuple(result)
