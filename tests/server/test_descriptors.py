import resource
import subprocess
import sys

import pytest

IN_ANOTHER_PROCESS = """
import resource
from emulator.errors import EmulatorError
from emulator.server.descriptors import enough_for, raise_limit, too_few_for
try:
    print(raise_limit(), raise_limit(), resource.getrlimit(resource.RLIMIT_NOFILE), enough_for())
    print(too_few_for(1), too_few_for(200), sep="\\n")
except EmulatorError as error:
    print(error)
"""


def said(soft: int, hard: int) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard)),
    )
    return run.stdout.splitlines()


FIX = "Before starting it, run ulimit -n 4096 (as root where that is refused; docker run: --ulimit nofile=...)."
HAVE = "The system lets emulate have %d files and connections open at once"
TOO_FEW = f"{HAVE % 256}: enough for about 69 of the 200 functions"
NOT_ONE = f"{HAVE % 40}, and it needs 51."


@pytest.mark.parametrize(
    ("soft", "hard", "expected"),
    [
        pytest.param(256, 4000, ["256 256 (4000, 4000) 1317", "None", "None"], id="raised"),
        pytest.param(1024, 1024, ["None None (1024, 1024) 325", "None", "None"], id="as-high-as-it-may-be"),
        pytest.param(256, 256, ["None None (256, 256) 69", "None", f"{TOO_FEW} to run. {FIX}"], id="too-few-for-some"),
        pytest.param(30, 40, [f"{NOT_ONE} {FIX}"], id="too-few-for-one"),
    ],
)
def test_limits(soft: int, hard: int, expected: list[str]) -> None:
    assert said(soft, hard) == expected
