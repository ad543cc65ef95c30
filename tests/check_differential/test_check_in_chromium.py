"""Real Chromium does what `emulate check` says, for one call in twelve; `make check-differential` makes all."""

from pathlib import Path

import pytest

from check_differential.compared import compare


@pytest.mark.browser
def test_chromium_agrees(tmp_path: Path, chromium_binary: Path) -> None:
    done = list(compare(tmp_path, chromium_binary, 12))
    assert len(done) > 30
    assert not [str(one) for one in done if not one.agrees]
