"""The directives of a mapping template, as Velocity does them, and the run from the first to the last."""

from collections.abc import Callable, Mapping
from typing import Any

from emulator.aws.rest_api.template_expressions import (
    VALUES,
    Defined,
    followed,
    key_of,
    links,
    position_in,
    print_reference,
)
from emulator.aws.rest_api.template_grammar import Element, compiled, line_at
from emulator.aws.rest_api.template_run import Language, Run
from emulator.aws.rest_api.template_values import RenderingError, is_true, text

_LOOP_VARIABLES = ("foreach", "velocityCount", "velocityHasNext")
_UNSET = object()


class StopSignal(Exception):  # noqa: N818
    """Ends the template, by `#stop`."""


class BreakSignal(StopSignal):
    """Ends the loop, by `#break`; outside of a loop the template."""


def rendered(run: Run) -> str:
    """Render the template of a run. RenderingError, with the line, where it fails."""
    try:
        run.write(compiled(run.template).block)
    except StopSignal:
        pass
    except RenderingError as error:
        line = None if run.at is None else line_at(run.template, run.at.start)
        raise RenderingError(error.reason, error.line or line) from None
    return "".join(run.written)


def _block(run: Run, element: Element) -> None:
    for child in element.children:
        run.write(child)


def _if(run: Run, element: Element) -> None:
    for branch in (element, *element.elseifs):
        if is_true(run.value(branch.condition)):
            return run.write(branch.block)
    block = getattr(element.else_block, "block", None)
    return None if block is None else run.write(block)


def _set(run: Run, element: Element) -> None:
    """Set a variable, a key of a map or an element of a list."""
    variable, value = element.place.expression, run.value(element.value)
    if variable is None:
        raise RenderingError("#set needs a name after $")
    name, along = variable.part.name, list(links(variable))
    if not along:
        run.variables[name] = value
        return
    places = [one.name if hasattr(one, "name") else run.value(one.index) for one in along]
    target = followed(run, variable, along[:-1])
    if getattr(along[-1], "parameters", None) is not None or not isinstance(target, dict | list):
        raise RenderingError(f"{element.place.my_text()} cannot be set")
    if isinstance(target, list):
        target[position_in(target, places[-1])] = value
        return
    _override_once(run, target, key_of(places[-1]))
    target[places[-1]] = value
    if name == "context":
        run.assigned[tuple(str(one) for one in places)] = value


def _override_once(run: Run, target: dict[Any, Any], key: Any) -> None:
    """Refuse to override a parameter twice (AWS: Override your API's request and response parameters, "Overrides are
    final")."""
    if run.final.get(id(target), _UNSET) in (None, key):
        if (id(target), key) in run.overridden:
            raise RenderingError(f"{key} is overridden twice")
        run.overridden.add((id(target), key))


def _foreach(run: Run, element: Element) -> None:
    """Loop over the elements of a list, or the values of a map; over anything else not once."""
    items = run.value(element.value)
    items = list(items.values()) if isinstance(items, dict) else list(items) if isinstance(items, list) else []
    run.work.spend(len(items))
    names = (element.loop_var_name, *_LOOP_VARIABLES)
    before = {name: run.variables.get(name, _UNSET) for name in names}
    parent = run.variables.get("foreach")
    try:
        for count, item in enumerate(items, 1):
            more = count < len(items)
            place = {"count": count, "index": count - 1, "hasNext": more, "first": count == 1, "last": not more}
            loop = ({**place, "parent": parent}, count, more)
            run.variables.update(zip(names, (item, *loop), strict=True))
            run.write(element.block)
    except BreakSignal:
        pass
    _put_back(run, before)


def _put_back(run: Run, before: dict[str, Any]) -> None:
    for name, value in before.items():
        if value is _UNSET:
            run.variables.pop(name, None)
        else:
            run.variables[name] = value


def _macro(run: Run, element: Element) -> None:
    run.macros[element.function_name.lower()] = element


def _call_macro(run: Run, element: Element) -> None:
    """Call a macro; what no macro has the name of is text."""
    macro = run.macros.get(element.macro_name)
    if macro is None:
        return run.put(element.my_text())
    if len(macro.arg_names) != len(element.args):
        raise RenderingError(f"#{element.macro_name} takes {len(macro.arg_names)} arguments, not {len(element.args)}")
    arguments = dict(zip(macro.arg_names, [run.value(one) for one in element.args], strict=True))
    before = {name: run.variables.get(name, _UNSET) for name in arguments}
    run.variables.update(arguments)
    run.nested(macro.block)
    return _put_back(run, before)


def _define(run: Run, element: Element) -> None:
    run.variables[element.function_name] = Defined(element.block)


def _evaluate(run: Run, element: Element) -> None:
    written = text(run.value(element.value), run.work)
    try:
        tree = compiled(written)
    except RenderingError as error:
        raise RenderingError(f"#evaluate: {error.reason}") from None
    run.work.spend(len(written) * 10)
    run.nested(tree.block)


def _stop(run: Run, element: Element) -> None:
    raise StopSignal


def _break(run: Run, element: Element) -> None:
    raise BreakSignal


def _no_file(run: Run, element: Element) -> None:
    raise RenderingError("a mapping template has no other files to read")


DIRECTIVES: Mapping[str, Callable[[Run, Element], None]] = {
    "Block": _block,
    "Text": lambda run, element: run.put(element.text),
    "FallthroughHashText": lambda run, element: run.put(element.text),
    "FormalReference": print_reference,
    "Comment": lambda run, element: None,
    "IfDirective": _if,
    "SetDirective": _set,
    "ForeachDirective": _foreach,
    "IncludeDirective": _no_file,
    "ParseDirective": _no_file,
    "MacroDefinition": _macro,
    "DefineDefinition": _define,
    "StopDirective": _stop,
    "UserDefinedDirective": lambda run, element: run.write(element.directive),
    "BreakDirective": _break,
    "EvaluateDirective": _evaluate,
    "MacroCall": _call_macro,
}

LANGUAGE = Language(DIRECTIVES, VALUES)
"""All of Velocity that mapping templates have."""
