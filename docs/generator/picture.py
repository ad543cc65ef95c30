"""`make picture`: runs `emulate serve` on a terminal, calls it as a page does, and draws what it shows as an SVG.

The address of an API, the time and the durations are what they would be on another machine at another hour; all else is
what the console says.
"""

import html
import re
import tempfile
from io import StringIO
from pathlib import Path

import httpx
from rich.console import Console
from rich.text import Text

from documentation.clone import copy_of_the_sample, on_free_ports
from serving.emulate import PATIENCE, urls_in
from serving.terminal import on_terminal

PICTURE = Path(__file__).parent.parent / "pictures" / "blocked.svg"
COLUMNS = 100
COLUMN_WIDTH = 12.2
"""The width of a character in the picture, in its own units."""

PORTS = ("3000", "3001", "3002", "3003", "4000")
CALLS = (
    ("shop", "GET", "/items"),
    ("orders", "OPTIONS", "/broken/no-options"),
    ("orders", "GET", "/broken/error-path"),
)
PAGE = {
    "Origin": "http://localhost:5173",
    "User-Agent": "Mozilla/5.0",
    "Sec-Fetch-Site": "same-site",
    "Sec-Fetch-Mode": "cors",
    "Access-Control-Request-Method": "PUT",
}
LAST = "emulate explain error-response-without-cors"
"""The last line of what the last call is told."""


def shown() -> str:
    """Return what a terminal shows of a run, with its escape sequences."""
    with tempfile.TemporaryDirectory() as name:
        folder = on_free_ports(copy_of_the_sample(Path(name)))
        with on_terminal(folder, "serve", "--no-reload", "--no-control", columns=COLUMNS) as terminal:
            urls = urls_in(plain(terminal.wait_for("q quit")))
            with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
                for number, (api, method, path) in enumerate(CALLS, 1):
                    client.request(method, urls[api] + path, headers=PAGE)
                    terminal.wait_until(lambda seen, count=number: len(re.findall(rb"\d\d:\d\d:\d\d", seen)) >= count)
            text = terminal.wait_for(LAST)
    text = text[: text.rindex(LAST) + len(LAST)].replace("\r\n", "\n")
    for url, port in zip(urls.values(), PORTS, strict=False):
        text = text.replace(re.findall(r":(\d+)", url)[0], port)
    return settled(text)


def plain(text: str) -> str:
    """Return a text of a terminal without its escape sequences."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r\n", "\n")


def settled(text: str) -> str:
    """Return the text with the same times and durations in every run."""
    hours = iter(("12:03:41", "12:03:46", "12:03:52"))
    text = re.sub(r"(?<!\d)\d\d:\d\d:\d\d(?!\d)", lambda _: next(hours), text)
    return re.sub(r"\d+\.\d ms", "1.1 ms", re.sub(r"Ready in [\d.]+ s", "Ready in 0.31 s", text))


def lines_of(svg: str) -> list[str]:
    """Return the text of a picture, line by line, each piece in its column."""
    rows: dict[float, list[tuple[int, str]]] = {}
    for x, y, text in re.findall(r'<text [^>]*?x="([\d.]+)" y="([\d.]+)"[^>]*?clip-path[^>]*>(.*?)</text>', svg):
        rows.setdefault(float(y), []).append((round(float(x) / COLUMN_WIDTH), html.unescape(text).replace("\xa0", " ")))
    lines = []
    for _, row in sorted(rows.items()):
        line = ""
        for column, text in sorted(row):
            line = line.ljust(column) + text
        lines.append(line.rstrip())
    return lines


def drawn(text: str) -> str:
    """Return the picture of a text with escape sequences, without fonts of other sites."""
    console = Console(width=COLUMNS, record=True, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(text), soft_wrap=False)
    svg = console.export_svg(title="emulate serve", unique_id="emulate")
    return re.sub(r"(?s)\s*@font-face \{.*?\}", "", svg).replace("Fira Code", "ui-monospace, Menlo, Consolas")


if __name__ == "__main__":
    PICTURE.write_text(drawn(shown()))
