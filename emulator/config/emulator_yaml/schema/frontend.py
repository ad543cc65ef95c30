"""Describes the section of a frontend."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from emulator.config.emulator_yaml.schema.section import Entry, Key, Section


def as_list(value: object) -> object:
    """Take one text for a list of it."""
    return (value,) if isinstance(value, str) else value


def _form_of_credentials(value: object) -> str:
    return "by-api" if isinstance(value, dict) else "mode"


Mode = Literal["omit", "same-origin", "include"]
Credentials = Annotated[
    Annotated[Mode, Tag("mode")] | Annotated[dict[str, Mode], Field(min_length=1), Tag("by-api")],
    Discriminator(_form_of_credentials),
]


class Frontend(Section):
    """A browser application that calls the APIs."""

    other_names: ClassVar = {
        **dict.fromkeys(("url", "production", "prod"), "origin"),
        **dict.fromkeys(("devorigin", "devorigins", "local", "development"), "dev"),
    }

    origin: Annotated[
        str,
        Key(
            "The origin of its pages in production, as browsers send it.",
            "an origin",
            "origin: https://shop.example.com",
        ),
    ]
    dev: Annotated[
        tuple[str, ...],
        BeforeValidator(as_list, json_schema_input_type=str | tuple[str, ...]),
        Key(
            "The origin of its pages on this machine, or several. To gateway and functions a page there is one of "
            "`origin`: it is held to the policy of production, and listed nowhere.",
            "an origin or a list of them",
            "dev: http://localhost:5173",
            Entry("an origin", "http://localhost:5173"),
        ),
    ] = ()
    credentials: Annotated[
        Credentials | None,
        Key(
            "The credentials mode its pages pass to fetch, for all APIs or by API: `{shop: include, $default: omit}`. "
            "Left out, it is what a request shows, and for `emulate fetch` fetch's own default, same-origin.",
            "omit, same-origin or include, or a mapping to them by API name",
            "credentials: include",
            Entry("omit, same-origin or include", "include"),
        ),
    ] = None
