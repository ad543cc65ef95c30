"""Header lists as the Fetch Standard reads and combines them: tokens, values, and #token lists."""

from emulator.messages import TOKEN, Headers


def is_token(text: str) -> bool:
    """Tell whether `text` can be a header's name or a method (RFC 9110 5.6.2: token)."""
    return TOKEN.fullmatch(text) is not None


def tokens_of(text: str) -> list[str]:
    """Find every token in a text, whatever stands between them."""
    return TOKEN.findall(text)


def get_all(headers: Headers, name: str) -> tuple[str, ...]:
    """List the values of one header, one item per line, without the optional whitespace that an HTTP parser removes.
    `name` is lower-case."""
    return tuple([value.strip(" \t") for key, value in headers if key.lower() == name])


def get(headers: Headers, name: str) -> str | None:
    """Join all lines of one header by ", ", as header list "get" does (Fetch Standard 2.2.2); None when there is none.
    `name` is lower-case."""
    values = get_all(headers, name)
    return ", ".join(values) if values else None


def split_list(lines: tuple[str, ...]) -> tuple[str, ...]:
    """Split a #token list, over all its lines, into its elements. Empty elements are legal, and are left out (RFC 9110
    5.6.1)."""
    return tuple([item for line in lines for part in line.split(",") if (item := part.strip(" \t"))])


def first_bad_token(items: tuple[str, ...]) -> str | None:
    """Find the element that makes "extract header list values" (Fetch Standard 2.2.2) fail; None when all are
    tokens."""
    for item in items:
        if TOKEN.fullmatch(item) is None:
            return item
    return None


def sort_and_combine(headers: Headers) -> Headers:
    """Return what iterating a `Headers` object gives (Fetch Standard 2.2.2, "sort and combine"): names in lower case
    and sorted, the values of equal names joined by ", "."""
    combined: dict[str, str] = {}
    for key, value in headers:
        name = key.lower()
        trimmed = value.strip("\t\n\r ")
        combined[name] = f"{combined[name]}, {trimmed}" if name in combined else trimmed
    return tuple(sorted(combined.items()))


def combined(headers: Headers, last_only: frozenset[str] = frozenset()) -> Headers:
    """Join the values of equal names by ", ", in the place and with the name of the first. Of the names in `last_only`,
    which are lower-case, the last value alone is kept."""
    joined: dict[str, tuple[str, str]] = {}
    for name, value in headers:
        lowered = name.lower()
        earlier = joined.get(lowered)
        if earlier is None or lowered in last_only:
            joined[lowered] = (name, value)
        else:
            joined[lowered] = (earlier[0], f"{earlier[1]}, {value}")
    return tuple((name, value.strip(" ")) for name, value in joined.values())


def as_gecko_keeps(headers: Headers) -> Headers:
    """Return what Firefox makes of repeated response headers (nsHttpHeaderArray): a line without a value adds nothing,
    and shows that the header is there only where it has no other; several content types are joined by a bare comma."""
    seen = {key.lower() for key, value in headers if value.strip(" \t")}
    types = [value.strip(" \t") for key, value in headers if key.lower() == "content-type" and value.strip(" \t")]
    kept: list[tuple[str, str]] = []
    for key, value in headers:
        name = key.lower()
        is_empty = not value.strip(" \t")
        if name == "content-type" and types:
            value, types = ",".join(types), []
        elif name in seen and (is_empty or name == "content-type"):
            continue
        seen.add(name)
        kept.append((key, value))
    return tuple(kept)
