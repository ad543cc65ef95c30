"""References, values and operators of a mapping template, as Velocity works them out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from emulator.aws.rest_api.java_methods import called
from emulator.aws.rest_api.template_grammar import Element
from emulator.aws.rest_api.template_objects import Input
from emulator.aws.rest_api.template_run import Run
from emulator.aws.rest_api.template_values import (
    Entry,
    RenderingError,
    are_equal,
    calculated,
    is_less,
    is_true,
    text,
)

_OR, _AND = {"||", "or"}, {"&&", "and"}
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    **dict.fromkeys(("<", "lt"), lambda left, right: is_less(left, right)),
    **dict.fromkeys((">", "gt"), lambda left, right: is_less(right, left)),
    **dict.fromkeys(("<=", "le"), lambda left, right: is_less(left, right, or_equal=True)),
    **dict.fromkeys((">=", "ge"), lambda left, right: is_less(right, left, or_equal=True)),
}


@dataclass(frozen=True, slots=True)
class Defined:
    """A block that `#define` gave a name, rendered wherever it is referred to."""

    block: Element


def print_reference(run: Run, element: Element) -> None:
    """Print a reference: null as nothing, a name that was never set as it is written."""
    value = _reference(run, element)
    if value is None and not element.silent and _is_unknown(run, element):
        return run.put(element.my_text())
    return run.put(text(value, run.work))


def _is_unknown(run: Run, element: Element) -> bool:
    """Tell whether a reference begins with a name that nothing has set. That AWS prints it as Velocity does is
    uncertain; that it prints nothing for what is null is recorded."""
    return element.expression is None or element.expression.part.name not in run.variables


def _reference(run: Run, element: Element) -> Any:
    value = None if element.expression is None else followed(run, element.expression, links(element.expression))
    if value is None and element.alternate is not None:
        return run.value(element.alternate.expression)
    return value


def links(variable: Element) -> Iterator[Element]:
    """Yield what follows the name in `$name.property.method(...)[index]`."""
    part, following = variable.part, variable.subexpression
    if part.index is not None:
        yield part.index
    while following is not None:
        inner = following.expression
        if hasattr(inner, "part"):
            yield inner.part
            if inner.part.index is not None:
                yield inner.part.index
            following = inner.subexpression
        else:
            yield inner
            following = following.subexpression


def followed(run: Run, variable: Element, along: Iterable[Element]) -> Any:
    """Follow the links from a variable, as far as there is a value."""
    value = run.variables.get(variable.part.name)
    if isinstance(value, Defined):
        value = run.captured(value.block)
    for link in along:
        if value is None:
            return None
        value = _linked(run, value, link)
    return value


def _linked(run: Run, value: Any, link: Element) -> Any:
    run.work.spend()
    if hasattr(link, "name"):
        if link.parameters is not None:
            return called(value, link.name, _several(run, link.parameters.values), run.work)
        return _property(value, link.name)
    key = run.value(link.index)
    if isinstance(value, list):
        return value[position_in(value, key)]
    return value.get(key_of(key)) if isinstance(value, dict) else None


def _property(value: Any, name: str) -> Any:
    """Return a property: a map's are its keys. Whatever else a Python object has does not exist for a template."""
    if isinstance(value, dict):
        return value.get(name)
    if isinstance(value, Input):
        return value.properties.get(name)
    if isinstance(value, Entry):
        return {"key": value.key, "value": value.value}.get(name)
    return None


def position_in(values: list[Any], index: Any) -> int:
    """Check an index, which may count from the end (Velocity 1.7, ASTIndex)."""
    if not isinstance(index, int) or not -len(values) <= index < len(values):
        raise RenderingError(f"a list of {len(values)} elements has none at {index if index is not None else 'null'}")
    return index


def key_of(key: Any) -> Any:
    if not isinstance(key, str | int | float):
        raise RenderingError("a key of a map is a text or a number here")
    return key


def _several(run: Run, values: Element) -> list[Any]:
    """Return the values of a list of arguments or elements, or of a range."""
    if type(values).__name__ != "Range":
        return [run.value(one) for one in getattr(values, "values", ())]
    first, last = run.value(values.value1), run.value(values.value2)
    if not isinstance(first, int) or not isinstance(last, int):
        raise RenderingError("a range goes from one integer to another")
    run.work.spend(abs(last - first) * 10)
    return list(range(first, last + 1) if first <= last else range(first, last - 1, -1))


def _interpolated(run: Run, element: Element) -> str:
    return run.captured(element.block) if "$" in element.value or "#" in element.value else str(element.value)


def _map(run: Run, element: Element) -> dict[Any, Any]:
    return {key_of(run.value(key)): run.value(value) for key, value in element.local_data.items()}


def _expression(run: Run, element: Element) -> Any:
    return _operated(run, element.expression)


def _operated(run: Run, terms: list[Element]) -> Any:
    """Work out values with operators between them: those that bind least come last, and of equal ones the left comes
    first. What follows `||` and `&&` is looked at only if it matters."""
    if len(terms) == 1:
        return run.value(terms[0])
    loosest = max(sign.precedence for sign in terms[1::2])
    cuts = [index for index in range(1, len(terms), 2) if terms[index].precedence == loosest]
    result = _operated(run, terms[: cuts[0]])
    for cut, end in zip(cuts, [*cuts[1:], len(terms)], strict=True):
        sign = terms[cut].my_text().strip()
        if sign in _OR or sign in _AND:
            if is_true(result) is (sign in _OR):
                return sign in _OR
            result = is_true(_operated(run, terms[cut + 1 : end]))
        else:
            result = _of_two(run, sign, result, _operated(run, terms[cut + 1 : end]))
    return result


def _of_two(run: Run, sign: str, left: Any, right: Any) -> Any:
    if sign in ("==", "eq"):
        return are_equal(left, right, run.work)
    if sign in ("!=", "ne"):
        return not are_equal(left, right, run.work)
    if sign in _COMPARISONS:
        return _COMPARISONS[sign](left, right)
    return calculated(sign, left, right, run.work)


VALUES: Mapping[str, Callable[[Run, Element], Any]] = {
    "Value": lambda run, element: run.value(element.expression),
    "FormalReference": _reference,
    "IntegerLiteral": lambda run, element: element.value,
    "FloatingPointLiteral": lambda run, element: element.value,
    "BooleanLiteral": lambda run, element: element.value,
    "NullLiteral": lambda run, element: None,
    "StringLiteral": lambda run, element: element.value,
    "InterpolatedStringLiteral": _interpolated,
    "ArrayLiteral": lambda run, element: _several(run, element.values),
    "DictionaryLiteral": _map,
    # These two keep of their expression only its method.
    "ParenthesizedExpression": lambda run, element: run.value(element.calculate.__self__),
    "Condition": lambda run, element: run.value(element.calculate.__self__),
    "UnaryOperatorValue": lambda run, element: not is_true(run.value(element.value)),
    "Expression": _expression,
}
