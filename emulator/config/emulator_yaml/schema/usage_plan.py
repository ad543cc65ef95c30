"""Describes API keys and usage plans, as AWS's ApiKey and UsagePlan have them."""

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from emulator.config.emulator_yaml.schema.section import Entry, Key, Section, short_for

Limit = Annotated[int, Field(ge=0)]


class ApiKey(Section):
    """A key by which callers are told apart; `partner: VALUE` is short for `partner: {value: VALUE}`."""

    value: Annotated[
        str,
        Key("What callers send in the header x-api-key.", "20 to 128 characters", "value: local-key-of-the-partner"),
    ]
    enabled: Annotated[bool, Key("Whether it lets anyone in; default true.", "true or false", "enabled: false")] = True


class ApiStage(Section):
    """A stage that a usage plan is for; `orders` is short for `{api: orders}`."""

    other_names: ClassVar = {"apiid": "api", "restapiid": "api", "stagename": "stage"}
    not_yet: ClassVar = {"throttle": "Remove it: only a plan's own throttle is emulated, none of single methods."}

    api: Annotated[str, Key("The REST API.", "the name of an API under `apis`", "api: orders")]
    stage: Annotated[str | None, Key("The stage of the API; left out, the one it has.", "a stage", "stage: dev")] = None


class Throttle(Section):
    """How fast a key of the plan may call."""

    other_names: ClassVar = {"rate": "rateLimit", "burst": "burstLimit"}

    rate_limit: Annotated[
        Annotated[float, Field(ge=0)],
        Key("Requests per second.", "a number from 0", "rateLimit: 10"),
    ]
    burst_limit: Annotated[Limit, Key("Requests at once.", "a number from 0", "burstLimit: 20")]


class Quota(Section):
    """How many requests a key of the plan may make."""

    limit: Annotated[Limit, Key("Requests in a period.", "a number from 0", "limit: 1000")]
    period: Annotated[
        Literal["DAY", "WEEK", "MONTH"], Key("The period, by UTC.", "DAY, WEEK or MONTH", "period: MONTH")
    ]
    offset: Annotated[
        Limit,
        Key(
            "How many days after the week or month a period begins; default 0.",
            "0 of a DAY, up to 6 of a WEEK, up to 27 of a MONTH",
            "offset: 0",
        ),
    ] = 0


class UsagePlan(Section):
    """Which API keys may call which stages, and how often."""

    other_names: ClassVar = {"stages": "apiStages", "apis": "apiStages", "keys": "apiKeys"}

    api_stages: Annotated[
        tuple[Annotated[ApiStage, BeforeValidator(short_for("api"), json_schema_input_type=str | ApiStage)], ...],
        Key(
            "The stages it is for.",
            "a list of REST APIs",
            "apiStages: [orders]",
            Entry("the name of an API, or a mapping with `api`", "orders"),
        ),
    ] = ()
    api_keys: Annotated[
        tuple[str, ...],
        Key("The keys it is for.", "a list of names under `apiKeys`", "apiKeys: [partner]"),
    ] = ()
    throttle: Annotated[
        Throttle | None,
        Key("How fast each key may call.", "a mapping with both limits", "throttle: {rateLimit: 10, burstLimit: 20}"),
    ] = None
    quota: Annotated[
        Quota | None,
        Key("How many requests each key may make.", "a mapping", "quota: {limit: 1000, period: MONTH}"),
    ] = None
