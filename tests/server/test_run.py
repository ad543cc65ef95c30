"""The parts of `emulate serve` that need no process; the whole of it is in tests/end_to_end and tests/cli."""

import logging

import pytest

from emulator.server.run import reword


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        pytest.param("Invalid HTTP request received.", "A request was not valid HTTP: https sent to this http port, an "
                     "unknown method, or a malformed or overlong line.", id="https-to-an-http-port"),
        pytest.param("Unsupported upgrade request.", None, id="websocket-which-a-note-tells-of"),
        pytest.param("No supported WebSocket library detected. Please install one.", None, id="advice-for-others"),
        pytest.param("Exception in ASGI application\n", "Exception in ASGI application\n", id="anything-else"),
    ],
)  # fmt: skip
def test_uvicorn_speaks_to_our_users(message: str, shown: str | None) -> None:
    record = logging.LogRecord("uvicorn.error", logging.WARNING, __file__, 1, message, None, None)
    assert (record.getMessage() if reword(record) else None) == shown
