"""What a generated OPTIONS method is to answer, said in the `cors` that it is made of."""

from dataclasses import replace

import pytest

from emulator.aws.rest_api.generated_cors import GeneratedCors, Generator
from emulator.aws.rest_api.rest_api import RestApi
from emulator.config.emulator_yaml.rest_cors import with_options_methods
from emulator.exchange import Exchange
from emulator.findings.changes import AddToHeader, Change, MendHandler, RemoveHeaders, ReturnHeaders
from emulator.findings.generated_preflights import generator_of, in_cors
from emulator.findings.mapping_changes import SetGeneratedCors
from findings.examples import PAGE, PLAIN, REST, answers, call, preflight, with_generated, with_mock
from serving.exchanges import exchanged

A = "https://a.example"
CONSOLE, SAM, CDK, SERVERLESS = (GeneratedCors(one) for one in Generator)
ACAO, ACAC = "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"


def set_(key: str, *values: str, is_list: bool = False) -> SetGeneratedCors:
    return SetGeneratedCors("orders", key, values, is_list)


@pytest.mark.parametrize(
    ("cors", "change", "said"),
    [
        (CONSOLE, ReturnHeaders("", ((ACAO, PAGE),)), (set_("allowOrigin", PAGE),)),
        (SAM, ReturnHeaders("", ((ACAO, PAGE),)), (set_("allowOrigin", f"'{PAGE}'"),)),
        (CDK, ReturnHeaders("", ((ACAO, PAGE),)), (set_("allowOrigins", PAGE, is_list=True),)),
        (
            replace(CDK, allow_origins=(A,)),
            ReturnHeaders("", ((ACAO.lower(), PAGE),)),
            (set_("allowOrigins", A, PAGE, is_list=True),),
        ),
        (
            replace(CDK, allow_origins=(A,)),
            ReturnHeaders("", ((ACAO, "*"),)),
            (set_("allowOrigins", "*", is_list=True),),
        ),
        (
            SERVERLESS,
            AddToHeader("", "Access-Control-Allow-Headers", ("x-b",), "x-a"),
            (set_("allowHeaders", "x-a", "x-b", is_list=True),),
        ),
        (
            SAM,
            AddToHeader("", "Access-Control-Allow-Methods", ("PUT",), ""),
            (set_("allowMethods", "'PUT'"),),
        ),
        (
            CDK,
            ReturnHeaders("", ((ACAC, "true"),), status=204),
            (set_("statusCode", "204"), set_("allowCredentials", "true")),
        ),
        (SAM, ReturnHeaders("", (), status=204), None),
        (SAM, ReturnHeaders("", (("Access-Control-Max-Age", "600"),)), (set_("maxAge", "'600'"),)),
        (CDK, ReturnHeaders("", (("Access-Control-Max-Age", "600"),)), (set_("maxAge", "600"),)),
        (CONSOLE, ReturnHeaders("", (("Access-Control-Max-Age", "600"),)), None),
        (CONSOLE, ReturnHeaders("", (("Vary", "Origin"),)), None),
        (SAM, RemoveHeaders("", ACAC), (set_("allowCredentials", "false"),)),
        (SAM, RemoveHeaders("", "Vary"), None),
        (SAM, MendHandler(""), None),
    ],
)
def test_in_cors(cors: GeneratedCors, change: Change, said: tuple[Change, ...] | None) -> None:
    assert in_cors(change, "orders", cors) == said


def asked(api: RestApi) -> Exchange:
    return exchanged(api, preflight(path="/dev/m"), answers())


def test_who_has_made_the_method() -> None:
    assert generator_of(asked(with_generated(CDK))) == CDK
    assert generator_of(asked(with_mock())) is None
    assert generator_of(exchanged(PLAIN, call(), answers())) is None
    assert generator_of(exchanged(REST, call(path="/dev/none"), answers())) is None
    own = replace(with_generated(CDK), methods=with_options_methods(CDK, with_mock().methods))
    assert generator_of(asked(own)) is None
