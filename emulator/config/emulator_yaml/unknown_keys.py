"""Says what to do with a key that a section of emulator.yaml does not have: misspelt, misplaced, or not emulated
yet."""

from collections.abc import Container

from emulator.config.complaint import Complaint, Path, listed
from emulator.config.emulator_yaml.keys import keys
from emulator.config.emulator_yaml.schema.section import Section
from emulator.spelling import near, normalized


def unknown_key(path: Path, section: type[Section], present: Container[str] = ()) -> Complaint:
    """Explain the key that `path` ends with, in order of certainty: one that is not emulated yet, one that belongs
    elsewhere, a spelling. `present` are the keys beside it."""
    key = str(path[-1])
    plain = normalized(key)
    if plain in section.not_yet:
        found = f"`{key}`, which this version does not emulate yet"
        return Complaint(path, found, "a configuration without it", section.not_yet[plain])
    if plain in section.elsewhere:
        return Complaint(path, f"`{key}`, which has no place here", listed(keys(section)), section.elsewhere[plain])
    meant = meant_key(key, section)
    if meant is not None:
        fix = f"Move what it holds into `{meant}`." if meant in present else f"Write `{meant}` instead."
        return Complaint(path, f"the unknown key `{key}`", f"`{meant}`", fix)
    return Complaint(path, f"the unknown key `{key}`", listed(keys(section)), "Remove it, or use one of these.")


def is_misplaced(key: str, section: type[Section]) -> bool:
    """Tell whether a key means something, but nothing that could stand in this section here."""
    return normalized(key) in {**section.not_yet, **section.elsewhere}


def meant_key(key: str, section: type[Section]) -> str | None:
    """Return the key of the section that an unknown one stands for; None where that cannot be told."""
    return section.other_names.get(normalized(key)) or near(key, keys(section))
