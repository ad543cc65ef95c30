"""What the shell completes beside commands and options: names of findings, and of the configuration's functions."""

import click

from emulator.cli.found_configuration import usual_configuration


def finding_names(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """List the findings that `emulate explain` tells of."""
    from emulator.cli.explain import pages

    return [name for name in pages() if name.startswith(incomplete)]


def function_names(context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """List the functions of the configuration; none where it cannot be read."""
    from emulator.config.load import load
    from emulator.errors import EmulatorError

    try:
        functions = load(context.params.get("config") or usual_configuration()).deployment.functions
    except EmulatorError:
        return []
    return [name for name in functions if name.startswith(incomplete)]
