"""Custom runtimes, whatever they are written in: the executable `bootstrap` of the code, or a `command`."""

import json
import os
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from emulator.functions.invocation import FunctionError, FunctionErrorKind, Invocation, Returned
from emulator.functions.pool import Pool

SHELL = r"""
#!/bin/sh
# As in AWS, "Tutorial: Building a custom runtime".
set -eu
. "$LAMBDA_TASK_ROOT/$(echo "$_HANDLER" | cut -d. -f1).sh"
API="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
while true; do
  HEADERS=$(mktemp)
  EVENT_DATA=$(curl -sS -LD "$HEADERS" "$API/next")
  REQUEST_ID=$(grep -Fi Lambda-Runtime-Aws-Request-Id "$HEADERS" | tr -d '[:space:]' | cut -d: -f2)
  RESPONSE=$($(echo "$_HANDLER" | cut -d. -f2) "$EVENT_DATA")
  rm "$HEADERS"
  curl -sS "$API/$REQUEST_ID/response" -d "$RESPONSE" > /dev/null
done
"""

HANDLER = r"""
handler () {
  echo "EVENT: $1" >&2
  printf '{"echo": %s, "env": "%s", "task": "%s"}' "$1" "${AWS_EXECUTION_ENV-none}" "$PWD"
}
"""

SCRIPT = """
#!/usr/bin/env python3
import json, os, urllib.request

API = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime/invocation"
print("init", flush=True)
while True:
    with urllib.request.urlopen(f"{API}/next", timeout=None) as invocation:
        event, request_id = json.load(invocation), invocation.headers["Lambda-Runtime-Aws-Request-Id"]
    what, body = "response", {"doubled": event["n"] * 2, "handler": os.environ["_HANDLER"]}
    if event["n"] < 0:
        what, body = "error", {"errorType": "Negative", "errorMessage": "n is negative"}
    request = urllib.request.Request(f"{API}/{request_id}/{what}", json.dumps(body).encode(), method="POST")
    urllib.request.urlopen(request, timeout=None).close()
"""

COMPILED = r"""
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char buffer[65536];

static int receive(int fd) {
    int length = 0;
    char *end = NULL;
    buffer[0] = 0;
    while (!end || length < (end - buffer) + 4 + atoi(strstr(buffer, "Content-Length: ") + 16)) {
        int n = read(fd, buffer + length, sizeof buffer - 1 - length);
        if (n <= 0) exit(0);
        buffer[length += n] = 0;
        end = strstr(buffer, "\r\n\r\n");
    }
    return length;
}

int main(int argc, char **argv) {
    char *api = getenv("AWS_LAMBDA_RUNTIME_API"), *port = strchr(api, ':') + 1, message[1024], body[256], id[64];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(port))};
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to)) return 1;
    for (;;) {
        dprintf(fd, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: %s\r\n\r\n", api);
        receive(fd);
        sscanf(strstr(buffer, "Lambda-Runtime-Aws-Request-Id: ") + 31, "%63[^\r]", id);
        int length = snprintf(body, sizeof body, "{\"arguments\": %d, \"last\": \"%s\"}", argc, argv[argc - 1]);
        dprintf(fd, "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: %s\r\n"
                    "Content-Length: %d\r\n\r\n%s", id, api, length, body);
        receive(fd);
    }
}
"""


def executable(lab: Any, name: str, source: str) -> Path:
    path: Path = lab.write(name, source.lstrip("\n"))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_a_bootstrap_in_shell_and_curl(lab: Any) -> None:
    executable(lab, "bootstrap", SHELL)
    lab.write("function.sh", HANDLER)
    function = lab.function(runtime="provided.al2023", handler="function.handler", max_concurrency=1)

    async def scenario(pool: Pool) -> list[Any]:
        return [await pool.invoke("app", Invocation(f"request-{n}", b'{"n": %d}' % n)) for n in range(3)]

    results = lab.run(scenario, function)
    answers = [json.loads(result.payload) for result in results]
    assert [answer["echo"] for answer in answers] == [{"n": 0}, {"n": 1}, {"n": 2}]
    assert (answers[0]["env"], answers[0]["task"]) == ("none", str(lab.folder))
    assert [result.init_duration_ms is not None for result in results] == [True, False, False]
    assert lab.printed() == ['EVENT: {"n": 0}', 'EVENT: {"n": 1}', 'EVENT: {"n": 2}']


def test_a_bootstrap_with_a_shebang(lab: Any) -> None:
    executable(lab, "bootstrap", SCRIPT)
    function = lab.function(runtime="provided.al2", handler="anything at all", max_concurrency=1)

    async def scenario(pool: Pool) -> list[Any]:
        return [await pool.invoke("app", Invocation(f"request-{n}", b'{"n": %d}' % n)) for n in (21, -1, 4)]

    first, failed, last = lab.run(scenario, function)
    assert json.loads(first.payload) == {"doubled": 42, "handler": "anything at all"}
    assert (failed.kind, failed.error_type, failed.error_message) == (
        FunctionErrorKind.HANDLER,
        "Negative",
        "n is negative",
    )
    assert json.loads(last.payload)["doubled"] == 8
    assert lab.printed() == ["init"]


def test_a_bootstrap_of_a_layer(lab: Any) -> None:
    executable(lab, "layer/bootstrap", SCRIPT)
    code = lab.folder / "code"
    code.mkdir()
    result = lab.invoke(lab.function(runtime="provided", code_uri=code, layers=(lab.folder / "layer",)), b'{"n": 1}')
    assert json.loads(result.payload)["doubled"] == 2


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A runtime in C, as `cargo build` or `go build` would leave one."""
    folder = tmp_path_factory.mktemp("compiled")
    (folder / "runtime.c").write_text(COMPILED)
    subprocess.run(["cc", "-O1", "-o", folder / "runtime", folder / "runtime.c"], check=True)
    return folder / "runtime"


def test_a_compiled_bootstrap(lab: Any, compiled: Path) -> None:
    (lab.folder / "bootstrap").symlink_to(compiled)
    result = lab.invoke(lab.function(runtime="provided.al2023"))
    assert json.loads(result.payload) == {"arguments": 1, "last": str(lab.folder / "bootstrap")}


def test_a_command_that_builds_before_it_runs(lab: Any, compiled: Path) -> None:
    """`cargo run` and `go run` compile, then start the program as a child, and print while they do."""
    executable(lab, "bin/cargo", f'#!/bin/sh\necho "   Compiling shop v0.1.0"\n{compiled} "$@"\n')
    lab.environ["PATH"] = f"{lab.folder / 'bin'}:{os.environ['PATH']}"
    command = (str(lab.folder / "bin" / "cargo"), "run", "--release", "two words")
    result = lab.invoke(lab.function(runtime="provided.al2023", command=command))
    assert json.loads(result.payload) == {"arguments": 4, "last": "two words"}
    assert lab.printed() == ["   Compiling shop v0.1.0"]


def test_a_bootstrap_that_ends(lab: Any) -> None:
    executable(lab, "bootstrap", "#!/bin/sh\necho no such library >&2\nexit 127\n")
    result = lab.invoke(lab.function(runtime="provided.al2023"))
    assert isinstance(result, FunctionError)
    assert (result.kind, result.error_type, result.error_message) == (
        FunctionErrorKind.INIT,
        "Runtime.ExitError",
        "RequestId: request-1 Error: Runtime exited with error: exit status 127",
    )
    assert lab.printed() == ["no such library"]


def test_a_bootstrap_saved_anew_serves_the_next_request(lab: Any) -> None:
    executable(lab, "bootstrap", SCRIPT)
    function = lab.function(runtime="provided.al2023")

    async def scenario(pool: Pool) -> list[Any]:
        before = await pool.invoke("app", Invocation("request-1", b'{"n": 1}'))
        executable(lab, "bootstrap", SCRIPT.replace("* 2", "* 3"))
        pool.replace({"app"})
        return [before, await pool.invoke("app", Invocation("request-2", b'{"n": 1}'))]

    results = lab.run(scenario, function)
    assert all(isinstance(result, Returned) for result in results)
    assert [json.loads(result.payload)["doubled"] for result in results] == [2, 3]
