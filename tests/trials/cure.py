"""The first advice on a trial, followed."""

from pathlib import Path

from trials.followed import followed
from trials.played import Played, play
from trials.trial import Trial


def cure(trial: Trial, folder: Path, mended: Trial | None = None) -> Played:
    """Follow what is said first, and call again; `mended` has what only its author can mend."""
    return play(followed(play(trial, folder).first.finding.fix.changes, trial, mended or trial), folder)
