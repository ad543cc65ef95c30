"""Describes the authorizers of an HTTP API."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from emulator.aws.authorizers.jwt import AUTHORIZATION
from emulator.config.emulator_yaml.schema.section import Key, Section

JWT_EXAMPLE = "{type: jwt, jwtConfiguration: {issuer: https://id.example.com, audience: [shop]}, jwks: keys.json}"


class JwtConfiguration(Section):
    """Says whose tokens a JWT authorizer takes, and for whom they must be."""

    issuer: Annotated[
        str,
        Key("What `iss` of every token must be, to the letter.", "an https URL", "issuer: https://id.example.com"),
    ]
    audience: Annotated[
        tuple[str, ...],
        Field(min_length=1),
        Key(
            "What `aud` of a token must be or hold, or `client_id` where it has no `aud`.",
            "a list of audiences or client ids",
            "audience: [shop]",
        ),
    ]


class JwtAuthorizer(Section):
    """A JWT authorizer: it takes tokens that a key of `jwks` has signed."""

    not_yet: ClassVar = {
        **dict.fromkeys(
            ("function", "authorizerpayloadformatversion", "enablesimpleresponses", "authorizerresultttlinseconds"),
            "Take a JWT authorizer for local work: Lambda authorizers are not emulated yet.",
        ),
    }
    other_names: ClassVar = {"authorizertype": "type", "keys": "jwks", "jwksuri": "jwks"}

    type: Annotated[
        Literal["jwt"],
        Key("The kind of authorizer.", "jwt (Lambda authorizers are not emulated yet)", "type: jwt"),
    ]
    jwt_configuration: Annotated[
        JwtConfiguration,
        Key(
            "Whose tokens it takes, and for whom they must be.",
            "a mapping with `issuer` and `audience`",
            "jwtConfiguration: {issuer: https://id.example.com, audience: [shop]}",
        ),
    ]
    jwks: Annotated[
        str,
        Key(
            "The file with the issuer's public keys, a JSON Web Key Set; relative to this file. The issuer itself is "
            "never asked.",
            "a file",
            "jwks: keys.json",
        ),
    ]
    identity_source: Annotated[
        str,
        Key(
            f"Where the token is; default {AUTHORIZATION}.",
            "$request.header.NAME or $request.querystring.NAME",
            f"identitySource: {AUTHORIZATION}",
        ),
    ] = AUTHORIZATION
