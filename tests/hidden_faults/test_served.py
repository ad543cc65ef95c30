"""Some of the faults through `emulate serve`, over real sockets and with functions in processes of their own: the
console says what the others are told in process. All of them, in a real browser: in_chromium.py."""

import re
from pathlib import Path

import pytest

from emulator.client import BrowserClient, FetchError
from hidden_faults.fault import Fault
from hidden_faults.score import FAULTS
from trials.served import served, url_of
from trials.trial import PAGE

SOME = ("http-slash", "rest-dropped-options", "rest-error-path", "url-header-list-as-one-string", "slow-too-late")


@pytest.mark.parametrize("fault", [pytest.param(one, id=one.name) for one in FAULTS if one.name in SOME])
def test_the_console_names_it(fault: Fault, tmp_path: Path) -> None:
    trial = fault.trial
    with served(trial, tmp_path) as running, BrowserClient(PAGE) as page:
        with pytest.raises(FetchError):
            page.fetch(
                url_of(trial, running),
                method=trial.call.method,
                headers=[*trial.call.headers.items()],
                body=trial.call.body,
                credentials=trial.call.credentials,
            )
        console = running.wait_for(rf"emulate explain {fault.rule}")
    said = console.partition("BLOCKED")[2]
    rules = re.findall(r"emulate explain (\S+)", said)
    assert rules[0] == fault.rule
    assert len({*rules}) == len(rules), "one cause is told once"
    if fault.at:
        assert f"fix   emulator.yaml:{trial.line_of(fault.at)}  " in said
