"""What the console has told since the last save: a finding is said once in full, then counted. Pure."""

from emulator.aws.api import Api
from emulator.findings.finding import Finding

MOST = 1024
"""Findings remembered as told: more than a deployment has causes, and little memory."""


class ToldBefore:
    """Counts findings, of each API, fix by fix. Of more than `most` it forgets all, and they are told anew."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._told: dict[object, tuple[Api, int]] = {}

    def count(self, api: Api, finding: Finding) -> int:
        """Count a finding; return how often there has been one of its kind, this one included."""
        kind = finding.fix if finding.fix.changes else finding.message
        key = (id(api), finding.name, hash(kind))  # not the fix itself, which may hold a URL of kilobytes
        _, times = self._told.get(key, (api, 0))
        if not times and len(self._told) >= self._most:
            self._told.clear()
        self._told[key] = (api, times + 1)  # which keeps the API, and so its identity, from being used again
        return times + 1

    def renew(self) -> None:
        """Have everything told in full again: something has changed."""
        self._told.clear()
