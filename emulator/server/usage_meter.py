"""Keeps what API keys have used of their usage plans, for as long as it serves: a reload changes no count."""

from emulator.aws.product import Caller, Stamp
from emulator.aws.refusal import Refusal
from emulator.aws.usage_plans import Usage, metered


class UsageMeter:
    """Counts requests by usage plan and API key, over all APIs of the plan (AWS: Usage plans and API keys for REST
    APIs)."""

    def __init__(self) -> None:
        self._usages: dict[tuple[str, str], Usage] = {}

    def __call__(self, caller: Caller, stamp: Stamp) -> Refusal | None:
        """Count one request at the time of its stamp; a Refusal where it is one too many."""
        key, plan = caller.api_key, caller.usage_plan
        if key is None or plan is None or not plan.is_metered:
            return None
        name = (plan.name, key.name)
        self._usages[name], refusal = metered(plan, self._usages.get(name), stamp.epoch_ms)
        return refusal
