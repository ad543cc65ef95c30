"""Chromium's and Firefox's lines as they were printed by the browsers; Safari's as WebKit's source has them."""

import pytest

from emulator.browser.console_text import (
    Scene,
    chromium_text,
    console_texts,
    firefox_text,
    network_error_texts,
    safari_text,
)
from emulator.browser.initiator import Initiator
from emulator.browser.verdict import CorsErrorName, Failure, NetworkErrorName

URL, ORIGIN = "https://api.example/x", "https://app.example"
SCENE = Scene(URL, ORIGIN, 403)
ACAO, ACAM, ACAH = "Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers"
CHROMIUM = f"Access to fetch at '{URL}' from origin '{ORIGIN}' has been blocked by CORS policy: "
PREFLIGHT = "Response to preflight request doesn't pass access control check: "
FIREFOX = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at "
VALID = " Have the server send the header with a valid value."
N = CorsErrorName


def failure(error: CorsErrorName, *values: str, parameter: str | None = None, is_repeated: bool = False) -> Failure:
    shown = ", ".join(values) if parameter is None else parameter
    return Failure(error, ACAO, values, shown, is_repeated=is_repeated)


@pytest.mark.parametrize(
    ("found", "chromium", "firefox", "safari"),
    [
        pytest.param(
            failure(N.MISSING_ALLOW_ORIGIN_HEADER),
            "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
            f"{URL}. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 403.",
            f"Origin {ORIGIN} is not allowed by Access-Control-Allow-Origin. Status code: 403",
            id="missing",
        ),
        pytest.param(
            failure(N.WILDCARD_ORIGIN_NOT_ALLOWED, "*"),
            "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when "
            "the request's credentials mode is 'include'.",
            f"‘{URL}’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).",
            "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.",
            id="wildcard",
        ),
        pytest.param(
            failure(N.MULTIPLE_ALLOW_ORIGIN_VALUES, "*, a"),
            "The 'Access-Control-Allow-Origin' header contains multiple values '*, a', but only one is allowed."
            + VALID,
            f"{URL}. (Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘*, a’).",
            "Access-Control-Allow-Origin cannot contain more than one origin.",
            id="several-in-one-line",
        ),
        pytest.param(
            failure(N.MULTIPLE_ALLOW_ORIGIN_VALUES, "*", "a", is_repeated=True),
            "The 'Access-Control-Allow-Origin' header contains multiple values '*, a', but only one is allowed."
            + VALID,
            f"{URL}. (Reason: Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).",
            "Access-Control-Allow-Origin cannot contain more than one origin.",
            id="several-lines",
        ),
        pytest.param(
            failure(N.MULTIPLE_ALLOW_ORIGIN_VALUES, "a b"),
            "The 'Access-Control-Allow-Origin' header contains multiple values 'a b', but only one is allowed." + VALID,
            f"{URL}. (Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘a b’).",
            f"Origin {ORIGIN} is not allowed by Access-Control-Allow-Origin. Status code: 403",
            id="several-by-space",
        ),
        pytest.param(
            failure(N.INVALID_ALLOW_ORIGIN_VALUE, "{x}"),
            "The 'Access-Control-Allow-Origin' header contains the invalid value '{x}'." + VALID,
            f"{URL}. (Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘{{x}}’).",
            f"Origin {ORIGIN} is not allowed by Access-Control-Allow-Origin. Status code: 403",
            id="invalid",
        ),
        pytest.param(
            failure(N.ALLOW_ORIGIN_MISMATCH, "https://b.example"),
            "The 'Access-Control-Allow-Origin' header has a value 'https://b.example' that is not equal to the "
            "supplied origin." + VALID,
            f"{URL}. (Reason: CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://b.example’).",
            f"Origin {ORIGIN} is not allowed by Access-Control-Allow-Origin. Status code: 403",
            id="mismatch",
        ),
        pytest.param(
            failure(N.INVALID_ALLOW_CREDENTIALS),
            "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' "
            "when the request's credentials mode is 'include'.",
            f"{URL}. (Reason: expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).",
            'Credentials flag is true, but Access-Control-Allow-Credentials is not "true".',
            id="credentials",
        ),
        pytest.param(
            failure(N.PREFLIGHT_MISSING_ALLOW_ORIGIN_HEADER),
            PREFLIGHT + "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
            f"{URL}. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 403.",
            f"Origin {ORIGIN} is not allowed by Access-Control-Allow-Origin. Status code: 403",
            id="preflight-missing",
        ),
        pytest.param(
            failure(N.PREFLIGHT_INVALID_STATUS),
            PREFLIGHT + "It does not have HTTP ok status.",
            f"{URL}. (Reason: CORS preflight response did not succeed). Status code: 403.",
            "Preflight response is not successful. Status code: 403",
            id="preflight-status",
        ),
        pytest.param(
            failure(N.PREFLIGHT_DISALLOWED_REDIRECT),
            PREFLIGHT + "Redirect is not allowed for a preflight request.",
            f"{URL}. (Reason: CORS request external redirect not allowed).",
            "Preflight response is not successful. Status code: 403",
            id="preflight-redirect",
        ),
        pytest.param(
            Failure(N.INVALID_ALLOW_METHODS_PREFLIGHT_RESPONSE, ACAM, ("PUT, a b",), "a b"),
            "Cannot parse Access-Control-Allow-Methods response header field in preflight response.",
            f"{URL}. (Reason: invalid token ‘a b’ in CORS header ‘Access-Control-Allow-Methods’).",
            "Header Access-Control-Allow-Methods has an invalid value: PUT, a b",
            id="methods-do-not-parse",
        ),
        pytest.param(
            Failure(N.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE, ACAH, ("x, a b",), "a b"),
            "Cannot parse Access-Control-Allow-Headers response header field in preflight response.",
            f"{URL}. (Reason: invalid token ‘a b’ in CORS header ‘Access-Control-Allow-Headers’).",
            "Header Access-Control-Allow-Headers has an invalid value: x, a b",
            id="headers-do-not-parse",
        ),
        pytest.param(
            Failure(N.METHOD_DISALLOWED_BY_PREFLIGHT_RESPONSE, ACAM, (), "PUT"),
            "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
            f"{URL}. (Reason: Did not find method in CORS header ‘Access-Control-Allow-Methods’).",
            "Method PUT is not allowed by Access-Control-Allow-Methods.",
            id="method",
        ),
        pytest.param(
            Failure(N.HEADER_DISALLOWED_BY_PREFLIGHT_RESPONSE, ACAH, (), "x-a"),
            "Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.",
            f"{URL}. (Reason: header ‘x-a’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS "
            "preflight response).",
            "Request header field x-a is not allowed by Access-Control-Allow-Headers.",
            id="header",
        ),
        pytest.param(
            failure(N.REDIRECT_CONTAINS_CREDENTIALS),
            "Redirect location '' contains a username and password, which is disallowed for cross-origin requests.",
            f"{URL}. (Reason: CORS request did not succeed). Status code: (null).",
            f"Fetch API cannot load {URL} due to access control checks.",
            id="redirect-credentials",
        ),
    ],
)
def test_every_browser_s_line(found: Failure, chromium: str, firefox: str, safari: str) -> None:
    texts = console_texts(found, SCENE)
    assert texts.chromium == CHROMIUM + chromium
    assert texts.firefox == FIREFOX + firefox
    assert texts.safari == safari


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            Failure(N.DISALLOWED_BY_MODE),
            (
                f'Fetch API cannot load {URL}. Request mode is "same-origin" but the URL\'s origin is not same as the '
                f"request origin {ORIGIN}."
            ),
        ),
        (
            Failure(N.NO_CORS_REDIRECT_MODE_NOT_FOLLOW),
            f'Fetch API cannot load {URL}. Request mode is "no-cors" but the redirect mode is not "follow".',
        ),
        (
            Failure(N.CORS_DISABLED_SCHEME, parameter="ftp"),
            f'Fetch API cannot load {URL}. URL scheme "ftp" is not supported.',
        ),
    ],
)
def test_lines_without_the_prefix(found: Failure, expected: str) -> None:
    assert chromium_text(found, SCENE) == expected


def test_every_error_has_words() -> None:
    for error in CorsErrorName:
        assert URL in chromium_text(Failure(error), SCENE)
        assert URL in firefox_text(Failure(error), SCENE)
        assert safari_text(Failure(error), SCENE)


def test_after_a_redirect() -> None:
    scene = Scene(URL, ORIGIN, 200, redirected_from="https://first.example/", sent_origin="null")
    texts = console_texts(failure(N.MISSING_ALLOW_ORIGIN_HEADER), scene)
    assert texts.chromium.startswith(
        f"Access to fetch at '{URL}' (redirected from 'https://first.example/') from origin '{ORIGIN}' has been"
    )
    assert texts.safari == "Origin null is not allowed by Access-Control-Allow-Origin. Status code: 200"


OF_XHR = (
    " The credentials mode of requests initiated by the XMLHttpRequest is controlled by the withCredentials attribute."
)


@pytest.mark.parametrize("initiator", Initiator)
@pytest.mark.parametrize(
    ("error", "is_of_credentials"),
    [
        (N.MISSING_ALLOW_ORIGIN_HEADER, False),
        (N.WILDCARD_ORIGIN_NOT_ALLOWED, True),
        (N.PREFLIGHT_INVALID_ALLOW_CREDENTIALS, True),
    ],
)
def test_each_initiator_has_its_word(initiator: Initiator, error: CorsErrorName, is_of_credentials: bool) -> None:
    text = chromium_text(Failure(error), Scene(URL, ORIGIN, 403, initiator=initiator))
    assert text.startswith(f"Access to {initiator.value} at '{URL}' from origin '{ORIGIN}' has been blocked by CORS")
    assert text.endswith(OF_XHR) == (is_of_credentials and initiator is Initiator.XML_HTTP_REQUEST)


def test_what_is_not_printable() -> None:
    texts = console_texts(failure(N.INVALID_ALLOW_ORIGIN_VALUE, "\u00e9\t\\"), SCENE)
    assert r"the invalid value '\u00E9\u0009\'." in texts.chromium
    assert "does not match ‘\ufffd\t\\’" in texts.firefox


@pytest.mark.parametrize("error", NetworkErrorName)
def test_every_network_error_has_words(error: NetworkErrorName) -> None:
    texts = network_error_texts(error, SCENE)
    assert texts.chromium.startswith("Failed to load resource: net::ERR_")
    if error is NetworkErrorName.CONTENT_DECODING_FAILED:
        assert (texts.firefox, "decode" in texts.safari) == ("TypeError: Decoding failed.", True)
    else:
        assert texts.firefox == f"{FIREFOX}{URL}. (Reason: CORS request did not succeed). Status code: (null)."
        assert texts.safari == f"Fetch API cannot load {URL} due to access control checks."


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NetworkErrorName.CONNECTION_FAILED, "CONNECTION_FAILED"),
        (NetworkErrorName.CONNECTION_REFUSED, "CONNECTION_REFUSED"),
        (NetworkErrorName.TLS_FAILED, "SSL_PROTOCOL_ERROR"),
        (NetworkErrorName.DIFFERENT_LOCATIONS, "RESPONSE_HEADERS_MULTIPLE_LOCATION"),
        (NetworkErrorName.REDIRECT_MODE_ERROR, "FAILED"),
    ],
)
def test_chromium_s_code(error: NetworkErrorName, code: str) -> None:
    assert network_error_texts(error, SCENE).chromium == f"Failed to load resource: net::ERR_{code}"
