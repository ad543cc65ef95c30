"""Says what API Gateway refuses of API keys and usage plans, and how to write it instead. No message shows the value of
a key."""

from collections.abc import Iterator, Sequence

from emulator.aws.rest_api.rest_api import RestApi
from emulator.aws.usage_plans import ApiKey, QuotaPeriod, UsagePlan
from emulator.config.complaint import Complaint, listed, quoted
from emulator.deployment import Endpoint
from emulator.spelling import near

SHORTEST, LONGEST = 20, 128
"""Characters of a key's value ("API Key value should be at least 20 characters", "exceeds maximum size of 128
characters": AWS's answers to CreateApiKey, hashicorp/terraform-provider-aws#30894)."""

FURTHEST = {QuotaPeriod.DAY: 0, QuotaPeriod.WEEK: 6, QuotaPeriod.MONTH: 27}
"""The largest offset of a quota in each period (hashicorp/terraform-provider-aws, validUsagePlanQuotaSettings)."""


def usage_plan_complaints(endpoints: Sequence[Endpoint]) -> Iterator[Complaint]:
    """Complain of keys that AWS does not take, and of plans that name what is not there. Every REST API has all keys
    and plans; without one, there is nothing to say of them."""
    apis = [endpoint.api for endpoint in endpoints if isinstance(endpoint.api, RestApi)]
    if apis:
        yield from _api_keys(apis[0].api_keys)
        for plan in apis[0].usage_plans:
            yield from _stages(plan, apis)
            yield from _keys(plan, [key.name for key in apis[0].api_keys])
            yield from _quota(plan)
        yield from _twice(apis[0].usage_plans)


def _api_keys(keys: Sequence[ApiKey]) -> Iterator[Complaint]:
    first: dict[str, str] = {}
    for key in keys:
        place = ("apiKey", key.name)
        if not SHORTEST <= len(key.value) <= LONGEST:
            fix = f"Write one of {SHORTEST} to {LONGEST} characters: AWS takes no other."
            found = f"a value of {len(key.value)} characters"
            yield Complaint(place, found, f"{SHORTEST} to {LONGEST} characters", fix)
        if first.setdefault(key.value, key.name) != key.name:
            found = f"the value that `{first[key.value]}` has already"
            yield Complaint(place, found, "a value of its own for each key", "Write another.")


def _stages(plan: UsagePlan, apis: Sequence[RestApi]) -> Iterator[Complaint]:
    stages = {api.name: api.stage for api in apis}
    for index, (api, stage) in enumerate(plan.api_stages):
        place = ("usagePlan", plan.name, "apiStages", index)
        if api not in stages:
            meant = near(api, sorted(stages))
            fix = f"Write `{meant}`." if meant else f"Name one of them: {listed(sorted(stages))}."
            yield Complaint(place, f"the REST API {quoted(api)}, which is not declared", "the name of a REST API", fix)
        elif stage != stages[api]:
            found = f"the stage {quoted(stage)}, which `{api}` does not have here"
            fix = f"Write `{stages[api]}`, or leave `stage` out."
            yield Complaint(place, found, "the stage of the API", fix, is_warning=True)


def _keys(plan: UsagePlan, declared: list[str]) -> Iterator[Complaint]:
    for index, name in enumerate(plan.api_keys):
        if name not in declared:
            meant = near(name, declared)
            place = ("usagePlan", plan.name, "apiKeys", index)
            found, declared_as = quoted(name), name
            if meant is None and len(name) >= SHORTEST:  # it may be a value, and so a secret
                found, declared_as = "an API key that is not declared", "NAME"
            fix = (
                f"Write `{meant}`." if meant else f"Declare it: `apiKeys: {{{declared_as}: VALUE}}`, and name it here."
            )
            yield Complaint(place, found, "the name of a key under `apiKeys`", fix)


def _quota(plan: UsagePlan) -> Iterator[Complaint]:
    quota = plan.quota
    if quota is not None and quota.offset > FURTHEST[quota.period]:
        most = FURTHEST[quota.period]
        fix = f"Write `offset: {most}`, or less." if most else "Take it out."
        found = f"an offset of {quota.offset} in a {quota.period}"
        yield Complaint(("usagePlan", plan.name, "quota", "offset"), found, f"at most {most}", fix)


def _twice(plans: Sequence[UsagePlan]) -> Iterator[Complaint]:
    """Complain of a key in two plans for one stage (AWS: Usage plans and API keys for REST APIs: "a given API key can
    only be associated with one usage plan for each stage of an API")."""
    first: dict[tuple[str, tuple[str, str]], str] = {}
    for plan in plans:
        for key in plan.api_keys:
            for stage in plan.api_stages:
                earlier = first.setdefault((key, stage), plan.name)
                if earlier != plan.name:
                    found = f"the API key {quoted(key)} in `{earlier}` and `{plan.name}`, both for {stage[0]}"
                    expected = "one usage plan for each key and stage"
                    yield Complaint(("usagePlan", plan.name, "apiKeys"), found, expected, "Take it out of one.")
