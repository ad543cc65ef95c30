"""What a run of `emulate serve` is asked to do."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from emulator.control.control_port import ControlSettings
from emulator.terminal import WIDTH


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the command line of `serve`. `port` is the first API's, None when the configuration decides;
    `debug` holds FUNCTION[:PORT]; `env_files` are as in config.load; `allow_hosts` are answered beside the
    configuration's; `enforce` False overrides every API's own; `control` None has no control port. `columns` tells how
    wide a line of text may be now; the console is written to `stream`, which may be a terminal (`is_terminal`). `began`
    is when the process did, in seconds of perf_counter."""

    config: Path
    host: str
    port: int | None
    reload: bool = True
    enforce: bool = True
    platform_logs: bool = True
    as_json: bool = False
    poll: bool = False
    colour: bool = False
    columns: Callable[[], int] = lambda: WIDTH
    is_terminal: bool = False
    debug: tuple[str, ...] = ()
    env_files: tuple[Path, ...] = ()
    allow_hosts: tuple[str, ...] = ()
    control: ControlSettings | None = None
    stream: TextIO = field(default_factory=lambda: sys.stdout)
    began: float = field(default_factory=time.perf_counter)

    @property
    def has_keys(self) -> bool:
        """Whether a person looks on and can press keys."""
        return self.is_terminal and not self.as_json and sys.stdin.isatty()
