"""What a client like curl gets of an API whose CORS is enforced is what a browser's page gets, on random calls."""

import secrets
from collections import Counter
from itertools import islice

import pytest

from differential.api_server import run_api_servers
from differential.enforcement import EnforcedServers, asked, by_client, by_model

CASES = 500


@pytest.mark.parametrize("seed", [pytest.param(1, id="fixed-seed"), pytest.param(None, id="fresh-seed")])
def test_enforcement_and_model_agree(seed: int | None) -> None:
    chosen = secrets.randbelow(10**6) if seed is None else seed
    with run_api_servers(EnforcedServers) as servers:
        cases = list(islice(asked(chosen, servers.origins), CASES))
        servers.add(one.case for one in cases)
        outcomes = [(one.case.name, by_client(one, servers.origins), by_model(one, servers.origins)) for one in cases]
    differing = [outcome for outcome in outcomes if outcome[1] != outcome[2]]
    assert not differing
    told = Counter(outcome for _, outcome, _ in outcomes)
    assert told["allowed"] > CASES / 10
    assert len(told) > 8, "most errors there are"
