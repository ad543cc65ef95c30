"""What the console has told since the last save: a finding is said once in full, then counted. Pure."""

from emulator.aws.api import Api
from emulator.findings.finding import Finding
from emulator.functions.invocation import FunctionError

MOST = 1024
"""Findings, or errors, remembered as told: more than a deployment has causes, and little memory."""


class ToldBefore:
    """Counts findings, of each API, fix by fix. Of more than `most` it forgets all, and they are told anew."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._told: dict[object, tuple[Api, int]] = {}
        self._kinds: dict[int, tuple[Finding, object]] = {}

    def count(self, api: Api, finding: Finding) -> int:
        """Count a finding; return how often there has been one of its kind, this one included."""
        key = (id(api), finding.name, self._kind(finding))
        _, times = self._told.get(key, (api, 0))
        if not times and len(self._told) >= self._most:
            self._told.clear()
        self._told[key] = (api, times + 1)  # which keeps the API, and so its identity, from being used again
        return times + 1

    def _kind(self, finding: Finding) -> object:
        """Make what findings of one kind have in common: not the fix itself, which may hold a URL of kilobytes. It is
        kept by identity, as a remembered review holds the same finding again and again."""
        known = self._kinds.get(id(finding))
        if known is None:
            if len(self._kinds) >= self._most:
                self._kinds.clear()
            kind = hash(finding.fix if finding.fix.changes else finding.message)
            known = self._kinds[id(finding)] = (finding, kind)
        return known[1]

    def renew(self) -> None:
        """Have everything told in full again: something has changed."""
        self._told.clear()


class ToldErrors:
    """Counts what functions raise, by where they raise it: the frames are the same, and are shown once. What is raised
    there may differ from one request to the next, as the missing key of a `KeyError` does."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._told: dict[int, tuple[int, str]] = {}

    def count(self, function: str, error: FunctionError) -> tuple[int, bool]:
        """Count an error of a function; return how often its frames have come, this time included, and whether the last
        error with these frames had the same message. One without frames has nothing to leave out, and always counts as
        the first."""
        if not error.stack_trace:
            return 1, False
        key = hash((function, error.error_type, error.stack_trace))
        times, message = self._told.get(key, (0, ""))
        if not times and len(self._told) >= self._most:
            self._told.clear()
        self._told[key] = (times + 1, error.error_message)
        return times + 1, times > 0 and message == error.error_message

    def renew(self) -> None:
        """Have every traceback shown in full again: something has changed."""
        self._told.clear()
