"""What is counted together and what apart; the counting itself is tested with usage plans."""

from dataclasses import replace

from emulator.aws.product import ANYONE, Caller
from emulator.aws.refusal import RefusalKind
from emulator.aws.usage_plans import ApiKey, Quota, QuotaPeriod, UsagePlan
from emulator.server.usage_meter import UsageMeter
from products import STAMP

KEY = ApiKey("partner", "id1", "partner-value")
PLAN = UsagePlan("basic", (("shop", "dev"), ("orders", "dev")), ("partner",), quota=Quota(1, QuotaPeriod.DAY))


def test_one_key_of_one_plan_has_one_count() -> None:
    meter = UsageMeter()
    assert meter(Caller(KEY, PLAN), STAMP) is None
    refusal = meter(Caller(KEY, PLAN), STAMP)
    assert refusal is not None
    assert refusal.kind is RefusalKind.QUOTA_EXCEEDED
    assert meter(Caller(replace(KEY, name="other"), PLAN), STAMP) is None
    assert meter(Caller(KEY, replace(PLAN, name="other")), STAMP) is None


def test_a_plan_that_is_edited_keeps_its_count() -> None:
    meter = UsageMeter()
    assert meter(Caller(KEY, PLAN), STAMP) is None
    more = replace(PLAN, quota=Quota(2, QuotaPeriod.DAY))
    assert meter(Caller(KEY, more), STAMP) is None
    assert meter(Caller(KEY, more), STAMP) is not None


def test_who_has_no_limits_is_not_counted() -> None:
    meter = UsageMeter()
    assert [meter(Caller(KEY, replace(PLAN, quota=None)), STAMP), meter(ANYONE, STAMP)] == [None, None]
