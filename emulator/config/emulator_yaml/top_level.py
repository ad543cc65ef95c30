"""Tells files that are no emulator.yaml at all: empty, a list, another tool's."""

from emulator.config.complaint import Complaint, refusal
from emulator.config.yaml.document import Data, Document
from emulator.errors import ConfigError

FOREIGN_KEYS = {
    "a CloudFormation or SAM template": {"AWSTemplateFormatVersion", "Resources", "Transform"},
    "a Serverless Framework configuration": {"service", "provider"},
    "an OpenAPI document": {"openapi", "swagger", "paths"},
    "a Compose file": {"services"},
}
"""Maps a tool to keys that only its files have at their top."""


def top_level(document: Document) -> dict[str, Data]:
    """Return the sections of a file. Raises ConfigError, with this one problem, for what no section can be read of."""
    data = document.data
    if data is None:
        fix = "Begin with an API, its routes and a function."
        raise refusal(document.file, 0, "an empty file", "`apis` and `functions`", fix)
    if not isinstance(data, dict):
        kind = "a list" if isinstance(data, list) else "plain text"
        fix = "Begin with `apis:` and indent the APIs below it."
        expected = "a mapping with `apis` and `functions`"
        raise refusal(document.file, document.line, f"{kind} at the top level", expected, fix)
    for tool, marks in FOREIGN_KEYS.items():
        if data.keys() & marks and "apis" not in data:
            fix = "Write an emulator.yaml beside it: `apis`, their `routes`, and `functions` with their `handler`."
            complaint = Complaint((min(data.keys() & marks),), tool, "an emulator.yaml", fix)
            raise ConfigError(document.problems([complaint]))
    return data
