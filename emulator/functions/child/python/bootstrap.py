"""The Python runtime of an execution environment: loads the user's handler and serves it from the Lambda Runtime API.

Runs under the user's interpreter, Python 3.8 or newer: standard library only, imports nothing of ours, and no more than
it needs, for imports are most of a cold start. Behaves as aws/aws-lambda-python-runtime-interface-client does.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from _socket import IPPROTO_TCP, TCP_NODELAY, socket  # the socket module spends its import time on enums
from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any, NoReturn

    Handler = Callable[[Any, "LambdaContext"], Any]

_API = "/2018-06-01/runtime/"

_RACY = 2.0
"""Seconds. Bytecode is matched to its source by size and whole second, so two saves of one second look alike."""

_CHUNK = 1 << 16
"""Bytes. For more than 128 KB at a time glibc asks the kernel for pages, and gives them back, at every call."""

_ABOUT_THE_FUNCTION = {
    "log_group_name": os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME"),
    "log_stream_name": os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME"),
    "function_name": os.environ.get("AWS_LAMBDA_FUNCTION_NAME"),
    "memory_limit_in_mb": os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
    "function_version": os.environ.get("AWS_LAMBDA_FUNCTION_VERSION"),
}
_request_id = ""
_parts: dict[str, ModuleType] = {}
"""The files that `part` has loaded. They are not put among the user's modules, where their names might be taken."""


def part(name: str) -> Any:
    """Load a file beside this one, for what not every function needs."""
    module: Any = _parts.get(name)
    if module is None:
        module = _parts[name] = type(sys)(name)
        path = f"{__file__.rpartition('/')[0]}/{name}.py"
        type(__loader__)(name, path).exec_module(module)  # type: ignore[name-defined]
    return module


class LambdaRuntimeError(Exception):
    """An error whose type and message are the runtime's, not the user's."""

    def __init__(self, error_type: str, message: str, stack_trace: tuple[str, ...] | list[str] = ()) -> None:
        super().__init__(message)
        self.error_type = error_type
        self.stack_trace = stack_trace


class RuntimeApi:
    """A keep-alive connection, on which the answer to one invocation and the request for the next go out together."""

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        self._socket = socket()
        self._socket.connect((host, int(port)))
        self._socket.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        self._pid = os.getpid()
        self._received = b""
        self._host = f" HTTP/1.1\r\nHost: {address}"
        self._next = f"GET {_API}invocation/next{self._host}\r\n\r\n".encode()

    def ask(self) -> None:
        self._end_a_copy()
        self._socket.sendall(self._next)

    def post(self, path: str, header: str, body: str | bytes) -> None:
        """Post to /init/error, or the answer to an invocation; then the next one is asked for. Half of a surrogate
        pair, which UTF-8 has not, is the end of the process, as it is on Lambda."""
        self._end_a_copy()
        data = body.encode() if isinstance(body, str) else body
        head = f"POST {_API}{path}{self._host}\r\n{header}\r\nContent-Length: {len(data)}\r\n\r\n"
        self._socket.sendall(head.encode() + data + (b"" if path == "init/error" else self._next))
        status, _, refusal = self.receive()
        if status != b"202":
            sys.stderr.write(f"The Runtime API refused the answer: {refusal.decode('utf-8', 'replace')}")

    def receive(self) -> tuple[bytes, bytes, bytearray]:
        """Receive one answer: status, head, body."""
        while b"\r\n\r\n" not in self._received:
            self._received += self._read()
        head, _, rest = self._received.partition(b"\r\n\r\n")
        length = int(read_header(head, b"Content-Length"))
        body = bytearray(rest)
        while len(body) < length:
            body += self._read()
        self._received = bytes(body[length:])
        return head[9:12], head, body[:length]

    def _end_a_copy(self) -> None:
        """End a child of os.fork() that has the connection too: what both write and read would be torn between them."""
        if os.getpid() != self._pid:
            sys.stderr.write("A process that the handler forked returned as the handler did; its answer is dropped.\n")
            os._exit(1)

    def _read(self) -> bytes:
        try:
            data = self._socket.recv(_CHUNK)
        except ConnectionError:
            data = b""
        return data or _end_with_the_emulator()


def _end_with_the_emulator() -> NoReturn:
    """End, and take along what the handler started, when nobody is left to serve."""
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(1)


def read_header(head: bytes, name: bytes) -> str:
    """Return the value of a header, spelled as AWS spells it; empty when it is not there."""
    return head.partition(b"\r\n" + name + b": ")[2].partition(b"\r\n")[0].decode()


class LambdaContext:
    """What a handler gets (AWS: "Using the Lambda context object to retrieve Python function information")."""

    def __init__(self, head: bytes) -> None:
        self.aws_request_id = read_header(head, b"Lambda-Runtime-Aws-Request-Id")
        vars(self).update(_ABOUT_THE_FUNCTION)
        self.invoked_function_arn = read_header(head, b"Lambda-Runtime-Invoked-Function-Arn")
        self.client_context = None
        self.identity = SimpleNamespace(cognito_identity_id=None, cognito_identity_pool_id=None)
        self.tenant_id = None
        self._epoch_deadline_time_in_ms = int(read_header(head, b"Lambda-Runtime-Deadline-Ms"))

    def get_remaining_time_in_millis(self) -> int:
        return max(0, self._epoch_deadline_time_in_ms - int(time.time() * 1000))

    def w3c(self) -> dict[str, str]:
        return {}

    def log(self, msg: object) -> None:
        sys.stdout.write(str(msg))

    def __repr__(self) -> str:
        return f"LambdaContext([{','.join(f'{n}={v}' for n, v in vars(self).items() if n[0] != '_')}])"


class Marshaller:
    """Writes JSON as Lambda's simplejson: Decimal as a number, named tuples as objects, bytes as text, and up to
    python3.11 what is not ASCII escaped."""

    def __init__(self, execution_env: str) -> None:
        major, _, minor = execution_env.rpartition("python")[2].partition(".")
        modern = (major, int(minor) if minor.isdigit() else 0) >= ("3", 12)
        self._encoder = json.JSONEncoder(ensure_ascii=not modern)

    def marshal(self, value: object) -> tuple[str, str | bytes]:
        """Make the header and the body of a response."""
        if isinstance(value, bytes):
            return "Content-Type: application/unknown", value
        try:
            text = self.encode(value)
        except Exception as error:
            raise LambdaRuntimeError("Runtime.MarshalError", f"Unable to marshal response: {error}") from None
        return "Content-Type: application/json", text

    def marshal_error(self, error: Exception, request_id: str) -> tuple[str, str]:
        """Make the header and the body of an error."""
        if isinstance(error, LambdaRuntimeError):
            name, frames = error.error_type, list(error.stack_trace)
        else:
            name, frames = type(error).__name__, part("bootstrap_logging").user_frames(error.__traceback__, __file__)
        described = {"errorMessage": str(error), "errorType": name, "requestId": request_id, "stackTrace": frames}
        return f"Lambda-Runtime-Function-Error-Type: {name}", self.encode(described)

    def encode(self, value: object) -> str:
        try:
            if _is_plain(value):
                return self._encoder.encode(value)
        except RecursionError:  # deep, or circular
            pass
        text: str = part("bootstrap_json").encode(value, ensure_ascii=self._encoder.ensure_ascii)
        return text


_LEAVES = frozenset({str, int, float, bool, type(None)})


def _is_plain(value: Any) -> bool:
    """Tell whether the encoder takes the value as it is."""
    kind = type(value)
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str or (type(item) not in _LEAVES and not _is_plain(item)):
                return False
        return True
    if kind is list:
        for item in value:  # noqa: SIM110  a generator costs more
            if type(item) not in _LEAVES and not _is_plain(item):
                return False
        return True
    return kind in _LEAVES


def load_handler(name: str) -> Handler:
    """Import the handler "module.function"; the module may be "package.module" or "folder/module"."""
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        message = f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)"
        raise LambdaRuntimeError("Runtime.MalformedHandlerName", message)
    if module_name.split(".")[0] in sys.builtin_module_names:
        message = f"Cannot use built-in module {module_name} as a handler module"
        raise LambdaRuntimeError("Runtime.BuiltInModuleConflict", message)
    dotted = module_name.replace("/", ".")
    try:
        __import__(dotted)
    except ImportError as error:
        message = f"Unable to import module '{module_name}': {error}"
        # Lambda gives no frames here; which import led to the missing module is worth knowing.
        raise LambdaRuntimeError(
            "Runtime.ImportModuleError", message, part("bootstrap_logging").user_frames(error.__traceback__, __file__)
        ) from error
    except SyntaxError as error:
        message = f"Syntax error in module '{module_name}': {error}"
        where = f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'
        raise LambdaRuntimeError("Runtime.UserCodeSyntaxError", message, [where]) from error
    try:
        handler: Handler = getattr(sys.modules[dotted], function_name)
    except AttributeError:
        message = f"Handler '{function_name}' missing on module '{module_name}'"
        raise LambdaRuntimeError("Runtime.HandlerNotFound", message) from None
    return handler


def distrust_fresh_bytecode() -> None:
    """Leave the bytecode of a source saved this moment unread and unwritten: it may be that of the save before."""
    loader: Any = type(__loader__)  # type: ignore[name-defined]
    path_stats = loader.path_stats

    def settled_path_stats(self: object, path: str) -> Any:
        stats = path_stats(self, path)
        if stats["mtime"] > time.time() - _RACY:
            raise OSError("saved this moment")
        return stats

    loader.path_stats = settled_path_stats


def set_up_logging(logging: ModuleType) -> None:
    part("bootstrap_logging").set_up(logging, lambda: _request_id)


class LoggingFinder:
    """Sets logging up when the handler imports it: to import it for every handler would be a fourth of a cold start."""

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != "logging":
            return None
        sys.meta_path.remove(self)
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in sys.meta_path)))
        loader: Any = spec.loader
        execute = loader.exec_module

        def execute_and_set_up(module: ModuleType) -> None:
            execute(module)
            if hasattr(module, "getLogger"):  # else it is a logging.py of the user's own
                set_up_logging(module)

        loader.exec_module = execute_and_set_up
        return spec


def set_up_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors=stream.errors, line_buffering=True)  # type: ignore[union-attr]
    if "logging" in sys.modules:
        set_up_logging(sys.modules["logging"])
    else:
        sys.meta_path.insert(0, LoggingFinder())


def flush_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: S112  closed or replaced by the handler, whose business it is
            continue


def initialize(api: RuntimeApi, marshaller: Marshaller) -> Handler:
    """Return the handler; when it cannot be had, say why and end the process."""
    try:
        return load_handler(os.environ["_HANDLER"])
    except Exception as error:
        header, body = marshaller.marshal_error(error, "")
    part("bootstrap_logging").log_error(body)
    flush_output()
    api.post("init/error", header, body)
    sys.exit(1)


def serve(api: RuntimeApi, marshaller: Marshaller, handler: Handler) -> None:
    """Serve one invocation after the other, for ever."""
    global _request_id  # log records name the invocation; there is one at a time
    api.ask()
    while True:
        _, head, event = api.receive()
        context = LambdaContext(head)
        _request_id = context.aws_request_id
        os.environ["_X_AMZN_TRACE_ID"] = read_header(head, b"Lambda-Runtime-Trace-Id")
        try:
            header, body = marshaller.marshal(handler(read_event(event), context))
            path = "response"
        except Exception as error:
            header, body = marshaller.marshal_error(error, _request_id)
            path = "error"
            part("bootstrap_logging").log_error(body)
        flush_output()
        api.post(f"invocation/{_request_id}/{path}", header, body)


def read_event(body: bytearray) -> object:
    try:
        return json.loads(body)
    except Exception as error:
        raise LambdaRuntimeError("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from None


def main() -> None:
    layers, sys.argv[1:] = sys.argv[1:], []
    others = [path for path in sys.path if path != __file__.rpartition("/")[0]]
    sys.path[:] = [os.environ["LAMBDA_TASK_ROOT"], *layers, *others]
    for folder in layers:
        sys.modules["site"].addsitedir(folder)  # for its .pth files, as Lambda does
    distrust_fresh_bytecode()
    set_up_output()
    api, marshaller = RuntimeApi(os.environ["AWS_LAMBDA_RUNTIME_API"]), Marshaller(os.environ["AWS_EXECUTION_ENV"])
    serve(api, marshaller, initialize(api, marshaller))


if __name__ == "__main__":
    main()
