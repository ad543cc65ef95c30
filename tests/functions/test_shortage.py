import errno
import os
import subprocess
import sys

import pytest

from emulator.errors import WorkerError
from emulator.functions.shortage import affordable, is_another_affordable, shortage


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EMFILE, "files and connections open at once, and that is too few; before starting it, run ulimit -n "),
        (errno.ENFILE, "no file descriptor left for anyone"),
        (errno.EAGAIN, "starts no further process ("),
        (errno.ENOMEM, "not enough memory"),
        (errno.ENOENT, None),
    ],
)
def test_shortage(number: int, said: str | None) -> None:
    found = shortage(OSError(number, os.strerror(number)))
    assert said in found if said is not None and found is not None else found is said


@pytest.mark.parametrize("number", [errno.EMFILE, errno.EPERM])
def test_what_cannot_be_had_names_the_function(number: int) -> None:
    with pytest.raises(WorkerError, match="function 'items': "), affordable("items"):
        raise OSError(number, os.strerror(number))


LIMITED = """
import os, resource
from emulator.functions.shortage import is_another_affordable
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
taken = 0
while is_another_affordable():
    os.dup(0)
    taken += 1
print(20 < taken < 40, len(os.listdir("/dev/fd")) < 45)
while True:
    try:
        os.dup(0)
    except OSError:
        break
print(is_another_affordable())
"""


def test_some_descriptors_are_left_to_connections() -> None:
    command = [sys.executable, "-c", LIMITED]
    run = subprocess.run(command, capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)
    assert run.stdout == "True True\nFalse\n"


def test_there_is_room_in_these_tests() -> None:
    assert is_another_affordable()
