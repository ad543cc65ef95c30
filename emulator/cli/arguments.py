"""What options of the command line hold that more than one command has: a request's body and its headers."""

import sys
from pathlib import Path

import click


def request_body(data: str | None) -> str | bytes | None:
    """Read the body that -d gives. Raises click.UsageError."""
    if data is None or not data.startswith("@"):
        return data
    if data == "@-":
        return sys.stdin.buffer.read()
    try:
        return Path(data[1:]).read_bytes()
    except OSError as error:
        raise click.UsageError(f"-d {data}: cannot be read ({error.strerror}).") from None


def header_pairs(headers: tuple[str, ...]) -> list[tuple[str, str]]:
    """Split the headers that -H gives. Raises click.UsageError."""
    pairs = [header.partition(":") for header in headers]
    for name, colon, _ in pairs:
        if not colon:
            raise click.UsageError(f"-H '{name}': a header is written 'Name: value'.")
    return [(name.strip(), value.strip()) for name, _, value in pairs]
