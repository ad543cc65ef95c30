"""Why a Python function cannot start: its file or its function is not there, or a module that it imports. Nothing is
said where it may be there in a way that only running the code would show."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from emulator.functions.code_problem import CodeProblem, Look, absence, shown
from emulator.functions.invocation import Function
from emulator.functions.layers import site_directories
from emulator.functions.python_source import Import, PythonSource, read_python
from emulator.spelling import near

MOST_FILES = 60
"""Files of one function that are read for their imports, its own first: a look must not take seconds."""

OF_THE_RUNTIME = frozenset({"boto3", "botocore"})
"""The modules that Lambda's Python runtimes bring (AWS: Building Lambda functions with Python, "Runtime-included SDK
versions")."""


def python_problems(function: Function, python: str, look: Look) -> Iterator[CodeProblem]:
    """Find what keeps a Python function from starting: one problem at most. `python` is the interpreter that runs
    it."""
    module, _, name = function.handler.rpartition(".")
    parts = tuple(module.replace("/", ".").split("."))
    file = source_of(parts, function.code_uri, look)
    if file is None:
        if not _is_compiled(parts, function, look):
            found = look.lookup(python, function, [".".join(parts)])
            if found is not None and (found.missing or found.folders):
                yield _no_file(function, parts, look)
        return
    text = look.text(file)
    source = None if text is None else read_python(text)
    if source is None:
        return
    if source.names is not None and name not in source.names and not _is_submodule(file, name, look):
        public = [function for function in source.functions if not function.startswith("_")]
        yield absence(function.handler, name, shown(file, look), public, "define")
    else:
        yield from _missing_modules(function, python, (file, source), look)


def source_of(parts: tuple[str, ...], folder: Path, look: Look) -> Path | None:
    """Find the source of a module that lies below `folder`."""
    place = folder.joinpath(*parts)
    for file in (place / "__init__.py", place.with_name(f"{place.name}.py")):
        if look.is_file(file):
            return file
    return None


def _is_compiled(parts: tuple[str, ...], function: Function, look: Look) -> bool:
    """Tell whether a module is an extension module, or bytecode without its source."""
    folder = function.code_uri.joinpath(*parts[:-1])
    return any(name.startswith(f"{parts[-1]}.") and name.endswith((".so", ".pyc")) for name in look.names(folder))


def _is_submodule(file: Path, name: str, look: Look) -> bool:
    return file.name == "__init__.py" and source_of((name,), file.parent, look) is not None


# No file


def _no_file(function: Function, parts: tuple[str, ...], look: Look) -> CodeProblem:
    wanted = f"{'/'.join(parts)}.py"
    found = f"`{function.handler}`, and there is no file {wanted} in {_folder(function.code_uri, look)}"
    return CodeProblem(found, "the file of the handler's module, below codeUri", _where_it_is(function, parts, look))


def _folder(folder: Path, look: Look) -> str:
    return f"`{shown(folder, look)}`" if folder != look.project else "the project's folder"


def _where_it_is(function: Function, parts: tuple[str, ...], look: Look) -> str:
    """Tell how to write what was probably meant."""
    code, (*folders, last) = function.code_uri, parts
    name = function.handler.rpartition(".")[2]
    place = code.joinpath(*folders)
    if last in ("js", "mjs", "cjs", "ts") and folders:
        place, last = place.parent, folders[-1]
    if any(look.is_file(place / f"{last}{suffix}") for suffix in (".js", ".mjs", ".cjs", ".ts")):
        return "Write `runtime: nodejs22.x` beside it: the file is JavaScript, and the default runtime is python3.12."
    if place.is_relative_to(code) and folders and code.name == folders[0]:
        inner = parts[1:]
        if source_of(inner, code, look) is not None:
            return f"Write `handler: {'/'.join(inner)}.{name}`: it counts from codeUri."
    if look.is_folder(place / last) and look.is_file(place / last / f"{name}.py"):
        return f"Name the function in it, too: `handler: {'/'.join(parts)}.{name}.handler`."
    meant = near(last, _modules(place, look))
    if meant is not None:
        return f"Write `handler: {'/'.join((*folders, meant))}.{name}`."
    for folder in sorted(look.names(code)):
        if not folder.startswith((".", "_")) and source_of(parts, code / folder, look) is not None:
            return f"Write `codeUri: {shown(code / folder, look)}`, where it is."
    if code != look.project and source_of(parts, look.project, look) is not None:
        return "Write `codeUri: .`, where it is."
    return "Create it, or correct `handler` or `codeUri`."


def _modules(folder: Path, look: Look) -> list[str]:
    return [name.removesuffix(".py") for name in look.names(folder) if name.endswith(".py") and name != "__init__.py"]


# No module


@dataclass(frozen=True, slots=True)
class _Needed:
    """A module that comes from elsewhere, and the file and line that import it."""

    module: str
    file: Path
    line: int


def _missing_modules(
    function: Function, python: str, first: tuple[Path, PythonSource], look: Look
) -> Iterator[CodeProblem]:
    needed = _needed(function, first, look)
    if not needed:
        return
    found = look.lookup(python, function, [one.module for one in needed])
    for one in needed if found is not None else ():
        if found is not None and one.module in found.missing:
            yield _no_module(one, python, look, has_pip=found.has_pip)
            return


def _needed(function: Function, first: tuple[Path, PythonSource], look: Look) -> list[_Needed]:
    """List the modules from elsewhere that the function's file and those it imports need; none where one of them
    changes where modules are found."""
    code, needed = function.code_uri, dict[str, _Needed]()
    pending, read = [first], {first[0]}
    while pending:
        file, source = pending.pop(0)
        if source.moves_paths:
            return []
        for one in source.imports:
            own = list(_own_files(one, file, code, look))
            for inner in own:
                text = look.text(inner) if inner not in read and len(read) < MOST_FILES else None
                read.add(inner)
                if text is not None and (parsed := read_python(text)) is not None:
                    pending.append((inner, parsed))
            if _is_from_elsewhere(one, function, look):
                needed.setdefault(one.module[0], _Needed(one.module[0], file, one.line))
    return list(needed.values())


def _own_files(one: Import, file: Path, code: Path, look: Look) -> Iterator[Path]:
    """Find the sources below codeUri that an import runs."""
    if one.level > len(file.parents):
        return
    folder = file.parents[one.level - 1] if one.level else code
    for length in range(1, len(one.module) + 1):
        found = source_of(one.module[:length], folder, look)
        if found is not None:
            yield found
    for name in one.names:
        found = source_of((*one.module, name), folder, look)
        if found is not None:
            yield found


def _is_from_elsewhere(one: Import, function: Function, look: Look) -> bool:
    if one.level or one.module[0] in sys.stdlib_module_names:
        return False
    top = one.module[0]
    folders = (function.code_uri, *map(Path, site_directories(function)))
    return not any(
        look.is_folder(folder / top) or source_of((top,), folder, look) or _is_compiled((top,), function, look)
        for folder in folders
    )


def _no_module(one: _Needed, python: str, look: Look, *, has_pip: bool) -> CodeProblem:
    pip = f"{python} -m pip install" if has_pip else f"uv pip install --python {python}"
    found = f"{shown(one.file, look)}, line {one.line}, imports `{one.module}`, which {python} does not find"
    if one.module in OF_THE_RUNTIME:
        return CodeProblem(found, "it installed there, as Lambda's Python runtimes have it", f"Run `{pip} boto3`.")
    lists = [folder / "requirements.txt" for folder in one.file.parents if folder.is_relative_to(look.project)]
    requirements = next(filter(look.is_file, lists), None)
    fix = f"Run `{pip}` with the package that has it."
    if requirements is not None:
        fix = f"Run `{pip} -r {requirements}`, or with the package that has it."
    return CodeProblem(found, "a module of the code, of a layer or of that interpreter", fix)
