"""Makes the OPTIONS methods of what emulator.yaml says under `cors` of a REST API."""

from collections.abc import Iterable

from emulator.aws.rest_api.generated_cors import GeneratedCors, Generator, options_methods
from emulator.aws.rest_api.rest_api import Method
from emulator.config.emulator_yaml.schema.rest_cors import RestCors


def generated_cors(cors: RestCors | None) -> GeneratedCors | None:
    """Return the section as the generators read it; one origin and a list are the same to them."""
    if cors is None:
        return None
    return GeneratedCors(
        Generator(cors.generator),
        cors.allow_origins if cors.allow_origin is None else (cors.allow_origin, *cors.allow_origins),
        cors.allow_methods,
        cors.allow_headers,
        cors.expose_headers,
        cors.allow_credentials,
        cors.max_age,
        cors.status_code,
        cors.cache_control,
        cors.disable_cache,
    )


def with_options_methods(cors: GeneratedCors | None, methods: Iterable[Method]) -> tuple[Method, ...]:
    """Put the generated methods behind those of the file."""
    own = tuple(methods)
    if cors is None:
        return own
    paths = [(method.http_method, method.resource_path) for method in own]
    return (*own, *(Method("OPTIONS", path, mock, is_generated=True) for path, mock in options_methods(cors, paths)))
