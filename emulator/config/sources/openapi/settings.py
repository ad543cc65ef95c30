"""What is given to whoever reads an OpenAPI document, and what comes of it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.deployment import Places
from emulator.errors import Problem


@dataclass(frozen=True, slots=True)
class Settings:
    """What a document does not say of its API. `kind` is "rest" or "http"; `functions` are the names that integrations
    can mean, None where they are not known; `base_path` is what becomes of the path in `servers`: "ignore", "prepend"
    or "split", as AWS's parameter `basepath` has it; `timeout_ms` is that of integrations that name none. With `warns`,
    what is not emulated is a warning, and told beside every answer."""

    kind: str
    name: str
    api_id: str
    stage: str
    stage_variables: tuple[tuple[str, str], ...] = ()
    functions: Collection[str] | None = ()
    base_path: str = "ignore"
    timeout_ms: int | None = None
    warns: bool = False


@dataclass(frozen=True, slots=True)
class OpenApi:
    """What a document declares: the API, which says what of it is not emulated; where it stands; and all that is wrong,
    in the order of the document."""

    api: RestApi | HttpApi
    places: Places = field(repr=False)
    problems: tuple[Problem, ...]
