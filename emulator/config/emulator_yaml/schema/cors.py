"""Describes the section `cors`."""

from typing import Annotated, ClassVar

from emulator.config.emulator_yaml.schema.section import Key, Section


class Cors(Section):
    """CORS of an HTTP API or a function URL, in AWS's fields."""

    other_names: ClassVar = {
        "origins": "allowOrigins",
        "origin": "allowOrigins",
        "methods": "allowMethods",
        "headers": "allowHeaders",
        "allowedheaders": "allowHeaders",
        "exposedheaders": "exposeHeaders",
        "exposedresponseheaders": "exposeHeaders",
        "credentials": "allowCredentials",
    }

    allow_origins: Annotated[
        tuple[str, ...],
        Key("Origins whose pages may read answers.", "a list of origins", "allowOrigins: [https://shop.example.com]"),
    ] = ()
    allow_methods: Annotated[
        tuple[str, ...],
        Key("Methods that pages may use.", "a list of HTTP methods", "allowMethods: [GET, POST]"),
    ] = ()
    allow_headers: Annotated[
        tuple[str, ...],
        Key("Request headers that pages may set.", "a list of header names", "allowHeaders: [content-type]"),
    ] = ()
    expose_headers: Annotated[
        tuple[str, ...],
        Key("Response headers that pages may read.", "a list of header names", "exposeHeaders: [x-total]"),
    ] = ()
    allow_credentials: Annotated[
        bool,
        Key("Whether pages may send cookies; default false.", "true or false", "allowCredentials: true"),
    ] = False
    max_age: Annotated[
        int | None,
        Key("How long a browser may keep a preflight's answer.", "a whole number of seconds", "maxAge: 600"),
    ] = None


CorsSection = Annotated[
    Cors | None,
    Key(
        "CORS, answered by the gateway for every route; without it the function's own headers are all there is.",
        "a mapping such as `{allowOrigins: [...], allowMethods: [...]}`",
        "cors: {allowOrigins: [https://shop.example.com], allowMethods: [GET, POST]}",
    ),
]
