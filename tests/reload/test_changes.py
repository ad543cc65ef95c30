from pathlib import Path

import pytest

from emulator.reload.changes import Touched, touched

CODE = {
    "items": [Path("/p/items"), Path("/p/layer")],
    "orders": [Path("/p/orders")],
    "bare": [],
    "all": [Path("/p"), Path("/layers/all")],
}
CONFIG = (Path("/p/emulator.yaml"),)


@pytest.mark.parametrize(
    ("paths", "functions", "configuration"),
    [
        pytest.param("items/app.py", {"items": "items/app.py", "all": "items/app.py"}, "", id="a-handler"),
        pytest.param(
            "items/lib/x.py orders/app.py",
            {"items": "items/lib/x.py", "orders": "orders/app.py", "all": "items/lib/x.py orders/app.py"},
            "",
            id="two-functions",
        ),
        pytest.param("layer/python/x.py", {"items": "layer/python/x.py", "all": "layer/python/x.py"}, "", id="a-layer"),
        pytest.param(
            "/layers/all/x.py orders/app.py",
            {"orders": "orders/app.py", "all": "/layers/all/x.py orders/app.py"},
            "",
            id="two-folders-of-one",
        ),
        pytest.param("items2/app.py", {"all": "items2/app.py"}, "", id="a-like-named-folder"),
        pytest.param("emulator.yaml", {}, "emulator.yaml", id="the-configuration-is-no-code"),
        pytest.param(
            "emulator.yaml orders/app.py",
            {"orders": "orders/app.py", "all": "orders/app.py"},
            "emulator.yaml",
            id="both",
        ),
        pytest.param("/elsewhere/app.py", {}, "", id="nobodys"),
        pytest.param("items", {"items": "items", "all": "items"}, "", id="the-folder-itself-went"),
    ],
)
def test_touched(paths: str, functions: dict[str, str], configuration: str) -> None:
    expected = Touched({name: below_p(own) for name, own in functions.items()}, below_p(configuration))
    assert touched(below_p(paths), CODE, CONFIG) == expected


def below_p(paths: str) -> frozenset[Path]:
    return frozenset(Path("/p", path) for path in paths.split())
