"""Options that environment variables can give: in a container, nobody types a command line."""

import click

PREFIX = "EMULATE_"
"""What the names of the variables begin with."""


class FromEnvironment(click.Command):
    """A command each of whose options has a variable: EMULATE_ALLOW_HOST for --allow-host. The command line wins. Of
    flags, 1 and 0 mean on and off; names of a repeatable option are separated by spaces, files by colons."""

    def __init__(self, *arguments: object, **options: object) -> None:
        """Give each option its variable, and have the help show it."""
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        for option in self.params:
            if isinstance(option, click.Option):
                option.envvar = option.envvar or variable_of(option)
                option.show_envvar = True


def variable_of(option: click.Option) -> str:
    """Name the variable of an option, by its first long name."""
    name = next(name for name in option.opts if name.startswith("--"))
    return PREFIX + name.removeprefix("--").replace("-", "_").upper()
