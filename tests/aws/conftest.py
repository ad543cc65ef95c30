import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden() -> Callable[[str], Any]:
    """An event of tests/aws/golden, its keys in the order of the file."""
    return lambda name: json.loads((GOLDEN / f"{name}.json").read_text())
