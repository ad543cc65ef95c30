"""What a check says of the sample, beside what real Chromium does with the same calls to `emulate serve`."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from check_differential.chromium_pages import chromium_pages
from emulator.aws.api import Api
from emulator.browser.origin import is_potentially_trustworthy
from emulator.browser.url import parse_url
from emulator.checks.cell import Outcome, Tried
from emulator.cli.check import matrix, try_all
from emulator.config.load import load
from serving.emulate import serve

ROOT = Path(__file__).parent.parent.parent
FURTHER_APIS = """
  open:
    type: function-url
    function: contact
    port: 0
    cors: {allowOrigins: ["*"], allowMethods: ["*"], allowCredentials: true}
  one-entry:
    type: function-url
    function: contact
    port: 0
    cors: {allowOrigins: ["http://localhost:5173"], allowMethods: ["*"], allowHeaders: ["content-type,x-token"]}
  closed:
    type: http
    port: 0
    cors: {allowOrigins: ["https://shop.example.com"], allowMethods: ["*"], allowHeaders: ["*"]}
    routes: {"GET /items/{id}": get-item, POST /items: add-item}

functions:
"""
"""APIs with mistakes that the sample does not show."""
FRONTENDS = """
frontends:
  - {origin: "https://shop.example.com", credentials: include, dev: "http://localhost:5180"}
"""


@dataclass(frozen=True)
class Compared:
    """One call: what the check said, and what Chromium did ("allowed", an error's name, or "rejected")."""

    said: Tried
    did: str

    @property
    def agrees(self) -> bool:
        expected = {Outcome.ALLOWED: "allowed", Outcome.FAILED: "rejected", Outcome.BLOCKED: self.said.error}
        return expected[self.said.outcome] == self.did

    def __str__(self) -> str:
        return f"{self.said.cell}: check says {self.said.outcome} {self.said.error}, Chromium {self.did}"


def may_call_this_machine(origin: str) -> bool:
    """Whether Chromium lets a page call loopback at all: never one from elsewhere that came over plain http, or one
    without an origin."""
    url = parse_url(origin)
    return url is not None and is_potentially_trustworthy(url)


def compare(folder: Path, chromium: Path, stride: int = 1) -> Iterator[Compared]:
    """Make every `stride`-th call of `emulate check --invoke` for the sample, copied to `folder`, in both. A call that
    ends in a function which the check does not run is left out: of it the check says nothing."""
    shutil.copytree(ROOT / "sample_handlers", folder / "sample_handlers", ignore=shutil.ignore_patterns("__pycache__"))
    config = re.sub(r"port: \d+", "port: 0", (ROOT / "emulator.yaml").read_text())
    file = folder / "emulator.yaml"
    file.write_text(config.replace("\nfunctions:\n", FURTHER_APIS, 1).replace("\nfrontends:\n", FRONTENDS, 1))
    deployment = load(file).deployment
    with serve(folder) as served:
        apis: dict[int, Api] = {
            int(served.urls[item.api.name].split(":")[2].partition("/")[0]): item.api for item in deployment.endpoints
        }
        cells = list(matrix(apis, deployment, invoke=True))[::stride]
        cells = [cell for cell in cells if may_call_this_machine(cell.page)]
        tried = [one for one in try_all(cells, apis, deployment, folder) if one.outcome is not Outcome.NOT_RUN]
        with chromium_pages(chromium, dict.fromkeys(one.cell.page for one in tried)) as pages:
            for one in tried:
                yield Compared(one, pages[one.cell.page].outcome(one.cell.call))
