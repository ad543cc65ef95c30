"""The environment variables of a function's process.

Source: AWS, "Working with Lambda environment variables", "Defined runtime environment variables". Of the developer's
own environment only what a handler needs to reach things passes: credentials, proxies, certificates, PATH and HOME.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from emulator.aws.account import REGION
from emulator.functions.invocation import Function, LogFormat
from emulator.functions.layers import executables, libraries, node_modules, site_directories
from emulator.functions.runtimes import Family, family_of

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
"""The prefixes of variables that are set when the emulator itself runs inside a function; they describe that one."""

_IDENTITY = frozenset(
    {
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_SECURITY_TOKEN",
        "AWS_PROFILE",
        "AWS_DEFAULT_PROFILE",
    }
)
"""The variables that say who calls AWS: all of them come from one place, or one key would be sent with another's
session token."""

_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where one environment runs: its Runtime API's "host:port", the runtime's folder, its log stream."""

    runtime_api: str
    runtime_dir: str
    log_stream_name: str


def environment_variables(function: Function, environ: Mapping[str, str], placement: Placement) -> dict[str, str]:
    """Make the variables that the process sees. The function's `environment` wins over the defaults and over `environ`,
    the developer's own; the variables AWS calls reserved win over everything."""
    given = dict(function.environment)
    variables = {name: value for name, value in environ.items() if _passes(name, given)}
    variables |= _regions(given, environ)
    variables |= {"LANG": "en_US.UTF-8", "TZ": ":UTC", "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR"}
    variables |= _logging(function)
    variables |= _search_paths(function, environ, placement)
    variables |= {name: value for name, value in given.items() if name not in _REGIONS}
    variables |= {
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
    if family_of(function.runtime) is not Family.PROVIDED:  # AWS does not define it for those
        variables["AWS_EXECUTION_ENV"] = f"AWS_Lambda_{function.runtime}"
    if function.command:
        # A runtime of the user's own does not guard against the bytecode of an earlier save of the same second.
        variables.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    return variables


def _regions(given: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """Make both region variables: each that `environment` gives (from an environment file) counts for the other,
    too."""
    named = [source.get(name) for source in (given, environ) for name in _REGIONS]
    region = next(filter(None, named), REGION)
    return {name: given.get(name) or region for name in _REGIONS}


def _logging(function: Function) -> dict[str, str]:
    """Make the variables that runtimes take the log format from, as aws/aws-lambda-python-runtime-interface-client
    does. That the level is not set with the format Text, and that both may be set in `environment`, is uncertain: AWS
    documents neither."""
    if function.logging.log_format is LogFormat.TEXT:
        return {"AWS_LAMBDA_LOG_FORMAT": "Text"}
    level = function.logging.application_log_level or "INFO"
    return {"AWS_LAMBDA_LOG_FORMAT": "JSON", "AWS_LAMBDA_LOG_LEVEL": level}


def _search_paths(function: Function, environ: Mapping[str, str], placement: Placement) -> dict[str, str]:
    """Make the search paths in the order AWS documents, with the developer's own where Lambda has the system's.
    PYTHONPATH is Lambda's runtime folder there; ours is left out, for its modules are not the user's."""
    code, runtime, family = str(function.code_uri), placement.runtime_dir, family_of(function.runtime)
    paths = {
        "PATH": (environ.get("PATH", ""), *executables(function)),
        "LD_LIBRARY_PATH": (environ.get("LD_LIBRARY_PATH", ""), code, f"{code}/lib", *libraries(function)),
    }
    if family is Family.NODEJS:
        paths["NODE_PATH"] = (*node_modules(function), f"{runtime}/node_modules", runtime, code)
    if family is Family.PYTHON and function.command:  # bootstrap.py is told otherwise: command_line.py
        paths["PYTHONPATH"] = site_directories(function)
    return {name: joined for name, entries in paths.items() if (joined := ":".join(filter(None, entries)))}


def _passes(name: str, given: Mapping[str, str]) -> bool:
    if name in _IDENTITY and "AWS_ACCESS_KEY_ID" in given:
        return False
    if name.startswith("AWS_"):
        return not name.startswith(_OF_A_FUNCTION)
    return name in _PASSED or name.upper().endswith("_PROXY")
