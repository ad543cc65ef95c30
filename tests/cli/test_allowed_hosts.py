"""`emulate serve` on whose names: the option, the key of emulator.yaml, a reload, and what --host 0.0.0.0 means."""

from pathlib import Path

import pytest

from serving.emulate import get, run, serve, until

CONFIG = """
apis: {shop: {type: http, port: 0, routes: {GET /: f}}}
functions: {f: {handler: app.handler}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "emulator.yaml").write_text(CONFIG)
    (tmp_path / "app.py").write_text("def handler(event, context):\n    return 'hello'\n")
    return tmp_path


def status(url: str, host: str) -> int:
    return get(url, Host=host).status_code


def test_names_are_allowed_by_option_and_by_key(folder: Path) -> None:
    (folder / "emulator.yaml").write_text(CONFIG + "allowedHosts: [web, .shop.test]\n")
    with serve(folder, "--allow-host", "api", "--allow-host", "*.star.test") as served:
        url = served.urls["shop"]
        for host in ("localhost", "api:3000", "web", "a.shop.test", "b.star.test", "10.0.0.1"):
            assert status(url, host) == 200, host
        assert status(url, "evil.example") == 403
        console = served.wait_for(r"Refused a request \(403\): emulate does not answer for the host 'evil\.example'")
        assert "--allow-host evil.example" in console


def test_a_page_of_another_name_invokes_nothing(folder: Path) -> None:
    (folder / "app.py").write_text("def handler(event, context):\n    print('invoked')\n")
    with serve(folder) as served:
        assert status(served.urls["shop"], "evil.example") == 403
        get(served.urls["shop"])
        assert served.wait_for("invoked").count("invoked") == 1


def test_a_save_of_the_configuration_changes_them(folder: Path) -> None:
    with serve(folder) as served:
        url = served.urls["shop"]
        assert status(url, "web") == 403
        (folder / "emulator.yaml").write_text(CONFIG + "allowedHosts: [web]\n")
        until(lambda: status(url, "web"), lambda code: code == 200)
        (folder / "emulator.yaml").write_text(CONFIG)
        until(lambda: status(url, "web"), lambda code: code == 403)


def test_what_no_host_is_named(folder: Path) -> None:
    done = run(folder, "serve", "--allow-host", "http://api:3000/")
    assert done.returncode == 2
    assert done.stderr == (
        "--allow-host `http://api:3000/`: expected a host name without scheme and port, or `.example.test` for all "
        "names below one. Write `--allow-host api`.\n"
    )
    (folder / "emulator.yaml").write_text(CONFIG + "allowedHosts: ['api:3000']\n")
    assert run(folder, "serve").stderr == (
        "emulator.yaml:4: allowedHosts[0]: `api:3000`; expected a host name without scheme and port, or "
        "`.example.test` for all names below one. Write `api`.\n"
    )


def test_an_address_of_the_network_says_what_it_means(folder: Path) -> None:
    with serve(folder, "--host", "0.0.0.0") as served:
        assert "--host 0.0.0.0: every machine that can reach this one can call these functions" in served.console
    with serve(folder) as served:
        assert "every machine" not in served.console
