import pytest

from emulator.browser.verdict import (
    OF_PREFLIGHT,
    Blocked,
    ConsoleTexts,
    CorsErrorName,
    Failure,
    NetworkError,
    NetworkErrorName,
    RequestError,
    RequestErrorName,
)

N = CorsErrorName
OF_CORS_CHECK = {
    N.WILDCARD_ORIGIN_NOT_ALLOWED: N.PREFLIGHT_WILDCARD_ORIGIN_NOT_ALLOWED,
    N.MISSING_ALLOW_ORIGIN_HEADER: N.PREFLIGHT_MISSING_ALLOW_ORIGIN_HEADER,
    N.MULTIPLE_ALLOW_ORIGIN_VALUES: N.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN_VALUES,
    N.INVALID_ALLOW_ORIGIN_VALUE: N.PREFLIGHT_INVALID_ALLOW_ORIGIN_VALUE,
    N.ALLOW_ORIGIN_MISMATCH: N.PREFLIGHT_ALLOW_ORIGIN_MISMATCH,
    N.INVALID_ALLOW_CREDENTIALS: N.PREFLIGHT_INVALID_ALLOW_CREDENTIALS,
}
OF_PREFLIGHT_ALONE = {
    N.PREFLIGHT_INVALID_STATUS,
    N.PREFLIGHT_DISALLOWED_REDIRECT,
    N.INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE,
    N.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE,
    N.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE,
    N.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE,
}
TEXTS = ConsoleTexts("chromium", "firefox", "safari")


def test_the_name_of_a_failed_cors_check_when_it_was_a_preflight_s() -> None:
    assert OF_PREFLIGHT == OF_CORS_CHECK


@pytest.mark.parametrize("error", CorsErrorName)
def test_what_an_error_is_of(error: CorsErrorName) -> None:
    assert error.is_of_cors_check is (error in {*OF_CORS_CHECK, *OF_CORS_CHECK.values()})
    assert error.is_preflight is (error in {*OF_CORS_CHECK.values(), *OF_PREFLIGHT_ALONE})


@pytest.mark.parametrize(("values", "expected"), [((), None), (("",), ""), (("a", "b"), "a, b")])
def test_the_value_of_the_header_at_fault(values: tuple[str, ...], expected: str | None) -> None:
    assert Failure(N.ALLOW_ORIGIN_MISMATCH, values=values).value == expected


@pytest.mark.parametrize(
    "verdict",
    [
        Blocked(N.INVALID_RESPONSE, TEXTS),
        NetworkError(NetworkErrorName.CONNECTION_FAILED, "refused", TEXTS),
        RequestError(RequestErrorName.INVALID_URL, TEXTS),
    ],
)
def test_the_message_is_chromium_s(verdict: Blocked | NetworkError | RequestError) -> None:
    assert verdict.message == "chromium"


def test_a_failed_check_has_one_name_on_other_responses() -> None:
    assert N.PREFLIGHT_ALLOW_ORIGIN_MISMATCH.plain is N.ALLOW_ORIGIN_MISMATCH
    assert N.ALLOW_ORIGIN_MISMATCH.plain is N.ALLOW_ORIGIN_MISMATCH
    assert N.PREFLIGHT_INVALID_STATUS.plain is N.PREFLIGHT_INVALID_STATUS
