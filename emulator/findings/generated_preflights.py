"""Fixes where a deployment tool has written the OPTIONS method: what it is to answer is said in `cors`, of which the
tool makes it again."""

from collections.abc import Iterator

from emulator.aws.rest_api.generated_cors import (
    ALLOW_CREDENTIALS,
    ALLOW_HEADERS,
    ALLOW_METHODS,
    ALLOW_ORIGIN,
    MAX_AGE,
    GeneratedCors,
    Generator,
)
from emulator.aws.rest_api.rest_api import RestApi
from emulator.exchange import Exchange
from emulator.findings.changes import AddToHeader, Change, RemoveHeaders, ReturnHeaders
from emulator.findings.mapping_changes import SetGeneratedCors

LISTS = {ALLOW_METHODS.lower(): "allowMethods", ALLOW_HEADERS.lower(): "allowHeaders"}


def generator_of(exchange: Exchange) -> GeneratedCors | None:
    """Return the `cors` that the method was made of which answered; None where it stands in the file itself."""
    api, route = exchange.api, exchange.route
    if not isinstance(api, RestApi) or route is None:
        return None
    is_generated = any(method.is_generated and method.key == route.key for method in api.methods)
    return api.generated_cors if is_generated else None


def in_cors(change: Change, api: str, cors: GeneratedCors) -> tuple[Change, ...] | None:
    """Say in `cors` what a change has a function return; None where no key of the tool's says it."""
    match change:
        case ReturnHeaders(headers=headers, status=status):
            made = [*_of_status(api, cors, status), *(_of_header(api, cors, *pair) for pair in headers)]
        case AddToHeader(header=header, entries=entries, now=now):
            made = [_of_header(api, cors, header, ", ".join(part for part in (now, *entries) if part))]
        case RemoveHeaders(prefix=prefix) if prefix.lower() == ALLOW_CREDENTIALS.lower():
            made = [SetGeneratedCors(api, "allowCredentials", ("false",))]
        case _:
            return None
    found = tuple(one for one in made if one is not None)
    return found if len(found) == len(made) else None


def _of_status(api: str, cors: GeneratedCors, status: int | None) -> Iterator[SetGeneratedCors | None]:
    if status is not None:
        yield SetGeneratedCors(api, "statusCode", (str(status),)) if cors.generator is Generator.CDK else None


def _of_header(api: str, cors: GeneratedCors, name: str, value: str) -> SetGeneratedCors | None:
    """Say one header: a list anew with all its entries, and of SAM a text in single quotes."""
    is_sam = cors.generator is Generator.SAM
    match name.lower():
        case one if one == ALLOW_ORIGIN.lower():
            if not cors.is_list:
                return SetGeneratedCors(api, "allowOrigin", (f"'{value}'" if is_sam else value,))
            others = () if value == "*" else tuple(origin for origin in cors.allow_origins if origin != "*")
            return SetGeneratedCors(api, "allowOrigins", (*others, value), is_list=True)
        case one if one in LISTS:
            entries = tuple(entry.strip() for entry in value.split(","))
            if is_sam:
                return SetGeneratedCors(api, LISTS[one], (f"'{','.join(entries)}'",))
            return SetGeneratedCors(api, LISTS[one], entries, is_list=True)
        case one if one == ALLOW_CREDENTIALS.lower():
            return SetGeneratedCors(api, "allowCredentials", ("true",))
        case one if one == MAX_AGE.lower() and cors.generator is not Generator.CONSOLE:
            return SetGeneratedCors(api, "maxAge", (f"'{value}'" if is_sam else value,))
    return None
