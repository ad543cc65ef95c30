"""API mappings: by which path of a custom domain name a stage is reached (AWS: Use API mappings to connect API stages
to a custom domain name for REST APIs; the same page for HTTP APIs)."""

import re
from dataclasses import dataclass

KEY_LENGTH = 300
"""Characters of a base path at most (AWS: Use API mappings, Restrictions)."""

_PART = re.compile(r"[A-Za-z0-9$\-_.+!*'()]+")
"""What stands between the slashes of a base path (AWS's answer to CreateApiMapping: aws/aws-cdk#8983)."""


@dataclass(frozen=True, slots=True)
class ApiMapping:
    """The base path `key` of a domain, such as `orders/v1`, behind which a stage stands; "" for its root."""

    domain_name: str
    key: str = ""

    @property
    def base_path(self) -> str:
        """What stands before the path of every route: "" or `/orders/v1`."""
        return f"/{self.key}" if self.key else ""

    def below(self, raw_path: str) -> str | None:
        """Return what of a path is below the base path, "/" for the base path itself; None when it is not below."""
        rest = raw_path.removeprefix(self.base_path)
        if not raw_path.startswith(self.base_path) or rest[:1] not in ("", "/"):
            return None
        return rest or "/"


def key_problem(key: str) -> str | None:
    """Say in one sentence what is wrong with a base path and how to fix it; None when it is fine."""
    if len(key) > KEY_LENGTH:
        return f"the base path has {len(key)} characters: AWS takes {KEY_LENGTH} at most"
    if key and key != key.strip("/"):
        return f'the base path "{key}" must not begin or end with "/": write "{key.strip("/")}"'
    if key and not all(_PART.fullmatch(part) for part in key.split("/")):
        return (
            f'the base path "{key}" has a part that AWS refuses: write letters, digits and $-_.+!*\'() between slashes'
        )
    return None
