from pathlib import Path
from typing import Any

import pytest

from emulator.functions.environment_variables import Placement, environment_variables
from emulator.functions.invocation import Function

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
        "AWS_LAMBDA_LOG_GROUP_NAME": "/aws/lambda/shop",
        "AWS_LAMBDA_LOG_STREAM_NAME": "2024/01/01/[$LATEST]0123",
        "AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9001",
        "AWS_REGION": "us-east-1",
        "LAMBDA_RUNTIME_DIR": "/runtime",
        "LAMBDA_TASK_ROOT": "/code",
        "LANG": "en_US.UTF-8",
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
    ["VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "DATABASE_URL", "AWS_LAMBDA_LOG_FORMAT"],
)
def test_nothing_else_does(name: str) -> None:
    assert name not in variables({name: "x"})


@pytest.mark.parametrize(
    ("environ", "region"),
    [
        pytest.param({"AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2"}, "eu-west-1", id="region"),
        pytest.param({"AWS_DEFAULT_REGION": "eu-west-2"}, "eu-west-2", id="default-region"),
    ],
)
def test_the_developers_region(environ: dict[str, str], region: str) -> None:
    found = variables(environ)
    assert (found["AWS_REGION"], found["AWS_DEFAULT_REGION"]) == (region, region)


def test_the_functions_environment_wins_but_for_reserved_variables() -> None:
    found = variables({"PATH": "/bin"}, environment=(("PATH", "/mine"), ("TABLE", "local"), ("_HANDLER", "other.f")))
    assert (found["PATH"], found["TABLE"], found["_HANDLER"]) == ("/mine", "local", "app.handler")


def test_a_runtime_of_the_users_own_caches_no_bytecode_unless_it_is_told_to() -> None:
    command = ("python", "-m", "awslambdaric")
    assert variables({}, command=command)["PYTHONDONTWRITEBYTECODE"] == "1"
    chosen = variables({}, command=command, environment=(("PYTHONDONTWRITEBYTECODE", ""),))
    assert chosen["PYTHONDONTWRITEBYTECODE"] == ""
