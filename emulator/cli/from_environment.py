"""Options that environment variables can give: in a container, nobody types a command line."""

import click
from click.core import ParameterSource

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

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse as ever, but blame a variable only for what it holds. Raises click.UsageError."""
        try:
            return super().parse_args(ctx, args)
        except click.BadParameter as error:
            if error.param is not None:
                error.param_hint = hint_of(ctx, error.param)
            raise


def hint_of(ctx: click.Context, parameter: click.Parameter) -> str:
    """Name what a bad value is of: the option, and the variable where it came from there."""
    names = " / ".join(f"'{name}'" for name in parameter.opts)
    is_variable = parameter.name and ctx.get_parameter_source(parameter.name) is ParameterSource.ENVIRONMENT
    return f"{names} (env var: '{parameter.envvar}')" if is_variable else names


def variable_of(option: click.Option) -> str:
    """Name the variable of an option, by its first long name."""
    name = next(name for name in option.opts if name.startswith("--"))
    return PREFIX + name.removeprefix("--").replace("-", "_").upper()
