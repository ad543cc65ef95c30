"""Whom a method that requires an API key lets in."""

import pytest

from emulator.aws.product import Caller
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api.api_keys import caller_of, callers
from emulator.aws.rest_api.method_request import ApiKeySource
from emulator.aws.usage_plans import ApiKey, UsagePlan
from emulator.messages import Request

PARTNER = ApiKey("partner", "id1", "partner-value")
OFF = ApiKey("off", "id2", "off-value", enabled=False)
LOOSE = ApiKey("loose", "id3", "loose-value")
BASIC = UsagePlan("basic", (("shop", "dev"),), ("partner", "off"))
ELSEWHERE = UsagePlan("elsewhere", (("shop", "prod"), ("other", "dev")), ("loose", "partner"))
KNOWN = callers((PARTNER, OFF, LOOSE), (ELSEWHERE, BASIC), ("shop", "dev"))


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        pytest.param((), "the method requires an API key, and the request has no header x-api-key", id="none"),
        pytest.param(
            (("X-API-Key", ""),), "the method requires an API key, and the request has no header x-api-key", id="empty"
        ),
        pytest.param((("X-API-Key", "wrong"),), "no API key has the value of the header x-api-key", id="unknown"),
        pytest.param((("X-API-Key", "off-value"),), "the API key off is not enabled", id="disabled"),
        pytest.param(
            (("X-API-Key", "loose-value"),), "the API key loose is of no usage plan for the stage dev of shop",
            id="of-another-stage",
        ),
    ],
)  # fmt: skip
def test_refused(headers: tuple[tuple[str, str], ...], reason: str) -> None:
    caller = caller_of(Request("GET", "/dev/x", headers=headers), ApiKeySource.HEADER, KNOWN)
    assert caller == Refusal(RefusalKind.INVALID_API_KEY, reason)


def test_let_in_by_the_plan_of_the_stage() -> None:
    request = Request("GET", "/dev/x", headers=(("x-api-KEY", "partner-value"),))
    assert caller_of(request, ApiKeySource.HEADER, KNOWN) == Caller(PARTNER, BASIC)
    refused = caller_of(request, ApiKeySource.AUTHORIZER, KNOWN)
    assert isinstance(refused, Refusal)
    assert refused.reason == "the method requires an API key of its authorizer, and it has none"
