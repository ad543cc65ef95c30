"""The event loop that serving runs on, and the garbage collector beside it."""

import asyncio
import gc
import sys


def collect_seldom() -> None:
    """Have the garbage collector look less often. What is loaded by now stays to the end, and what a request leaves for
    the console lives for milliseconds: neither is worth a look every few requests."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def event_loop_factory() -> type[asyncio.AbstractEventLoop] | None:
    """Choose uvloop where it exists: it halves the time of a request."""
    if sys.platform == "win32":
        return None
    import uvloop

    return uvloop.Loop
