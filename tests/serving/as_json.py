"""`emulate serve --log-format json`, read as a program reads it."""

import contextlib
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from serving.emulate import EMULATE, Served

Object = dict[str, Any]


class Reader:
    """A running `emulate serve`, and the objects it has printed."""

    def __init__(self, served: Served) -> None:
        self.served = served
        self.until(lambda one: one["type"] == "ready", "ready")
        self.urls = {one["api"]: one["url"] for one in self.objects if one["type"] == "endpoint"}

    @property
    def objects(self) -> list[Object]:
        return [json.loads(line) for line in self.served.console.splitlines() if line != "<end of output>"]

    def until(self, having: Callable[[Object], object], what: str, after: int = 0) -> Object:
        """The first such object behind the first `after`, once there is one."""
        found: list[Object] = []

        def has(_: str) -> bool:
            found[:] = [one for one in self.objects[after:] if having(one)]
            return bool(found)

        self.served.wait_until(has, what)
        return found[0]

    def exchange(self, target: str, method: str = "GET", after: int = 0) -> Object:
        """That of the request to a path with its query."""
        path, _, query = target.partition("?")
        asked = {"method": method, "path": path, "query": query}
        return self.until(
            lambda one: one["type"] == "exchange" and asked.items() <= one["request"].items(), f"{asked}", after
        )


@contextlib.contextmanager
def serve_as_json(folder: Path) -> Iterator[Reader]:
    command = [EMULATE, "serve", "--log-format", "json"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True)
    served = Served(process)
    try:
        yield Reader(served)
    finally:
        served.close()
