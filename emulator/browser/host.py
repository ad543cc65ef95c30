"""Hosts: the host parser (URL Standard 3.5), and what a host's address says about trust."""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import unquote_to_bytes

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f#/:<>?@\[\\\]^|%]")
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")
_MAX_DIGITS = 20


def parse_host(text: str) -> str | None:
    """The host of a special URL, serialized: a lower-case domain in ASCII, an IPv4 address in four decimals, an IPv6
    address in brackets. None is failure."""
    if text.startswith("["):
        return _parse_ipv6(text)
    domain = _to_ascii(text)
    if not domain or _FORBIDDEN.search(domain):
        return None
    labels = domain.removesuffix(".").split(".")
    # "ends in a number checker"
    if labels[-1].isdigit() or _NUMBER.fullmatch(labels[-1]):
        return _parse_ipv4(labels)
    return domain


def is_ip_address(host: str) -> bool:
    """True for the serialized host of a parsed URL that is an IP address, not a domain."""
    return host.startswith("[") or host.rpartition(".")[2].isdigit()


def is_loopback(host: str) -> bool:
    """True for localhost, names under it, and the loopback addresses (Secure Contexts 3.1)."""
    if host.startswith("["):
        return host == "[::1]"
    return host == "localhost" or host.endswith(".localhost") or (is_ip_address(host) and host.startswith("127."))


def _to_ascii(text: str) -> str | None:
    """Domain to ASCII. IDNA 2003 stands in for UTS #46: they differ in a handful of letters only."""
    domain = unquote_to_bytes(text).decode("utf-8", "replace") if "%" in text else text
    if domain.isascii():
        return domain.lower()
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None


def _parse_ipv6(text: str) -> str | None:
    try:
        address = IPv6Address(text[1:-1]) if text.endswith("]") else None
    except AddressValueError:
        return None
    return None if address is None or address.scope_id is not None else f"[{address.compressed}]"


def _parse_ipv4(labels: list[str]) -> str | None:
    """The IPv4 parser: one to four numbers, decimal, octal or hexadecimal, the last filling what is left."""
    if len(labels) > 4:
        return None
    numbers = [_parse_number(label) for label in labels]
    address = 0
    for index, number in enumerate(numbers):
        is_last = index == len(numbers) - 1
        limit = 256 ** (5 - len(numbers)) if is_last else 256
        if number is None or number >= limit:
            return None
        address += number if is_last else number * 256 ** (3 - index)
    return str(IPv4Address(address))


def _parse_number(label: str) -> int | None:
    if not _NUMBER.fullmatch(label):
        return None
    if label[:2] in {"0x", "0X"}:
        return int(label[2:] or "0", 16)
    if len(label) > 1 and label[0] == "0":
        return int(label, 8) if set(label) <= set("01234567") else None
    # No address has as many digits, and Python reads no number of thousands.
    return int(label) if len(label) <= _MAX_DIGITS else None
