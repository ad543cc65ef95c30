"""The hidden faults through `emulate serve`, called by a page in real Chromium: `make hidden-faults`, a few minutes.

The page is blocked where the model says so, the console names the fault, and with the fix followed the page gets its
answer.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page

from hidden_faults.fault import Fault
from hidden_faults.of_code import FOREIGN
from hidden_faults.score import CORRECT, FAULTS, cured
from serving.pages import DevelopmentServer
from trials.in_chromium import call
from trials.served import served
from trials.trial import Trial

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("trial", CORRECT.values(), ids=CORRECT)
def test_a_page_gets_its_answer(trial: Trial, page: Page, pages: DevelopmentServer, tmp_path: Path) -> None:
    with served(trial, tmp_path, pages.server_port) as running:
        assert call(trial, page, running) is not None
        assert running.stop() == 0
        assert "BLOCKED" not in running.console
        assert running.console.count("emulate explain") == running.console.count("note: ")


@pytest.mark.parametrize("fault", [pytest.param(one, id=one.name) for one in FAULTS if one.origin != FOREIGN])
def test_a_fault_is_named_and_cured(fault: Fault, page: Page, pages: DevelopmentServer, tmp_path: Path) -> None:
    with served(fault.trial, tmp_path, pages.server_port) as running:
        assert (call(fault.trial, page, running) is None) == fault.is_blocked
        # The console shows a function's own error, with its traceback, in place of the finding that repeats it.
        running.wait_for(fault.rule if fault.rule != "function-error" else r"\w+(Error|TooLarge): ")
    with ThreadPoolExecutor(1) as beside:  # Playwright runs an event loop in this thread
        last = beside.submit(cured, fault, tmp_path).result()[-1]
    with served(last, tmp_path, pages.server_port) as running:
        assert call(last, page, running) is not None
