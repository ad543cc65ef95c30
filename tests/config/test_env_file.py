"""Environment files: what they give, and what is refused, with file and line and without any value."""

from textwrap import dedent

import pytest

from emulator.config.env_file import read_env_file


@pytest.fixture
def env(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "local.env"


def printed(env, text):
    env.write_text(dedent(text).lstrip("\n"))
    read = read_env_file(env.relative_to(env.parent))
    return "\n".join(str(problem) for problem in read.problems)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        pytest.param("TABLE=local", "local", id="plain"),
        pytest.param("export TABLE=local", "local", id="as-a-shell-has-it"),
        pytest.param("TABLE = local  # comment", "local", id="spaces-and-comment"),
        pytest.param("TABLE=a#b", "a#b", id="no-comment"),
        pytest.param("TABLE=", "", id="empty"),
        pytest.param("TABLE='a b # $X \\n'", "a b # $X \\n", id="single-quotes"),
        pytest.param('TABLE="a\\nb"', "a\nb", id="escape-in-double-quotes"),
        pytest.param('TABLE="a\nb"', "a\nb", id="two-lines"),
        pytest.param("TABLE=${HOME}/$USER", "${HOME}/$USER", id="nothing-is-interpolated"),
        pytest.param("TABLE=postgres://u:p@host/db?a=b", "postgres://u:p@host/db?a=b", id="url"),
        pytest.param("TABLE=first\nTABLE=second", "second", id="the-last-one-counts"),
        pytest.param("TABLE=ü", "ü", id="utf-8"),
    ],
)
def test_a_value_is_taken_as_written(env, line, value):
    env.write_text(f"# a comment\n\n{line}\nOTHER=x\n", encoding="utf-8-sig")
    read = read_env_file(env)
    assert (read.variables, read.problems) == ({"TABLE": value, "OTHER": "x"}, ())


def test_windows_line_ends(env):
    env.write_bytes(b"TABLE=local\r\nOTHER=x\r\n")
    assert read_env_file(env).variables == {"TABLE": "local", "OTHER": "x"}


def test_credentials_and_region_are_the_developers_to_give(env):
    names = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION"]
    assert printed(env, "".join(f"{name}=x\n" for name in names)) == ""


def test_what_is_refused_all_at_once(env):
    assert printed(
        env,
        """
        TABLE=local

        # reserved
        _HANDLER=secret
        AWS_LAMBDA_RUNTIME_API=secret
        AWS_LAMBDA_EXEC_WRAPPER=secret
        MY-NAME=secret
        X=secret
        JUST_A_NAME
        OPEN="secret
        """,
    ) == (
        "local.env:4: _HANDLER: `_HANDLER`, which Lambda reserves; expected another name. Remove it: Lambda sets it, "
        "and refuses functions that set it too.\n"
        "local.env:5: AWS_LAMBDA_RUNTIME_API: `AWS_LAMBDA_RUNTIME_API`, which Lambda reserves; expected another name. "
        "Remove it: Lambda sets it, and refuses functions that set it too.\n"
        "local.env:6: AWS_LAMBDA_EXEC_WRAPPER: `AWS_LAMBDA_EXEC_WRAPPER`, which this version does not emulate; "
        "expected an environment without wrapper scripts. Remove it, or give the `command` that the wrapper would "
        "start.\n"
        "local.env:7: MY-NAME: the name `MY-NAME`; expected a letter, then at least one letter, digit or `_`, as on "
        "Lambda. Rename it.\n"
        "local.env:8: X: the name `X`; expected a letter, then at least one letter, digit or `_`, as on Lambda. "
        "Rename it.\n"
        "local.env:9: the name `JUST_A_NAME` without a value; expected NAME=value, a comment or an empty line. "
        "Write `JUST_A_NAME=`, if it is to be empty.\n"
        "local.env:10: a line that cannot be understood; expected NAME=value, a comment or an empty line. "
        "Write it like `TABLE=local`, and close its quotes."
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            b"A1=x\nB1=\xe9\n",
            "local.env:2: the byte 0xe9, which is not UTF-8; expected text in UTF-8. "
            "Save the file with the encoding UTF-8.",
            id="latin-1",
        ),
        pytest.param(
            b"A1=x\nB1=a\0b\n",
            "local.env:2: B1: a NUL character; expected text. Remove it: no variable can hold it.",
            id="nul",
        ),
        pytest.param(
            b"=x\n",
            "local.env:1: a line that cannot be understood; expected NAME=value, a comment or an empty line. "
            "Write it like `TABLE=local`, and close its quotes.",
            id="no-name",
        ),
    ],
)
def test_bytes_that_are_no_environment(env, content, message):
    env.write_bytes(content)
    [problem] = read_env_file(env.relative_to(env.parent)).problems
    assert str(problem) == message


def test_no_file(env):
    [problem] = read_env_file(env.relative_to(env.parent)).problems
    assert str(problem) == (
        "local.env: no such file; expected a file of environment variables. Create it, or correct `--env-file`."
    )


def test_a_folder(env):
    env.mkdir()
    [problem] = read_env_file(env.relative_to(env.parent)).problems
    assert str(problem) == (
        "local.env: a file that cannot be read (Is a directory); expected a readable file. "
        "Check its permissions and path."
    )
