"""What Linux, Docker Desktop, WSL 2 and virtual machines write into /proc/self/mountinfo; where events are enough."""

from pathlib import Path

import pytest

from emulator.reload.mounts import read_mounts, silent_folder

ROOT = "81 33 0:31 / / rw,relatime master:1 - overlay overlay rw,lowerdir=/a:/b,upperdir=/c,workdir=/d"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("82 81 0:45 / /srv/api ro,relatime - fuse /home/me/shop rw,user_id=0,group_id=0", id="bindfs"),
        pytest.param("82 81 0:45 / /srv rw,relatime - fuse.sshfs me@far:/srv rw,user_id=0", id="a-folder-above-it"),
        pytest.param(
            r"82 81 0:46 /code /srv/api rw,noatime - 9p C:\134 rw,dirsync,aname=drvfs;path=C:\;uid=0,trans=fd",
            id="wsl-2",
        ),
        pytest.param(
            "82 81 0:46 /Users/me/shop /srv/api rw,nosuid - fakeowner /run/host_mark/Users rw", id="docker-desktop-mac"
        ),
        pytest.param(
            "82 81 0:46 / /srv/api rw,relatime - fuse.grpcfuse grpcfuse rw", id="docker-desktop-mac-of-before"
        ),
        pytest.param("82 81 0:46 / /srv/api rw,relatime - virtiofs mount0 rw", id="lima"),
        pytest.param(
            "82 81 0:46 / /srv/api rw shared:2 master:9 - nfs4 files:/export rw,vers=4.2", id="optional-fields"
        ),
        pytest.param("82 81 0:46 / /srv/api rw,relatime - vboxsf shop rw", id="virtualbox"),
    ],
)
def test_silent(line: str) -> None:
    folder = Path("/srv/api/handlers")
    found = silent_folder({Path("/srv"), folder, Path("/opt/layer")}, read_mounts(f"{ROOT}\n{line}\n"))
    assert found is not None
    assert found == (Path("/srv") if " /srv " in line else folder, line.split(" - ")[1].split()[0])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("82 81 254:1 /home/me/shop /srv/api ro,relatime - ext4 /dev/vda1 rw", id="bind-mount-on-linux"),
        pytest.param("82 81 0:45 / /srv/api rw,relatime - fuseblk /dev/sdb1 rw", id="a-disk"),
        pytest.param("82 81 0:45 / / rw,relatime - fuse.fuse-overlayfs fuse-overlayfs rw", id="podman-without-root"),
        pytest.param("82 81 0:45 / /srv/api/other rw,relatime - fuse bindfs rw", id="elsewhere"),
        pytest.param("82 81 0:45 / /srv/ap rw,relatime - nfs files:/ rw", id="a-name-that-begins-alike"),
        pytest.param(
            "82 81 0:45 / /srv/api rw - 9p host rw\n83 82 254:1 / /srv/api rw - ext4 /dev/vda1 rw",
            id="hidden-by-another",
        ),
        pytest.param("something else", id="not-understood"),
    ],
)
def test_not_silent(line: str) -> None:
    assert silent_folder({Path("/srv/api/handlers")}, read_mounts(f"{ROOT}\n{line}\n")) is None


def test_outside_every_mount() -> None:
    assert silent_folder({Path("/srv")}, read_mounts("82 81 0:45 / /mnt/c rw - 9p drvfs rw")) is None


def test_escapes() -> None:
    line = r"82 81 0:45 / /mnt/my\040shop\011\134 rw,relatime - nfs files:/my\040shop rw"
    assert read_mounts(line) == {Path("/mnt/my shop\t\\"): "nfs"}


def test_of_this_machine() -> None:
    file = Path("/proc/self/mountinfo")
    if not file.exists():
        pytest.skip("no /proc/self/mountinfo here")
    assert Path("/") in read_mounts(file.read_text(errors="surrogateescape"))
