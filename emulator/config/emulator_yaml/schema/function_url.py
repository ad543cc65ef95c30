"""Describes the section of a Lambda function URL."""

from typing import Annotated, ClassVar, Literal

from emulator.config.emulator_yaml.schema import api_keys
from emulator.config.emulator_yaml.schema.cors import CorsSection
from emulator.config.emulator_yaml.schema.section import Section


class FunctionUrl(Section):
    """A Lambda function URL."""

    not_yet: ClassVar = {
        "authtype": "Take it out only if the URL may answer everyone on this machine, as with authType NONE.",
        "invokemode": "Remove it: responses are buffered here, as with invokeMode BUFFERED.",
    }
    elsewhere: ClassVar = {
        **api_keys.DECLARED_ELSEWHERE,
        "routes": "Name one `function`: a function URL passes every path to it.",
        **dict.fromkeys(("stage", "stagevariables"), "Remove it: a function URL has no stages."),
        "payloadformatversion": "Remove it: a function URL always sends format 2.0.",
        "timeoutinmillis": "Set the function's own `timeout`: a function URL waits as long.",
        "binarymediatypes": "Remove it: a function URL tells binary bodies by their content type.",
    }
    other_names: ClassVar = {**api_keys.FUNCTION_NAMES, "corsconfiguration": "cors"}

    type: Annotated[Literal["function-url"], api_keys.type_key("function-url")]
    port: api_keys.Port = None
    enforce: api_keys.Enforce = True
    function: api_keys.FunctionName
    cors: CorsSection = None
