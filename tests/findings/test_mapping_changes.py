"""The template that names the origin that asks does so in the template engine."""

import pytest

from emulator.aws.rest_api.mapping_template import Rendered, TemplateInput, render
from emulator.findings.mapping_changes import MapOrigin

ORIGINS = ("https://a.example", "https://b.example")


@pytest.mark.parametrize("name", ["origin", "Origin"])
@pytest.mark.parametrize("origin", [*ORIGINS, "https://c.example"])
def test_the_origin_that_asks_is_named_where_it_is_listed(name: str, origin: str) -> None:
    template = MapOrigin("shop", "OPTIONS /x", "default", ORIGINS).template
    rendered = render(template, TemplateInput(header={name: origin}))
    assert isinstance(rendered, Rendered)
    named = (("Access-Control-Allow-Origin", origin),) if origin in ORIGINS else ()
    assert (rendered.text, rendered.overrides.response_headers) == ("", named)
