"""Another user of this machine, who runs curl: nobody, as whom root may run what it likes, and others by sudo."""

import os
import shutil
import subprocess

import pytest

NOBODY = 65534


def curl(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """What another user gets, who types `given`. Who can be no other is skipped, but fails where CI=true: there it must
    have run."""
    program = shutil.which("curl")
    assert program is not None
    command = [program, "--silent", "--show-error", "--noproxy", "*", "--max-time", "10", *arguments]
    if os.geteuid() == 0:
        command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]
    else:
        sudo = ["sudo", "--non-interactive", f"--user=#{NOBODY}"]
        if shutil.which("sudo") is None or subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode:
            reason = "neither root nor sudo: nobody can be asked to be another user"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        command = [*sudo, *command]
    return subprocess.run(command, cwd="/", input=given, capture_output=True, text=True, check=False)
