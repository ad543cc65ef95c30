"""Stage variables in the URI of an integration, a function's name among them."""

import re
from collections.abc import Mapping

REFERENCE = re.compile(r"\$\{stageVariables\.([A-Za-z0-9_]+)\}")
"""How a URI names a stage variable, as a part of it or as the whole (AWS: API Gateway stage variables reference)."""


def with_stage_variables(text: str, variables: Mapping[str, str]) -> str:
    """Put the stage's variables in; a reference to one that the stage does not have is left as it is."""
    return REFERENCE.sub(lambda found: variables.get(found[1], found[0]), text)
