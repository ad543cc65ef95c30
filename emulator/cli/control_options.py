"""The options of the control port."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from emulator.control.default_port import DEFAULT_PORT

if TYPE_CHECKING:
    from emulator.control.control_port import ControlSettings

CONTROL_PORT = click.option(
    "--control-port",
    type=click.IntRange(0, 65535),
    help="Port of /health, /events and /exchanges; 0 takes any free one. "
    f"Default: {DEFAULT_PORT} or the next that is free.",
)
CONTROL_HOST = click.option(
    "--control-host", default="127.0.0.1", show_default=True, help="Address that the control port listens on."
)
NO_CONTROL = click.option("--no-control", is_flag=True, help="No control port.")


def control_port_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of its control port."""
    return CONTROL_PORT(CONTROL_HOST(NO_CONTROL(command)))


def control_settings(values: dict[str, Any]) -> ControlSettings | None:
    """Take the options of the control port out of `values`, all of the command line; None for no control port."""
    from emulator.control.control_port import ControlSettings

    host, port = values.pop("control_host"), values.pop("control_port")
    return None if values.pop("no_control") else ControlSettings(host, port)
