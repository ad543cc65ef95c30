"""Every example of tests/findings/rules, found by walking the folder of the rules."""

from importlib import import_module
from pathlib import Path

from emulator.findings import rules
from emulator.findings.finding import Rule
from findings.examples import Example

PAGES = Path(rules.__path__[0])
NAMES = sorted(path.stem for path in PAGES.glob("*.py") if path.stem != "__init__")
RULES: dict[str, Rule] = {name: import_module(f"emulator.findings.rules.{name}").RULE for name in NAMES}
TESTS = {name: import_module(f"findings.rules.test_{name}") for name in NAMES}

EXAMPLES: list[tuple[str, Rule, Example]] = [
    (f"{rule.name}-{example.name}", rule, example)
    for name, rule in RULES.items()
    for example in getattr(TESTS[name], "FOUND", ())
]
