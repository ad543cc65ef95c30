"""serverless-offline as its users run it: installed once into .venv/peers, started on a folder with a handler."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from started import PATIENCE, Started, free_port, stop, wait_for_answer

ROOT = Path(__file__).parent.parent
PACKAGE = Path(__file__).parent / "peers" / "package.json"
INSTALLED = ROOT / ".venv" / "peers"
SERVICE = """
service: bench
frameworkVersion: "3"
provider:
  name: aws
  runtime: %s
  region: us-east-1
  httpApi: {cors: {allowedOrigins: [http://localhost:5173]}}
functions:
  bench:
    handler: app.handler
    events: [{httpApi: {method: GET, path: /}}]
plugins: [serverless-offline]
"""


def install() -> None:
    """What package.json names, when it is not there yet; needs npm and the network."""
    INSTALLED.mkdir(exist_ok=True)
    copy = INSTALLED / "package.json"
    if copy.exists() and copy.read_text() == PACKAGE.read_text() and (INSTALLED / "complete").exists():
        return
    shutil.copy(PACKAGE, copy)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=INSTALLED, check=True)
    (INSTALLED / "complete").touch()


def write_service(folder: Path, runtime: str) -> None:
    """Everything but the handler, which is app.py or app.js."""
    (folder / "serverless.yml").write_text(SERVICE % runtime)
    (folder / "node_modules").symlink_to(INSTALLED / "node_modules")


def environment() -> dict[str, str]:
    """No telemetry, no account; `python3` is the one that also runs emulate's handlers."""
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SLS_TELEMETRY_DISABLED": "1",
        "SLS_NOTIFICATIONS_MODE": "off",
        "AWS_ACCESS_KEY_ID": "none",
        "AWS_SECRET_ACCESS_KEY": "none",
    }


@contextlib.contextmanager
def serverless_offline(folder: Path, *arguments: str) -> Iterator[Started]:
    """Started, and asked until it answered 200; `seconds` are until then."""
    port, lambda_port = free_port(), free_port()
    program = str(INSTALLED / "node_modules" / "serverless" / "bin" / "serverless.js")
    command = ["node", program, "offline", "start", "--noPrependStageInUrl", "--host", "127.0.0.1"]
    command += ["--httpPort", str(port), "--lambdaPort", str(lambda_port), *arguments]
    with (folder / "offline.log").open("w") as log:
        started = time.perf_counter()
        process = psutil.Popen(command, cwd=folder, env=environment(), stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            wait_for_answer(port)
            yield Started(process, port, started, time.perf_counter() - started)
        except TimeoutError as error:
            raise RuntimeError(f"no answer in {PATIENCE:g} s\n{(folder / 'offline.log').read_text()}") from error
        finally:
            stop(process)
