"""Real Chromium does what `emulate check` says, for one call in twelve; `make check-differential` makes all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from check_differential.compared import compare, mistakes, shop


@pytest.mark.browser
@pytest.mark.parametrize(
    ("written", "least"), [pytest.param(shop, 30, id="shop"), pytest.param(mistakes, 8, id="mistakes")]
)
def test_chromium_agrees(written: Callable[[Path], None], least: int, tmp_path: Path, chromium_binary: Path) -> None:
    written(tmp_path)
    done = list(compare(tmp_path, chromium_binary, 12))
    assert len(done) > least
    assert not [str(one) for one in done if not one.agrees]
