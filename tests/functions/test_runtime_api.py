"""The Runtime API as a runtime meets it: these tests are the runtime, over a socket; the process only sleeps."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import psutil
import pytest

from emulator.functions.invocation import FunctionErrorKind, Invocation, Returned
from emulator.functions.pool import Pool
from serving.other_user import curl
from serving.rim import PATIENCE

RUNTIME = "/2018-06-01/runtime/"
NEXT = RUNTIME + "invocation/next"


@dataclass
class Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @property
    def address(self) -> str:
        host, port = self.writer.get_extra_info("peername")
        return f"{host}:{port}"

    @property
    def host(self) -> str:
        return f"Host: {self.address}\r\n"

    async def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> None:
        headers.setdefault("Host", self.address)
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        length = f"Content-Length: {len(body)}\r\n" if method == "POST" else ""
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{lines}{length}\r\n".encode() + body)
        await self.writer.drain()

    async def receive(self) -> tuple[int, dict[str, str], Any]:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.strip().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        body = await self.reader.readexactly(int(headers.get("Content-Length", 0)))
        return int(first.split()[1]), headers, json.loads(body) if body else None

    async def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], Any]:
        await self.send(method, path, body, **headers)
        return await self.receive()


Connect = Callable[[], Awaitable[Connection]]


@pytest.fixture
def act(lab: Any) -> Callable[[Callable[[Pool, Connect], Awaitable[None]]], None]:
    """Runs a scenario in which an invocation waits for the runtime that the scenario plays."""

    async def runtime() -> psutil.Process:
        """It may not yet be the program it is to be."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for process in psutil.Process().children():
                    if process.cmdline()[:1] == ["sleep"]:
                        return process
                await asyncio.sleep(0.001)

    async def main(pool: Pool, scenario: Callable[[Pool, Connect], Awaitable[None]]) -> None:
        connections: list[Connection] = []

        async def connect() -> Connection:
            process = await runtime()
            host, port = process.environ()["AWS_LAMBDA_RUNTIME_API"].split(":")
            connections.append(Connection(*await asyncio.open_connection(host, int(port))))
            return connections[-1]

        try:
            await scenario(pool, connect)
        finally:
            for connection in connections:
                connection.writer.close()

    def run(scenario: Callable[[Pool, Connect], Awaitable[None]]) -> None:
        function = lab.function(command=("sleep", "1000"), timeout=PATIENCE, max_concurrency=1)
        lab.run(lambda pool: main(pool, scenario), function)

    return run


def invoke(pool: Pool, request_id: str = "id-1", payload: bytes = b'{"a": 1}') -> "asyncio.Task[Any]":
    return asyncio.ensure_future(pool.invoke("app", Invocation(request_id, payload, "Root=1-2-3")))


async def started(pool: Pool, connect: Connect) -> tuple["asyncio.Task[Any]", Connection]:
    """An invocation, and the connection on which the runtime has it."""
    task = invoke(pool)
    await asyncio.sleep(0)
    connection = await connect()
    status, headers, event = await connection.call("GET", NEXT)
    assert (status, event) == (200, {"a": 1})
    assert headers["Lambda-Runtime-Aws-Request-Id"] == "id-1"
    assert headers["Lambda-Runtime-Trace-Id"] == "Root=1-2-3"
    assert headers["Lambda-Runtime-Invoked-Function-Arn"].endswith(":function:app")
    assert int(headers["Lambda-Runtime-Deadline-Ms"]) > 1_700_000_000_000
    return task, connection


def test_next_and_response(act: Any) -> None:
    async def scenario(pool: Pool, connect: Connect) -> None:
        task, connection = await started(pool, connect)
        answer = await connection.call("POST", RUNTIME + "invocation/id-1/response", b'{"b": 2}')
        assert (answer[0], answer[2]) == (202, {"status": "OK"})
        result = await task
        assert isinstance(result, Returned)
        assert result.payload == b'{"b": 2}'

    act(scenario)


def test_every_byte_alone(act: Any) -> None:
    async def scenario(pool: Pool, connect: Connect) -> None:
        task, connection = await started(pool, connect)
        head = f"POST {RUNTIME}invocation/id-1/response HTTP/1.1\r\n{connection.host}"
        request = f"{head}Content-Length: 4\r\n\r\nnull".encode()
        for byte in request:
            connection.writer.write(bytes([byte]))
            await connection.writer.drain()
            await asyncio.sleep(0)
        assert (await connection.receive())[0] == 202
        assert (await task).payload == b"null"

    act(scenario)


def test_chunked_response_and_expect_continue(act: Any) -> None:
    async def scenario(pool: Pool, connect: Connect) -> None:
        task, connection = await started(pool, connect)
        connection.writer.write(
            f"POST {RUNTIME}invocation/id-1/response HTTP/1.1\r\n{connection.host}Expect: 100-continue\r\n"
            "Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        assert (await connection.receive())[0] == 100
        connection.writer.write(b"2\r\n[1\r\n2\r\n,2\r\n1\r\n]\r\n0\r\n\r\n")
        assert (await connection.receive())[0] == 202
        assert (await task).payload == b"[1,2]"

    act(scenario)


def test_error(act: Any) -> None:
    async def scenario(pool: Pool, connect: Connect) -> None:
        task, connection = await started(pool, connect)
        answer = await connection.call(
            "POST",
            RUNTIME + "invocation/id-1/error",
            b'{"errorMessage": "no"}',
            Lambda_Runtime_Function_Error_Type="Teapot",
        )
        assert answer[0] == 202
        result = await task
        assert (result.kind, result.error_type, result.error_message) == (FunctionErrorKind.HANDLER, "Teapot", "no")

    act(scenario)


def test_init_error(act: Any) -> None:
    async def scenario(pool: Pool, connect: Connect) -> None:
        task = invoke(pool)
        await asyncio.sleep(0)
        connection = await connect()
        await connection.send("POST", RUNTIME + "init/error", b'{"errorType": "Broken", "errorMessage": "no"}')
        result = await task
        assert (result.kind, result.error_type, result.error_message) == (FunctionErrorKind.INIT, "Broken", "no")

    act(scenario)


def test_two_calls_in_one_segment(act: Any) -> None:
    """The bundled bootstrap asks for the next invocation in the same breath."""

    async def scenario(pool: Pool, connect: Connect) -> None:
        task, connection = await started(pool, connect)
        second = invoke(pool, "id-2", b"2")
        connection.writer.write(
            f"POST {RUNTIME}invocation/id-1/response HTTP/1.1\r\n{connection.host}Content-Length: 1\r\n\r\n1"
            f"GET {NEXT} HTTP/1.1\r\n{connection.host}\r\n".encode()
        )
        assert (await connection.receive())[0] == 202
        assert (await connection.receive())[2] == 2
        assert (await task).payload == b"1"
        second.cancel()

    act(scenario)


def test_a_connection_for_every_call(act: Any) -> None:
    """As awslambdaric does for init errors, and curl in shell runtimes for everything."""

    async def scenario(pool: Pool, connect: Connect) -> None:
        task, _ = await started(pool, connect)
        second = invoke(pool, "id-2", b"2")
        connection = await connect()
        answer = await connection.call("POST", RUNTIME + "invocation/id-1/response", b"1", Connection="close")
        assert answer[0] == 202
        assert await connection.reader.read() == b""
        assert (await task).payload == b"1"
        connection = await connect()
        assert (await connection.call("GET", NEXT))[2] == 2
        second.cancel()

    act(scenario)


def test_protocol_mistakes(act: Any) -> None:
    async def scenario(pool: Pool, connect: Connect) -> None:
        task, connection = await started(pool, connect)
        for method, path, status, error_type in (
            ("POST", "invocation/other/response", 400, "InvalidRequestID"),
            ("POST", "invocation/other/error", 400, "InvalidRequestID"),
            ("POST", "init/error", 403, "InvalidStateTransition"),
            ("GET", "invocation/next", 403, "InvalidStateTransition"),
            ("GET", "nothing", 404, "NotFound"),
            ("GET", "invocation/id-1/response", 405, "MethodNotAllowed"),
        ):
            answer = await connection.call(method, RUNTIME + path, b"1" if method == "POST" else b"")
            assert (answer[0], answer[2]["errorType"]) == (status, error_type)
            assert answer[2]["errorMessage"]
        assert (await connection.call("POST", RUNTIME + "invocation/id-1/response", b"1"))[0] == 202
        again = await connection.call("POST", RUNTIME + "invocation/id-1/response", b"1")
        assert again[0] == 403
        assert again[2]["errorMessage"] == (
            "State transition from ResponseSent to InvocationResponse failed for runtime. "
            "Error: State transition is not allowed"
        )
        assert (await task).payload == b"1"

    act(scenario)


def test_response_before_anything_was_asked(act: Any) -> None:
    async def scenario(pool: Pool, connect: Connect) -> None:
        task = invoke(pool)
        await asyncio.sleep(0)
        connection = await connect()
        answer = await connection.call("POST", RUNTIME + "invocation/id-1/response", b"1")
        assert (answer[0], answer[2]["errorType"]) == (403, "InvalidStateTransition")
        task.cancel()

    act(scenario)


def test_too_large(act: Any) -> None:
    async def scenario(pool: Pool, connect: Connect) -> None:
        task, connection = await started(pool, connect)
        answer = await connection.call("POST", RUNTIME + "invocation/id-1/response", b"x" * 6_291_557)
        assert (answer[0], answer[2]["errorType"]) == (413, "RequestEntityTooLarge")
        assert (await task).error_type == "Function.ResponseSizeTooLarge"
        second = invoke(pool, "id-2", b"2")
        assert (await connection.call("GET", NEXT))[2] == 2
        second.cancel()

    act(scenario)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x16\x03\x01\x02\x00 tls?\r\n\r\n", id="not-http"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", id="upgrade"),
    ],
)
def test_what_is_not_the_protocol_at_all(act: Any, data: bytes) -> None:
    async def scenario(pool: Pool, connect: Connect) -> None:
        task = invoke(pool)
        await asyncio.sleep(0)
        connection = await connect()
        connection.writer.write(data)
        assert b"HTTP/1.1 40" in await connection.reader.read()
        task.cancel()

    act(scenario)


def test_a_runtime_that_hangs_up_while_it_waits_is_replaced(act: Any) -> None:
    async def scenario(pool: Pool, connect: Connect) -> None:
        task, connection = await started(pool, connect)
        await connection.send("POST", RUNTIME + "invocation/id-1/response", b"1")
        await connection.send("GET", NEXT)
        assert (await task).payload == b"1"
        before = {process.pid for process in psutil.Process().children()}
        connection.writer.close()
        await connection.writer.wait_closed()
        second = invoke(pool, "id-2", b"2")
        async with asyncio.timeout(PATIENCE):
            while not {process.pid for process in psutil.Process().children()} - before:  # noqa: ASYNC110
                await asyncio.sleep(0.005)
        second.cancel()

    act(scenario)


def test_the_latest_of_two_that_ask_is_answered(act: Any) -> None:
    async def scenario(pool: Pool, connect: Connect) -> None:
        task, first = await started(pool, connect)
        await first.call("POST", RUNTIME + "invocation/id-1/response", b"1")
        await task
        await first.send("GET", NEXT)
        latest = await connect()
        await latest.send("GET", NEXT)
        for _ in range(100):
            await asyncio.sleep(0)  # each is a look of the event loop's at what has come
        second = invoke(pool, "id-2", b"2")
        assert (await latest.receive())[2] == 2
        second.cancel()

    act(scenario)


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Host": "attacker.test"}, id="another-name-for-this-machine"),
        pytest.param({"Origin": "https://attacker.test"}, id="fetch-of-a-page"),
        pytest.param({"Sec_Fetch_Site": "cross-site"}, id="image-of-a-page"),
    ],
)
def test_no_page_gets_an_event(act: Any, headers: dict[str, str]) -> None:
    """A page of any site may call the ports of this machine; only the environment's own runtime is answered."""

    async def scenario(pool: Pool, connect: Connect) -> None:
        task = invoke(pool)
        await asyncio.sleep(0)
        page = await connect()
        status, _, refusal = await page.call("GET", NEXT, **headers)
        assert (status, refusal["errorType"]) == (403, "Forbidden")
        runtime = await connect()
        assert (await runtime.call("GET", NEXT))[0] == 200
        await runtime.call("POST", RUNTIME + "invocation/id-1/response", b"{}")
        assert (await task).payload == b"{}"

    act(scenario)


def test_no_other_user_gets_an_event(act: Any) -> None:
    """By the address itself, as a runtime asks: it is the user that is refused."""

    async def scenario(pool: Pool, connect: Connect) -> None:
        task = invoke(pool)
        await asyncio.sleep(0)
        runtime = await connect()
        theirs = await asyncio.to_thread(curl, "--write-out", "%{http_code}", f"http://{runtime.address}{NEXT}")
        assert theirs.stdout.endswith("403"), theirs
        assert "as its own user" in theirs.stdout
        assert (await runtime.call("GET", NEXT))[0] == 200
        await runtime.call("POST", RUNTIME + "invocation/id-1/response", b"{}")
        assert (await task).payload == b"{}"

    act(scenario)
