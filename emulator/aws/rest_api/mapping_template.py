"""A mapping template of a REST API, rendered (AWS: Mapping template transformations for REST APIs)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TemplateInput:
    """What a template can name; `body` is the payload that is transformed."""

    body: str
    path: Mapping[str, str]
    querystring: Mapping[str, str]
    header: Mapping[str, str]
    context: Mapping[str, Any]
    stage_variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a template has set in `$context.responseOverride`."""

    status: int | None = None
    response_headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a template made, and what it has set for later."""

    text: str
    overrides: Overrides


@dataclass(frozen=True, slots=True)
class TemplateError:
    """Why a template cannot be rendered, and its line, from 1, where one is at fault."""

    line: int | None
    reason: str


def render(template: str, given: TemplateInput, earlier: Overrides | None = None) -> Rendered | TemplateError:
    """Render a template without directives and references; `earlier` is what a template before it has set."""
    return Rendered(template, earlier or Overrides())
