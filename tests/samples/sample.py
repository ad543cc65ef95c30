"""The samples as a table: which call shows which finding, and in which ways it can be asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from emulator.config.load import load
from emulator.deployment import Deployment

ROOT = Path(__file__).parent.parent.parent
SHOP = ROOT / "emulator.yaml"
MISTAKES = ROOT / "sample_handlers" / "broken" / "emulator.yaml"
PAGE = "http://localhost:5173"

JSON = (("Content-Type", "application/json"),)

SERVE, CHECK, FETCH = "serve", "check", "fetch"
EVERY_WAY = frozenset({SERVE, CHECK, FETCH})


@dataclass(frozen=True)
class Sample:
    """A call that a page makes of an API of `config`, and the first that is said of it. `path` is without the stage;
    `ways` are the commands that can ask so."""

    finding: str
    config: Path
    api: str
    method: str
    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: str | bytes | None = None
    origin: str = PAGE
    credentials: str = "same-origin"
    ways: frozenset[str] = EVERY_WAY

    @property
    def name(self) -> str:
        return f"{self.api} {self.method} {self.path}"


@cache
def deployed(config: Path) -> Deployment:
    """What a configuration serves."""
    return load(config).deployment


def of_mistakes() -> Iterator[Sample]:
    """The recorded checks of the mistakes, each for the finding that its path names."""
    for check in deployed(MISTAKES).checks:
        method, _, path = check.request.partition(" ")
        assert check.api is not None
        mode = check.credentials or "same-origin"
        name = path.split("/")[1]
        yield Sample(
            name, MISTAKES, check.api, method, path, check.headers, check.body, check.origin, mode,
            EVERY_WAY - {CHECK} if name in OF_THIS_MACHINE else EVERY_WAY,
        )  # fmt: skip


OF_THIS_MACHINE = ("same-site-by-accident",)
"""What only an address of this machine shows: of that a check, which speaks of what is deployed, says nothing."""

IN_BYTES = Sample(
    "binary-body-as-text", MISTAKES, "rest", "POST", "/binary-body-as-text", body=b"\xff\xd8\xff\xe0",
    ways=frozenset({SERVE, FETCH}),
)  # fmt: skip
"""The body of a recorded check is text."""

OF_SHOP = [
    Sample("error-response-without-cors", SHOP, "orders", "GET", "/broken/error-path"),
    Sample("function-error", SHOP, "orders", "GET", "/broken/raises"),
    Sample("wildcard-with-credentials", SHOP, "orders", "GET", "/broken/wildcard", credentials="include"),
    Sample("missing-options-route", SHOP, "orders", "PUT", "/broken/no-options"),
    Sample("origin-echoed", SHOP, "orders", "GET", "/broken/echo", origin="https://unrelated.example"),
    Sample("method-not-allowed", SHOP, "shop", "PUT", "/broken/disagree"),
    Sample("preflight-reached-function", SHOP, "shop", "POST", "/broken/swallowed", JSON, "{}"),
    Sample("duplicate-cors-headers", SHOP, "broken-twice", "GET", "/"),
]
"""What is broken in the sample of the tour."""

TWO_AT_A_TIME = ("throttled", "waited-for-environment")
"""What needs two calls at a time, and so is asked of `emulate serve` alone."""

BY_NO_SAMPLE = {
    "request-too-large": "the page sends too much, whatever is configured",
    "cors-blocked": "it recognises what no other rule does, and there is nothing that none does",
    "mixed-content": "the page is on https, and the API of neither this machine nor https",
    "local-network-access": "the page is on no machine of this network",
    "third-party-cookies": "the page is of another site than this machine",
    "cors-hidden-by-proxy": "the page's development server passes its calls on",
    "no-cors-mode": "the page says so in its own call",
    "reserved-path": "the page calls /ping, which AWS answers itself, whatever is configured",
    "not-emulated": "an OpenAPI document declares what is not emulated, and the samples have none",
    "websocket-not-emulated": "the page asks for a WebSocket",
}
"""The findings that no handler and no configuration shows, each with why: it is the page's doing, or where it is."""

SAMPLES = [*of_mistakes(), IN_BYTES, *OF_SHOP]


def is_of_other_calls(finding: Mapping[str, Any]) -> bool:
    """Whether it tells what a call lacks that others got before it: here the cookies of other samples, which know no
    port and are missed by every call without credentials."""
    message: str = finding["message"]
    return message.startswith("This call came without the cookie")


def target(sample: Sample) -> str:
    """The path with the stage."""
    api = next(one.api for one in deployed(sample.config).endpoints if one.api.name == sample.api)
    return sample.path if api.stage == "$default" else f"/{api.stage}{sample.path}"
