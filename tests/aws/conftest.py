import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A busy machine must not fail a property by the clock.
settings.register_profile("no-clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no-clock")

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def golden() -> Callable[[str], Any]:
    """An event of tests/aws/golden, its keys in the order of the file."""
    return lambda name: json.loads((GOLDEN / f"{name}.json").read_text())
