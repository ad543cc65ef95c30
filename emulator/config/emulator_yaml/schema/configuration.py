"""Says which keys emulator.yaml has, of which type and range, and how to speak about each.

The keys have AWS's names and limits. Values arrive as text (yaml/document.py), so `port: 3000` and `port: "3000"` are
the same.
"""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field

from emulator.config.emulator_yaml.schema.check import Check
from emulator.config.emulator_yaml.schema.custom_domain import CustomDomain
from emulator.config.emulator_yaml.schema.frontend import Frontend, as_list
from emulator.config.emulator_yaml.schema.function import Function
from emulator.config.emulator_yaml.schema.function_url import FunctionUrl
from emulator.config.emulator_yaml.schema.http_api import HttpApi
from emulator.config.emulator_yaml.schema.rest_api import RestApi
from emulator.config.emulator_yaml.schema.section import Entry, Key, Section, short_for
from emulator.config.emulator_yaml.schema.usage_plan import ApiKey, UsagePlan

Api = Annotated[HttpApi | RestApi | FunctionUrl, Field(discriminator="type")]


class Configuration(Section):
    """All of emulator.yaml: the APIs, the functions behind them, and the browser applications that call them."""

    elsewhere: ClassVar = {
        **dict.fromkeys(
            ("type", "port", "stage", "stagevariables", "cors", "routes", "binarymediatypes"),
            "Put it under an API: `apis: {shop: {type: http, ...}}`.",
        ),
        **dict.fromkeys(
            ("handler", "codeuri", "runtime", "timeout", "memorysize", "environment"),
            "Put it under a function: `functions: {items: {handler: items.handler, ...}}`.",
        ),
    }
    other_names: ClassVar = {
        **dict.fromkeys(("envfiles", "dotenv", "usedotenv"), "envFile"),
        **dict.fromkeys(("customdomain", "customdomainnames", "domainnames", "domains"), "customDomains"),
    }

    apis: Annotated[
        dict[str, Api],
        Field(min_length=1),
        Key(
            "The APIs, by name. Each listens on a port of its own.",
            "at least one API",
            "apis: {shop: {type: http, routes: {GET /items: items}}}",
            Entry("a mapping with `type`", "{type: http, routes: {GET /items: items}}"),
        ),
    ]
    functions: Annotated[
        dict[str, Function],
        Key(
            "The Lambda functions, by name.",
            "functions and their handlers",
            "functions: {items: {handler: items.handler}}",
            Entry("a mapping with `handler`", "{handler: items.handler}"),
        ),
    ] = Field(default_factory=dict)
    frontends: Annotated[
        tuple[Frontend, ...],
        Key(
            "The browser applications that call the APIs.",
            "a list of frontends",
            "frontends: [{origin: https://shop.example.com}]",
            Entry("a mapping with `origin`", "origin: https://shop.example.com"),
        ),
    ] = ()
    checks: Annotated[
        tuple[Check, ...],
        Key(
            "Calls that `emulate check` makes beside those it makes up, and what is to become of them.",
            "a list of checks",
            "checks: [{request: POST /items, as: https://shop.example.com, expect: allowed}]",
            Entry(
                "a mapping with `request`, `as` and `expect`",
                "{request: POST /items, as: https://shop.example.com, expect: allowed}",
            ),
        ),
    ] = ()
    custom_domains: Annotated[
        dict[str, CustomDomain],
        Key(
            "Custom domain names, each on a port of its own, and the APIs behind their base paths, without a stage in "
            "the path.",
            "a mapping from domain names to their base path mappings",
            "customDomains: {api.example.com: {mappings: {shop: shop}}}",
            Entry("a mapping with `mappings`", "{mappings: {shop: shop}}"),
        ),
    ] = Field(default_factory=dict)
    api_keys: Annotated[
        dict[str, Annotated[ApiKey, BeforeValidator(short_for("value"), json_schema_input_type=str | ApiKey)]],
        Key(
            "API keys for routes with `apiKeyRequired`, by name.",
            "a mapping from names to values",
            "apiKeys: {partner: local-key-of-the-partner}",
            Entry("the value of a key, or a mapping with `value`", "local-key-of-the-partner"),
        ),
    ] = Field(default_factory=dict)
    usage_plans: Annotated[
        dict[str, UsagePlan],
        Key(
            "Which API keys may call which REST APIs, and how often.",
            "a mapping from names to usage plans",
            "usagePlans: {basic: {apiStages: [orders], apiKeys: [partner]}}",
            Entry("a mapping with `apiStages` and `apiKeys`", "{apiStages: [orders], apiKeys: [partner]}"),
        ),
    ] = Field(default_factory=dict)
    allowed_hosts: Annotated[
        tuple[str, ...],
        Key(
            "Host names the APIs are called by, beside localhost, names below it, and IP addresses: requests for any "
            "other get 403.",
            "a list of host names",
            "allowedHosts: [api, .shop.test]",
        ),
    ] = ()
    env_file: Annotated[
        tuple[str, ...],
        BeforeValidator(as_list, json_schema_input_type=str | tuple[str, ...]),
        Key(
            "Files of environment variables for every function, over its `environment`: NAME=value a line. A later "
            "file wins, and `--env-file` over all.",
            "a file or a list of files",
            "envFile: .env",
            Entry("a file", ".env"),
        ),
    ] = ()
