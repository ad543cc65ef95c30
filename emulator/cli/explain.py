"""`emulate explain`: the pages of the findings, which stand beside what finds them."""

from collections.abc import Mapping
from difflib import get_close_matches
from importlib.resources import files

from emulator.errors import EmulatorError

FOLDERS = ("emulator.findings.rules", "emulator.checks")
"""The packages that have pages: the rules on an exchange, and what `emulate check` alone can find."""


def pages() -> dict[str, str]:
    """Read every page; by the name of its finding, in alphabetical order."""
    found = [item for folder in FOLDERS for item in files(folder).iterdir() if item.name.endswith(".md")]
    named = {item.name.removesuffix(".md").replace("_", "-"): item for item in sorted(found, key=lambda one: one.name)}
    return {name: page.read_text("utf-8") for name, page in named.items()}


def told(name: str | None, known: Mapping[str, str]) -> str:
    """Return the page of this finding; without a name, every name with the first sentence of its page. Raises
    EmulatorError when no finding has the name."""
    if name is None:
        width = max(map(len, known))
        return "\n".join(f"{one:<{width}}  {first_sentence(page)}" for one, page in known.items())
    if name in known:
        return known[name].rstrip()
    near = get_close_matches(name, known, n=1)
    meant = f"did you mean `{near[0]}`?" if near else "`emulate explain` lists the names there are."
    raise EmulatorError(f"No finding is named `{name}`: {meant}")


def first_sentence(page: str) -> str:
    """Cut out what a finding means, in one sentence of one line."""
    text = " ".join(page.partition("## What it means")[2].partition("##")[0].split())
    first, stop, _ = text.partition(". ")
    return f"{first}." if stop else text
