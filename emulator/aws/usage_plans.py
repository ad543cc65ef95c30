"""API keys and usage plans: what they are, and what a plan's throttle and quota make of one request more.

The fields are those of AWS's ApiKey and UsagePlan (Amazon API Gateway REST API reference), with its names. Nothing here
keeps a count: whoever does hands in what was used so far and keeps what comes out.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from emulator.aws.refusal import Refusal, RefusalKind

MS_PER_DAY = 86_400_000
EPOCH = date(1970, 1, 1).toordinal()
SUNDAY = 4
"""Added to a day of the Unix epoch, which began on a Thursday, this makes the days since Sunday, modulo 7."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key by which callers are told apart. `value` is what they send, a secret that no message shows."""

    name: str
    key_id: str
    value: str = field(repr=False)
    enabled: bool = True


class QuotaPeriod(StrEnum):
    """After what time a quota begins anew."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"


@dataclass(frozen=True, slots=True)
class Throttle:
    """How fast a key may call: a bucket of `burst_limit` tokens, filled with `rate_limit` per second."""

    rate_limit: float
    burst_limit: int


@dataclass(frozen=True, slots=True)
class Quota:
    """How many requests a key may make in a period, which begins `offset` days after the week or month does.

    So are offset's limits: 0 for a DAY, up to 6 for a WEEK, up to 27 for a MONTH (hashicorp/terraform-provider-aws,
    validUsagePlanQuotaSettings). AWS's reference calls it a number of requests taken off the first period: uncertain.
    """

    limit: int
    period: QuotaPeriod
    offset: int = 0


@dataclass(frozen=True, slots=True)
class UsagePlan:
    """Which keys may call which stages, and how often. `api_stages` are names of APIs, each with its stage; `api_keys`
    are names of keys."""

    name: str
    api_stages: tuple[tuple[str, str], ...] = ()
    api_keys: tuple[str, ...] = ()
    throttle: Throttle | None = None
    quota: Quota | None = None

    @property
    def is_metered(self) -> bool:
        """Whether it matters how often a key of it is used."""
        return self.throttle is not None or self.quota is not None


@dataclass(frozen=True, slots=True)
class Usage:
    """What one key has used of one plan. `tokens` were in the bucket at `epoch_ms`, and `used` requests have been made
    in the quota's period, which began at day `period_began` of the Unix epoch."""

    tokens: float
    epoch_ms: int
    period_began: int
    used: int


def metered(plan: UsagePlan, usage: Usage | None, epoch_ms: int) -> tuple[Usage, Refusal | None]:
    """Count one request at a time in Unix milliseconds; `usage` is None before the first. Return what is used then, and
    the refusal where it is too much: the quota's before the throttle's. That order, and that what is refused by one
    costs nothing of the other, are uncertain.
    """
    now = _at(plan, usage, epoch_ms)
    quota, throttle = plan.quota, plan.throttle
    if quota is not None and now.used >= quota.limit:
        reason = f"the usage plan {plan.name} has a quota of {quota.limit} per {quota.period}, and it is used up"
        return now, Refusal(RefusalKind.QUOTA_EXCEEDED, reason)
    if throttle is not None and now.tokens < 1:
        limits = f"{throttle.rate_limit:g} requests per second, {throttle.burst_limit} at once"
        return now, Refusal(RefusalKind.THROTTLED, f"the usage plan {plan.name} lets a key make {limits}")
    return Usage(now.tokens - 1, now.epoch_ms, now.period_began, now.used + 1), None


def _at(plan: UsagePlan, usage: Usage | None, epoch_ms: int) -> Usage:
    """Bring what was used to a later time: tokens have come in since, and a period may have begun anew. A clock that is
    set back fills nothing."""
    began = 0 if plan.quota is None else period_began(plan.quota, epoch_ms)
    throttle = plan.throttle or Throttle(0.0, 0)
    if usage is None:
        return Usage(throttle.burst_limit, epoch_ms, began, 0)
    came = throttle.rate_limit * max(0, epoch_ms - usage.epoch_ms) / 1000
    tokens = min(throttle.burst_limit, max(0.0, usage.tokens) + came)
    return Usage(tokens, epoch_ms, began, usage.used if began == usage.period_began else 0)


def period_began(quota: Quota, epoch_ms: int) -> int:
    """Return the day of the Unix epoch on which the quota's period began, at midnight UTC. A week is that from Sunday,
    as AWS's console counts them (uncertain)."""
    day = epoch_ms // MS_PER_DAY
    if quota.period is QuotaPeriod.DAY:
        return day
    if quota.period is QuotaPeriod.WEEK:
        return day - (day + SUNDAY - quota.offset) % 7
    return day - (date.fromordinal(EPOCH + day - quota.offset).day - 1)
