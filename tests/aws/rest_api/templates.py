"""Templates rendered in few words."""

from typing import Any

from emulator.aws.rest_api.mapping_template import Rendered, TemplateError, TemplateInput, render


def made(template: str, body: str = "{}", **given: Any) -> str:
    """The text that a template makes of a body; `given` as TemplateInput has it."""
    rendered = render(template, TemplateInput(body=body, **given))
    assert isinstance(rendered, Rendered), rendered
    return rendered.text


def fails(template: str, body: str = "{}", **given: Any) -> tuple[int | None, str]:
    """The line and the reason of a template that fails."""
    error = render(template, TemplateInput(body=body, **given))
    assert isinstance(error, TemplateError), error
    return error.line, error.reason
