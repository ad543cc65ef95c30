"""`make docs`: rewrites what is generated in the pages of docs/. Their tests say when that is due."""

from pathlib import Path

from generator.pages import commands, configuration, findings, rewritten

from emulator.cli.explain import pages
from emulator.cli.main import emulate

DOCS = Path(__file__).parent.parent


def generated() -> dict[Path, str]:
    """Return what each page with a generated part is to hold."""
    parts = {"configuration.md": configuration(), "commands.md": commands(emulate), "findings.md": findings(pages())}
    return {DOCS / name: rewritten((DOCS / name).read_text(), part) for name, part in parts.items()}


if __name__ == "__main__":
    for path, text in generated().items():
        path.write_text(text)
