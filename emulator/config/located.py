"""Makes complaints about resources problems, each at the file and line that declares what it is about."""

from collections.abc import Iterable, Iterator

from emulator.config.complaint import Complaint, problem
from emulator.deployment import Place, Places, nearest_place
from emulator.errors import Problem

NOWHERE = Place("", 0)


def located(complaints: Iterable[Complaint], places: Places) -> Iterator[Problem]:
    """Tell where each complaint stands; its `path` is a resource of `places`, or something within one."""
    for complaint in complaints:
        place = nearest_place(places, complaint.path) or NOWHERE
        yield problem(complaint, place.file, place.line, place.path)
