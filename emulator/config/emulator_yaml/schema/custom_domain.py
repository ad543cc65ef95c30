"""Describes the sections of a custom domain name."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from emulator.config.emulator_yaml.schema.section import Entry, Key, Section, short_for


class BasePathMapping(Section):
    """What a base path leads to; `orders: orders` is short for `orders: {api: orders}`."""

    other_names: ClassVar = {"apiid": "api", "restapiid": "api", "httpapiid": "api", "stagename": "stage"}

    api: Annotated[str, Key("The API behind the base path.", "the name of an API under `apis`", "api: orders")]
    stage: Annotated[
        str | None,
        Key("The stage of the API; left out, the one it has.", "the stage that the API has", "stage: dev"),
    ] = None


class CustomDomain(Section):
    """A custom domain name: one host, here a port, behind whose base paths stand APIs, without their stages in the
    path."""

    elsewhere: ClassVar = {
        **dict.fromkeys(
            (
                "certificatearn",
                "regionalcertificatearn",
                "certificate",
                "securitypolicy",
                "endpointtype",
                "hostedzoneid",
            ),
            "Remove it: this machine stands in for the domain, without TLS.",
        ),
        "stage": "Put it under a mapping: `mappings: {orders: {api: orders, stage: dev}}`.",
    }
    not_yet: ClassVar = {
        **dict.fromkeys(
            ("mutualtlsauthentication", "mutualtls", "policy"),
            "Take it out only if everyone on this machine may call: nothing stands in for it.",
        ),
        "routingmode": "Remove it: only API mappings are served, no routing rules.",
        "routingrules": "Remove it: only API mappings are served, no routing rules.",
    }
    other_names: ClassVar = {
        **dict.fromkeys(("basepathmappings", "apimappings", "basepaths", "paths"), "mappings"),
    }

    port: Annotated[
        Annotated[int, Field(ge=0, le=65535)] | None,
        Key(
            "The port that stands in for the domain, an origin of its own; default the next after those of the APIs.",
            "a port from 1 to 65535, or 0 for any free one",
            "port: 3010",
        ),
    ] = None
    mappings: Annotated[
        dict[
            str,
            Annotated[BasePathMapping, BeforeValidator(short_for("api"), json_schema_input_type=str | BasePathMapping)],
        ],
        Field(min_length=1),
        Key(
            'Base paths, such as `orders/v1`, and the API behind each; `(none)` or "" is the root. The longest that a '
            "request's path begins with counts.",
            "base paths and the APIs behind them",
            "mappings: {(none): shop, orders/v1: orders}",
            Entry("the name of an API, or a mapping with `api`", "orders"),
        ),
    ]
