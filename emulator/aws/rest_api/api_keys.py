"""Who calls a method that requires an API key (AWS: Choose an API key source in API Gateway)."""

from collections.abc import Iterable, Iterator, Mapping

from emulator.aws.product import Caller
from emulator.aws.refusal import Refusal, RefusalKind
from emulator.aws.rest_api.method_request import ApiKeySource
from emulator.aws.usage_plans import ApiKey, UsagePlan
from emulator.messages import Request

HEADER = "x-api-key"


def callers(
    api_keys: Iterable[ApiKey], usage_plans: Iterable[UsagePlan], api_stage: tuple[str, str]
) -> dict[str, Caller | Refusal]:
    """Return, by the value of each key, who calls with it the stage of an API, which `api_stage` names; a Refusal where
    it lets nobody in. Of several plans that give a key to one stage, which AWS does not allow, the first counts."""
    plans = [plan for plan in usage_plans if api_stage in plan.api_stages]
    return dict(_callers(api_keys, plans, api_stage))


def _callers(
    api_keys: Iterable[ApiKey], plans: list[UsagePlan], api_stage: tuple[str, str]
) -> Iterator[tuple[str, Caller | Refusal]]:
    for key in api_keys:
        plan = next((plan for plan in plans if key.name in plan.api_keys), None)
        if not key.enabled:
            yield key.value, refusal(f"the API key {key.name} is not enabled")
        elif plan is None:
            api, stage = api_stage
            yield key.value, refusal(f"the API key {key.name} is of no usage plan for the stage {stage} of {api}")
        else:
            yield key.value, Caller(key, plan)


def caller_of(request: Request, source: ApiKeySource, known: Mapping[str, Caller | Refusal]) -> Caller | Refusal:
    """Find who calls by the key of a request; every refusal is AWS's same 403 (localstack/localstack,
    test_api_key_required_for_methods, validated on AWS). No message shows the key."""
    if source is ApiKeySource.AUTHORIZER:
        return refusal("the method requires an API key of its authorizer, and it has none")
    value = request.header(HEADER)
    if not value:
        return refusal(f"the method requires an API key, and the request has no header {HEADER}")
    return known.get(value) or refusal(f"no API key has the value of the header {HEADER}")


def refusal(reason: str) -> Refusal:
    return Refusal(RefusalKind.INVALID_API_KEY, reason)
