"""Reads the line of code that raised, which Node.js leaves out of its traces: without it "Cannot read properties of
undefined (reading 'toUpperCase')" does not say which property was undefined."""

import re
from dataclasses import replace
from itertools import islice
from pathlib import Path

from emulator.functions.invocation import FunctionError

FRAME = re.compile(r"^\s*at (?:.*\()?(?:file://)?(/[^()]+):(\d+):(\d+)\)?$")
"""A frame of V8 in a file: `at exports.handler (/app/index.js:8:35)`."""
SHOWN = 200
"""Characters that are read on either side of the place: a bundle may be one line."""


def with_raising_line(error: FunctionError) -> FunctionError:
    """Add the line of the innermost frame to an error of Node.js; return another, or one whose file cannot be read, as
    it is."""
    found = FRAME.match(error.stack_trace[0]) if error.stack_trace else None
    if found is None:
        return error
    path, number, column = found[1], int(found[2]), int(found[3])
    try:
        with Path(path).open(encoding="utf-8", errors="replace") as file:
            line = next(islice(file, number - 1, None), "")
    except OSError:
        return error
    return replace(error, line=line[max(0, column - SHOWN) : column + SHOWN].strip())
