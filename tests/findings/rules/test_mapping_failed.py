from dataclasses import replace

from emulator.aws.integrations import Mappings, Mock, PassthroughBehavior
from emulator.aws.product import Layer
from emulator.aws.rest_api.rest_api import Method
from emulator.findings.mapping_changes import MapHeaders, SetContentHandling, SetRequestTemplate
from emulator.findings.rules.mapping_failed import RULE
from findings.examples import DATA, PAGE, REST, Example, answers, call, preflight, with_mock
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

API, OPTIONS = "orders", "OPTIONS /m"
STATUS_200 = SetRequestTemplate(API, OPTIONS, "application/json", '{"statusCode": 200}')
BINARY = replace(with_mock(acao=PAGE, acam="PUT"), binary_media_types=("*/*",))


def with_mappings(mappings: Mappings) -> object:
    return replace(REST, methods=(Method("OPTIONS", "/m", Mock(mappings)),))


FOUND = [
    Example(
        "no-status",
        with_mock("{}", acao=PAGE, acam="PUT"),
        preflight(path="/dev/m"),
        answers(acao=PAGE),
        (STATUS_200,),
        Layer.GATEWAY,
        "'OPTIONS /m' of 'orders': the request template made `{}`",
    ),
    Example(
        "no-response",
        with_mappings(Mappings(request_templates=(("application/json", '{"statusCode": 200}'),))),
        call("OPTIONS", "/dev/m"),
        answers(acao=PAGE),
        (MapHeaders(API, OPTIONS, "default", (), 200),),
        Layer.GATEWAY,
        "no integration response takes `200`",
    ),
    Example(
        "binary",
        BINARY,
        preflight(path="/dev/m"),
        answers(acao=PAGE),
        (SetContentHandling(API, OPTIONS, "CONVERT_TO_TEXT"),),
        Layer.GATEWAY,
        "application/json is among binaryMediaTypes",
    ),
    Example(
        "media-type",
        with_mappings(
            replace(with_mock().methods[1].integration.mappings, passthrough_behavior=PassthroughBehavior.NEVER)
        ),
        call("OPTIONS", "/dev/m", Content_Type="text/plain; charset=utf-8"),
        answers(acao=PAGE),
        (SetRequestTemplate(API, OPTIONS, "text/plain", '{"statusCode": 200}'),),
        Layer.GATEWAY,
        "no request template is for text/plain",
    ),
]

NOT_FOUND = [
    Example("sound", with_mock(acao=PAGE, acam="PUT"), preflight(path="/dev/m"), answers(acao=PAGE)),
    Example("function", DATA, call(path="/dev/x"), answers(body="?", is_base64=True)),
]
