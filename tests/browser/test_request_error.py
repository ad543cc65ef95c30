import pytest

from emulator.browser.request_error import request_error
from emulator.browser.verdict import RequestErrorName

N = RequestErrorName
URL_IN_SAFARI = "URL is not valid or contains user credentials."


@pytest.mark.parametrize(
    ("error", "value", "chromium", "firefox", "safari"),
    [
        (
            N.INVALID_URL,
            "http://",
            "Failed to parse URL from http://",
            "http:// is not a valid URL.",
            URL_IN_SAFARI,
        ),
        (
            N.URL_WITH_CREDENTIALS,
            "http://u:p@x/",
            "Request cannot be constructed from a URL that includes credentials: http://u:p@x/",
            "http://u:p@x/ is an url with embedded credentials.",
            URL_IN_SAFARI,
        ),
        (
            N.NAVIGATE_MODE,
            "",
            "Cannot construct a Request with a RequestInit whose mode member is set as 'navigate'.",
            "Invalid request mode navigate.",
            "Request constructor does not accept navigate fetch mode.",
        ),
        (
            N.INVALID_METHOD,
            "a b",
            "'a b' is not a valid HTTP method.",
            "Invalid request method a b.",
            "Method is not a valid HTTP token.",
        ),
        (
            N.FORBIDDEN_METHOD,
            "Trace",
            "'Trace' HTTP method is unsupported.",
            "Invalid request method Trace.",
            "Method is forbidden.",
        ),
        (
            N.METHOD_IN_NO_CORS,
            "PUT",
            "'PUT' is unsupported in no-cors mode.",
            "Invalid request method PUT.",
            "Method must be GET, POST or HEAD in no-cors mode.",
        ),
        (
            N.INVALID_HEADER_NAME,
            "a b",
            "Invalid name",
            "a b is an invalid header name.",
            "Invalid header name: 'a b'",
        ),
        (
            N.INVALID_HEADER_VALUE,
            "x\ny",
            "Invalid value",
            "x\ny is an invalid header value.",
            "Header has invalid value: 'x\ny'",
        ),
        (
            N.NOT_A_BYTE_STRING,
            "1€",
            "Failed to read the 'headers' property from 'RequestInit': String contains non ISO-8859-1 code point.",
            (
                "Cannot convert value in sequence<sequence<ByteString>> branch of (sequence<sequence<ByteString>> or "
                "record<ByteString, ByteString>) to ByteString because the character at index 1 has value 8364 which "
                "is greater than 255."
            ),
            "Type error",
        ),
        (
            N.BODY_WITH_GET_OR_HEAD,
            "HEAD",
            "Request with GET/HEAD method cannot have body.",
            "HEAD or GET Request cannot have a body.",
            "Request has method 'HEAD' and cannot have a body",
        ),
    ],
)
def test_every_browser_s_type_error(error: N, value: str, chromium: str, firefox: str, safari: str) -> None:
    refused = request_error(error, value)
    assert refused.error is error
    assert refused.message == refused.messages.chromium == f"Failed to execute 'fetch' on 'Window': {chromium}"
    assert refused.messages.firefox == f"Window.fetch: {firefox}"
    assert refused.messages.safari == safari
