"""Every link of README and docs/ leads somewhere, and every page can be reached."""

import re
from pathlib import Path

import pytest

from documentation.blocks import FENCE, PAGES, ROOT

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def links(page: Path) -> list[str]:
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text()))
    return [link for link in LINK.findall(text) if not re.match(r"https?:", link)]


def anchors(page: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"(?m)^#+ (.*)", FENCE.sub("", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_in_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    listed = {(index.parent / link.partition("#")[0]).resolve() for link in links(index)}
    assert {page.resolve() for page in PAGES if page.parent == index.parent} - {index} <= listed


def test_a_comparison_names_its_sources() -> None:
    """Each cell about another tool has a link, or is one of the words that the page explains."""
    page = (ROOT / "docs" / "comparison.md").read_text()
    table = page.partition("## Measured")[0]
    rows = [
        line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ") and "`sam local" not in line
    ]
    assert len(rows) > 9
    for row in rows:
        for cell in row[2:]:
            assert "](https://" in cell or cell.strip() in EXPLAINED, cell


EXPLAINED = {"no", "none of its own", "containers", "no source found"}


def test_readme_is_a_face() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) <= 200
