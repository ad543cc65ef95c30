import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from emulator.aws.product import Stamp

# A busy machine must not fail a property by the clock.
settings.register_profile("no-clock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no-clock")

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def stamp() -> Stamp:
    return Stamp(
        epoch_ms=1783711145766,
        request_id="7c2af7db-31f3-42b5-8a6d-9ffc74e3b9e0",
        extended_request_id="ATfSmjLgPHcESJw=",
        trace_root="1-6a5145a9-1bae89e2512ec92d5d9438a0",
    )


@pytest.fixture
def golden() -> Callable[[str], Any]:
    """An event of tests/aws/golden, its keys in the order of the file."""
    return lambda name: json.loads((GOLDEN / f"{name}.json").read_text())
