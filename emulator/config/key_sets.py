"""Reads the key sets that JWT authorizers name (`jwks`): what is no key set is a complaint about its authorizer."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from emulator.aws.authorizers.jwt import keys_of
from emulator.config.complaint import Complaint, quoted
from emulator.config.emulator_yaml.schema.configuration import Api
from emulator.config.emulator_yaml.schema.http_api import HttpApi
from emulator.deployment import Resource

EXPECTED = "a file with a JSON Web Key Set"
FIX = "Save there what the issuer publishes as its `jwks_uri`, such as <issuer>/.well-known/jwks.json."


def read_key_sets(
    apis: Mapping[str, Api], folder: Path, read: Callable[[Path], bytes]
) -> tuple[dict[str, str], tuple[Complaint, ...]]:
    """Return the text of every key set by the path that names it, and what is wrong with the others; relative paths
    count from `folder`, and `read` raises OSError."""
    texts: dict[str, str] = {}
    complaints: list[Complaint] = []
    for place, written in _named(apis):
        try:
            text = texts.get(written) or read(folder / written).decode("utf-8-sig")
            keys_of(text)
        except OSError as error:
            complaints.append(
                Complaint(place, f"{quoted(written)}, which cannot be read ({error.strerror})", EXPECTED, FIX)
            )
        except ValueError as error:
            found = "it is no JSON in UTF-8" if type(error) is not ValueError else str(error)
            complaints.append(Complaint(place, f"{quoted(written)}, which is no key set: {found}", EXPECTED, FIX))
        else:
            texts[written] = text
    return texts, tuple(complaints)


def _named(apis: Mapping[str, Api]) -> Iterator[tuple[Resource, str]]:
    for name, api in apis.items():
        if isinstance(api, HttpApi):
            for key, authorizer in api.authorizers.items():
                yield ("api", name, "authorizers", key, "jwks"), authorizer.jwks
