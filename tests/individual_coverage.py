"""Every pure file is covered, each line and each branch, by its own test file alone: `make coverage`, or with the names
of parts (`aws functions.scaling`) of those parts alone.

The tests of the pure parts run once, and each test file is a context of coverage.py. So that what one file's tests
cover of another does not count, a file is judged by the context of its own test file (the habit is mitmproxy's). The
processes that run the tests load this module as a plugin of pytest.
"""

import importlib
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from coverage import Coverage
from coverage.exceptions import NoDataError

from test_architecture import FILES, PACKAGE, PURE, RIM, ROOT, name_of, part_of

AT_IMPORT = "^$"
"""The context of what runs when a module is imported."""


def own_test(path: Path) -> Path:
    """`emulator/aws/limits.py` is tested by `tests/aws/test_limits.py`."""
    return ROOT / "tests" / path.relative_to(PACKAGE).with_name(f"test_{path.name}")


def judged(parts: set[str]) -> list[Path]:
    """The pure files that hold code, in `parts` or, where there are none, in all."""
    pure = [path for path in FILES if part_of(name_of(path), PURE) and name_of(path) not in RIM]
    return [path for path in pure if path.name != "__init__.py" and (not parts or part_of(name_of(path), parts))]


def pytest_collection() -> None:
    """Import every file, so that what importing it runs is known whichever tests import it, and when."""
    for path in judged(set()):
        importlib.import_module(f"{PACKAGE.name}.{name_of(path)}")


@pytest.fixture(scope="module", autouse=True)
def _context_of_the_file(request: pytest.FixtureRequest) -> None:
    """Begin the context of a test file, with nothing in a cache that the tests of another have run a function for."""
    for name, module in sys.modules.copy().items():
        if name.startswith("emulator."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
    measuring = Coverage.current()
    assert measuring is not None
    measuring.switch_context(str(request.path.relative_to(ROOT)))


def run_tests(files: list[Path], data: Path) -> bool:
    """Run the tests of `files`, all at once; whether they pass."""
    tests = [str(test) for file in files if (test := own_test(file)).exists()]
    options = ["-q", "--no-header", "-n", "2", "--dist", "loadfile", "-m", "not browser", "-p", "no:cacheprovider"]
    measured = ["--cov=emulator", "--cov-branch", "--cov-report=", "-p", Path(__file__).stem]
    command = [sys.executable, "-m", "pytest", *options, *measured, *tests]
    environ = {**os.environ, "COVERAGE_FILE": str(data), "PYTHONPATH": str(Path(__file__).parent)}
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode == 0


def complaint(coverage: Coverage, path: Path) -> str | None:
    """What of a file neither importing it nor its own test file runs; None when nothing is left. So a file of plain
    values (constants, dataclasses, enumerations, protocols) needs no test file."""
    test = own_test(path).relative_to(ROOT)
    table = io.StringIO()
    try:
        covered = coverage.report(
            morfs=[str(path)],
            contexts=[AT_IMPORT, f"^{test}$"],
            file=table,
            show_missing=True,
            skip_empty=True,
        )
    except NoDataError:
        covered = 0.0
    if covered == 100:
        return None
    if not own_test(path).exists():
        return f"{path.relative_to(ROOT)} has no {test}"
    missing = table.getvalue().splitlines()[2].split("%", 1)[-1].strip()
    return f"{path.relative_to(ROOT)} is covered to {covered:.1f} % by {test}: {missing} is left"


def main() -> int:
    files = judged(set(sys.argv[1:]))
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "coverage"
        if not run_tests(files, data):
            return 1
        coverage = Coverage(data_file=str(data), branch=True)
        coverage.load()
        complaints = [said for path in files if (said := complaint(coverage, path)) is not None]
    sys.stdout.write(
        "\n".join(
            [*complaints, f"{len(files) - len(complaints)} of {len(files)} pure files covered by their own tests"]
        )
        + "\n"
    )
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
