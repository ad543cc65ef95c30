"""What a check says of the samples, beside what real Chromium does with the same calls to `emulate serve`."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from check_differential.chromium_pages import chromium_pages
from emulator.aws.api import Api
from emulator.checks.cell import Outcome, Tried
from emulator.cli.check import matrix, try_all
from emulator.config.load import load
from serving.emulate import serve

ROOT = Path(__file__).parent.parent.parent
CONFIGURATION = "emulator.yaml"
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


def shop(folder: Path) -> None:
    """Write the sample of the tour, and more of what it has."""
    shutil.copytree(ROOT / "sample_handlers", folder / "sample_handlers", ignore=shutil.ignore_patterns("__pycache__"))
    config = with_free_ports(ROOT / "emulator.yaml")
    config = config.replace("\nfunctions:\n", FURTHER_APIS, 1).replace("\nfrontends:\n", FRONTENDS, 1)
    (folder / CONFIGURATION).write_text(config)


def mistakes(folder: Path) -> None:
    """Write the sample of every mistake, whose calls are recorded."""
    broken = ROOT / "sample_handlers" / "broken"
    shutil.copytree(broken, folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    (folder / CONFIGURATION).write_text(with_free_ports(broken / CONFIGURATION))


def with_free_ports(file: Path) -> str:
    return re.sub(r"port: \d+", "port: 0", file.read_text())


def compare(folder: Path, chromium: Path, stride: int = 1) -> Iterator[Compared]:
    """Make every `stride`-th call of `emulate check --invoke` for the configuration in `folder`, in both. A call that
    ends in a function which the check does not run is left out: of it the check says nothing."""
    deployment = load(folder / CONFIGURATION).deployment
    with serve(folder) as served:
        apis: dict[int, Api] = {
            int(served.urls[item.api.name].split(":")[2].partition("/")[0]): item.api for item in deployment.endpoints
        }
        cells = list(matrix(apis, deployment, invoke=True))[::stride]
        tried = [one for one in try_all(cells, apis, deployment, folder) if one.outcome is not Outcome.NOT_RUN]
        with chromium_pages(chromium) as pages:
            for one in tried:
                yield Compared(one, pages.of(one.cell.page).outcome(one.cell.call))
