"""The rules on every exchange, whoever the client was.

They need nothing of the model of the browser, which is a third of the start-up and has no work before the first page
calls.
"""

from emulator.exchange import Exchange
from emulator.findings.finding import Case, Finding, Review, Rule, applied
from emulator.findings.rules import (
    base64_not_decoded,
    binary_body_as_text,
    content_encoding_broken,
    content_type_defaulted,
    event_format_mismatch,
    function_error,
    function_timeout,
    header_name_case,
    malformed_function_response,
    mapping_failed,
    not_emulated,
    request_body_is_base64,
    response_field_ignored,
    throttled,
    waited_for_environment,
)

NOT_ANSWERED: tuple[Rule, ...] = (
    function_timeout.RULE,
    throttled.RULE,
    event_format_mismatch.RULE,
    header_name_case.RULE,
    function_error.RULE,
    malformed_function_response.RULE,
    mapping_failed.RULE,
)
"""The rules on why no answer came of the function: the first that recognises it is told, and it alone."""

ANSWERED_OTHERWISE: tuple[Rule, ...] = (response_field_ignored.RULE,)
"""The rules on why the function's answer is another than the one it meant; told like the others."""

OF_ANY_CLIENT: tuple[Rule, ...] = (
    not_emulated.RULE,
    content_encoding_broken.RULE,
    base64_not_decoded.RULE,
    binary_body_as_text.RULE,
    request_body_is_base64.RULE,
    content_type_defaulted.RULE,
    waited_for_environment.RULE,
)
"""The rules on an exchange with any client: each that finds something is told."""


def cause_of(case: Case) -> tuple[Finding, ...]:
    """Find why the client got another answer than the function meant; nothing where it got that."""
    rules = NOT_ANSWERED if case.exchange.function_response is None else ANSWERED_OTHERWISE
    finding = next(applied(rules, case), None)
    return () if finding is None else (finding,)


def of_any_client(case: Case) -> tuple[Finding, ...]:
    """Find what else is wrong whoever the client was."""
    return tuple(applied(OF_ANY_CLIENT, case))


def review_without_page(exchange: Exchange) -> Review:
    """Review an exchange in which no page of another origin plays a part."""
    case = Case(exchange)
    return Review(None, (*cause_of(case), *of_any_client(case)))
