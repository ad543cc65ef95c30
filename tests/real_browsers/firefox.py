"""The one way tests start Firefox: which binary, headless, an empty profile, everything gone afterwards."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from serving.ports import free_port

if TYPE_CHECKING:
    from marionette_driver.marionette import Marionette

DEFAULT_BINARY = "/usr/bin/firefox-esr"


def find_firefox() -> Path | None:
    """$FIREFOX (a path or a command's name), else Debian's; None when neither is there."""
    found = shutil.which(os.environ.get("FIREFOX") or DEFAULT_BINARY)
    return Path(found) if found else None


@contextmanager
def open_firefox(binary: Path) -> "Iterator[Marionette]":
    """A running headless Firefox with an empty profile; it and its profile go on leaving."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # when they are compiled, of their own spelling
        from marionette_driver.marionette import Marionette
        from mozlog import structuredlog
    # A logger without handlers keeps the driver from printing the version of everything.
    structuredlog.set_default_logger(structuredlog.StructuredLogger("firefox"))
    with tempfile.TemporaryDirectory(prefix="emulate-firefox-", ignore_cleanup_errors=True) as logs:
        marionette = Marionette(
            bin=str(binary), host="127.0.0.1", port=free_port(), headless=True, gecko_log=f"{logs}/log"
        )
        try:
            marionette.start_session()
            yield marionette
        finally:
            marionette.cleanup()
