"""Walks the schema to tell which section a path of emulator.yaml leads to, and what may stand there."""

from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from emulator.config.complaint import Path
from emulator.config.emulator_yaml.schema.configuration import Api, Configuration
from emulator.config.emulator_yaml.schema.section import Key, Section
from emulator.config.yaml.document import Data, value_at


def keys(section: type[Section]) -> dict[str, Key]:
    """Return every key of a section with what to say of it."""
    return {
        field.alias or name: next(item for item in field.metadata if isinstance(item, Key))
        for name, field in section.model_fields.items()
    }


def sections(form: Any = Configuration) -> tuple[type[Section], ...]:
    """Return every section there is within a type of the schema, each once, the outer before what is in it."""
    found: dict[type[Section], None] = {}
    for option in _options(form):
        inner = _entries(option)
        if _is_section(option):
            found[option] = None
            inner = [field.annotation for field in option.model_fields.values()]
        for one in inner:
            found |= dict.fromkeys(sections(one))
    return tuple(found)


def section_at(path: Path, data: Data) -> type[Section] | None:
    """Return the section whose keys `path` holds; None where it is no section, or one of an API of unknown type."""
    return _section(_walk(path, data)[0], value_at(path, data))


def expectation(path: Path, data: Data) -> Key:
    """Return the innermost key, or entry of a key, that `path` names or lies in; an entry's `meaning` is empty."""
    key = _walk(path, data)[1]
    assert key is not None  # noqa: S101  only the empty path names no key
    return key


def path_of(location: Path, data: Data) -> Path:
    """Return where an error is whose `location` pydantic gives: behind each union it has the tag of the form it
    took."""
    path: Path = ()
    is_behind_tag = False
    for part in location:
        if not is_behind_tag and _is_union(_walk(path, data)[0]):
            is_behind_tag = True
        else:
            path, is_behind_tag = (*path, part), False
    return path


def _walk(path: Path, data: Data) -> tuple[Any, Key | None]:
    """Follow `path` from the top of `data`. Return the type of what is there by the schema (None where it knows none),
    and the last key or entry passed."""
    form: Any = Configuration
    key: Key | None = None
    for part in path:
        section = _section(form, data)
        if section is not None:
            field = next((field for field in section.model_fields.values() if field.alias == part), None)
            form = None if field is None else field.annotation
            key = key if field is None else keys(section)[str(part)]
        else:
            form = next((entry for option in _options(form) for entry in _entries(option)), None)
            if form is not None and key is not None and key.entry is not None:
                example = f"- {key.entry.example}" if isinstance(part, int) else f"{part}: {key.entry.example}"
                key = Key("", key.entry.expected, example)
        data = value_at((part,), data)
    return form, key


def _section(form: Any, value: Data) -> type[Section] | None:
    """Return the section that a value of this type is; among the APIs, the one of its `type`."""
    found = [option for option in _options(form) if _is_section(option)]
    if len(found) > 1:
        return API_TYPES.get(str(value_at(("type",), value)))
    return found[0] if found else None


def _options(form: Any) -> Iterator[Any]:
    """Yield the plain types that a value of the type `form` may have."""
    if get_origin(form) is Annotated:
        yield from _options(get_args(form)[0])
    elif get_origin(form) in (Union, UnionType):
        for option in get_args(form):
            yield from _options(option)
    else:
        yield form


def _entries(form: Any) -> list[Any]:
    """Return the type of a mapping's values or of a list's items, if it has such."""
    if get_origin(form) is dict:
        return [get_args(form)[1]]
    return [get_args(form)[0]] if get_origin(form) is tuple else []


def _is_union(form: Any) -> bool:
    """Tell whether an annotation is a union. Every union of the schema has a discriminator, so that its messages are
    about the form that was meant."""
    return len([option for option in _options(form) if option is not NoneType]) > 1


def _is_section(form: Any) -> bool:
    return isinstance(form, type) and issubclass(form, Section)


API_TYPES: dict[str, type[Section]] = {
    name: api for api in _options(Api) for name in get_args(api.model_fields["type"].annotation)
}
"""Maps the `type` of an API to its section: http, rest, function-url."""
