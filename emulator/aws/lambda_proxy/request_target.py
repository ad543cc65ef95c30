"""The path and query of a request line, decoded as events show them."""

from urllib.parse import unquote


def wire_text(text: str) -> str:
    """Read a request line's bytes above 0x7F, which Request carries as latin-1, as UTF-8 (U+FFFD where they are
    not)."""
    return text if text.isascii() else text.encode("latin-1", "replace").decode("utf-8", "replace")


def decoded_path(raw_path: str) -> str:
    """Percent-decode a path once; bytes that are not UTF-8 become U+FFFD (uncertain: no capture shows any)."""
    if "%" not in raw_path and raw_path.isascii():
        return raw_path
    return unquote(wire_text(raw_path), errors="replace")


def query_pairs(raw_query: str) -> list[tuple[str, str]]:
    """Decode the name-value pairs of a query, in order: "+" is a space, "k" and "k=" have the value "" (recorded from
    AWS: hotsock/voker, vokerhttp/testdata)."""
    if not raw_query:
        return []
    query = wire_text(raw_query).replace("+", " ")
    fields = [field.partition("=") for field in query.split("&") if field]
    if "%" not in query:
        return [(name, value) for name, _, value in fields]
    return [(unquote(name, errors="replace"), unquote(value, errors="replace")) for name, _, value in fields]
