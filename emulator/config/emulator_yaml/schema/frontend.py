"""Describes the section of a frontend."""

from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from emulator.config.emulator_yaml.schema.section import Entry, Key, Section

DEV = (
    "Remove it, and give the page's address on this machine a frontend of its own: `- origin: http://localhost:5173`, "
    "listed in `allowOrigins` too."
)


def _form_of_credentials(value: object) -> str:
    return "by-api" if isinstance(value, dict) else "mode"


Mode = Literal["omit", "same-origin", "include"]
Credentials = Annotated[
    Annotated[Mode, Tag("mode")] | Annotated[dict[str, Mode], Field(min_length=1), Tag("by-api")],
    Discriminator(_form_of_credentials),
]


class Frontend(Section):
    """A browser application that calls the APIs."""

    not_yet: ClassVar = dict.fromkeys(("dev", "devorigin", "local", "development"), DEV)
    other_names: ClassVar = {"url": "origin", "production": "origin"}

    origin: Annotated[
        str,
        Key("The origin of its pages, as browsers send it.", "an origin", "origin: https://shop.example.com"),
    ]
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
