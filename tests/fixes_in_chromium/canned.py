"""An API over real sockets whose function answers as an example's did: whatever is asked of it, in every round."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from emulator.aws.api import Api
from emulator.exchange import Exchange
from emulator.findings.of_call import FoundIn, findings_of_call
from emulator.frontends import stand_ins
from emulator.functions.invocation import Invocation, Result, Returned
from emulator.server.allowed_hosts import AllowedHosts
from emulator.server.asgi import GatewayApp
from emulator.server.listen import Listener, bind
from findings.applied import Situation

PATIENCE = 60.0
"""Seconds until what is answered has to be observed."""


@dataclass
class Canned:
    """What is served now, and the exchanges of it so far."""

    port: int = 0
    situation: Situation | None = None
    exchanges: list[Exchange] = field(default_factory=list)
    _observed: threading.Condition = field(default_factory=threading.Condition)
    _arrived: int = 0

    @property
    def now(self) -> Situation:
        assert self.situation is not None
        return self.situation

    def show(self, situation: Situation) -> None:
        """Serve this from now on, and forget what was."""
        with self._observed:
            self.situation, self.exchanges, self._arrived = situation, [], 0

    def found(self) -> tuple[FoundIn, ...]:
        """What is found in the call that was made, once all of it is observed."""
        with self._observed:
            assert self._observed.wait_for(lambda: len(self.exchanges) == self._arrived, PATIENCE)
            exchanges = [replace(one, other_answer=self.now.other) for one in self.exchanges]
            return findings_of_call(exchanges, self.now.frontends, self.now.credentials)

    def arrived(self) -> None:
        with self._observed:
            self._arrived += 1

    def observe(self, exchange: Exchange) -> None:
        with self._observed:
            self.exchanges.append(exchange)
            self._observed.notify_all()

    async def invoke(self, function: str, invocation: Invocation) -> Result:
        """Answer as the example does where it does; what comes before it, or after it, is answered well."""
        event = json.loads(invocation.payload)
        if is_preflight(event) == self.now.request.is_preflight:
            return self.now.result
        return well(event, self.now.api)


def method_of(event: dict[str, Any]) -> str:
    method: str = event["httpMethod"] if "httpMethod" in event else event["requestContext"]["http"]["method"]
    return method


def is_preflight(event: dict[str, Any]) -> bool:
    return method_of(event) == "OPTIONS" and "access-control-request-method" in names(event)


def names(event: dict[str, Any]) -> dict[str, str]:
    return {name.lower(): value for name, value in event["headers"].items()}


def well(event: dict[str, Any], api: Api) -> Returned:
    """An answer with which any page is content; without headers where the gateway adds them."""
    sent = names(event)
    headers = {"Content-Type": "application/json"}
    if api.cors is None:
        headers |= {
            "Access-Control-Allow-Origin": sent.get("origin", "*"),
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Methods": sent.get("access-control-request-method", "GET"),
            "Access-Control-Allow-Headers": sent.get("access-control-request-headers", "content-type"),
            "Vary": "Origin",
        }
    return Returned(json.dumps({"statusCode": 200, "headers": headers, "body": "{}"}).encode())


@contextmanager
def canned() -> Iterator[Canned]:
    """Such an API on 127.0.0.1, on a thread of its own; of CORS nothing is enforced."""
    served, loop = Canned(), asyncio.new_event_loop()
    app = GatewayApp(
        lambda path: served.now.api,
        served.invoke,
        served.observe,
        lambda request: served.arrived(),
        hosts=lambda: AllowedHosts(()),
        stand_ins=lambda: stand_ins(served.now.frontends),
    )
    listener = Listener(app, bind("127.0.0.1", 0, "canned"))
    served.port = listener.port
    loop.run_until_complete(listener.start())
    thread = threading.Thread(target=loop.run_forever, name="canned", daemon=True)
    thread.start()
    try:
        yield served
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        listener.close()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
