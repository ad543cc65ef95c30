import pytest

from emulator.browser.cors_check import cors_check
from emulator.browser.modes import Credentials
from emulator.browser.verdict import CorsErrorName

ORIGIN = "http://web-platform.test:8000"
HOST = "web-platform.test:8000"
PARENT = "test:8000"
MISMATCH = CorsErrorName.ALLOW_ORIGIN_MISMATCH
INVALID = CorsErrorName.INVALID_ALLOW_ORIGIN_VALUE
MULTIPLE = CorsErrorName.MULTIPLE_ALLOW_ORIGIN_VALUES
NOT_INCLUDE = (Credentials.OMIT, Credentials.SAME_ORIGIN)

# cors/origin.htm, shouldPass
PASS = ["*", " *  ", "\t*", ORIGIN, f" {ORIGIN}", f" {ORIGIN}   \t ", f"\t{ORIGIN}"]
# cors/origin.htm, shouldFail, with Chromium's names
FAIL = [
    (f"http://www1.{HOST}", MISMATCH),
    (f"//{HOST}", INVALID),
    (f"://{HOST}", INVALID),
    (f"ftp://{HOST}", MISMATCH),
    (f"http:://{HOST}", INVALID),
    (f"http:/{HOST}", MISMATCH),
    (f"http:{HOST}", MISMATCH),
    (f"{ORIGIN}?", MISMATCH),
    (f"{ORIGIN}/", MISMATCH),
    (f"{ORIGIN} /", MULTIPLE),
    (f"{ORIGIN}#", MISMATCH),
    (f"{ORIGIN}%23", INVALID),
    (f"{ORIGIN}:80", INVALID),
    (f"{ORIGIN}, *", MULTIPLE),
    (f"{ORIGIN}\0", MISMATCH),
    (ORIGIN.upper(), MISMATCH),
    (f"HTTP://{HOST}", MISMATCH),
    ("-", INVALID),
    ("**", INVALID),
    ("\0*", INVALID),
    ("*\0", INVALID),
    ("'*'", INVALID),
    ('"*"', INVALID),
    ("* *", MULTIPLE),
    ("* null", MULTIPLE),
    ("*http://*", INVALID),
    (f"*{ORIGIN}", INVALID),
    (f"* {ORIGIN}", MULTIPLE),
    (f"*, {ORIGIN}", MULTIPLE),
    (f"null {ORIGIN}", MULTIPLE),
    ("http://example.net", MISMATCH),
    ("null", MISMATCH),
    ("null *", MULTIPLE),
    ("", INVALID),
    (f"{ORIGIN}/cors/origin.htm", MISMATCH),
    (f"{ORIGIN}/cors/", MISMATCH),
    (f".{PARENT}", INVALID),
    (f"*.{PARENT}", INVALID),
    (f"http://{PARENT}", MISMATCH),
    (f"http://.{PARENT}", MISMATCH),
    (f"http://*.{PARENT}", MISMATCH),
]
# cors/origin.htm, doubleOrigin
TWICE = [("", "*"), ("*", ""), ("*", "*"), ("", ORIGIN), ("*", ORIGIN), (ORIGIN, ORIGIN)]


@pytest.mark.parametrize("credentials", NOT_INCLUDE)
@pytest.mark.parametrize("value", PASS)
def test_allowed_origins(value: str, credentials: Credentials) -> None:
    assert cors_check(ORIGIN, credentials, (("access-control-allow-ORIGIN", value),)) is None


@pytest.mark.parametrize("credentials", Credentials)
@pytest.mark.parametrize(("value", "error"), FAIL)
def test_disallowed_origins(value: str, error: CorsErrorName, credentials: Credentials) -> None:
    failure = cors_check(ORIGIN, credentials, (("Access-Control-Allow-Origin", value),))
    assert failure is not None
    assert failure.error is error
    assert failure.header == "Access-Control-Allow-Origin"
    assert failure.value == value


@pytest.mark.parametrize("values", TWICE)
def test_two_headers_are_never_allowed(values: tuple[str, str]) -> None:
    headers = tuple(("Access-Control-Allow-Origin", value) for value in values)
    failure = cors_check(ORIGIN, Credentials.OMIT, headers)
    assert failure is not None
    assert failure.error is MULTIPLE
    assert failure.values == values
    assert failure.is_repeated


def test_firefox_counts_only_lines_spelt_its_way() -> None:
    headers = (("Access-Control-Allow-Origin", "*"), ("access-control-allow-origin", "*"))
    failure = cors_check(ORIGIN, Credentials.OMIT, headers)
    assert failure is not None
    assert not failure.is_repeated


def test_no_header() -> None:
    failure = cors_check(ORIGIN, Credentials.OMIT, (("content-type", "x/y"),))
    assert failure is not None
    assert (failure.error, failure.value) == (CorsErrorName.MISSING_ALLOW_ORIGIN_HEADER, None)


def test_the_wildcard_never_serves_credentials() -> None:
    headers = (("access-control-allow-origin", "*"), ("access-control-allow-credentials", "true"))
    failure = cors_check(ORIGIN, Credentials.INCLUDE, headers)
    assert failure is not None
    assert failure.error is CorsErrorName.WILDCARD_ORIGIN_NOT_ALLOWED


# cors/credentials-flag.htm
@pytest.mark.parametrize("value", [None, "TRUE", "True", '"true"', "false", "1", "0", "", "true, true"])
def test_credentials_need_true(value: str | None) -> None:
    headers = (("access-control-allow-origin", ORIGIN),)
    if value is not None:
        headers += (("access-control-allow-credentials", value),)
    failure = cors_check(ORIGIN, Credentials.INCLUDE, headers)
    assert failure is not None
    assert failure.error is CorsErrorName.INVALID_ALLOW_CREDENTIALS
    assert failure.header == "Access-Control-Allow-Credentials"
    assert failure.value == value
    assert cors_check(ORIGIN, Credentials.SAME_ORIGIN, headers) is None


@pytest.mark.parametrize("origin", [ORIGIN, "null"])
def test_credentials_allowed(origin: str) -> None:
    headers = (("access-control-allow-origin", origin), ("access-control-allow-credentials", "true "))
    assert cors_check(origin, Credentials.INCLUDE, headers) is None


# fetch/api/cors/cors-origin.any.js: the origin that is allowed is the page's, whatever the URL's is
@pytest.mark.parametrize("allowed", ["http://www1.web-platform.test:8000", "http://web-platform.test:8001",
                                     "https://web-platform.test:8443", ""])  # fmt: skip
def test_the_url_s_own_origin_does_not_count(allowed: str) -> None:
    assert cors_check(ORIGIN, Credentials.OMIT, (("access-control-allow-origin", allowed),)) is not None
