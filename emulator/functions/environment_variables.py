"""The environment variables of a function's process.

Source: AWS, "Using Lambda environment variables", "Defined runtime environment variables". Of the developer's own
environment only what a handler needs to reach things passes: credentials, proxies, certificates, PATH and HOME.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from emulator.functions.invocation import REGION, Function

_PASSED = frozenset(
    {
        "HOME",
        "USER",
        "PATH",
        "TMPDIR",
        "LD_LIBRARY_PATH",
        "DYLD_LIBRARY_PATH",
        "DYLD_FALLBACK_LIBRARY_PATH",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        "NODE_EXTRA_CA_CERTS",
    }
)
_OF_A_FUNCTION = ("AWS_LAMBDA_", "AWS_EXECUTION_ENV")
"""Set when the emulator itself runs inside a function; they describe that one."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one environment runs: its Runtime API's "host:port", the runtime's folder, its log stream."""

    runtime_api: str
    runtime_dir: str
    log_stream_name: str


def environment_variables(function: Function, environ: Mapping[str, str], placement: Placement) -> dict[str, str]:
    """What the process sees. The function's `environment` wins over the defaults and over `environ`, the developer's
    own; the variables AWS calls reserved win over everything."""
    region = environ.get("AWS_REGION") or environ.get("AWS_DEFAULT_REGION") or REGION
    variables = {name: value for name, value in environ.items() if _passes(name)}
    variables |= {
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
    }
    variables |= dict(function.environment)
    variables |= {
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.runtime}",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{function.name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": placement.log_stream_name,
        "AWS_LAMBDA_RUNTIME_API": placement.runtime_api,
        "LAMBDA_RUNTIME_DIR": placement.runtime_dir,
        "LAMBDA_TASK_ROOT": str(function.code_uri),
        "_HANDLER": function.handler,
    }
    if function.command:
        # A runtime of the user's own does not guard against the bytecode of an earlier save of the same second.
        variables.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    return variables


def _passes(name: str) -> bool:
    if name.startswith("AWS_"):
        return not name.startswith(_OF_A_FUNCTION)
    return name in _PASSED or name.upper().endswith("_PROXY")
