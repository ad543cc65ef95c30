"""How a run's cases are cut into batches for a page, and what a page is told of each."""

from collections.abc import Iterator, Sequence
from typing import Any

from differential.cases import Call, Case, Origins

# Browsers keep 180 cookies of one host, whatever the port, and drop some beyond: cases about cookies come in fewer.
BATCH = {"single": 400, "headers": 400, "redirect": 400, "cache": 400, "cookie": 30}
IN_FLIGHT = 12


def batches(cases: Sequence[Case], sequences_in_flight: int) -> Iterator[tuple[Sequence[Case], int]]:
    """Cases of one family, at least one, in batches, each with how many to run at a time: sequences mostly sleep."""
    family = cases[0].family
    in_flight = sequences_in_flight if family == "cache" else IN_FLIGHT
    for start in range(0, len(cases), BATCH[family]):
        yield cases[start : start + BATCH[family]], in_flight


def call_arguments(cases: Sequence[Case], origins: Origins, in_flight: int) -> dict[str, Any]:
    """What `runBatch` of calls.js takes."""
    return {"cases": [_case_arguments(case, origins) for case in cases], "inFlight": in_flight}


def _case_arguments(case: Case, origins: Origins) -> dict[str, Any]:
    calls = [_call_arguments(case, call, origins) for call in case.calls]
    return {"name": case.path, "opaque": case.opaque, "calls": calls}


def _call_arguments(case: Case, call: Call, origins: Origins) -> dict[str, Any]:
    return {
        "url": origins.call_url(case, call),
        "method": call.method,
        "headers": [[name, origins.expand(case, value)] for name, value in call.headers],
        "body": {"kind": call.body.kind, "type": call.body.type} if call.body else None,
        "mode": call.mode,
        "credentials": call.credentials,
        "redirect": call.redirect,
        "wait": call.wait,
    }
