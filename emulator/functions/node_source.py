"""What a JavaScript file says of itself to who reads it as text: the names it exports, and the packages it cannot do
without. Where a text can be understood in more than one way, nothing is said."""

import re
from dataclasses import dataclass

_WORD = r"[\w$]+"
_TOKENS = re.compile(
    r"""
    (?P<comment> //[^\n]* | /\*.*?\*/ | \A\#![^\n]* )
    | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'
    | (?P<template> `(?:\\.|[^`\\])*` )
    | (?<=[=(,:;!&|?{}\[\n]) [ \t]* (?P<regex> /(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]* )
    """,
    re.DOTALL | re.VERBOSE,
)
_IMPORTS = re.compile(
    r"""^(?:
    import\s+(?:[\w$*{}\s,]+?\s+from\s+)?
    | export\s+[\w$*{}\s,]+?\s+from\s+
    | (?:(?:const|let|var)\s+[^=;]+=\s*(?:await\s+import|require)|require)\s*\(\s*
    )(?P<quote>['"])(?P<specifier>[^'"\n]+)(?P=quote)""",
    re.MULTILINE | re.VERBOSE,
)
_OBJECT = re.compile(
    r"module\.exports\s*=\s*\{(?P<inside>[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*)\}\s*(?:;|\n|$)"
)
_NAMED = re.compile(rf"(?:module\.)?exports\.(?P<name>{_WORD})")
_PROPERTY = re.compile(rf"(?:module\.)?exports\s*,\s*['\"](?P<name>{_WORD})['\"]")
_CHAINED = re.compile(r"exports\s*=\s*(?=module\.exports)")
_DECLARED = re.compile(rf"export\s+(?:async\s+)?(?:function\s*\*?|class|const|let|var)\s+(?P<name>{_WORD})")
_LISTED = re.compile(r"export\s*\{(?P<inside>[^}]*)\}")
_SPACE = re.compile(rf"export\s*\*\s*as\s+(?P<name>{_WORD})")

BUILT_IN = frozenset(
    re.findall(
        r"\w+",
        """assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain
        events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl
        stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib""",
    )
)
"""The modules that need no package (Node.js: Modules, "Built-in modules")."""


@dataclass(frozen=True, slots=True)
class NodeImport:
    specifier: str
    line: int


@dataclass(frozen=True, slots=True)
class NodeSource:
    """What a file says of itself. `exports` is None where anything may be exported; `imports` are those that run
    whenever the file does."""

    exports: frozenset[str] | None
    imports: tuple[NodeImport, ...]


def read_node(text: str) -> NodeSource:
    code = without_comments(text)
    found = _IMPORTS.finditer(code)
    imports = tuple(NodeImport(one["specifier"], code.count("\n", 0, one.start()) + 1) for one in found)
    return NodeSource(_exports(code), imports)


def without_comments(text: str) -> str:
    """Blank what is no code but strings: comments, templates and regular expressions."""
    return _TOKENS.sub(_blank, text)


def may_export(text: str, name: str) -> bool:
    """Tell whether anything in the text, comments included, looks as if it exported the name."""
    word = re.escape(name)
    hints = (
        rf"exports\s*\.\s*{word}\b",
        rf"\bexport\b[^;\n]*\b{word}\b",
        rf",\s*{word}\s*=",
        rf"\bthis\s*\.\s*{word}\b",
    )
    return any(re.search(hint, text) for hint in hints)


def package_of(specifier: str) -> str | None:
    """Return the package that `import "specifier"` needs installed; None for files, built-in modules and what else is
    no package: `#internal`, `node:fs`, `https://...`."""
    if specifier.startswith((".", "/", "#")) or ":" in specifier:
        return None
    parts = specifier.split("/")
    package = "/".join(parts[:2]) if specifier.startswith("@") else parts[0]
    return None if package in BUILT_IN else package


def _blank(token: re.Match[str]) -> str:
    """Empty comments, templates and regular expressions of what they hold; leave strings as they are."""
    if token["comment"] or token["template"]:
        return re.sub(r"[^\n]", " ", token[0])
    return token[0].replace(token["regex"], " " * len(token["regex"])) if token["regex"] else token[0]


def _exports(code: str) -> frozenset[str] | None:
    names: set[str] = set()
    for word in re.finditer(r"(?<![\w$.])(?:exports|export|module)\b", code):
        found = _exported(code, word.start())
        if found is None:
            return None
        names |= found
    return None if "default" in names or re.search(r"\bthis\s*\[", code) else frozenset(names)


def _exported(code: str, at: int) -> set[str] | None:
    """Return the names that the word at this place exports."""
    before = code[max(0, at - 80) : at]
    if re.search(r"Object\.defineProperty\(\s*$", before):
        found = _PROPERTY.match(code, at)
        return {found["name"]} if found else None
    if found := _OBJECT.match(code, at):
        return None if "..." in found["inside"] or "[" in found["inside"] else set(re.findall(_WORD, found["inside"]))
    for pattern in (_NAMED, _DECLARED, _SPACE):
        if found := pattern.match(code, at):
            return None if found["name"] == "exports" else {found["name"]}
    if found := _LISTED.match(code, at):
        parts = [part.split() for part in found["inside"].split(",")]
        return {words[-1] for words in parts if words}
    is_harmless = _CHAINED.match(code, at) or re.search(r"require\.main\s*===?\s*$", before)
    return set() if is_harmless else None
