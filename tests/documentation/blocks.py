"""The blocks of code in README, docs/, and beside the examples, each with where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").glob("*/README.md")),
    ROOT / "vite-plugin" / "README.md",
]
FENCE = re.compile(r"(?m)^( *)```(\S*)\n((?:.*\n)*?) *```$")
NAME = re.compile(r"(?:#|//) ([\w./-]*\w)\n")


@dataclass(frozen=True)
class Block:
    """A block of a page. `heading` is the line of the last heading above it; `name` the file that its first line, a
    comment, says it is."""

    page: Path
    line: int
    heading: int
    kind: str
    text: str

    @property
    def id(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line} {self.kind}"

    @property
    def name(self) -> str:
        found = NAME.match(self.text)
        return found[1] if found else ""

    @property
    def commands(self) -> list[tuple[str, list[str]]]:
        """Of a console: each command with the output that is quoted below it."""
        lines = self.text.splitlines()
        starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
        return [
            (lines[start][2:], [*takewhile(lambda line: not line.startswith("$ "), lines[start + 1 :])])
            for start in starts
        ]


def blocks_of(page: Path) -> Iterator[Block]:
    text = page.read_text()
    fences = [*FENCE.finditer(text)]
    inside = [fence.span() for fence in fences]
    for fence in fences:
        headings = [
            one.start()
            for one in re.finditer(r"(?m)^#+ ", text[: fence.start()])
            if not any(start <= one.start() < end for start, end in inside)
        ]
        line = text.count("\n", 0, fence.start()) + 1
        indented = re.sub(f"(?m)^{fence[1]}", "", fence[3])
        yield Block(page, line, headings[-1] if headings else 0, fence[2], indented)


BLOCKS = [block for page in PAGES for block in blocks_of(page)]


def of_kind(*kinds: str) -> list[Block]:
    return [block for block in BLOCKS if block.kind in kinds]


def beside(block: Block) -> list[Block]:
    """The files that stand under the same heading, `block` among them if it is one."""
    return [one for one in BLOCKS if (one.page, one.heading) == (block.page, block.heading) and one.name]
