"""Writes the reference pages' generated parts: keys of emulator.yaml, commands, findings. Pure."""

import re
from collections.abc import Iterable, Mapping

import click

from emulator.config.emulator_yaml.keys import keys, sections
from emulator.config.emulator_yaml.schema.section import Key, Section

MARK = "<!-- `make docs` writes the rest of this page. -->\n"

TITLES = {
    "Configuration": "The file",
    "HttpApi": "`apis`: an HTTP API, `type: http`",
    "Cors": "`cors`",
    "JwtAuthorizer": "`authorizers` of an HTTP API",
    "JwtConfiguration": "`jwtConfiguration` of an authorizer",
    "HttpRoute": "`routes` of an HTTP API",
    "RestApi": "`apis`: a REST API, `type: rest`",
    "RestMethod": "`routes` of a REST API",
    "RestCors": "`cors` of a REST API",
    "GatewayResponse": "`gatewayResponses` of a REST API",
    "Integration": "`integration` of a REST API's route",
    "IntegrationResponse": "`responses` of an integration",
    "MethodValidator": "`requestValidator` of a REST API's route",
    "RequestValidator": "`requestValidators` of a REST API",
    "ApiKey": "`apiKeys`",
    "UsagePlan": "`usagePlans`",
    "ApiStage": "`apiStages` of a usage plan",
    "Throttle": "`throttle` of a usage plan",
    "Quota": "`quota` of a usage plan",
    "FunctionUrl": "`apis`: a function URL, `type: function-url`",
    "Function": "`functions`",
    "LoggingConfig": "`loggingConfig`",
    "Frontend": "`frontends`",
    "Check": "`checks`",
    "CustomDomain": "`customDomains`",
    "BasePathMapping": "`mappings` of a custom domain name",
}
"""Maps the names of the schema's sections to the headings that a reader of the file knows them by."""


def rewritten(page: str, generated: str) -> str:
    """Return the page with what is generated in the place of all that follows its mark."""
    written, mark, _ = page.partition(MARK)
    if not mark:
        raise ValueError("the page has no mark")
    return f"{written}{mark}\n{generated}"


def configuration() -> str:
    """Return every key of every section with what may stand there, from the schema that reads the file."""
    return "\n".join(_section(one) for one in sections())


def _section(section: type[Section]) -> str:
    required = {field.alias or name for name, field in section.model_fields.items() if field.is_required()}
    rows = [_row(name, key, name in required) for name, key in keys(section).items()]
    about = " ".join((section.__doc__ or "").split())
    table = "\n".join(["| key | what it is | what may stand there | example |", "|---|---|---|---|", *rows])
    return f"### {TITLES[section.__name__]}\n\n{about}\n\n{table}\n"


def _row(name: str, key: Key, is_required: bool) -> str:
    meaning = f"**Required.** {key.meaning}" if is_required else key.meaning
    return "| " + " | ".join(_cell(text) for text in (f"`{name}`", meaning, key.expected, f"`{key.example}`")) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def commands(group: click.Group) -> str:
    """Return the help of every command as `--help` prints it, 100 columns wide, in the order of `emulate --help`."""
    parts = []
    parent = click.Context(group, info_name="emulate", terminal_width=100, **group.context_settings)
    for name, command in sorted(group.commands.items()):
        context = click.Context(command, parent, info_name=name)
        parts.append(f"## emulate {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


def findings(pages: Mapping[str, str]) -> str:
    """Return all pages of findings as one: a list of their names, then each with its headings one level lower."""
    return "\n".join([_list(pages), *map(_lowered, pages.values())])


def _list(names: Iterable[str]) -> str:
    return "".join(f"- [{name}](#{name})\n" for name in names)


def _lowered(page: str) -> str:
    """Return a page that stands in another: each heading one level lower, blocks of code as they are."""
    parts = re.split(r"(?ms)(^```.*?^```$)", page)
    return "".join(part if part.startswith("```") else re.sub(r"(?m)^#", "##", part) for part in parts)
