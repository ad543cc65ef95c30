"""Every command of README and docs/ is run, and prints what is quoted below it."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from documentation.blocks import Block, of_kind
from documentation.clone import Ports, copy_of_the_sample, files_beside, on_free_ports, served
from documentation.commands import DOCUMENTED, Place, carried_out
from documentation.quoted import is_quoted
from serving.emulate import PATIENCE, Served

Running = tuple[Served, Ports]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_the_sample(tmp_path_factory.mktemp("clone"))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The sample, served on free ports."""
    folder = on_free_ports(copy_of_the_sample(tmp_path_factory.mktemp("running")))
    with served(folder, ["--no-platform-logs"], DOCUMENTED) as both:
        yield both


@pytest.fixture
def place(clone: Path, running: Running, tmp_path: Path) -> Place:
    return Place(clone, *running, tmp_path)


@pytest.mark.parametrize("block", of_kind("console"), ids=lambda block: block.id)
def test_console(block: Block, place: Place) -> None:
    if files_beside(block, place.scratch):
        place = Place(place.scratch, place.running, place.ports, place.scratch)
    if not block.commands:
        follows_from_its_requests(block, place)
    for command, quote in block.commands:
        output = carried_out(command, place)
        assert is_quoted(quote, output), f"$ {command}\n{output}"


@pytest.mark.parametrize("block", of_kind("bash"), ids=lambda block: block.id)
def test_script(block: Block, place: Place) -> None:
    for line in block.text.splitlines():
        if command := re.sub(r"(^|\s)#.*", "", line).strip():
            carried_out(command, place)


LINE = re.compile(r"(?m)^\d\d:\d\d:\d\d  \S+ +\d+  (\S+) +(\S+) (\S+)")
CHROMIUM = {"User-Agent": "Mozilla/5.0", "Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}


def follows_from_its_requests(block: Block, place: Place) -> None:
    """What is a piece of the console of `serve` appears there when a page makes the requests that it has lines of."""
    before = place.running.console
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        for api, method, path in LINE.findall(block.text):
            headers = {**CHROMIUM, "Origin": "http://localhost:5173", "Access-Control-Request-Method": "PUT"}
            client.request(method, place.running.urls[api].removesuffix("/dev") + path, headers=headers)
    last = block.text.splitlines()[-1].strip()
    console = place.running.wait_for(re.escape(last), after=before)
    assert is_quoted(block.text.splitlines(), place.ports.in_output(console)), console
