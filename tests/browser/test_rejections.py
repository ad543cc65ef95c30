import pytest

from emulator.browser.console_text import Scene
from emulator.browser.modes import Credentials
from emulator.browser.preflight import PreflightQuestion, preflight_check
from emulator.browser.profiles import SPEC
from emulator.browser.rejections import blocked, blocked_by_preflight, network_error
from emulator.browser.verdict import CorsErrorName, Failure, NetworkErrorName
from emulator.messages import Response

N = CorsErrorName
SCENE = Scene("https://api.example/", "https://app.example", 403)
OF_THE_TRANSPORT = {
    NetworkErrorName.CONNECTION_FAILED,
    NetworkErrorName.CONNECTION_REFUSED,
    NetworkErrorName.NAME_NOT_RESOLVED,
    NetworkErrorName.TIMED_OUT,
    NetworkErrorName.EMPTY_RESPONSE,
    NetworkErrorName.CERTIFICATE_REFUSED,
    NetworkErrorName.TLS_FAILED,
    NetworkErrorName.CONTENT_DECODING_FAILED,
}


def test_a_blocked_response() -> None:
    response = Response(200, (("Access-Control-Allow-Origin", "https://b.example"),))
    failure = Failure(
        N.ALLOW_ORIGIN_MISMATCH, "Access-Control-Allow-Origin", ("https://b.example",), "https://b.example"
    )
    verdict = blocked(failure, SCENE, response)
    assert (verdict.error, verdict.header, verdict.value) == (failure.error, failure.header, "https://b.example")
    assert (verdict.disallowed, verdict.response) == ((), response)
    assert "has a value 'https://b.example' that is not equal to the supplied origin." in verdict.messages.chromium
    assert "does not match ‘https://b.example’" in verdict.messages.firefox
    assert "is not allowed by Access-Control-Allow-Origin" in verdict.messages.safari


def test_a_call_that_nothing_was_sent_for() -> None:
    verdict = blocked(Failure(N.DISALLOWED_BY_MODE), SCENE)
    assert (verdict.header, verdict.value, verdict.response) == (None, None, None)


@pytest.mark.parametrize(
    ("status", "headers", "error", "firefox", "safari"),
    [
        pytest.param(
            403,
            (("Access-Control-Allow-Origin", "https://app.example"),),
            N.PREFLIGHT_INVALID_STATUS,
            "CORS preflight response did not succeed",
            "Preflight response is not successful. Status code: 403",
            id="all-find-the-status",
        ),
        pytest.param(
            403,
            (),
            N.PREFLIGHT_MISSING_ALLOW_ORIGIN_HEADER,
            "CORS header ‘Access-Control-Allow-Origin’ missing",
            "Preflight response is not successful. Status code: 403",
            id="safari-looks-at-the-status-first",
        ),
        pytest.param(
            204,
            (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Headers", "a b")),
            N.INVALID_ALLOW_HEADERS_PREFLIGHT_RESPONSE,
            "Did not find method in CORS header ‘Access-Control-Allow-Methods’",
            "Header Access-Control-Allow-Headers has an invalid value: a b",
            id="firefox-looks-for-the-method-before-it-parses-headers",
        ),
    ],
)
def test_each_browser_tells_of_what_it_comes_upon_first(status, headers, error, firefox, safari) -> None:
    question = PreflightQuestion("https://app.example", Credentials.SAME_ORIGIN, "PUT", ("x-a",))
    response = Response(status, headers)
    failure = preflight_check(question, response)
    assert failure is not None
    verdict = blocked_by_preflight(failure, question, response, SCENE)
    assert (verdict.error, verdict.response) == (error, response)
    assert firefox in verdict.messages.firefox
    assert safari in verdict.messages.safari


def test_a_browser_that_lets_a_preflight_pass_is_given_the_others_failure() -> None:
    question = PreflightQuestion("https://app.example", Credentials.SAME_ORIGIN, "GET", ("authorization",))
    response = Response(204, (("Access-Control-Allow-Origin", "*"), ("Access-Control-Allow-Headers", "*")))
    failure = preflight_check(question, response, SPEC)
    assert failure is not None
    verdict = blocked_by_preflight(failure, question, response, SCENE)
    assert "header ‘authorization’ is not allowed" in verdict.messages.firefox
    assert "Request header field authorization is not allowed" in verdict.messages.safari


@pytest.mark.parametrize("error", NetworkErrorName)
def test_why_a_call_fails(error: NetworkErrorName) -> None:
    assert bool(network_error(error, SCENE).reason) is (error not in OF_THE_TRANSPORT)


def test_the_transport_s_reason() -> None:
    response = Response(200)
    verdict = network_error(NetworkErrorName.CONTENT_DECODING_FAILED, SCENE, response, "the body is not gzip")
    assert (verdict.reason, verdict.response) == ("the body is not gzip", response)
    assert verdict.messages.chromium == "Failed to load resource: net::ERR_CONTENT_DECODING_FAILED"
