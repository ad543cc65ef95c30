"""Where a runtime looks for what layers hold. Lambda unpacks them over each other into /opt; here each stays where it
is, and of two that hold the same the later one's is found first.

Source: AWS, "Packaging your layer content". What differs: a package whose files lie in two layers is not put together,
and nothing is at /opt itself.
"""

import re

from emulator.functions.invocation import Function


def site_directories(function: Function) -> tuple[str, ...]:
    """List the folders for sys.path between the code's folder and everything else. The version is the runtime's, not
    the interpreter's. A PYTHONPATH in `environment` takes them off the path, as Lambda's own bootstrap does (sys.path
    and that rule as in the bootstrap.py of public.ecr.aws/lambda/python)."""
    if any(name == "PYTHONPATH" for name, _ in function.environment):
        return ()
    return _inside(function, f"python/lib/{function.runtime}/site-packages", "python")


def node_modules(function: Function) -> tuple[str, ...]:
    """List the folders for NODE_PATH, which `require` reads and `import` does not."""
    major = "".join(re.findall(r"^nodejs(\d+)", function.runtime))
    return _inside(function, f"nodejs/node{major}/node_modules", "nodejs/node_modules")


def executables(function: Function) -> tuple[str, ...]:
    """List the folders of every runtime's PATH."""
    return _inside(function, "bin")


def libraries(function: Function) -> tuple[str, ...]:
    """List the folders of every runtime's LD_LIBRARY_PATH."""
    return _inside(function, "lib")


def _inside(function: Function, *folders: str) -> tuple[str, ...]:
    """List one place in all layers before the next place."""
    return tuple(str(layer / folder) for folder in folders for layer in reversed(function.layers))
