"""Complaints about resources stand where the resource is declared."""

import pytest

from emulator.config.complaint import Complaint
from emulator.config.located import located
from emulator.deployment import Place

PLACES = {
    ("api", "shop"): Place("template.yaml", 7, "Resources.Shop"),
    ("api", "shop", "cors"): Place("cors.yaml", 3, "Resources.Shop.Properties.CorsConfiguration"),
}


@pytest.mark.parametrize(
    ("resource", "start"),
    [
        pytest.param(("api", "shop"), "template.yaml:7: warning: Resources.Shop: a; ", id="declared"),
        pytest.param(
            ("api", "shop", "cors", "allowOrigins", 0),
            "cors.yaml:3: warning: Resources.Shop.Properties.CorsConfiguration: a; ",
            id="within",
        ),
        pytest.param(("function", "items"), "warning: a; ", id="nowhere"),
    ],
)
def test_located(resource, start):
    (problem,) = located([Complaint(resource, "a", "b", "c", is_warning=True)], PLACES)
    assert str(problem) == f"{start}expected b. c"
