import pytest

from emulator.aws.rest_api.response_headers import remapped


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("WWW-Authenticate", "x-amzn-Remapped-WWW-Authenticate"),
        ("server", "x-amzn-Remapped-server"),
        ("Transfer-Encoding", None),
        ("keep-alive", None),
        ("Access-Control-Allow-Origin", "Access-Control-Allow-Origin"),
    ],
)
def test_names(name: str, sent: str | None) -> None:
    assert remapped(((name, "x"),)) == (() if sent is None else ((sent, "x"),))
