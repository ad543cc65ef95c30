"""Puts in what `${NAME}` and `${NAME:-default}` stand for in a variable of `environment`, as Compose and shells do; no
such text is ever passed on as it is written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from emulator.config.complaint import Complaint
from emulator.deployment import Deployment
from emulator.functions.invocation import Function

EXPECTED = "`${NAME}` or `${NAME:-default}`"
LITERAL = "`$${` where the characters themselves are meant"
_TOKEN = re.compile(r"\$\$\{|\$\{(?P<inside>[^}]*)(?P<end>\}?)", re.DOTALL)
_REFERENCE = re.compile(r"(?P<name>[A-Za-z_][A-Za-z0-9_]*)((?P<operator>:?-)(?P<default>[^{]*))?", re.DOTALL)


def with_references(deployment: Deployment, variables: Mapping[str, str]) -> tuple[Deployment, tuple[Complaint, ...]]:
    """Resolve the references of every function's `environment`; complain of those that mean nothing, or that
    `variables` does not have."""
    complaints: list[Complaint] = []
    functions = {}
    for name, function in deployment.functions.items():
        environment = dict(_environment(function, variables, complaints))
        functions[name] = replace(function, environment=tuple(environment.items()))
    return replace(deployment, functions=functions), tuple(complaints)


def _environment(
    function: Function, variables: Mapping[str, str], complaints: list[Complaint]
) -> Iterator[tuple[str, str]]:
    for name, text in function.environment:
        value = resolved(text, variables)
        if isinstance(value, str):
            yield name, value
        else:
            complaints.append(Complaint(("function", function.name, "environment", name), *value))


def resolved(text: str, variables: Mapping[str, str]) -> str | tuple[str, str, str]:
    """Return a text with what its references stand for; or else what was found, what is expected and the fix."""
    parts, at = [], 0
    for token in _TOKEN.finditer(text):
        value = _value(token, variables)
        if isinstance(value, tuple):
            return value
        parts += [text[at : token.start()], value]
        at = token.end()
    return "".join((*parts, text[at:]))


def _value(token: re.Match[str], variables: Mapping[str, str]) -> str | tuple[str, str, str]:
    inside = token["inside"]
    if inside is None:
        return "${"
    found = f"`{token[0]}`"
    reference = _REFERENCE.fullmatch(inside)
    if not token["end"]:
        return f"{found}, which is not closed", EXPECTED, f"Close it, or write {LITERAL}."
    if reference is None:
        return found, EXPECTED, _fix(inside)
    value, default = variables.get(reference["name"]), reference["default"]
    if default is not None and (value is None or (not value and reference["operator"] == ":-")):
        return default
    if value is not None:
        return value
    name = reference["name"]
    fix = f"Set it here or in a file that `envFile` names, or give a default: `${{{name}:-local}}`."
    return f"{found}, and there is no variable {name}", "a variable that is set where emulate runs", fix


def _fix(inside: str) -> str:
    """Say what to write instead: the Serverless Framework has `${env:NAME}` and `${env:NAME, "default"}`."""
    meant = re.fullmatch(r"\s*(?:env[:.])?\s*([A-Za-z_][A-Za-z0-9_]*)\s*(?:,\s*['\"]?([^'\"{]*)['\"]?\s*)?", inside)
    if meant is None:
        return f"Write the value itself, or {LITERAL}."
    default = "" if meant[2] is None else f":-{meant[2]}"
    return f"Write `${{{meant[1]}{default}}}`, or {LITERAL}."
