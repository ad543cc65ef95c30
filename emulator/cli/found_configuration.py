"""Finds the configuration where the command line names none: here, or in the nearest folder above that has one."""

import os
from pathlib import Path

import click
from click.core import ParameterSource

from emulator.cli.sample import sample_folder

USUAL_FILE = Path("emulator.yaml")
ALSO_HERE = Path("emulator.yml")
"""A file of this name is meant, and the message that there is no emulator.yaml says so."""


def usual_configuration() -> Path:
    """Return `emulator.yaml`, or the path to the nearest one above, relative to here. Nothing is looked for above the
    repository or the home folder, and a file of another user's, who could have left it in a shared folder, is not
    taken: a configuration says what is run."""
    here = Path.cwd()
    if os.path.lexists(USUAL_FILE) or ALSO_HERE.exists():
        return USUAL_FILE
    for folder in (here, *here.parents):
        if folder != here and _is_own(folder / USUAL_FILE):
            return Path(os.path.relpath(folder / USUAL_FILE, here))
        if folder == Path.home() or (folder / ".git").exists():
            break
    return USUAL_FILE


def _is_own(file: Path) -> bool:
    try:
        return file.stat().st_uid in (os.getuid(), 0)
    except OSError:
        return False


def configuration(context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    """Return the file that `--config` names, or the sample's for `serve --sample`, or else find it, and say on standard
    error where that is not here. Raises click.UsageError for both options at once."""
    if context.params.get("sample"):
        if context.get_parameter_source("config") is ParameterSource.COMMANDLINE:
            raise click.UsageError("--sample is a configuration of its own: leave --config out.")
        return sample_folder() / USUAL_FILE
    if value is not None:
        return value
    found = usual_configuration()
    if found != USUAL_FILE and not context.resilient_parsing:
        click.echo(f"The configuration is {found}: this folder has none.", err=True)
    return found
