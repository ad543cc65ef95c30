"""Every pure file is covered, each line and each branch, by its own test file alone: `make coverage`, or with the names
of parts (`aws functions.scaling`) of those parts alone.

The tests of the pure parts run once, and each test is a context of coverage.py. So that what one file's tests cover of
another does not count, a file is judged by the contexts of its own test file (the habit is mitmproxy's).
"""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

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


def run_tests(files: list[Path], data: Path) -> bool:
    """Run the tests of `files`, all at once; whether they pass."""
    tests = [str(test) for file in files if (test := own_test(file)).exists()]
    options = ["-q", "--no-header", "-n", "2", "--dist", "loadfile", "-m", "not browser", "-p", "no:cacheprovider"]
    measured = ["--cov=emulator", "--cov-branch", "--cov-context=test", "--cov-report="]
    command = [sys.executable, "-m", "pytest", *options, *measured, *tests]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "COVERAGE_FILE": str(data)}, check=False)
    return done.returncode == 0


def complaint(coverage: Coverage, path: Path) -> str | None:
    """What of a file neither importing it nor its own test file runs; None when nothing is left. So a file of plain
    values (constants, dataclasses, enumerations, protocols) needs no test file."""
    test = own_test(path).relative_to(ROOT)
    table = io.StringIO()
    try:
        covered = coverage.report(
            morfs=[str(path)],
            contexts=[AT_IMPORT, f"^{test}::"],
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
