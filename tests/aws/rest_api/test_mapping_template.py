from emulator.aws.rest_api.mapping_template import Overrides, Rendered, TemplateInput, render


def test_a_template_without_references_is_its_own_text() -> None:
    given = TemplateInput("", {}, {}, {}, {}, {})
    assert render("{}", given) == Rendered("{}", Overrides())
    assert render("{}", given, Overrides(444)) == Rendered("{}", Overrides(444))
