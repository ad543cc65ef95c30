from datetime import UTC, datetime

import pytest

from emulator.browser.cookie_date import parse_cookie_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wed, 09 Jun 2021 10:18:14 GMT", datetime(2021, 6, 9, 10, 18, 14, tzinfo=UTC)),
        ("Wednesday, 09-Jun-21 10:18:14 GMT", datetime(2021, 6, 9, 10, 18, 14, tzinfo=UTC)),
        ("9 june 2021 1:2:3", datetime(2021, 6, 9, 1, 2, 3, tzinfo=UTC)),
        ("10:18:14 2021 9 Jun", datetime(2021, 6, 9, 10, 18, 14, tzinfo=UTC)),
        ("09 Jun 70 00:00:00", datetime(1970, 6, 9, tzinfo=UTC)),
        ("09 Jun 69 00:00:00", datetime(2069, 6, 9, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", datetime(1970, 1, 1, tzinfo=UTC)),
        ("09 Jun 1600 00:00:00", datetime(1600, 6, 9, tzinfo=UTC)),
    ],
)
def test_dates(text: str, expected: datetime) -> None:
    assert parse_cookie_date(text) == expected.timestamp()


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "09 Jun 2021", "10:18:14 09 Jun", "10:18:14 Jun 2021", "10:18:14 09 2021",
     "31 Feb 2021 00:00:00", "09 Jun 2021 25:00:00"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert parse_cookie_date(text) is None
