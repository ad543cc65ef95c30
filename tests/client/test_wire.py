"""How the transport's failures are named: over real sockets, and for what no test can bring about."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator

import httpx
import pytest

from emulator.browser.verdict import NetworkErrorName as Name
from emulator.client import BrowserClient, NetworkError
from emulator.client.wire import failure_of
from serving.ports import free_port


@contextlib.contextmanager
def listening(answer: bytes | None) -> Iterator[int]:
    """A server that reads a request, says `answer` and closes; with None it does not answer at all."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                connection, _ = server.accept()
                with connection:
                    connection.recv(65536)
                    connection.sendall(answer or b"")

        thread = threading.Thread(target=serve)
        if answer is not None:
            thread.start()
        yield server.getsockname()[1]
    if answer is not None:
        thread.join()


def failure(url: str) -> NetworkError:
    with (
        httpx.Client(timeout=0.2 if "silent" in url else 20, trust_env=False) as http,
        BrowserClient("http://page.test", http=http) as client,
        pytest.raises(NetworkError) as raised,
    ):
        client.fetch(url)
    return raised.value


def test_nobody_listens() -> None:
    port = free_port()
    for host in ("127.0.0.1", "localhost"):
        failed = failure(f"http://{host}:{port}/")
        assert (failed.error, failed.message.rpartition("::")[2]) == (Name.CONNECTION_REFUSED, "ERR_CONNECTION_REFUSED")
        assert "refused" in failed.reason


def test_what_the_caller_handles_is_no_cause() -> None:
    with listening(b"") as port:
        try:
            raise ConnectionRefusedError("of before")
        except ConnectionRefusedError:
            assert failure(f"http://127.0.0.1:{port}/").error is Name.EMPTY_RESPONSE


def test_no_such_host() -> None:
    assert failure("http://no-such-host.invalid/").error is Name.NAME_NOT_RESOLVED


def test_no_answer_in_time() -> None:
    with listening(None) as port:
        failed = failure(f"http://127.0.0.1:{port}/silent")
    assert (failed.error, failed.reason) == (Name.TIMED_OUT, "timed out (ReadTimeout)")


def test_closed_without_an_answer() -> None:
    with listening(b"") as port:
        assert failure(f"http://127.0.0.1:{port}/").error is Name.EMPTY_RESPONSE


def test_plain_http_called_by_https() -> None:
    with listening(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n") as port:
        failed = failure(f"https://127.0.0.1:{port}/")
    assert (failed.error, "SSL" in failed.reason) == (Name.TLS_FAILED, True)


def caused(error: Exception, *causes: Exception) -> Exception:
    """An error as httpx raises it, for several addresses of which each failed in its own way."""
    error.__cause__ = ExceptionGroup("addresses", causes) if len(causes) > 1 else causes[0]
    return error


CAUSED = [
    pytest.param(
        caused(httpx.ConnectError("no"), ssl.SSLCertVerificationError("self-signed certificate")),
        ("('self-signed certificate',)", Name.CERTIFICATE_REFUSED),
        id="certificate",
    ),
    pytest.param(
        caused(
            httpx.ConnectError("All attempts failed"), OSError("unreachable"), ConnectionRefusedError(111, "refused")
        ),
        ("[Errno 111] refused", Name.CONNECTION_REFUSED),
        id="of-several-addresses",
    ),
    pytest.param(UnicodeError("label too long"), ("label too long", Name.NAME_NOT_RESOLVED), id="no-idn"),
    pytest.param(httpx.ReadError(""), ("ReadError", Name.CONNECTION_FAILED), id="without-a-word"),
    pytest.param(
        httpx.RemoteProtocolError("peer closed connection"),
        ("peer closed connection", Name.CONNECTION_FAILED),
        id="cut",
    ),
]


@pytest.mark.parametrize(("error", "told"), CAUSED)
def test_what_the_causes_tell(error: Exception, told: tuple[str, Name]) -> None:
    assert failure_of(error) == told
