"""What may stand at a place of emulator.yaml, for the messages about what does stand there."""

from emulator.config.complaint import Path
from emulator.config.emulator_yaml.function_schema import Function, LoggingConfig
from emulator.config.emulator_yaml.schema import (
    Configuration,
    Cors,
    Frontend,
    FunctionUrl,
    HttpApi,
    HttpRoute,
    RestApi,
    RestMethod,
)
from emulator.config.emulator_yaml.section import Key, Section
from emulator.config.yaml.document import Data, value_at

API_TYPES: dict[str, type[Section]] = {"http": HttpApi, "rest": RestApi, "function-url": FunctionUrl}


def section_at(path: Path, data: dict[str, Data]) -> type[Section] | None:
    """The section whose keys `path` holds; None where it is no section, or one of an API of unknown type."""
    match path:
        case ():
            return Configuration
        case ("functions", _):
            return Function
        case ("functions", _, "loggingConfig"):
            return LoggingConfig
        case ("frontends", _):
            return Frontend
        case ("apis", name, *inner):
            api = API_TYPES.get(str(value_at(("apis", name, "type"), data)))
            match inner:
                case []:
                    return api
                case ["cors"]:
                    return Cors
                case ["routes", _]:
                    return HttpRoute if api is HttpApi else RestMethod
    return None


def expectation(path: Path, data: dict[str, Data]) -> Key:
    """The key, or the kind of entry, that `path` names or lies in."""
    match path:
        case ("apis", str(name)):
            return Key("", "a mapping with `type`", f"{name}: {{type: http, routes: {{GET /items: items}}}}")
        case ("apis", _, "routes", str(route_key)):
            return Key("", "the name of a function, or a mapping with `function`", f"{route_key}: items")
        case ("functions", str(name)):
            return Key("", "a mapping with `handler`", f"{name}: {{handler: items.handler}}")
        case ("frontends", _):
            return Key("", "a mapping with `origin`", "- origin: https://shop.example.com")
        case ("frontends", _, "credentials", str(name)):
            return Key("", "omit, same-origin or include", f"{name}: include")
        case (_, _, "environment" | "stageVariables", str(name)):
            return Key("", "text, a number or a boolean", f'{name}: "some text"')
    section = section_at(path[:-1], data)
    key = keys(section).get(str(path[-1])) if section else None
    return key or expectation(path[:-1], data)


def keys(section: type[Section]) -> dict[str, Key]:
    """Every key of a section with what to say of it."""
    return {
        field.alias or name: next(item for item in field.metadata if isinstance(item, Key))
        for name, field in section.model_fields.items()
    }
