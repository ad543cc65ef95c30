"""One daemon and one build for all tests in containers."""

import signal
from collections.abc import Iterator

import pytest

from docker.daemon import Docker, some_daemon
from docker.project import Project, built


@pytest.fixture(scope="session")
def docker() -> Iterator[Docker]:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that nothing stays then either
    with some_daemon() as daemon:
        yield daemon


@pytest.fixture(scope="session")
def project(docker: Docker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    folder = tmp_path_factory.mktemp("docker")
    folder.chmod(0o755)  # containers, of another user, read what is below
    for parent in folder.parents[:2]:
        parent.chmod(0o755)
    with built(docker, folder) as project:
        yield project
