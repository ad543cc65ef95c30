"""Mapping templates of REST APIs: Velocity templates that make of a payload, and of what is known of the request,
another payload, a status and headers (AWS: Mapping templates for REST APIs).

    problem         what is wrong with a template, before any request
    render          what a template makes of a request or of an answer
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.aws.rest_api.template_directives import LANGUAGE, rendered
from emulator.aws.rest_api.template_grammar import compiled
from emulator.aws.rest_api.template_objects import Input, Util
from emulator.aws.rest_api.template_run import Run
from emulator.aws.rest_api.template_values import ContextMap, RenderingError, Work, context_map, text

REQUEST_OVERRIDE, RESPONSE_OVERRIDE = "requestOverride", "responseOverride"

Pairs = tuple[tuple[str, str], ...]
"""What has a name and a value, in the order that it was set in."""


@dataclass(frozen=True, slots=True)
class TemplateInput:
    """What a template sees: `body` is the payload it transforms, `path`, `querystring` and `header` the parameters of
    the request by their names, `context` the values of `$context` without overrides."""

    body: str = ""
    path: Mapping[str, str] = field(default_factory=dict)
    querystring: Mapping[str, str] = field(default_factory=dict)
    header: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)
    stage_variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What templates have set in `$context`: the status and the headers of the response, and the parameters of the
    integration request. `status` is None where none is set, or none from 100 to 599, which AWS ignores
    (localstack/localstack, IntegrationResponseHandler). `custom` has every other key that is set, by its path, such as
    `("responseOverride", "custom")`; it is for the response template, which sees what the request template set
    (localstack/localstack, test_integration_mock_with_response_override_in_request_template, recorded from AWS)."""

    status: int | None = None
    response_headers: Pairs = ()
    request_headers: Pairs = ()
    request_path: Pairs = ()
    request_querystring: Pairs = ()
    custom: tuple[tuple[tuple[str, ...], Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a template made. `overrides` has the earlier ones too, as far as it did not set them anew."""

    text: str
    overrides: Overrides = Overrides()


@dataclass(frozen=True, slots=True)
class TemplateError:
    """Why a template fails, on which AWS answers 500. `line` is the template's, 1 being the first; None where it is not
    known."""

    line: int | None
    reason: str


def problem(template: str) -> TemplateError | None:
    """Say what is wrong with a template, or None when it can be rendered as far as can be told without a request."""
    try:
        if not _is_plain(template):
            compiled(template)
    except RenderingError as error:
        return TemplateError(error.line, error.reason)
    return None


def render(template: str, given: TemplateInput, earlier: Overrides = Overrides()) -> Rendered | TemplateError:
    """Render a template. `earlier` is what the request template set, when this is the response template."""
    if _is_plain(template):
        return Rendered(template, earlier)
    try:
        context = _context(given, earlier)
        run = Run(template, _variables(given, context), LANGUAGE, _final(context))
        made = rendered(run)
        return Rendered(_encodable(made), _overrides(context, earlier, run))
    except RenderingError as error:
        return TemplateError(error.line, error.reason)
    except RecursionError:
        return TemplateError(None, "the template, or a value in it, is nested too deeply")


def _is_plain(template: str) -> bool:
    """Tell whether a template is text alone, so that the library is not even loaded."""
    return "$" not in template and "#" not in template


def _variables(given: TemplateInput, context: ContextMap) -> dict[str, Any]:
    parameters = {"path": given.path, "querystring": given.querystring, "header": given.header}
    return {
        "input": Input(given.body, {name: dict(values) for name, values in parameters.items()}),
        "context": context,
        "stageVariables": dict(given.stage_variables),
        "util": Util(),
    }


def _context(given: TemplateInput, earlier: Overrides) -> ContextMap:
    """Make `$context`, with what an earlier template set in it."""
    request, response = ContextMap(), ContextMap(header=ContextMap(earlier.response_headers))
    request["header"] = ContextMap(earlier.request_headers)
    request["path"] = ContextMap(earlier.request_path)
    request["querystring"] = ContextMap(earlier.request_querystring)
    if earlier.status is not None:
        response["status"] = earlier.status
    values = {name: context_map(value) for name, value in given.context.items()}
    context = ContextMap(values, requestOverride=request, responseOverride=response)
    for path, value in earlier.custom:
        target = context
        for name in path[:-1]:
            target = target.setdefault(name, ContextMap())
        target[path[-1]] = value
    return context


def _final(context: ContextMap) -> dict[int, str | None]:
    """List the maps of overrides, each of which may be set once."""
    request, response = context[REQUEST_OVERRIDE], context[RESPONSE_OVERRIDE]
    every = (response["header"], request["header"], request["path"], request["querystring"])
    return {id(response): "status", **dict.fromkeys(map(id, every))}


def _overrides(context: ContextMap, earlier: Overrides, run: Run) -> Overrides:
    """Read what has been set in `$context`."""
    request, response = context.get(REQUEST_OVERRIDE), context.get(RESPONSE_OVERRIDE)
    status = _inside(response, "status")
    is_status = isinstance(status, int) and 100 <= status <= 599
    custom = dict(earlier.custom) | {path: value for path, value in run.assigned.items() if not _is_override(path)}
    return Overrides(
        status if is_status else None,
        _pairs(_inside(response, "header"), run.work),
        _pairs(_inside(request, "header"), run.work),
        _pairs(_inside(request, "path"), run.work),
        _pairs(_inside(request, "querystring"), run.work),
        tuple(custom.items()),
    )


def _is_override(path: tuple[str, ...]) -> bool:
    known = {REQUEST_OVERRIDE: ("header", "path", "querystring"), RESPONSE_OVERRIDE: ("header", "status")}
    return path[0] in known and (len(path) == 1 or path[1] in known[path[0]])


def _inside(values: Any, name: str) -> Any:
    return values.get(name) if isinstance(values, dict) else None


def _pairs(values: Any, work: Work) -> Pairs:
    """Read the overrides of parameters; several values of one are joined by commas (AWS: Override your API's request
    and response parameters, the log of a test call), and one that is null is none (uncertain)."""
    if not isinstance(values, dict):
        return ()
    made = ((text(name, work), value) for name, value in values.items() if value is not None)
    return tuple((_encodable(name), _encodable(_joined(value, work))) for name, value in made)


def _joined(value: Any, work: Work) -> str:
    return ",".join(text(one, work) for one in value) if isinstance(value, list) else text(value, work)


def _encodable(made: str) -> str:
    """Put a question mark for half a surrogate pair, as Java's encoder does."""
    return made.encode("utf-8", "replace").decode()
