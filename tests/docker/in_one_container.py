"""`docker run` of the image: what is in it, who it is inside, how it ends, whom it lets in, and what a save does."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from docker.daemon import until
from docker.images import ROOT
from docker.project import Project, fuse_mount
from serving.emulate import PATIENCE, Served
from serving.ports import free_ports

CONFIGURATION = """\
apis:
  a: {type: http, port: 3000, routes: {GET /: answer}}
functions:
  answer: {handler: app.handler, runtime: RUNTIME}
"""
PACKAGES = """
from importlib import metadata
for one in metadata.distributions(path=["/opt/emulate"]):
    if one.name != "apigw-emulator":
        print(one.name.lower().replace("_", "-") + "==" + one.version)
"""
HANDLER = """\
import subprocess

def handler(event, context):
    subprocess.run(["sh", "-c", "sleep 0.1 & sleep 1000 &"])  # two that are left behind, one of which ends by itself
    return {"statusCode": 200, "body": "old"}
"""


@pytest.fixture
def code(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of the tests' machine with one API and its function."""
    folder = project.folder.parent / tmp_path_factory.mktemp("code").name
    folder.mkdir()
    (folder / "emulator.yaml").write_text(CONFIGURATION.replace("RUNTIME", "python3.13"))
    (folder / "app.py").write_text(HANDLER)
    return folder


def mounted(code: Path) -> tuple[str, ...]:
    return ("--volume", f"{code}:/srv/api:ro")


@pytest.fixture
def port() -> int:
    return free_ports(1)[0]


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=PATIENCE) as client:
        yield client


# What is in it


def test_it_holds_the_locked_packages_and_nothing_that_builds(project: Project) -> None:
    found = {*project.docker("run", "--rm", "--entrypoint", "python3", project.api, "-I", "-c", PACKAGES).split()}
    lines = (ROOT / "requirements" / "serve.txt").read_text().splitlines()
    assert found <= {line.split()[0] for line in lines if "==" in line}
    assert {one.partition("==")[0] for one in found}.isdisjoint({"pip", "hatchling", "editables", "setuptools"})


def test_nothing_of_the_build_is_left(project: Project) -> None:
    look = "ls -d /build /root/.cache /run/secrets/* 2>/dev/null; command -v cc gcc g++ make; ls /opt/emulate/bin"
    left = project.docker("run", "--rm", "--user", "0", "--entrypoint", "sh", project.api, "-c", look)
    assert left.split() == ["emulate"]
    history = project.docker("history", "--no-trunc", "--format", "{{.CreatedBy}}", project.api)
    assert "PIP_CERT" not in history


def test_it_is_any_of_the_commands(project: Project, code: Path) -> None:
    assert re.search(r"emulate, version \d", project.docker("run", "--rm", project.api, "--version"))
    checked = project.docker("run", "--rm", *mounted(code), project.api, "check", check=False)
    assert "no frontend" in checked.lower() or "frontends" in checked


# How it runs, and ends


@pytest.mark.parametrize("options", [("--init",), ()], ids=["init", "process-1"])
def test_it_becomes_healthy_runs_as_nobody_special_and_ends_when_told(
    project: Project, code: Path, port: int, client: httpx.Client, options: tuple[str, ...]
) -> None:
    publish = ("--publish", f"127.0.0.1:{port}:3000")
    hardened = ("--read-only", "--tmpfs", "/tmp:exec", "--cap-drop", "ALL", "--security-opt", "no-new-privileges")
    with project.running(project.api, *options, *publish, *hardened, *mounted(code)) as container:
        project.wait_until_healthy(container.name)
        assert client.get(f"http://127.0.0.1:{port}/").text == "old"
        assert {*project.users(container.name).values()} == {"1000"}
        if options:  # without, process 1 would have to
            until(lambda: not zombies(project, container.name), "no process that has ended and is not reaped")
        project.docker("stop", "--time", "10", container.name)
        assert project.inspect(container.name)["State"]["ExitCode"] == 0, "it was killed"
        assert project.docker("logs", container.name).endswith("1 request, 0 blocked.")


def zombies(project: Project, container: str) -> str:
    states = "for one in /proc/[0-9]*; do grep -H '^State:.Z' $one/status; done 2>/dev/null; true"
    return project.docker("exec", container, "sh", "-c", states)


def test_it_runs_as_whom_the_files_belong_to(project: Project, code: Path) -> None:
    """For files that only their owner reads: `--user $(id -u):$(id -g)`, whom the image does not know."""
    with project.running(project.api, "--init", "--user", "12345:12345", *mounted(code)) as container:
        project.wait_until_healthy(container.name)
        assert {*project.users(container.name).values()} == {"12345"}


def test_nodejs_functions(project: Project, code: Path, port: int, client: httpx.Client) -> None:
    (code / "emulator.yaml").write_text(CONFIGURATION.replace("RUNTIME", "nodejs22.x"))
    (code / "app.js").write_text("exports.handler = async () => ({ statusCode: 200, body: process.release.name });\n")
    publish = ("--publish", f"127.0.0.1:{port}:3000")
    with project.running(project.nodejs, "--init", *publish, *mounted(code)) as container:
        project.wait_until_healthy(container.name)
        assert client.get(f"http://127.0.0.1:{port}/").text == "node"
    with project.running(project.api, *mounted(code)) as container:
        container.console.wait_for("no `node` on PATH")


# Who reaches it


def test_it_says_whom_its_addresses_let_in(project: Project, code: Path) -> None:
    for options, said in (
        ((), r"--host 0\.0\.0\.0: whoever reaches this container can call these functions"),
        (("--init",), r"--control-host 0\.0\.0\.0: they can read what these APIs are asked"),
        (("--env", "EMULATE_HOST=localhost"), r"--host localhost: nobody outside this container reaches these APIs"),
    ):
        with project.running(project.api, *options, *mounted(code)) as container:
            assert re.search(said, container.console.wait_for("Ready in"))


def test_it_knows_podmans_mark_of_a_container(project: Project, code: Path) -> None:
    """Docker's own is taken away: the file of Podman alone, and emulate as a child of process 1."""
    options = ("--init", "--user", "0", "--entrypoint", "sh", *mounted(code))
    command = "rm /.dockerenv && touch /run/.containerenv && exec emulate serve"
    with project.running(project.api, *options, command=("-c", command)) as container:
        assert "whoever reaches this container" in container.console.wait_for("Ready in")


def test_it_knows_that_a_person_runs_it_in_a_container(project: Project, code: Path) -> None:
    """As in an editor's terminal, beside what the container runs."""
    with project.running(project.api, *mounted(code)) as container:
        serve = ("emulate", "serve", "--port", "0", "--control-port", "0", "--host", "0.0.0.0")
        second = Served(project.docker.follow("exec", container.name, *serve))
        try:
            assert "every machine that can reach this one" in second.wait_for("Ready in")
        finally:
            second.close()


# What a save does


def test_a_save_reloads_by_file_events(project: Project, code: Path, port: int, client: httpx.Client) -> None:
    publish = ("--publish", f"127.0.0.1:{port}:3000")
    with project.running(project.api, "--init", *publish, *mounted(code)) as container:
        container.console.wait_for("Ready in")
        saved_and_answered(code, f"http://127.0.0.1:{port}/", client)
        assert "polled" not in container.console.wait_for("Saved emulator.yaml")


def test_a_save_reloads_where_no_file_events_cross_the_mount(
    project: Project, code: Path, port: int, client: httpx.Client
) -> None:
    if not (shutil.which("bindfs") and project.docker.is_own):
        pytest.skip("no bindfs, or a daemon that may not see its mounts: as root, from the Debian package bindfs")
    publish = ("--publish", f"127.0.0.1:{port}:3000")
    mount = code.with_name(f"{code.name}-mount")
    with fuse_mount(code, mount), project.running(project.api, "--init", *publish, *mounted(mount)) as container:
        container.console.wait_for("/srv/api is on a mount of the type fuse.*: files are polled, as with --poll")
        saved_and_answered(code, f"http://127.0.0.1:{port}/", client)
        container.console.wait_for("Saved emulator.yaml")


def saved_and_answered(code: Path, url: str, client: httpx.Client) -> None:
    """A request after a save of code is never answered by the old; one after a save of the configuration, soon."""
    assert client.get(url).text == "old"
    (code / "app.py").write_text(HANDLER.replace("old", "new"))
    assert client.get(url).text == "new"
    (code / "emulator.yaml").write_text(CONFIGURATION.replace("RUNTIME", "python3.13").replace("GET /:", "GET /new:"))
    until(lambda: client.get(f"{url}new").text == "new", "the new route")
