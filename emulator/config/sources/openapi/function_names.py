"""Which function a URI of an integration means: by an ARN, by CloudFormation's functions, or by Terraform's references.

arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:...:function:items/invocations
{"Fn::Sub": "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Items.Arn}/invocations"}
${Items.Arn}                                    of an HTTP API, which takes the function's ARN alone
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from emulator.aws.account import ACCOUNT_ID, REGION
from emulator.aws.stage_variables import with_stage_variables
from emulator.config.yaml.document import Data

PSEUDO_PARAMETERS = {"AWS::Region": REGION, "AWS::AccountId": ACCOUNT_ID, "AWS::Partition": "aws"}
STREAMING = "response-streaming-invocations"
_ACTION = re.compile(r"arn:[^:]*:apigateway:[^:]*:lambda:path/[^/]*/functions/(.+?)/(invocations|" + STREAMING + r")/?")
_SERVICE = re.compile(r"arn:[^:]*:apigateway:[^:]*:([^:]+):(?:path|action)/")
_ARN = re.compile(r"arn:[^:]*:lambda:[^:]*:[^:]*:function:([^:]+)(?::.+)?")
_REFERENCE = re.compile(r"\$\{!?([A-Za-z0-9_.:-]+?)(?:\.(?:Arn|Alias|invoke_arn|arn|Value))?\}|([A-Za-z0-9]+)\.Arn")
_NAME = re.compile(r"[A-Za-z0-9_-]+(?::[A-Za-z0-9$_-]+)?")


@dataclass(frozen=True, slots=True)
class Named:
    """The function that a URI names."""

    name: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a URI names that is no function to be invoked, or not so: in a few words."""

    what: str


def target_of(uri: Data, stage_variables: Mapping[str, str]) -> Named | Elsewhere | None:
    """Tell what a URI leads to; None where it is none of a function or of an AWS service."""
    text = with_stage_variables(substituted(uri), stage_variables)
    action = _ACTION.fullmatch(text)
    if action is not None and action[2] == STREAMING:
        return Elsewhere("response streaming")
    if action is None and (service := _SERVICE.match(text)) is not None:
        return Elsewhere(f"the AWS service `{service[1]}`")
    function = action[1] if action is not None else text
    arn = _ARN.fullmatch(function)
    if arn is not None:
        function = arn[1]
    elif action is None and _REFERENCE.fullmatch(function) is None:
        return None
    reference = _REFERENCE.fullmatch(function)
    if reference is not None and not function.startswith("${stageVariables."):
        return Named((reference[1] or reference[2]).rpartition(".")[2])
    return Named(function.partition(":")[0] if _NAME.fullmatch(function) else function)


def substituted(value: Data) -> str:
    """Write what CloudFormation's functions make of a value, as far as the document tells: what they refer to stays a
    reference, `${Items.Arn}`."""
    match value:
        case str(text) | {"Fn::Sub": str(text)}:
            return _with_pseudo_parameters(text, {})
        case {"Fn::Sub": [str(text), dict(variables)]} | [str(text), dict(variables)]:
            return _with_pseudo_parameters(text, {name: substituted(one) for name, one in variables.items()})
        case {"Fn::GetAtt": [str(name), str(attribute)]}:
            return f"${{{name}.{attribute}}}"
        case {"Fn::GetAtt": str(name)} | {"Ref": str(name)}:
            return _with_pseudo_parameters(f"${{{name}}}", {})
        case {"Fn::Join": [str() | None as between, list(parts)]}:
            return (between or "").join(map(substituted, parts))
        case _:
            return ""


def _with_pseudo_parameters(text: str, variables: Mapping[str, str]) -> str:
    known = {**PSEUDO_PARAMETERS, **variables}
    return re.sub(r"\$\{([A-Za-z0-9_:.]+)\}", lambda found: known.get(found[1], found[0]), text)
