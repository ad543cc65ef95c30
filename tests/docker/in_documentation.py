"""What docs/docker.md shows, done as it shows it. All tests here have its builds, and compose.yaml has its own."""

from pathlib import Path

import httpx
import pytest

from docker.images import secrets
from docker.project import ON_PAGE, Project, documented, renamed, wait_until_free
from serving.emulate import PATIENCE

CONFIGURATION = """\
apis:
  a: {type: http, port: 3000, routes: {GET /: answer}}
functions:
  answer: {handler: app.handler}
frontends:
  - {origin: "https://shop.example.com", dev: "http://localhost:5173"}
"""
HANDLER = """\
import importlib.util

def handler(event, context):
    return {"statusCode": 200, "body": " ".join(n for n in ("idna", "click") if importlib.util.find_spec(n))}
"""
URL = "http://127.0.0.1:3000/"


@pytest.fixture
def folder(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a user's: the folder `api`, and what an image for it needs."""
    wait_until_free(3000, 4000)
    folder = project.folder.parent / tmp_path_factory.mktemp("user").name
    (folder / "api").mkdir(parents=True)
    (folder / "api" / "emulator.yaml").write_text(CONFIGURATION)
    (folder / "api" / "app.py").write_text(HANDLER)
    (folder / "requirements.txt").write_text("idna>=3\n")
    return folder


def block(kind: str) -> str:
    (found,) = (block.text for block in ON_PAGE if block.kind == kind)
    return found


def test_the_commands_are_known() -> None:
    """Those that are run, one for each way in which they are."""
    builds, runs = documented("docker build "), documented("docker run ")
    assert (len(builds), len(runs)) == (2, 1)
    assert documented("") == [*documented("docker compose up"), builds[0], *runs, builds[1]]


def test_the_image_alone(project: Project, folder: Path) -> None:
    command = renamed(documented("docker run ")[0], project.name)
    words = [word.replace("$PWD", str(folder)) for word in command if word not in ("docker", "run", "--rm")]
    image = words.index(project.api)
    with project.running(project.api, *words[:image], command=words[image + 1 :]) as container:
        project.wait_until_healthy(container.name)
        assert httpx.get(URL, trust_env=False, timeout=PATIENCE).text == "", "none of emulate's packages"
    mount = words[words.index("-v") + 1]
    assert "PASSED" in project.docker("run", "--rm", "-v", mount, project.api, "check", check=False)


def test_compose_beside_a_front_end(project: Project, folder: Path) -> None:
    text = block("yaml").replace("image: emulate\n", f"image: {project.api}\n")
    (folder / "compose.yaml").write_text(text)
    name = ("--project-name", f"{project.name}-user")
    try:
        project.docker.compose(*name, "up", "--detach", cwd=folder)
        project.wait_until_healthy(project.docker.compose(*name, "ps", "--quiet", "api", cwd=folder))
        assert httpx.get(URL, trust_env=False, timeout=PATIENCE).status_code == 200
    finally:
        project.docker.compose(*name, "down", cwd=folder)


def test_an_image_with_the_functions_packages(project: Project, folder: Path) -> None:
    """Their `python3` has them; here pip gets its settings for the build beside what the page shows."""
    settings, image = secrets(folder), f"{project.name}/user"
    mounts = "RUN --mount=type=secret,id=pip --mount=type=secret,id=ca PIP_CONFIG_FILE=/run/secrets/pip "
    if any("id=ca" in one for one in settings):
        mounts += "PIP_CERT=/run/secrets/ca "
    text = block("dockerfile").replace("FROM emulate\n", f"FROM {project.api}\n").replace("RUN ", mounts)
    (folder / "Dockerfile").write_text(text)
    try:
        project.docker("build", *settings, "--tag", image, folder)
        with project.running(
            image, "--init", "-p", "127.0.0.1:3000:3000", "-v", f"{folder / 'api'}:/srv/api:ro"
        ) as one:
            project.wait_until_healthy(one.name)
            assert httpx.get(URL, trust_env=False, timeout=PATIENCE).text == "idna"
            assert {*project.users(one.name).values()} == {"1000"}
    finally:
        project.docker("rmi", "--force", image, check=False)
