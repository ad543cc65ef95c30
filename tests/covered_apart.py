"""A plugin of pytest that leaves out the test files which `make coverage` runs: `make test` runs each test once.

PYTHONPATH=tests pytest -p covered_apart
"""

from pathlib import Path

from individual_coverage import judged, own_test

IN_A_BROWSER = "mark.browser"
"""What a test file holds some of whose tests `make coverage` leaves out: it is run here as a whole."""


def pytest_configure() -> None:
    _apart.update(test for path in judged(set()) if (test := own_test(path)).exists())


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out a file, by True; None leaves it to others."""
    return True if collection_path in _apart and IN_A_BROWSER not in collection_path.read_text() else None


_apart: set[Path] = set()
