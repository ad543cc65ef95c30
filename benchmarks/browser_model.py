"""How many exchanges the browser model judges in a second on one core: `python benchmarks/browser_model.py`."""

import time
from collections.abc import Callable

from emulator.browser.call import Call, Page
from emulator.browser.exchanged import Send
from emulator.browser.fetch import Fetch
from emulator.browser.modes import Credentials
from emulator.browser.observe import judge
from emulator.browser.user_agent import UserAgent
from emulator.messages import Request, Response

SECONDS = 1.0
TARGET = 20_000  # simple exchanges a second

ORIGIN = "https://app.example"
PAGE = Page(ORIGIN)
GET = Call("https://api.example/items?page=1")
PUT = Call("https://api.example/items/1", "PUT", (("Content-Type", "application/json"), ("X-Api-Key", "k")), "{}")
ALLOWED = Response(
    200,
    (
        ("Content-Type", "application/json"),
        ("Access-Control-Allow-Origin", ORIGIN),
        ("Access-Control-Expose-Headers", "x-total"),
        ("X-Total", "3"),
        ("Vary", "Origin"),
    ),
)
PERMITTED = Response(
    204,
    (
        ("Access-Control-Allow-Origin", ORIGIN),
        ("Access-Control-Allow-Methods", "GET,PUT"),
        ("Access-Control-Allow-Headers", "content-type,x-api-key"),
        ("Access-Control-Max-Age", "0"),
    ),
)
SEEN = Request(
    "GET",
    "/items",
    "page=1",
    (
        ("Host", "api.example"),
        ("Accept", "*/*"),
        ("Origin", ORIGIN),
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Mode", "cors"),
        ("Referer", f"{ORIGIN}/"),
        ("User-Agent", "Mozilla/5.0"),
    ),
    scheme="https",
    port=443,
)


def run(call: Call, agent: UserAgent) -> None:
    """One page fetch, answered with permission."""
    fetch = Fetch(call, PAGE, agent)
    step = fetch.start()
    while isinstance(step, Send):
        step = fetch.receive(PERMITTED if step.is_preflight else ALLOWED)


def rate(work: Callable[[], object]) -> float:
    """Calls in a second of processor time."""
    started = time.process_time()
    calls = 0
    while time.process_time() - started < SECONDS:
        for _ in range(200):
            work()
        calls += 200
    return calls / (time.process_time() - started)


def main() -> None:
    agent = UserAgent()
    simple = rate(lambda: run(GET, agent))
    print(f"fetch, simple            {simple:9,.0f} a second (target {TARGET:,})")
    print(f"fetch, with preflight    {rate(lambda: run(PUT, agent)):9,.0f} a second")
    print(f"exchange seen on a wire  {rate(lambda: judge(SEEN, ALLOWED, Credentials.INCLUDE)):9,.0f} a second")
    print(f"blocked, seen on a wire  {rate(lambda: judge(SEEN, Response(502), Credentials.INCLUDE)):9,.0f} a second")
    raise SystemExit(0 if simple >= TARGET else 1)


if __name__ == "__main__":
    main()
