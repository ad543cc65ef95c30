"""A fix is a value; what it changes is loaded when a change is made."""

import subprocess
import sys

from emulator.findings.changes import MendHandler
from emulator.findings.fix import NOTHING_TO_MEND, Fix


def test_a_fix_is_a_value() -> None:
    assert Fix((MendHandler("items"),)) == Fix((MendHandler("items"),)) != NOTHING_TO_MEND
    assert Fix() == NOTHING_TO_MEND


def test_the_classes_of_changes_are_not_loaded_with_it() -> None:
    code = "import sys, emulator.findings.finding; print([one for one in sys.modules if 'changes' in one])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
