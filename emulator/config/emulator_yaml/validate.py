"""Makes plain data a validated Configuration, and says what is wrong with its shape: one sentence per mistake, in our
words. What the values mean to AWS and to each other is judged in rules/."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from emulator.aws.cors_origin import meant_origin
from emulator.config.complaint import Complaint, Path, listed, quoted
from emulator.config.emulator_yaml.dedented import dedented
from emulator.config.emulator_yaml.keys import API_TYPES, expectation, path_of, section_at
from emulator.config.emulator_yaml.schema.configuration import Configuration
from emulator.config.emulator_yaml.schema.section import Section
from emulator.config.emulator_yaml.unknown_keys import is_misplaced, meant_key, unknown_key
from emulator.config.yaml.document import Data, value_at
from emulator.functions.runtimes import Family, family_of
from emulator.spelling import near, normalized

OTHER_TYPES = {
    **dict.fromkeys(("httpapi", "apigatewayv2", "awsserverlesshttpapi", "v2"), "http"),
    **dict.fromkeys(("restapi", "apigateway", "api", "awsserverlessapi", "v1"), "rest"),
    **dict.fromkeys(("url", "lambda", "lambdaurl", "awslambdaurl"), "function-url"),
}
"""Maps what CloudFormation, SAM and habit call the types to them, by normalized name."""


@dataclass(frozen=True, slots=True)
class Validated:
    """Holds what is sound and what is not: `configuration` is the file without the values complained of, None when
    nothing is left of it."""

    configuration: Configuration | None
    complaints: tuple[Complaint, ...]


def validate(data: dict[str, Data]) -> Validated:
    """Find everything wrong with the shape of `data`; what is sound is validated all the same."""
    configuration, errors = _attempt(data)
    slipped = list(dedented(data))
    told = [said for said in _complaints(data, errors) if not any(one.explains(said) for one in slipped)]
    complaints = (*(one.complaint() for one in slipped), *told)
    unrouted = {path[:-1] for path in _missing_routes(data)}
    sound: Data = _without(data, unrouted)
    if unrouted:
        configuration, errors = _attempt(sound)
    while errors and sound:
        sound = _without(sound, {_removable(error, sound) for error in errors})
        configuration, errors = _attempt(sound)
    return Validated(configuration, complaints)


def _attempt(data: Data) -> tuple[Configuration | None, list[ErrorDetails]]:
    try:
        return Configuration.model_validate(data), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _removable(error: ErrorDetails, data: Data) -> Path:
    """Return what to leave out so that the rest can be judged. A list goes whole: its items are known by their
    place."""
    path = path_of(error["loc"], data)
    path = path[:-1] if error["type"] == "missing" else path
    return path[:-1] if path and isinstance(path[-1], int) else path


def _without(data: Data, removed: set[Path], path: Path = ()) -> Data:
    if path in removed:
        return None
    if isinstance(data, list):
        return [_without(item, removed, (*path, index)) for index, item in enumerate(data)]
    if isinstance(data, dict):
        rest = {key: _without(value, removed, (*path, key)) for key, value in data.items()}
        return {key: value for key, value in rest.items() if value is not None}
    return data


def _complaints(data: dict[str, Data], errors: list[ErrorDetails]) -> Iterator[Complaint]:
    unknown = dict(_unknown_keys(data, errors))
    for path, section in unknown.items():
        yield _unknown(path, section, data)
    missing = [path_of(error["loc"], data) for error in errors if error["type"] == "missing"]
    for path in [*missing, *_missing_handlers(data), *_missing_routes(data)]:
        if not any(_stands_for(key, section, path, data) for key, section in unknown.items()):
            yield _missing(path, data)
    for error in errors:
        path = path_of(error["loc"], data)
        if error["type"] == "union_tag_not_found":
            yield _no_type(path, error["input"])
        elif error["type"] == "union_tag_invalid":
            yield _wrong_type(path, error["input"]["type"])
        elif error["type"] not in ("extra_forbidden", "missing"):
            yield _wrong_value(path, error, data)
    known = {path_of(error["loc"], data) for error in errors}
    for path in _empty_values(data):
        if not any(path[: length + 1] in known for length in range(len(path))):
            yield _nothing(path, data)


def _unknown_keys(data: dict[str, Data], errors: list[ErrorDetails]) -> Iterator[tuple[Path, type[Section]]]:
    """Yield the paths of unknown keys, each with the section it stands in."""
    for error in errors:
        path = path_of(error["loc"], data)
        section = section_at(path[:-1], data)
        if error["type"] == "extra_forbidden" and section is not None:
            yield path, section


def _unknown(path: Path, section: type[Section], data: dict[str, Data]) -> Complaint:
    if _is_api_at_the_top(path, data):
        fix = "Write `apis:` above it, and indent it below that."
        return Complaint(path, f"the API `{path[-1]}` at the top level", "APIs below `apis`", fix)
    beside = value_at(path[:-1], data)
    return unknown_key(path, section, beside if isinstance(beside, dict) else ())


def _stands_for(path: Path, section: type[Section], missing: Path, data: dict[str, Data]) -> bool:
    """Tell whether an unknown key explains that another is missing beside it, so that one mistake is named once."""
    if _is_api_at_the_top(path, data):
        return missing == ("apis",)
    key = str(path[-1])
    return path[:-1] == missing[:-1] and (is_misplaced(key, section) or meant_key(key, section) == missing[-1])


def _is_api_at_the_top(path: Path, data: dict[str, Data]) -> bool:
    value = value_at(path, data)
    return len(path) == 1 and isinstance(value, dict) and "type" in value


def _missing_handlers(data: dict[str, Data]) -> Iterator[Path]:
    """Yield where a handler is missing: only where neither a `command` nor a runtime of the user's own stands for
    it."""
    functions = data.get("functions")
    for name, function in functions.items() if isinstance(functions, dict) else ():
        if not isinstance(function, dict) or {"handler", "command"} & function.keys():
            continue
        if family_of(str(function.get("runtime"))) is not Family.PROVIDED:
            yield ("functions", name, "handler")


def _missing_routes(data: dict[str, Data]) -> Iterator[Path]:
    """Yield where the routes of an API are missing: only where no OpenAPI document stands for them."""
    apis = data.get("apis")
    for name, api in apis.items() if isinstance(apis, dict) else ():
        if isinstance(api, dict) and api.get("type") in ("http", "rest") and not {"routes", "openapi"} & api.keys():
            yield ("apis", name, "routes")


def _empty_values(data: Data, path: Path = ()) -> Iterator[Path]:
    if data is None:
        yield path
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _empty_values(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _empty_values(value, (*path, index))


def _missing(path: Path, data: dict[str, Data]) -> Complaint:
    key = expectation(path, data)
    return Complaint(path[:-1], f"no `{path[-1]}`", key.expected, f"Add it: `{key.example}`.")


def _nothing(path: Path, data: dict[str, Data]) -> Complaint:
    key = expectation(path, data)
    what = "entry" if isinstance(path[-1], int) else "key"
    return Complaint(path, "nothing", key.expected, f"Write it like `{key.example}`, or remove the {what}.")


def _no_type(path: Path, api: dict[str, object]) -> Complaint:
    misspelt = next((key for key in api if normalized(key) in ("type", "protocol", "protocoltype", "kind")), None)
    if misspelt is not None:
        return Complaint((*path, misspelt), f"the unknown key `{misspelt}`", "`type`", "Write `type` instead.")
    kind = "function-url" if "function" in api else "rest" if "binaryMediaTypes" in api else "http"
    return Complaint(path, "no `type`", listed(API_TYPES), f"Add it: `type: {kind}`.")


def _wrong_type(path: Path, kind: object) -> Complaint:
    meant = (OTHER_TYPES.get(normalized(kind)) or near(kind, API_TYPES)) if isinstance(kind, str) else None
    if isinstance(kind, str) and normalized(kind).startswith("websocket"):
        fix = "Remove this API: WebSocket APIs are not emulated."
    else:
        fix = f"Write `type: {meant or 'http'}`."
    return Complaint((*path, "type"), quoted(kind), listed(API_TYPES), fix)


def _wrong_value(path: Path, error: ErrorDetails, data: dict[str, Data]) -> Complaint:
    value = error["input"]
    key = expectation(path, data)
    fix = f"Write it like `{key.example}`."
    if value is None:
        return _nothing(path, data)
    if path == ("frontends",) and isinstance(value, str | dict):
        origin = value.get("origin") if isinstance(value, dict) else value
        meant = meant_origin(origin) if isinstance(origin, str) else None
        fix = f"Write `frontends: [{{origin: {meant}}}]`." if meant else fix
    elif error["type"] == "tuple_type" and isinstance(value, str):
        fix = _list_fix(str(path[-1]), value)
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        fix = f"Take the dashes off: its entries are keys, as in `{key.example}`."
    elif error["type"] == "literal_error" and isinstance(value, str):
        choices = re.findall("'([^']+)'", error["ctx"]["expected"])
        meant = next((choice for choice in choices if value == choice.removesuffix(".0")), None) or near(value, choices)
        fix = f"Write `{path[-1]}: {meant}`." if meant else fix
    elif path[2:] in (("environment", "Variables"), ("environment", "variables")):
        fix = f"Write the variables directly under `environment`, without `{path[-1]}`."
    return Complaint(path, quoted(value), key.expected, fix)


def _list_fix(key: str, text: str) -> str:
    """Say how to write what a text holds, where a list belongs, as one."""
    if re.match(r"-[^\s\d-]", text) and key != "command":  # block style, its dashes without a space behind them
        items = ", ".join(_as_item(word) for word in re.split(r"(?:^|\s)-\s*", text) if word)
        return f"Put a space behind each dash, or write `{key}: [{items}]`."
    words = text.split() if key == "command" else text.split(",")
    if key == "allowOrigins":
        words = [meant_origin(word) or word for word in words]
    return f"Write a list: `{key}: [{', '.join(_as_item(word.strip()) for word in words)}]`."


def _as_item(text: str) -> str:
    return text if re.match(r"-?[A-Za-z0-9/.$]", text) else f'"{text}"'
