from pathlib import Path
from typing import Any

import pytest

from emulator.functions.environment_variables import Placement, environment_variables
from emulator.functions.invocation import Function, LogFormat, LoggingConfig

PLACEMENT = Placement("127.0.0.1:9001", "/runtime", "2024/01/01/[$LATEST]0123")


def variables(environ: dict[str, str], **values: Any) -> dict[str, str]:
    function = Function(**({"name": "shop", "handler": "app.handler", "code_uri": Path("/code")} | values))
    return environment_variables(function, environ, PLACEMENT)


def test_defined_runtime_environment_variables() -> None:
    """AWS, "Using Lambda environment variables": Defined runtime environment variables."""
    assert variables({}) == {
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.12",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "128",
        "AWS_LAMBDA_FUNCTION_NAME": "shop",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_FORMAT": "Text",
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/shop",
        "AWS_LAMBDA_LOG_STREAM_NAME": "2024/01/01/[$LATEST]0123",
        "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9001",
        "AWS_REGION": "us-east-1",
        "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
        "LAMBDA_RUNTIME_DIR": "/runtime",
        "LAMBDA_TASK_ROOT": "/code",
        "LANG": "en_US.UTF-8",
        "LD_LIBRARY_PATH": "/code:/code/lib",
        "TZ": ":UTC",
        "_HANDLER": "app.handler",
    }


@pytest.mark.parametrize(
    "name",
    [
        "PATH",
        "HOME",
        "AWS_ACCESS_KEY_ID",
        "AWS_PROFILE",
        "AWS_ENDPOINT_URL_S3",
        "HTTPS_PROXY",
        "no_proxy",
        "SSL_CERT_FILE",
    ],
)
def test_what_a_handler_needs_to_reach_things_passes(name: str) -> None:
    assert variables({name: "x"})[name] == "x"


@pytest.mark.parametrize(
    "name",
    ["VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "DATABASE_URL", "AWS_LAMBDA_LOG_LEVEL"],
)
def test_nothing_else_does(name: str) -> None:
    assert name not in variables({name: "x"})


BOTH = {"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2"}


@pytest.mark.parametrize(
    ("environ", "given", "regions"),
    [
        pytest.param(BOTH, {}, ("eu-west-1", "eu-west-1"), id="region"),
        pytest.param({"AWS_DEFAULT_REGION": "eu-west-2"}, {}, ("eu-west-2", "eu-west-2"), id="default-region"),
        pytest.param(BOTH, {"AWS_REGION": "sa-east-1"}, ("sa-east-1", "sa-east-1"), id="of-an-environment-file"),
        pytest.param(BOTH, {"AWS_DEFAULT_REGION": "sa-east-1"}, ("sa-east-1", "sa-east-1"), id="default-region-there"),
        pytest.param({}, BOTH, ("eu-west-1", "eu-west-2"), id="both-there"),
    ],
)
def test_the_developers_region(environ: dict[str, str], given: dict[str, str], regions: tuple[str, str]) -> None:
    found = variables(environ, environment=tuple(given.items()))
    assert (found["AWS_REGION"], found["AWS_DEFAULT_REGION"]) == regions


IDENTITY = {"AWS_ACCESS_KEY_ID": "mine", "AWS_SECRET_ACCESS_KEY": "mine", "AWS_SESSION_TOKEN": "mine"}


def test_credentials_come_all_from_one_place() -> None:
    environ = IDENTITY | {"AWS_PROFILE": "mine", "AWS_ENDPOINT_URL": "http://localhost:4566"}
    given = {"AWS_ACCESS_KEY_ID": "theirs", "AWS_SECRET_ACCESS_KEY": "theirs"}
    found = variables(environ, environment=tuple(given.items()))
    assert found.keys() & {"AWS_SESSION_TOKEN", "AWS_PROFILE"} == set()
    assert found["AWS_ACCESS_KEY_ID"] == found["AWS_SECRET_ACCESS_KEY"] == "theirs"
    assert found["AWS_ENDPOINT_URL"] == "http://localhost:4566"
    assert IDENTITY.items() <= variables(environ).items()


@pytest.mark.parametrize(
    ("runtime", "expected"),
    [
        pytest.param("python3.13", "AWS_Lambda_python3.13", id="python"),
        pytest.param("nodejs22.x", "AWS_Lambda_nodejs22.x", id="nodejs"),
        pytest.param("java21", "AWS_Lambda_java21", id="java"),
        pytest.param("provided.al2023", None, id="not-defined-for-provided-runtimes"),
        pytest.param("provided", None, id="provided"),
    ],
)
def test_execution_env(runtime: str, expected: str | None) -> None:
    assert variables({}, runtime=runtime).get("AWS_EXECUTION_ENV") == expected


@pytest.mark.parametrize(
    ("logging", "expected"),
    [
        pytest.param(LoggingConfig(), ("Text", None), id="text"),
        pytest.param(LoggingConfig(LogFormat.JSON), ("JSON", "INFO"), id="json"),
        pytest.param(LoggingConfig(LogFormat.JSON, "DEBUG", "WARN"), ("JSON", "DEBUG"), id="json-with-levels"),
    ],
)
def test_logging(logging: LoggingConfig, expected: tuple[str, str | None]) -> None:
    found = variables({}, logging=logging)
    assert (found["AWS_LAMBDA_LOG_FORMAT"], found.get("AWS_LAMBDA_LOG_LEVEL")) == expected


LAYERS = (Path("/one"), Path("/two"))


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        pytest.param("PATH", {}, "/bin:/two/bin:/one/bin", id="path"),
        pytest.param("LD_LIBRARY_PATH", {}, "/own:/code:/code/lib:/two/lib:/one/lib", id="ld-library-path"),
        pytest.param(
            "NODE_PATH",
            {"runtime": "nodejs22.x"},
            "/two/nodejs/node22/node_modules:/one/nodejs/node22/node_modules:"
            "/two/nodejs/node_modules:/one/nodejs/node_modules:/runtime/node_modules:/runtime:/code",
            id="node-path",
        ),
        pytest.param("NODE_PATH", {}, None, id="no-node-path-for-python"),
        pytest.param("PYTHONPATH", {}, None, id="no-pythonpath-for-the-bundled-runtime"),
        pytest.param(
            "PYTHONPATH",
            {"command": ("python", "-m", "awslambdaric")},
            "/two/python/lib/python3.12/site-packages:/one/python/lib/python3.12/site-packages:/two/python:/one/python",
            id="pythonpath-for-the-users-runtime",
        ),
        pytest.param("PYTHONPATH", {"environment": (("PYTHONPATH", "/mine"),)}, "/mine", id="pythonpath-given"),
        pytest.param("PATH", {"environment": (("PATH", "/mine"),)}, "/mine", id="path-given"),
    ],
)
def test_search_paths(name: str, values: dict[str, Any], expected: str | None) -> None:
    """AWS, "Packaging your layer content"; of two layers the later one's files count."""
    found = variables({"PATH": "/bin", "LD_LIBRARY_PATH": "/own"}, layers=LAYERS, **values)
    assert found.get(name) == expected


def test_the_functions_environment_wins_but_for_reserved_variables() -> None:
    found = variables({"PATH": "/bin"}, environment=(("PATH", "/mine"), ("TABLE", "local"), ("_HANDLER", "other.f")))
    assert (found["PATH"], found["TABLE"], found["_HANDLER"]) == ("/mine", "local", "app.handler")


def test_a_runtime_of_the_users_own_caches_no_bytecode_unless_it_is_told_to() -> None:
    command = ("python", "-m", "awslambdaric")
    assert variables({}, command=command)["PYTHONDONTWRITEBYTECODE"] == "1"
    chosen = variables({}, command=command, environment=(("PYTHONDONTWRITEBYTECODE", ""),))
    assert chosen["PYTHONDONTWRITEBYTECODE"] == ""
