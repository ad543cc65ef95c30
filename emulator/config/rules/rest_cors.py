"""Says what the deployment tools refuse of a REST API's `cors`, and how to write it instead."""

from collections.abc import Iterator

from emulator.aws.methods import ANY
from emulator.aws.rest_api.generated_cors import GeneratedCors, Generator
from emulator.config.complaint import Complaint, quoted
from emulator.config.rules.gateway_responses import LITERAL
from emulator.deployment import Resource

CONSOLE, SAM, CDK, SERVERLESS = Generator
OF_SOME = {
    "exposeHeaders": (CDK,),
    "maxAge": (SAM, CDK, SERVERLESS),
    "statusCode": (CDK,),
    "disableCache": (CDK,),
    "cacheControl": (SERVERLESS,),
}
"""The keys that not every tool has."""


def rest_cors_complaints(cors: GeneratedCors, place: Resource) -> Iterator[Complaint]:
    """Complain of keys that the tool does not have and of values that it, or AWS, refuses. `place` is that of the
    section."""
    given = {
        "exposeHeaders": bool(cors.expose_headers),
        "maxAge": cors.max_age is not None,
        "statusCode": cors.status_code is not None,
        "disableCache": cors.disable_cache,
        "cacheControl": cors.cache_control is not None,
    }
    for key, tools in OF_SOME.items():
        if given[key] and cors.generator not in tools:
            fix = f"Remove it, or write `generator: {tools[-1]}`."
            yield Complaint((*place, key), f"`{key}`, which {cors.generator} does not have", "a key that it has", fix)
    if len(cors.allow_origins) > 1 and not cors.is_list:
        fix = "Keep one, or write `generator: cdk`, which answers each by its name."
        found = f"{len(cors.allow_origins)} origins, of which {cors.generator} takes one"
        yield Complaint((*place, "allowOrigins"), found, "one origin", fix)
    if cors.generator is SAM:
        yield from _sam(cors, place)
    elif cors.max_age is not None and not cors.max_age.isdecimal():
        fix = "Write `maxAge: 600`."
        yield Complaint((*place, "maxAge"), quoted(cors.max_age), "a whole number of seconds", fix)
    if cors.generator is CDK:
        yield from _cdk(cors, place)


def _sam(cors: GeneratedCors, place: Resource) -> Iterator[Complaint]:
    """SAM sends its texts on as they stand, and AWS takes a text in single quotes only (samtranslator,
    model/api/api_generator.py, _add_cors)."""
    texts = [("allowOrigin", cors.allow_origins), ("allowMethods", cors.allow_methods)]
    texts += [("allowHeaders", cors.allow_headers), ("maxAge", () if cors.max_age is None else (cors.max_age,))]
    for key, values in texts:
        if len(values) > 1 and key != "allowOrigin":
            fix = f"""Write `{key}: "'{",".join(value.strip("'") for value in values)}'"`."""
            yield Complaint((*place, key), "a list, where sam has one text", "a text in single quotes", fix)
        elif values and LITERAL.fullmatch(values[0]) is None:
            text = values[0].strip("'")
            fix = f"""Write "'{text}'", with both kinds of quotes: SAM passes it on, and AWS refuses it otherwise."""
            yield Complaint((*place, key), quoted(values[0]), "a text in single quotes", fix)
    if cors.allow_credentials and next(iter(cors.allow_origins), "'*'") == "'*'":
        fix = "Name the origin: `allowOrigin: \"'https://shop.example.com'\"`."
        found = "credentials for every origin, which SAM refuses"
        yield Complaint((*place, "allowCredentials"), found, "credentials for one origin", fix)


def _cdk(cors: GeneratedCors, place: Resource) -> Iterator[Complaint]:
    """Complain of what CDK refuses (aws/aws-cdk, aws-apigateway, lib/resource.ts, addCorsPreflight)."""
    if "*" in cors.allow_origins and len(cors.allow_origins) > 1:
        fix = 'Keep "*" alone, or the others.'
        yield Complaint((*place, "allowOrigins"), '"*" beside other origins', '"*" alone, or origins by name', fix)
    if ANY in cors.allow_methods and len(cors.allow_methods) > 1:
        yield Complaint((*place, "allowMethods"), "ANY beside other methods", "ANY alone", "Keep ANY, or the others.")
    if cors.disable_cache and cors.max_age is not None:
        yield Complaint((*place, "disableCache"), "disableCache beside maxAge", "one of the two", "Remove one.")
