"""The picture of README shows what `emulate serve` says today."""

from generator.picture import PICTURE, lines_of, plain, shown


def test_the_picture_is_what_serve_says() -> None:
    assert lines_of(PICTURE.read_text()) == plain(shown()).splitlines(), "run `make docs`"


def test_it_needs_nothing_of_another_site() -> None:
    """GitHub shows pictures without what they would load."""
    assert "url(http" not in PICTURE.read_text()
