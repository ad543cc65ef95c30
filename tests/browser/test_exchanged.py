import pytest

from emulator.browser.exchanged import Send


@pytest.mark.parametrize(
    ("name", "expected"), [("accept", "*/*"), ("ORIGIN", "https://a.example"), ("X-A", "1, 2"), ("cookie", None)]
)
def test_a_header_of_a_request(name: str, expected: str | None) -> None:
    headers = (("Accept", "*/*"), ("x-a", "1"), ("Origin", "https://a.example"), ("X-A", "2"))
    assert Send("GET", "https://api.example/", headers).header(name) == expected
