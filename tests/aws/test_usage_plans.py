"""What a throttle and a quota make of requests one after the other."""

from datetime import UTC, datetime

import pytest

from emulator.aws.refusal import RefusalKind
from emulator.aws.usage_plans import ApiKey, Quota, QuotaPeriod, Throttle, Usage, UsagePlan, metered, period_began

NOON = int(datetime(2026, 3, 5, 12, tzinfo=UTC).timestamp() * 1000)
"""A Thursday."""


def outcomes(plan: UsagePlan, times: tuple[int, ...]) -> list[RefusalKind | None]:
    usage: Usage | None = None
    kinds: list[RefusalKind | None] = []
    for time in times:
        usage, refusal = metered(plan, usage, NOON + time)
        kinds.append(None if refusal is None else refusal.kind)
    return kinds


THROTTLED, QUOTA = RefusalKind.THROTTLED, RefusalKind.QUOTA_EXCEEDED
DAY = 86_400_000


@pytest.mark.parametrize(
    ("plan", "times", "expected"),
    [
        pytest.param(UsagePlan("p"), (0, 0, 0), [None, None, None], id="no-limits"),
        pytest.param(
            UsagePlan("p", throttle=Throttle(2, 1)), (0, 1, 501, 502), [None, THROTTLED, None, THROTTLED], id="rate-2"
        ),
        pytest.param(
            UsagePlan("p", throttle=Throttle(1, 2)), (0, 0, 0, 9000, 9000, 9000),
            [None, None, THROTTLED, None, None, THROTTLED], id="burst-2-is-never-more",
        ),
        pytest.param(UsagePlan("p", throttle=Throttle(1, 1)), (0, -9000), [None, THROTTLED], id="clock-set-back"),
        pytest.param(
            UsagePlan("p", quota=Quota(1, QuotaPeriod.DAY)), (0, 1, DAY, DAY), [None, QUOTA, None, QUOTA], id="day"
        ),
        pytest.param(
            UsagePlan("p", throttle=Throttle(1, 1), quota=Quota(1, QuotaPeriod.DAY)), (0, 0), [None, QUOTA],
            id="quota-before-throttle",
        ),
        pytest.param(
            UsagePlan("p", throttle=Throttle(1, 1), quota=Quota(2, QuotaPeriod.DAY)), (0, 0, 1000, 2000),
            [None, THROTTLED, None, QUOTA], id="what-is-throttled-uses-no-quota",
        ),
    ],
)  # fmt: skip
def test_metered(plan: UsagePlan, times: tuple[int, ...], expected: list[RefusalKind | None]) -> None:
    assert outcomes(plan, times) == expected
    assert plan.is_metered is (plan.throttle is not None or plan.quota is not None)


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        pytest.param(
            UsagePlan("basic", throttle=Throttle(0.5, 0)),
            "the usage plan basic lets a key make 0.5 requests per second, 0 at once",
            id="throttle",
        ),
        pytest.param(
            UsagePlan("basic", quota=Quota(0, QuotaPeriod.MONTH)),
            "the usage plan basic has a quota of 0 per MONTH, and it is used up",
            id="quota",
        ),
    ],
)
def test_reason(plan: UsagePlan, reason: str) -> None:
    _, refusal = metered(plan, None, NOON)
    assert refusal is not None
    assert refusal.reason == reason


@pytest.mark.parametrize(
    ("period", "offset", "day", "began"),
    [
        pytest.param(QuotaPeriod.DAY, 0, (2026, 3, 5), (2026, 3, 5), id="day"),
        pytest.param(QuotaPeriod.WEEK, 0, (2026, 3, 5), (2026, 3, 1), id="week-from-sunday"),
        pytest.param(QuotaPeriod.WEEK, 0, (2026, 3, 1), (2026, 3, 1), id="sunday"),
        pytest.param(QuotaPeriod.WEEK, 1, (2026, 3, 1), (2026, 2, 23), id="week-from-monday"),
        pytest.param(QuotaPeriod.MONTH, 0, (2026, 3, 5), (2026, 3, 1), id="month"),
        pytest.param(QuotaPeriod.MONTH, 5, (2026, 3, 5), (2026, 2, 6), id="month-from-the-6th"),
        pytest.param(QuotaPeriod.MONTH, 5, (2026, 3, 6), (2026, 3, 6), id="the-6th"),
    ],
)
def test_period(period: QuotaPeriod, offset: int, day: tuple[int, int, int], began: tuple[int, int, int]) -> None:
    moment = datetime(*day, 23, 59, tzinfo=UTC)
    first = datetime(*began, tzinfo=UTC)
    assert period_began(Quota(1, period, offset), int(moment.timestamp() * 1000)) == first.timestamp() // 86_400


def test_a_key_is_shown_without_its_value() -> None:
    assert "secret" not in repr(ApiKey("partner", "abc", "secret"))
