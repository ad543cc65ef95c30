"""The third-party applications of apps/, behind one `emulate serve` for all tests of this folder."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from serving.emulate import Served, serve

APPS = Path(__file__).parent / "apps"


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """Functions run under the interpreter that runs the tests; `python` on PATH is that one too, as in an activated
    virtual environment."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        with serve(APPS) as served:
            yield served
