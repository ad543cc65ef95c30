"""A few seconds of `make fuzz`, with a seed that stays the same."""

import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]


def test_a_few_seconds() -> None:
    command = [sys.executable, "-m", "fuzz", "--cases", "1500", "--seconds", "20", "--seed", "8"]
    environ = os.environ | {"PYTHONPATH": str(TESTS)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("seed 8\n")
