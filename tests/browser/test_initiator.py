"""What a request was made by, as far as the wire shows it."""

import pytest

from emulator.browser.initiator import OF_DESTINATION, Initiator, initiator_of, is_loaded
from emulator.messages import Request


def sent(**headers: str) -> Request:
    return Request("GET", "/x", headers=tuple((name.replace("_", "-"), value) for name, value in headers.items()))


@pytest.mark.parametrize(("destination", "initiator"), OF_DESTINATION.items())
def test_by_its_destination(destination: str, initiator: Initiator) -> None:
    request = sent(Sec_Fetch_Dest=destination, Accept="*/*")
    assert initiator_of(request) is initiator
    assert is_loaded(request)


OF_AXIOS = "application/json, text/plain, */*"
CALLED = [
    pytest.param(sent(), Initiator.FETCH, id="curl"),
    pytest.param(sent(Sec_Fetch_Dest="empty", Accept="*/*"), Initiator.FETCH, id="nothing-shows-it"),
    pytest.param(sent(Accept="application/json"), Initiator.FETCH, id="of-the-page"),
    pytest.param(sent(Sec_Fetch_Dest="empty", Accept=OF_AXIOS), Initiator.XML_HTTP_REQUEST, id="axios"),
    pytest.param(
        sent(Accept="application/json, text/javascript, */*; q=0.01"), Initiator.XML_HTTP_REQUEST, id="jquery"
    ),
    pytest.param(sent(X_Requested_With="XMLHttpRequest"), Initiator.XML_HTTP_REQUEST, id="by-its-own-word"),
    pytest.param(sent(X_Requested_With="com.example.app"), Initiator.FETCH, id="a-web-view-s-name"),
    pytest.param(sent(Accept="text/event-stream", Cache_Control="no-cache"), Initiator.EVENT_SOURCE, id="eventsource"),
    pytest.param(sent(Accept="text/event-stream"), Initiator.FETCH, id="a-stream-by-fetch"),
    pytest.param(sent(Sec_Purpose="prefetch", Sec_Fetch_Dest="empty"), Initiator.LINK_PREFETCH, id="prefetch"),
]


@pytest.mark.parametrize(("request_", "initiator"), CALLED)
def test_by_its_headers(request_: Request, initiator: Initiator) -> None:
    assert initiator_of(request_) is initiator
    assert not is_loaded(request_)
