"""What `make docs` writes is what it would write now."""

import re
from pathlib import Path

import pytest
from generator.__main__ import generated

from emulator.cli.explain import pages
from emulator.config.emulator_yaml.keys import keys, sections

PAGES = generated()


def squeezed(text: str) -> str:
    """Without the breaks of lines, which versions of click set otherwise."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_page_is_as_it_is_generated(path: Path) -> None:
    assert squeezed(path.read_text()) == squeezed(PAGES[path]), "run `make docs`"


def test_every_key_and_every_finding_has_its_place() -> None:
    texts = {path.name: text for path, text in PAGES.items()}
    for section in sections():
        for name in keys(section):
            assert f"| `{name}` |" in texts["configuration.md"]
    for name in pages():
        assert f"\n## {name}\n" in texts["findings.md"]
