"""The arrows, the purity and the budgets of the code, read from its own syntax trees."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "emulator"
FILES = sorted(PACKAGE.rglob("*.py"))

MAY_IMPORT = {
    "messages": set(),
    "errors": set(),
    "spelling": set(),
    "terminal": set(),
    "aws.account": set(),
    "aws.limits": set(),
    "aws.methods": set(),
    "aws.refusal": set(),
    "aws.integrations": {"aws.limits", "aws.refusal", "messages"},
    "aws.usage_plans": {"aws.refusal"},
    "aws.product": {"aws.cors_configuration", "aws.integrations", "aws.refusal", "aws.usage_plans", "messages"},
    "aws.request_size": {"aws.limits", "aws.refusal", "messages"},
    "aws.stage_variables": set(),
    "aws.reserved_paths": {"aws.refusal", "messages"},
    "aws.cors_origin": set(),
    "aws.cors_configuration": {"aws.cors_origin", "aws.limits", "aws.methods", "messages"},
    "aws.routing": {"aws.methods", "aws.routing"},
    "aws.api_mapping": set(),
    "aws.authorizers": {"aws.authorizers", "aws.lambda_proxy.request_target", "aws.refusal", "messages"},
    "aws.lambda_proxy": {"aws.account", "aws.api_mapping", "aws.lambda_proxy", "aws.product", "messages"},
    **{
        f"aws.{product}": {
            f"aws.{product}", "aws.account", "aws.api_mapping", "aws.authorizers", "aws.cors_configuration",
            "aws.integrations", "aws.lambda_proxy", "aws.limits", "aws.methods", "aws.product", "aws.refusal",
            "aws.request_size", "aws.reserved_paths", "aws.routing", "aws.stage_variables", "aws.usage_plans",
            "messages",
        }
        for product in ("function_url", "http_api", "rest_api")
    },
    "aws.api": {"aws.function_url", "aws.http_api", "aws.rest_api"},
    "browser": {"messages", "browser"},
    "functions.invocation": {"aws.account", "aws.limits"},
    "functions.lifecycle": set(),
    "functions": {"aws.account", "aws.limits", "errors", "functions", "messages", "spelling"},
    "deployment": {"aws", "functions.invocation", "messages"},
    "frontends": {"deployment", "messages"},
    "exchange": {"messages", "aws", "browser", "functions.invocation"},
    "gateway": {
        "messages", "errors", "aws.api", "aws.integrations", "aws.product", "aws.refusal", "exchange",
        "functions.invocation",
    },
    "findings.changes": {"aws.cors_configuration", "findings.mapping_changes", "messages"},
    "findings.mapping_changes": {"messages"},
    "findings.fix": {"findings.changes"},
    "findings": {
        "exchange", "aws", "browser", "deployment", "functions.invocation", "gateway", "messages", "findings",
        "spelling",
    },
    "history": {
        "aws", "browser", "deployment", "exchange", "findings", "functions.invocation", "history", "messages",
    },
    "checks": {
        "aws", "browser", "checks", "deployment", "errors", "exchange", "findings", "frontends", "gateway", "messages",
        "terminal",
    },
    "config.complaint": {"errors"},
    "config.initial": {"config.initial", "config.rules", "functions.node_source"},
    "config.dialects": {
        "aws.cors_configuration", "aws.rest_api.response_headers", "aws.rest_api.response_types", "config.dialects",
        "deployment", "findings.changes", "findings.fix", "findings.mapping_changes",
    },
    "config.yaml": {"config.complaint", "config.yaml", "errors"},
    "config.rules": {
        "aws", "browser.verdict", "config.complaint", "config.rules", "deployment", "functions.invocation",
        "functions.runtimes", "messages", "spelling",
    },
    "config": {
        "deployment", "aws", "functions.invocation", "functions.runtimes", "errors", "spelling", "config",
    },
    "reload": {"reload"},
    "client": {"browser", "messages", "client"},
    "console": {
        "aws", "browser", "config.dialects", "console", "deployment", "exchange", "findings", "functions", "history",
        "messages", "terminal",
    },
    "control": {
        "console.clock", "console.json_console", "console.json_values", "control", "deployment", "errors",
        "findings.fix", "functions.peer", "history", "messages", "server.allowed_hosts", "server.asgi",
        "server.head", "server.http_protocol", "server.listen", "server.refusal",
    },
    "debugger": {"debugger", "errors", "functions", "messages", "spelling"},
    "testing": {
        "aws", "browser", "client", "config", "console.lines", "deployment", "errors", "exchange", "findings",
        "frontends", "functions", "gateway", "history", "messages", "server.stamp", "testing",
    },
    "server": {
        "aws", "browser", "config", "console", "control", "debugger", "deployment", "errors", "exchange", "findings",
        "frontends", "functions", "gateway", "history", "messages", "reload", "server", "terminal",
    },
    "cli": {
        "aws", "browser", "checks", "cli", "client", "config", "console", "control", "debugger", "deployment", "errors",
        "exchange", "findings", "frontends", "functions", "gateway", "history", "messages", "reload", "server",
        "spelling", "terminal", "testing",
    },
}  # fmt: skip
"""Which parts of the package each part may import; the longest key that a module's name starts with counts."""

PURE = {
    "messages", "errors", "spelling", "terminal", "aws", "browser", "functions.invocation", "functions.lifecycle",
    "functions.environment_variables", "functions.layers", "functions.output", "functions.platform_log",
    "functions.error_record", "functions.runtime_messages", "functions.python_source", "functions.node_source",
    "functions.origin_read",
    "functions.check_python", "functions.check_node", "functions.code_problem",
    "functions.runtimes", "functions.scaling", "functions.socket_tables",
    "deployment", "frontends", "exchange", "gateway", "findings", "checks", "history", "config", "reload.changes",
    "reload.mounts", "reload.restarts", "reload.settling", "reload.targets",
    "server.allowed_hosts", "server.chunks", "server.enforce", "server.framing", "server.head", "server.refusal",
    "console.banner", "console.blocks", "console.commands", "console.glance", "console.held_preflights",
    "console.init_errors", "console.json_values", "console.lines", "console.masking", "console.peak_memory",
    "console.reach", "console.summary", "console.told_before",
    "control.backlog", "control.door",
    "debugger.debugging", "debugger.inspector",
    "cli.fetch_notes", "cli.fetch_report", "cli.event_request", "cli.invoke_report", "cli.json_text",
}  # fmt: skip
"""Parts that decide, and so touch neither clock, disk, process nor socket."""

RIM = {
    "config.env_file", "config.load", "config.missing_files", "config.openapi_documents",
    "config.read_file", "history.preflight_watch",
    "history.turns",
}  # fmt: skip
"""What lies in a pure part and does its input."""

IMPURE = {
    "asyncio", "httptools", "httpx", "os", "random", "secrets", "socket", "sse_starlette", "starlette", "subprocess",
    "threading", "time", "uuid", "uvicorn", "uvloop", "watchdog",
}  # fmt: skip

BOOTSTRAPS = {
    "console.keys_guard",
    "functions.child.guard",
    "functions.child.python",
}
"""Programs of their own, one inside the user's interpreter: standard library only."""


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__") or "__init__"


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports at run time, `emulator.aws.api` for `from emulator.aws import api` too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            for alias in node.names:
                nested = PACKAGE.parent / f"{module}.{alias.name}".replace(".", "/")
                is_module = nested.with_suffix(".py").exists() or nested.is_dir()
                yield f"{module}.{alias.name}" if is_module else module


def part_of(name: str, parts: dict[str, set[str]] | set[str]) -> str | None:
    """The longest of `parts` that `name` is or lies in."""
    found = [part for part in parts if name == part or name.startswith(part + ".")]
    return max(found, key=len, default=None)


def modules(files: list[Path]) -> list[object]:
    return [pytest.param(path, id=name_of(path)) for path in files]


@pytest.mark.parametrize("path", modules(FILES))
def test_arrows(path: Path) -> None:
    name = name_of(path)
    if path.name == "__init__.py" and not path.read_text().strip():
        return
    part = part_of(name, MAY_IMPORT)
    assert part is not None, f"{name} has no row in MAY_IMPORT"
    for imported in imports(path):
        if imported.startswith("emulator."):
            target = imported.removeprefix("emulator.")
            assert part_of(target, MAY_IMPORT[part]) is not None, f"{name} may not import {target}"


@pytest.mark.parametrize(
    "path", modules([path for path in FILES if part_of(name_of(path), PURE) and name_of(path) not in RIM])
)
def test_purity(path: Path) -> None:
    touched = {module.partition(".")[0] for module in imports(path)} & IMPURE
    assert not touched, f"{name_of(path)} decides, and so may not import {touched}"


@pytest.mark.parametrize("path", modules([path for path in FILES if part_of(name_of(path), BOOTSTRAPS)]))
def test_bootstraps_need_the_standard_library_only(path: Path) -> None:
    foreign = {module.partition(".")[0] for module in imports(path)} - set(sys.stdlib_module_names)
    assert not foreign


def test_no_import_cycles() -> None:
    graph = {
        name_of(path): {module.removeprefix("emulator.") for module in imports(path) if module.startswith("emulator.")}
        for path in FILES
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail[trail.index(name) :], name))
        if name not in done:
            for imported in sorted(graph.get(name, set())):
                visit(imported, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("path", modules(FILES))
def test_budgets(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 350, "a file holds at most 350 lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 40, f"{node.name} has {length} lines, at most 40 are allowed"
            names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
            positional = [name for name in names if name not in {"self", "cls"}]
            if not any("option" in ast.unparse(decorator) for decorator in node.decorator_list):
                assert len(positional) <= 5, f"{node.name} has {len(positional)} positional parameters, at most 5"


@pytest.mark.parametrize("path", modules([path for path in FILES if path.name == "__init__.py"]))
def test_init_files_hold_no_logic(path: Path) -> None:
    allowed = (ast.Import, ast.ImportFrom, ast.Expr, ast.Assign)
    assert all(isinstance(node, allowed) for node in ast.parse(path.read_text()).body)


def test_every_part_named_here_exists() -> None:
    names = {name_of(path) for path in FILES}
    missing = [part for part in {*MAY_IMPORT, *PURE, *BOOTSTRAPS} if part_of_any(part, names) is False]
    assert not missing


def part_of_any(part: str, names: set[str]) -> bool:
    return any(name == part or name.startswith(part + ".") for name in names)
