"""The plugin of pytest: fixtures `emulator`, `browser` and `assert_no_cors_findings`. Nothing else of the emulator is
imported before a test asks for one of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from emulator.testing.emulated import Emulated, Page
    from emulator.testing.running import Running

MARKER = (
    "emulator(config, env_files=()): the configuration, and files with variables for its functions, that a test calls"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the ini option of the configuration."""
    said = "configuration of the fixture `emulator`, relative to this file's folder"
    parser.addini("emulator_config", said, default="emulator.yaml")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker; and the fixture `browser`, unless another plugin has one, as pytest-playwright does."""
    config.addinivalue_line("markers", MARKER)
    if not any(hasattr(plugin, "browser") for plugin in config.pluginmanager.get_plugins()):
        config.pluginmanager.register(BrowserFixture(), "emulator-browser")


@pytest.fixture(scope="session")
def emulator_running() -> Iterator[Callable[[Path, tuple[Path, ...]], Running]]:
    """Give what opens a configuration once a session; its functions stay warm from test to test, as on Lambda."""
    from emulator.testing.running import Running

    opened: dict[object, Running] = {}

    def running(config: Path, env_files: tuple[Path, ...]) -> Running:
        if (config, env_files) not in opened:
            opened[config, env_files] = Running(config, env_files)
        return opened[config, env_files]

    yield running
    for one in opened.values():
        one.close()


@pytest.fixture
def emulator(
    request: pytest.FixtureRequest, emulator_running: Callable[[Path, tuple[Path, ...]], Running]
) -> Iterator[Emulated]:
    """Give the APIs of the configuration in this process, with live functions, as an `Emulated`."""
    from emulator.errors import EmulatorError
    from emulator.testing.emulated import Emulated

    try:
        running = emulator_running(*chosen(request))
    except EmulatorError as error:
        pytest.fail(str(error), pytrace=False)
    emulated = Emulated(running)
    yield emulated
    emulated.close()


def chosen(request: pytest.FixtureRequest) -> tuple[Path, tuple[Path, ...]]:
    """Return the configuration and the environment files that the test's nearest marker names, relative to the test's
    own folder, else those of the ini option."""
    marker = request.node.get_closest_marker("emulator")
    if marker is not None:
        folder = request.path.parent
        names, env_files = marker.args or (marker.kwargs["config"],), marker.kwargs.get("env_files", ())
        return folder / names[0], tuple(folder / file for file in env_files)
    ini = request.config.inipath
    return (request.config.rootpath if ini is None else ini.parent) / request.config.getini("emulator_config"), ()


class BrowserFixture:
    """The fixture whose name other plugins may have, as a plugin of its own."""

    @pytest.fixture
    def browser(self, emulator: Emulated) -> Callable[..., Page]:
        """Open a page: `browser(origin="https://shop.example.com", credentials="include", profile="firefox")`."""
        return emulator.browser


@pytest.fixture
def assert_no_cors_findings(emulator: Emulated) -> Iterator[Callable[..., None]]:
    """Give what asserts that no call so far had an error or a warning, but `allow=("origin-echoed",)`. A test that
    never calls it is looked at when it ends."""
    called = False

    def check(allow: Collection[str] = ()) -> None:
        __tracebackhide__ = True
        nonlocal called
        called = True
        emulator.assert_no_findings(allow)

    yield check
    if not called:
        emulator.assert_no_findings()
