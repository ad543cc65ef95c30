"""Describes the section of a recorded check."""

from typing import Annotated, ClassVar

from pydantic import Field

from emulator.config.emulator_yaml.schema.frontend import Mode
from emulator.config.emulator_yaml.schema.section import Key, Section, Text


class Check(Section):
    """A call that `emulate check` makes beside those it makes up, and what is to become of it."""

    other_names: ClassVar = {"call": "request", "origin": "as", "frontend": "as", "expected": "expect"}

    request: Annotated[
        str,
        Key(
            "The method and the path, with or without the stage.",
            "a method and a path",
            "request: POST /items",
        ),
    ]
    origin: Annotated[
        str,
        Field(alias="as"),
        Key("The origin of the page that calls.", "an origin", "as: https://shop.example.com"),
    ]
    expect: Annotated[
        str,
        Key(
            "What a browser does: `allowed`, `blocked`, or Chromium's name of the error.",
            "allowed, blocked or a name such as MethodDisallowedByPreflightResponse",
            "expect: allowed",
        ),
    ]
    api: Annotated[
        str | None,
        Key("The API that is called. Left out, it is the first.", "the name of an API", "api: shop"),
    ] = None
    headers: Annotated[
        dict[str, Text],
        Key(
            "Headers that the page puts in.",
            "a mapping from header names to values",
            "headers: {Content-Type: application/json}",
        ),
    ] = Field(default_factory=dict)
    body: Annotated[
        str | None,
        Key("The request body, as text.", "a text", "body: '{}'"),
    ] = None
    credentials: Annotated[
        Mode | None,
        Key(
            "The credentials mode of the call. Left out, it is what the frontend declares, else same-origin.",
            "omit, same-origin or include",
            "credentials: include",
        ),
    ] = None
