"""Where the control port is, for all who look for it; in a file of its own, as some of them load nothing else."""

DEFAULT_PORT = 4000
"""The port that is taken where no other is asked for, or the next that is free."""
