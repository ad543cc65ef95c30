"""How many execution environments a function starts, and what becomes of an invocation that gets none in time."""

from dataclasses import dataclass

from emulator.functions.invocation import IntegrationTimeout, Throttled

PATIENCE = 0.02
"""Seconds a queued invocation waits for one of the busy environments before another is started. Lambda starts one at
once; here a burst of short requests would start a dozen interpreters on a few cores, and be the slower for it."""

MOST_PATIENCE = 0.1
"""Seconds that a queued invocation waits at most: a function that is slow to start is worth a longer wait, up to
here."""

IDLE_LIMIT = 60.0
"""Seconds without work after which an environment ends, all but the one used last: nobody should wait for a cold start
after lunch. AWS keeps idle ones for some minutes and says not how many."""


def patience(init_duration_ms: float) -> float:
    """Return the seconds to wait, where a start takes `init_duration_ms`: to wait half as long loses little either
    way."""
    return min(max(PATIENCE, init_duration_ms / 2000), MOST_PATIENCE)


@dataclass(frozen=True, slots=True)
class Demand:
    """What one function is asked for and has: `waiting` invocations, `live` environments of which `starting` are still
    initializing, and at most `limit` of them."""

    waiting: int
    live: int
    starting: int
    limit: int


def starts_at_once(demand: Demand) -> bool:
    """Tell whether an environment is started without waiting for a busy one."""
    return demand.waiting > 0 and demand.live == 0


def starts(demand: Demand) -> int:
    """Tell how many environments to start now. Until one of them has initialized, one: a function that does not import
    fails once for all who wait, not once for each."""
    if demand.live == demand.starting:
        return int(demand.waiting > 0 and demand.live == 0)
    return max(0, min(demand.waiting - demand.starting, demand.limit - demand.live))


def is_at_limit(demand: Demand) -> bool:
    """Tell whether an invocation that comes now has to wait for another to end."""
    return demand.live >= demand.limit and not demand.starting


def is_beyond_the_limit(demand: Demand, ahead: int) -> bool:
    """Tell whether an invocation that waits behind `ahead` others can get no environment but a busy one."""
    busy = demand.live - demand.starting
    return ahead >= demand.limit - busy


def give_up(demand: Demand, waited_s: float) -> Throttled | IntegrationTimeout:
    """Make the end of an invocation that nobody took in `waited_s` seconds. A cold start counts as integration time."""
    return Throttled(demand.limit, waited_s) if is_at_limit(demand) else IntegrationTimeout(waited_s)
