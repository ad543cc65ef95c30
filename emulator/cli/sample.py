"""Where the sample shop lies: `emulate serve --sample`."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def sample_folder() -> Path:
    """Return the folder with the sample's emulator.yaml, handlers and page: part of the installed package, or, where
    that is a clone, the clone."""
    installed = PACKAGE / "sample"
    return installed if installed.is_dir() else PACKAGE.parent
