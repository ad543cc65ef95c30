"""The TypeErrors of the `Request` constructor, in each browser's words.

Chromium's and Firefox's are as the browsers throw them from `fetch()` in a window (Chromium 156, Firefox 153); Safari's
are as WebKit's source has them (FetchRequest.cpp, FetchHeaders.cpp).
"""

from emulator.browser.verdict import ConsoleTexts, RequestError, RequestErrorName

_CHROMIUM = "Failed to execute 'fetch' on 'Window': "
_FIREFOX = "Window.fetch: "
_TEXTS = {
    RequestErrorName.INVALID_URL: (
        "Failed to parse URL from {value}",
        "{value} is not a valid URL.",
        "URL is not valid or contains user credentials.",
    ),
    RequestErrorName.URL_WITH_CREDENTIALS: (
        "Request cannot be constructed from a URL that includes credentials: {value}",
        "{value} is an url with embedded credentials.",
        "URL is not valid or contains user credentials.",
    ),
    RequestErrorName.NAVIGATE_MODE: (
        "Cannot construct a Request with a RequestInit whose mode member is set as 'navigate'.",
        "Invalid request mode navigate.",
        "Request constructor does not accept navigate fetch mode.",
    ),
    RequestErrorName.INVALID_METHOD: (
        "'{value}' is not a valid HTTP method.",
        "Invalid request method {value}.",
        "Method is not a valid HTTP token.",
    ),
    RequestErrorName.FORBIDDEN_METHOD: (
        "'{value}' HTTP method is unsupported.",
        "Invalid request method {value}.",
        "Method is forbidden.",
    ),
    RequestErrorName.METHOD_IN_NO_CORS: (
        "'{value}' is unsupported in no-cors mode.",
        "Invalid request method {value}.",
        "Method must be GET, POST or HEAD in no-cors mode.",
    ),
    RequestErrorName.INVALID_HEADER_NAME: (
        "Invalid name",
        "{value} is an invalid header name.",
        "Invalid header name: '{value}'",
    ),
    RequestErrorName.INVALID_HEADER_VALUE: (
        "Invalid value",
        "{value} is an invalid header value.",
        "Header has invalid value: '{value}'",
    ),
    RequestErrorName.NOT_A_BYTE_STRING: (
        "Failed to read the 'headers' property from 'RequestInit': String contains non ISO-8859-1 code point.",
        (
            "Cannot convert value in sequence<sequence<ByteString>> branch of "
            "(sequence<sequence<ByteString>> or record<ByteString, ByteString>) to ByteString because the character "
            "at index {index} has value {code} which is greater than 255."
        ),
        "Type error",
    ),
    RequestErrorName.BODY_WITH_GET_OR_HEAD: (
        "Request with GET/HEAD method cannot have body.",
        "HEAD or GET Request cannot have a body.",
        "Request has method '{value}' and cannot have a body",
    ),
}
"""Error -> what Chromium, Firefox and Safari say, in this order."""


def request_error(error: RequestErrorName, value: str) -> RequestError:
    """Make the verdict on a call that is wrong in itself; `value` is the method, URL, header name or value refused."""
    index = next((place for place, character in enumerate(value) if character > "\xff"), 0)
    code = ord(value[index]) if value else 0
    chromium, firefox, safari = (text.format(value=value, index=index, code=code) for text in _TEXTS[error])
    return RequestError(error, ConsoleTexts(_CHROMIUM + chromium, _FIREFOX + firefox, safari))
