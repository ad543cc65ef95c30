from emulator.aws.integrations import LambdaProxy
from emulator.aws.rest_api.generated_cors import GeneratedCors, Generator
from emulator.aws.rest_api.rest_api import Method
from emulator.config.emulator_yaml.rest_cors import generated_cors, with_options_methods
from emulator.config.emulator_yaml.schema.rest_cors import RestCors

A = "https://a.example"
GET = Method("GET", "/x", LambdaProxy("f", "1.0", 29.0))


def test_a_text_and_a_list_are_the_same() -> None:
    one = generated_cors(RestCors.model_validate({"generator": "sam", "allowOrigin": "'*'", "allowMethods": "'GET'"}))
    assert one == GeneratedCors(Generator.SAM, ("'*'",), ("'GET'",))
    several = RestCors.model_validate({"generator": "cdk", "allowOrigins": [A, "https://b.example"]})
    assert generated_cors(several) == GeneratedCors(Generator.CDK, (A, "https://b.example"))
    assert generated_cors(RestCors()) == GeneratedCors()
    assert generated_cors(None) is None


def test_the_methods_stand_behind_those_of_the_file() -> None:
    assert with_options_methods(None, (GET,)) == (GET,)
    own, made = with_options_methods(GeneratedCors(), (GET,))
    assert (own, made.key, made.is_generated) == (GET, "OPTIONS /x", True)
