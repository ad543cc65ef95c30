"""Whether output is what a page quotes: times, durations and ids may differ, and `…` stands for what is left out."""

import re

VARIES = {
    r"\b\d\d:\d\d:\d\d\b": "<time>",
    r"\b\d+(\.\d+)? (ms|s|MB)\b": r"<number> \2",
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b": "<id>",
}


def is_quoted(quote: list[str], output: str) -> bool:
    """Whether these lines stand in the output, one after the other; a line of `…` alone is any number of them."""
    lines = "".join(r"(?:.*\n)*?" if line.strip() == "…" else _line(line) for line in quote)
    return re.search(rf"(?m)^{lines}", _levelled(output) + "\n") is not None


def _line(line: str) -> str:
    return ".*".join(map(re.escape, _levelled(line).split("…"))) + r"\n"


def _levelled(text: str) -> str:
    text = "\n".join(line.rstrip() for line in text.splitlines())
    for pattern, name in VARIES.items():
        text = re.sub(pattern, name, text)
    return text
