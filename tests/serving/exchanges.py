"""Real exchanges for the tests of findings: a request through `gateway.handle`, a function that answers as told."""

import asyncio
import json
from typing import Any

from emulator import gateway
from emulator.aws.api import Api
from emulator.aws.product import Stamp
from emulator.exchange import Exchange
from emulator.functions.invocation import Invocation, Result, Returned
from emulator.messages import Headers, Request

PAGE = "http://localhost:5173"
HOST = "127.0.0.1:3000"
STAMP = Stamp(1_700_000_000_000, "11111111-2222-4333-8444-555555555555", "QXXIFgRJ5PgEPNA=", "1-65000000-" + "0" * 24)


def exchanged(api: Api, request: Request, result: Result) -> Exchange:
    async def invoke(name: str, invocation: Invocation) -> Result:
        return result

    return asyncio.run(gateway.handle(api, request, STAMP, invoke, lambda: 0.0))


def call(method: str = "GET", path: str = "/x", origin: str | None = PAGE, headers: Headers = ()) -> Request:
    named = () if origin is None else (("Origin", origin),)
    return Request(method, path, headers=(("Host", HOST), *named, *headers), port=3000)


def preflight(method: str, path: str = "/x", origin: str = PAGE, headers: Headers = ()) -> Request:
    return call("OPTIONS", path, origin, (("Access-Control-Request-Method", method), *headers))


def answers(status: int = 200, body: str = "{}", *, is_base64: bool = False, **headers: str) -> Returned:
    """What a function returns; `_` in a header's name stands for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    payload: dict[str, Any] = {"statusCode": status, "headers": named, "body": body, "isBase64Encoded": is_base64}
    return Returned(json.dumps(payload).encode())
