"""Why a Node.js function cannot start: its file or its export is not there, or a package that it imports. Nothing is
said where it may be there in a way that only running the code would show."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from emulator.functions.code_problem import CodeProblem, Look, absence, shown
from emulator.functions.invocation import Function
from emulator.functions.layers import node_modules
from emulator.functions.node_source import NodeImport, NodeSource, may_export, package_of, read_node
from emulator.spelling import near

SCRIPTS = (".js", ".mjs", ".cjs")
TYPESCRIPT = (".ts", ".mts", ".cts", ".tsx")
RUN_HERE = TYPESCRIPT[:3]
"""The suffixes of TypeScript that the bundled runtime loads, where the project or Node.js can run it."""

BUILT = ("dist", "build", "out", "lib")
"""The folders that tools put into what they make of TypeScript."""

MOST_FILES = 60
"""Files of one function that are read for their imports, its own first: a look must not take seconds."""


def node_problems(function: Function, look: Look) -> Iterator[CodeProblem]:
    """Find what keeps a Node.js function from starting: one problem at most."""
    folder, _, last = function.handler.rpartition("/")
    module, _, path = last.partition(".")
    place, file = function.code_uri / folder / module, script_of(function, look)
    if look.is_file(place) or look.is_folder(place):
        return
    if file is None:
        if _is_run_as_typescript(function, place, look):
            return
        if not any(look.is_folder(modules / module) for modules in _module_folders(function, place, look)):
            yield _no_file(function, place, path, look)
        return
    text = look.text(file)
    if text is None:
        return
    source, export = read_node(text), path.partition(".")[0]
    if source.exports is not None and export not in source.exports and not may_export(text, export):
        names = sorted(name for name in source.exports if not name.startswith("_"))
        yield absence(function.handler, path, shown(file, look), names, "export")
    else:
        yield from _missing_packages(function, (file, source), look)


def script_of(function: Function, look: Look) -> Path | None:
    """Find the handler's own file."""
    folder, _, last = function.handler.rpartition("/")
    module = last.partition(".")[0]
    place = function.code_uri / folder / module
    return next((file for suffix in SCRIPTS if look.is_file(file := place.with_name(module + suffix))), None)


def _is_run_as_typescript(function: Function, place: Path, look: Look) -> bool:
    """Tell whether there is a source in TypeScript and something here that runs it: what bootstrap_typescript.mjs looks
    for."""
    source = next((file for suffix in RUN_HERE if look.is_file(file := place.with_name(place.name + suffix))), None)
    if source is None:
        return False
    packages = (folder / "node_modules" / name for folder in source.parents for name in ("tsx", "esbuild"))
    return any(map(look.is_folder, packages)) or look.strips_types(function)


# No file


def _no_file(function: Function, place: Path, path: str, look: Look) -> CodeProblem:
    scripts = ", ".join(f"{place.name}{suffix}" for suffix in SCRIPTS)
    for suffix in TYPESCRIPT:
        source = place.with_name(place.name + suffix)
        if look.is_file(source):
            found = f"`{function.handler}`, and of its file there is only the TypeScript, {shown(source, look)}"
            return CodeProblem(found, f"JavaScript, as on Lambda: {scripts}", _build(function, source, path, look))
    where = f"`{shown(place.parent, look)}`" if place.parent != look.project else "the project's folder"
    found = f"`{function.handler}`, and there is no file {place.name}.js, .mjs or .cjs in {where}"
    return CodeProblem(found, "the file of the handler, below codeUri", _where_it_is(function, place, path, look))


def _build(function: Function, source: Path, path: str, look: Look) -> str:
    """Tell what to build, and what codeUri and handler are then."""
    inside = source.relative_to(function.code_uri) if source.is_relative_to(function.code_uri) else Path(source.name)
    for folder in dict.fromkeys((*function.code_uri.parents, function.code_uri)):
        if not folder.is_relative_to(look.project):
            continue
        for name in (*_out_folders(folder, look), *BUILT):
            for built in (inside, Path(inside.name)):
                if any(look.is_file((folder / name / built).with_suffix(suffix)) for suffix in SCRIPTS):
                    handler = f"{built.with_suffix('')}.{path}"
                    also = f" and `handler: {handler}`" if handler != function.handler else ""
                    return f"Write `codeUri: {shown(folder / name, look)}`{also}, where it is built."
    command = f"npx esbuild {shown(source, look)} --bundle --platform=node --outdir=dist"
    also = f" and `handler: {source.stem}.{path}`" if f"{source.stem}.{path}" != function.handler else ""
    return f"Run `npm install --save-dev tsx`, or build it, such as by `{command}`, and write `codeUri: dist`{also}."


def _out_folders(folder: Path, look: Look) -> list[str]:
    return re.findall(r'"outDir"\s*:\s*"(?:\./)?([^"/][^"]*?)/?"', look.text(folder / "tsconfig.json") or "")


def _where_it_is(function: Function, place: Path, path: str, look: Look) -> str:
    code, name = function.code_uri, place.name
    inside = place.relative_to(code) if place.is_relative_to(code) else Path(name)
    if look.is_file(place.with_name(f"{name}.py")):
        return "Write `runtime: python3.12`: the file is Python."
    if len(inside.parts) > 1 and inside.parts[0] == code.name and _is_script(code.joinpath(*inside.parts[1:]), look):
        return f"Write `handler: {'/'.join(inside.parts[1:])}.{path}`: it counts from codeUri."
    scripts = [other.rpartition(".")[0] for other in look.names(place.parent) if other.endswith(SCRIPTS)]
    meant = near(name, scripts)
    if meant is not None:
        return f"Write `handler: {inside.with_name(meant)}.{path}`."
    for folder in sorted(look.names(code)):
        if not folder.startswith((".", "_")) and folder != "node_modules" and _is_script(code / folder / inside, look):
            return f"Write `codeUri: {shown(code / folder, look)}`, where it is."
    if code != look.project and _is_script(look.project / inside, look):
        return "Write `codeUri: .`, where it is."
    return "Create it, or correct `handler` or `codeUri`."


def _is_script(place: Path, look: Look) -> bool:
    return any(look.is_file(place.with_name(place.name + suffix)) for suffix in SCRIPTS)


# No package


def _missing_packages(function: Function, first: tuple[Path, NodeSource], look: Look) -> Iterator[CodeProblem]:
    if "NODE_OPTIONS" in dict(function.environment):
        return  # a loader of the developer's own
    pending, read = [first], {first[0]}
    while pending:
        file, source = pending.pop(0)
        for one in source.imports:
            package = package_of(one.specifier)
            if package is not None and not _is_found(one.specifier, package, function, file, look):
                yield _no_package(package, one, file, function, look)
                return
            inner = _own_file(one.specifier, file, look)
            if inner is not None and inner not in read and len(read) < MOST_FILES:
                read.add(inner)
                text = look.text(inner)
                if text is not None:
                    pending.append((inner, read_node(text)))


def _own_file(specifier: str, file: Path, look: Look) -> Path | None:
    if not specifier.startswith("."):
        return None
    place = file.parent.joinpath(specifier)
    tries = (place, *(place.with_name(place.name + suffix) for suffix in SCRIPTS), place / "index.js")
    return next((one for one in tries if one.suffix in SCRIPTS and look.is_file(one)), None)


def _module_folders(function: Function, file: Path, look: Look) -> Iterator[Path]:
    """List where `require` and `import` look, and then where only `require` does."""
    for folder in file.parents:
        yield folder / "node_modules"
    yield from map(Path, node_modules(function))
    for path in dict(function.environment).get("NODE_PATH", "").split(":"):
        if path:
            yield Path(path)
    yield function.code_uri


def _is_found(specifier: str, package: str, function: Function, file: Path, look: Look) -> bool:
    """Tell whether a package is installed, or may be found in a way that is not looked into: Yarn's Plug'n'Play, a
    package's own name."""
    for folder in file.parents:
        if any(look.is_file(folder / name) for name in (".pnp.cjs", ".pnp.js", ".pnp.loader.mjs")):
            return True
        if _name_of(folder / "package.json", look) == package:
            return True
    places = [folder / specifier for folder in _module_folders(function, file, look)]
    return any(look.is_folder(folder / package) for folder in _module_folders(function, file, look)) or any(
        look.is_file(place) or look.is_folder(place) or _is_script(place, look) for place in places
    )


def _name_of(manifest: Path, look: Look) -> object:
    found = _read(manifest, look)
    return found.get("name") if isinstance(found, dict) else None


def _read(manifest: Path, look: Look) -> object:
    try:
        return json.loads(look.text(manifest) or "null")
    except (ValueError, RecursionError):
        return None


def _no_package(package: str, one: NodeImport, file: Path, function: Function, look: Look) -> CodeProblem:
    folders = [folder for folder in file.parents if folder.is_relative_to(look.project)]
    home = next((folder for folder in folders if look.is_file(folder / "package.json")), function.code_uri)
    manifest = look.text(home / "package.json") or ""
    command = "npm install" if f'"{package}"' in manifest else f"npm install {package}"
    found = f"{shown(file, look)}, line {one.line}, imports `{package}`, which is in no node_modules above it"
    has_runtime = package.startswith("@aws-sdk/")  # AWS: Building Lambda functions with Node.js, "SDK versions"
    expected = "it installed there, as Lambda's Node.js runtimes have it" if has_runtime else "it installed there"
    return CodeProblem(found, expected, f"Run `{command}` in {home}.")
