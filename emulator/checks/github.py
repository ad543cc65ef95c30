"""A report as GitHub's workflow commands, which annotate the lines to mend in a pull request (GitHub: Workflow commands
for GitHub Actions). Pure."""

from emulator.checks.causes import Cause
from emulator.checks.report import Report, told_of
from emulator.checks.text import last_line
from emulator.findings.finding import Severity

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def commands(report: Report) -> str:
    """Write a command for each cause, the worst first (GitHub shows ten of a kind), and the last line of the text."""
    return "".join(f"{line}\n" for line in [*map(_command, report.causes), last_line(report, lambda text, _: text)])


def _command(cause: Cause) -> str:
    properties = {"title": cause.name}
    if cause.place is not None:
        properties = {"file": cause.place.file, "line": str(cause.place.line), **properties}
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    said = [*([f"Fix: {cause.fix}"] if cause.fix else []), cause.message, *told_of(cause.cells)]
    return f"::{COMMANDS[cause.severity]} {listed}::{_data(chr(10).join(said))}"


def _data(text: str) -> str:
    """Escape a message as the runner reads it (actions/toolkit, core/src/command.ts: escapeData)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a property's value, which ends at a comma or a colon (escapeProperty)."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
