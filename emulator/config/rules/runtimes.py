"""Says which runtime identifiers run here, and how each family's handlers are written."""

import re
from collections.abc import Iterator

from emulator.config.complaint import Complaint, quoted
from emulator.deployment import Resource
from emulator.functions.invocation import Function
from emulator.functions.runtimes import Family, family_of

RUN_HERE = (
    "python3.8 or newer, nodejs10.x or newer, provided, provided.al2 or provided.al2023, which run here themselves"
)
LATEST_PYTHON = "python3.12"
LATEST_NODEJS = "nodejs22.x"
LATEST_PROVIDED = "provided.al2023"

FROM_CODE_URI = "Write it without `..`: codeUri is the folder it counts from."

CLIENTS = (
    (
        re.compile(r"java(?!script).*"),
        "Java",
        'command: [java, -cp, "target/*", com.amazonaws.services.lambda.runtime.api.client.AWSLambda, "Items::get"]',
    ),
    (re.compile(r"ruby.*"), "Ruby", "command: [aws_lambda_ric, items.handler]"),
    (re.compile(r"dotnet.*"), ".NET", "command: [dotnet, run]"),
)
"""Lists runtimes of Lambda's that need a `command`, and how their runtime interface clients are started (AWS: Deploy
Java, Ruby Lambda functions with container images; Amazon.Lambda.RuntimeSupport, README)."""


def runtime_complaints(function: Function, *, has_handler: bool) -> Iterator[Complaint]:
    """Complain of the runtime of a function without a `command`, and of its handler, if it has one."""
    place: Resource = ("function", function.name)
    family = family_of(function.runtime)
    if family is Family.OTHER:
        yield Complaint((*place, "runtime"), quoted(function.runtime), RUN_HERE, _other_runtime(function.runtime))
    elif function.handler or has_handler:
        yield from _handler(function.handler, family, (*place, "handler"))
    if function.python is not None and family in (Family.NODEJS, Family.PROVIDED):
        runs = "`node` from PATH runs it" if family is Family.NODEJS else "its own `bootstrap` runs it"
        found = f"`python` on a function with the runtime {quoted(function.runtime)}"
        yield Complaint((*place, "python"), found, "a function with a Python runtime", f"Remove it: {runs}.")


def _other_runtime(runtime: str) -> str:
    if re.fullmatch(r"go1\.x|go(lang)?[\d.x]*|rust.*", runtime, re.IGNORECASE):
        retired = "AWS has retired it: b" if runtime == "go1.x" else "B"
        return (
            f"{retired}uild an executable named `bootstrap` into codeUri and write `runtime: {LATEST_PROVIDED}`, or "
            "give the `command` that runs it, such as `[go, run, .]` or `[cargo, run]`."
        )
    for pattern, language, command in CLIENTS:
        if pattern.fullmatch(runtime):
            return f"Give the `command` that starts the runtime interface client for {language}, such as `{command}`."
    meant = nearest_runtime(runtime)
    if meant is not None:
        return f"Write `runtime: {meant}`."
    return "Give the `command` that starts the function's Lambda runtime client."


def nearest_runtime(text: str) -> str | None:
    """Return the identifier that a spelling of habit stands for, in a version that runs here; None where it cannot be
    told."""
    plain = re.sub(r"[\s_-]", "", text).lower()
    if found := re.fullmatch(r"(?:python|py)?(?:v?(?:2|3(?:\.?(\d+))?)?(?:\.[\dx]+)*)", plain):
        meant = f"python3.{found[1]}"
        return meant if family_of(meant) is Family.PYTHON else LATEST_PYTHON
    if found := re.fullmatch(r"(?:node(?:\.?js)?|js|javascript|typescript|ts)?\.?v?(\d*)(?:\.?[\dx.]*)", plain):
        meant = f"nodejs{found[1]}.x"
        return meant if family_of(meant) is Family.NODEJS else LATEST_NODEJS
    if plain in ("al2", "amazonlinux2", "provided.amazonlinux2", "providedal2", "customal2"):
        return "provided.al2"
    if re.fullmatch(r"(custom|provided|al\d|amazonlinux).*", plain):
        return LATEST_PROVIDED
    return None


def _handler(handler: str, family: Family, place: Resource) -> Iterator[Complaint]:
    """Complain of handlers of Python and Node.js; any other is whatever the runtime makes of it."""
    if family is Family.PYTHON and not is_python_handler(handler):
        yield Complaint(place, quoted(handler), "`module.function`", _python_fix(handler))
    if family is Family.NODEJS and not is_nodejs_handler(handler):
        yield Complaint(place, quoted(handler), "`module.export`", _nodejs_fix(handler))


def is_python_handler(text: str) -> bool:
    """Tell whether `text` can be a Python handler: a module, in folders perhaps, a dot and a function. A `py` behind
    the module is taken for a file's suffix."""
    module, _, function = text.rpartition(".")
    first, *others = re.split(r"[./]", module)
    is_named = bool(first) and all(others) and "py" not in (*others, function)
    return is_named and function.isidentifier() and not re.search(r"[\s:\\]", module)


def _python_fix(handler: str) -> str:
    if ".." in handler.replace("\\", "/").split("/"):
        return FROM_CODE_URI
    plain = re.sub(r"\.py(?=$|\.)", "", _plain(handler))
    module, _, function = plain.rpartition(".")
    tries = (plain, f"{module}.{function.replace('-', '_')}", f"{plain.rstrip('.')}.handler", "items.handler")
    return f"Write it like `handler: {next(filter(is_python_handler, tries))}`."


def is_nodejs_handler(text: str) -> bool:
    """Tell whether `text` can be a Node.js handler: folders perhaps, a file without its suffix, a dot and an export,
    which may lie in an object. As aws/aws-lambda-nodejs-runtime-interface-client, UserFunction.js, cuts it up. A `js`
    behind the file is taken for its suffix."""
    file, dot, export = text.rpartition("/")[2].partition(".")
    is_named = bool(file and dot and export) and re.match(r"[mc]?[jt]s(\.|$)", export) is None
    return is_named and ".." not in text and not re.search(r"[\s:()\\]", text)


def _nodejs_fix(handler: str) -> str:
    if ".." in handler.replace("\\", "/").split("/"):
        return FROM_CODE_URI
    plain = re.sub(r"\.[mc]?[jt]s(?=$|\.)", "", _plain(handler))
    tries = (plain, f"{plain.rstrip('.')}.handler", "index.handler")
    return f"Write it like `handler: {next(filter(is_nodejs_handler, tries))}`."


def _plain(handler: str) -> str:
    """Take off what other tools and systems put into a handler: `notes.py::list`, `.\\notes.list`,
    `C:\\shop\\notes.list`."""
    text = re.sub(r"\(.*\)$", "", handler).replace("\\", "/")
    if re.match(r"([A-Za-z]:)?/", text):
        text = text.rpartition("/")[2]
    return re.sub(r"[:#.]*[:#.]", ".", re.sub(r"^(\./+)+", "", text))
