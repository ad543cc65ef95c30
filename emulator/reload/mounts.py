"""Which mounts tell nothing of what is saved on their other side: on the host of a virtual machine, on a file server.
Knows no file system; the types are those of Linux, as /proc/self/mountinfo names them."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_SILENT = frozenset(
    {
        "9p",  # WSL 2: the drives of Windows; Lima and Colima; gVisor
        "virtiofs",  # Lima, Colima, Podman's machines; WSL 2, where it is asked for
        "fakeowner",  # Docker Desktop for Mac, above virtiofs
        "osxfs",  # Docker Desktop for Mac, formerly; as grpcfuse
        "grpcfuse",
        "drvfs",  # WSL 1
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "vboxsf",  # VirtualBox
        "vmhgfs",  # VMware
        "prl_fs",  # Parallels
        "afs",
        "ceph",
        "lustre",
    }
)
"""Types of which the kernel makes events of this side's writes only. Docker Desktop passes on some of the others, late,
as others than those that the editor caused."""

_FUSE = "fuse"
"""The type, or the beginning of `fuse.NAME`, of what a program serves (fuse.sshfs, fuse.grpcfuse, fuse.bindfs): what it
serves may change behind it, and no such program tells of that by events."""

_TELLING = frozenset({"fuse.fuse-overlayfs"})
"""The file system of a container without root, which nobody else writes to."""

_ESCAPE = re.compile(r"\\([0-7]{3})")

Mounts = Mapping[Path, str]
"""The type of what is mounted, by where it is."""


def read_mounts(mountinfo: str) -> Mounts:
    """Read /proc/self/mountinfo (proc_pid_mountinfo(5)), in which blanks within a path are written as octal escapes. Of
    two mounts at one place the later hides the earlier."""
    mounts = {}
    for line in mountinfo.splitlines():
        where, _, what = line.partition(" - ")
        places, kinds = where.split(" "), what.split(" ")
        if len(places) >= 5:
            mounts[Path(_ESCAPE.sub(lambda escape: chr(int(escape[1], 8)), places[4]))] = kinds[0]
    return mounts


def silent_folder(folders: Iterable[Path], mounts: Mounts) -> tuple[Path, str] | None:
    """Return the first of `folders`, real paths, in which not every save causes an event, and the type of its mount;
    None where all do. To look through all of them costs nothing where there is no such mount."""
    if not any(_is_silent(kind) for kind in mounts.values()):
        return None
    for folder in sorted(folders):
        kind = next((mounts[place] for place in (folder, *folder.parents) if place in mounts), "")
        if _is_silent(kind):
            return folder, kind
    return None


def _is_silent(kind: str) -> bool:
    return kind in _SILENT or (kind.partition(".")[0] == _FUSE and kind not in _TELLING)
