"""X-Amzn-Trace-Id: the value events carry, and the one Lambda is given (AWS: X-Ray concepts, tracing header)."""

import re

from emulator.aws.product import Stamp

ROOT = re.compile(r"(?:^|;)Root=1-[0-9a-f]{8}-[0-9a-f]{24}(?:;|$)")


def fresh_trace(stamp: Stamp) -> str:
    return f"Root={stamp.trace_root}"


def continued_trace(sent: str | None, stamp: Stamp) -> str:
    """Return the client's own header whole where it names a root; else a fresh one."""
    return sent if sent is not None and ROOT.search(sent) else fresh_trace(stamp)


def with_parent(trace: str, stamp: Stamp) -> str:
    """Add a parent and a sampling decision, made from the request id, to a trace that has none."""
    if "Parent=" in trace:
        return trace
    return f"{trace};Parent={stamp.request_id.replace('-', '')[:16]};Sampled=0"
