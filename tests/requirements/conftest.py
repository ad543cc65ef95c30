"""A checkout as make sees it, and Pythons that write down what they are asked instead of doing it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
TOOLS = ("make", "sh", "sed", "cp", "mkdir", "touch", "rm", "awk", "mktemp", "basename")

STAND_IN = """#!/bin/sh
case "$1 $2" in
    "-c "*) exec {real} -c 'import sys; code = sys.argv.pop(1); sys.version_info = {version}; exec(code)' "$2" "$3" ;;
    "-m venv") mkdir -p "$4/bin"; cp "$0" "$4/bin/python"
        printf '#!/bin/sh\\necho emulate $1 >>"$LOG"' >"$4/bin/emulate"
        {real} -c 'import os, sys; os.chmod(sys.argv[1], 0o755)' "$4/bin/emulate" ;;
    "-m pip") [ "$3" != --version ] || exit 0 ;;
esac
echo "$@" >>"$LOG"
[ -z "$FAIL" ]
"""


class Checkout:
    """Makefile, pyproject.toml and requirements/ in a folder of their own, with nothing but `bin` on the PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found, f"{tool} is not installed"
            (self.bin / tool).symlink_to(found)
        for name in ("Makefile", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)
        shutil.copytree(ROOT / "requirements", folder / "requirements")
        self._log = folder / "log"

    def add_python(self, name: str, *version: int) -> Path:
        """A command of that name that says it is Python `version`."""
        path = self.bin / name
        path.write_text(STAND_IN.format(real=sys.executable, version=version))
        path.chmod(0o755)
        return path

    def make(self, *arguments: str, fail: str = "") -> subprocess.CompletedProcess[str]:
        """Run make, not as a part of the one that may be running the tests."""
        environ = {"PATH": str(self.bin), "LOG": str(self._log), "FAIL": fail}
        return subprocess.run(
            ["make", *arguments], cwd=self.folder, env=environ, capture_output=True, text=True, check=False
        )

    def asked(self) -> list[str]:
        """What Pythons and `emulate` were asked since the last time, each in the words that matter."""
        lines = self._log.read_text().splitlines() if self._log.exists() else []
        self._log.unlink(missing_ok=True)
        said = [line.replace("-m pip install --quiet --disable-pip-version-check ", "") for line in lines]
        whole = [
            re.sub(r"--requirement \S*/(\w+)\.[01]\.txt", r"--requirement requirements/\1.txt", line) for line in said
        ]
        halves = [line for line in whole if "--requirement requirements/" in line]
        assert all(halves.count(line) % 2 == 0 for line in halves), "half of a lock is installed"
        return [
            line for index, line in enumerate(whole) if index == 0 or line not in halves or line != whole[index - 1]
        ]

    def change(self, name: str) -> None:
        """Make a file newer than everything that was made from it."""
        for path in self.folder.rglob("*"):
            if not path.is_symlink():
                os.utime(path, (0, 2_000 if ".venv" in path.parts else 1_000))
        os.utime(self.folder / name, (0, 3_000))


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)
