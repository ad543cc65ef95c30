"""The command `emulate wait`: for scripts, CI, and health checks that have no curl."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any, TypeGuard
from urllib.parse import urlsplit

import click

from emulator.cli.found_configuration import usual_configuration
from emulator.control.default_port import DEFAULT_PORT

FIRST, LAST = DEFAULT_PORT, DEFAULT_PORT + 9
"""The ports that are asked where none is named: `emulate serve` takes the first of them that is free."""
BREATH = 0.1
"""Seconds between two rounds of asking."""
PATIENCE = 5.0
"""Seconds that one answer may take."""

Health = dict[str, Any]


@click.command("wait")
@click.option(
    "-c",
    "--config",
    type=click.Path(path_type=Path),
    envvar="EMULATE_CONFIG",
    show_envvar=True,
    help="The configuration that is to be served; default: the one that `serve` would find here.",
)
@click.option(
    "--control-port",
    type=click.IntRange(0, 65535),
    envvar="EMULATE_CONTROL_PORT",
    show_envvar=True,
    help=f"Where to ask on this machine. Default: {FIRST} to {LAST}, for the one that serves this configuration.",
)
@click.option("--timeout", type=click.FloatRange(min=0), default=60.0, show_default=True, help="Seconds; 0 asks once.")
@click.argument("url", required=False)
def wait(url: str | None, config: Path | None, control_port: int | None, timeout: float) -> None:
    """Wait until `emulate serve` is ready, and print where its APIs are.

    URL is that of its control port, as its banner has it; default: on this machine, where it serves the configuration
    of this folder. Exit code 1 when it is not ready in time.

    \b
      emulate serve & emulate wait && npm test
      emulate wait --timeout 0 http://api:4000
    """
    until = time.monotonic() + timeout
    asked = [address_of(url)] if url else [("127.0.0.1", port) for port in ([control_port] if control_port else PORTS)]
    wanted = None if url or control_port else config or Path()
    while True:
        answers = {address: ask(*address) for address in asked}
        for answer in answers.values():
            if not isinstance(answer, str) and answer["status"] == "ready" and is_wanted(answer, wanted):
                click.echo("\n".join(f"{api['name']}  {api['url']}" for api in answer["apis"]))
                return
        if time.monotonic() >= until:
            click.echo(f"Not ready after {timeout:g} s: {why_not(answers)}", err=True)
            sys.exit(1)
        time.sleep(BREATH)


PORTS = range(FIRST, LAST + 1)


def address_of(url: str) -> tuple[str, int]:
    """Return host and port of a control port's URL. Raises click.UsageError."""
    parts = urlsplit(url if "://" in url else f"http://{url}")
    try:
        port = parts.port or FIRST
    except ValueError:
        port = 0
    if parts.scheme != "http" or not parts.hostname or not port:
        raise click.UsageError(f"{url} is not the URL of a control port, which is like http://127.0.0.1:{FIRST}.")
    return parts.hostname, port


def ask(host: str, port: int) -> Health | str:
    """Ask for /health; return it, or why there is none."""
    import http.client  # which costs each other command 10 ms

    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    try:
        connection.request("GET", "/health")
        response = connection.getresponse()
        said = json.loads(response.read())
    except (OSError, ValueError, http.client.HTTPException) as error:
        if isinstance(error, OSError):
            return error.strerror or str(error)
        return "another program answers, which is not the control port of emulate"
    finally:
        connection.close()
    if not is_health(said):
        detail = said.get("detail") if isinstance(said, dict) else None
        return f"it answers {response.status}: {detail or 'it is not the control port of emulate'}"
    return said


def is_health(said: Any) -> TypeGuard[Health]:
    """Tell whether this is what /health answers, as any program may answer there."""
    if not isinstance(said, dict) or "status" not in said or not isinstance(said.get("apis"), list):
        return False
    return all(isinstance(api, dict) and {"name", "url"} <= api.keys() for api in said["apis"])


def is_wanted(health: Health, config: Path | None) -> bool:
    """Tell whether this is the server that is meant: any where `config` is None, else the one that serves this file; of
    the empty path, the one that was started here or serves the configuration that is found from here."""
    if config is None:
        return True
    served: tuple[object, object] = health.get("config"), health.get("folder")
    if config == Path():
        return served[0] == str(usual_configuration().resolve()) or served[1] == str(Path.cwd())
    return served[0] == str(config.resolve())


def why_not(answers: dict[tuple[str, int], Health | str]) -> str:
    """Say what was answered, of many addresses only where emulate does."""
    if len(answers) == 1:
        ((host, port), answer) = answers.popitem()
        return f"http://{host}:{port}/health: {answer if isinstance(answer, str) else answer['status']}."
    served = [
        f" http://{host}:{port} serves {answer.get('config')} ({answer['status']})."
        for (host, port), answer in answers.items()
        if not isinstance(answer, str)
    ]
    nobody = f"on the ports {FIRST} to {LAST} of this machine no `emulate serve` of this configuration is ready."
    return f"{nobody}{''.join(served)} Its banner says where its control port is: `emulate wait URL`."
