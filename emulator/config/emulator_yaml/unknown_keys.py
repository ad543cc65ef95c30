"""What to say of a key that a section of emulator.yaml does not have: misspelt, misplaced, or not emulated yet."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

from emulator.config.complaint import listed
from emulator.config.emulator_yaml.function_schema import Function, LoggingConfig
from emulator.config.emulator_yaml.schema import (
    Configuration,
    Cors,
    Frontend,
    FunctionUrl,
    HttpApi,
    HttpRoute,
    RestApi,
    RestMethod,
)
from emulator.config.emulator_yaml.section import Section
from emulator.spelling import near, normalized


@dataclass(frozen=True, slots=True)
class UnknownKey:
    """`meant` is the key of the same section that the user was after, None where that cannot be told."""

    found: str
    expected: str
    fix: str
    meant: str | None = None
    is_misplaced: bool = False

    def stands_for(self, missing: str) -> bool:
        """Whether this key explains that `missing` is missing, so that one mistake is named once."""
        return self.is_misplaced or self.meant == missing


def explain_unknown_key(key: str, section: type[Section], present: Container[str] = ()) -> UnknownKey:
    """In order of certainty: a key that is not emulated yet, one that belongs elsewhere, a spelling. `present` are
    the keys beside it."""
    plain = normalized(key)
    keys = keys_of(section)
    if plain in NOT_EMULATED_YET.get(section, {}):
        found = f"`{key}`, which this version does not emulate yet"
        return UnknownKey(found, "a configuration without it", NOT_EMULATED_YET[section][plain], is_misplaced=True)
    if plain in ELSEWHERE.get(section, {}):
        found = f"`{key}`, which has no place here"
        return UnknownKey(found, listed(keys), ELSEWHERE[section][plain], is_misplaced=True)
    meant = OTHER_NAMES.get(section, {}).get(plain) or near(key, keys)
    if meant is not None:
        fix = f"Move what it holds into `{meant}`." if meant in present else f"Write `{meant}` instead."
        return UnknownKey(f"the unknown key `{key}`", f"`{meant}`", fix, meant)
    return UnknownKey(f"the unknown key `{key}`", listed(keys), "Remove it, or use one of these.")


def foreign_file(keys: Iterable[str]) -> UnknownKey | None:
    """What to say of a file whose top-level keys are another tool's; `meant` is the key that gives it away."""
    present = set(keys)
    for tool, marks in FOREIGN_KEYS.items():
        if present & marks and "apis" not in present:
            fix = "Write an emulator.yaml beside it: `apis`, their `routes`, and `functions` with their `handler`."
            return UnknownKey(tool, "an emulator.yaml", fix, meant=min(present & marks))
    return None


def keys_of(section: type[Section]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in section.model_fields.items())


_OPEN = "Take it out only if the route may answer everyone on this machine: nothing stands in for it."
_DEV = (
    "Remove it, and give the page's address on this machine a frontend of its own: `- origin: http://localhost:5173`, "
    "listed in `allowOrigins` too."
)
_REST_CORS = "Let a function answer OPTIONS and add the headers itself: `OPTIONS /orders: orders` under `routes`."

FOREIGN_KEYS = {
    "a CloudFormation or SAM template": {"AWSTemplateFormatVersion", "Resources", "Transform"},
    "a Serverless Framework configuration": {"service", "provider"},
    "an OpenAPI document": {"openapi", "swagger", "paths"},
    "a Compose file": {"services"},
}

NOT_EMULATED_YET: dict[type[Section], dict[str, str]] = {
    HttpApi: {
        "authorizers": _OPEN,
        "authorizer": _OPEN,
        "defaultauthorizer": _OPEN,
        "auth": _OPEN,
        "disableexecuteapiendpoint": "Remove it.",
        "defaultroutesettings": "Remove it: nothing is throttled here.",
        "routesettings": "Remove it: nothing is throttled here.",
    },
    HttpRoute: {
        "authorizer": _OPEN,
        "authorizationtype": _OPEN,
        "authorizerid": _OPEN,
        "scopes": _OPEN,
        "authorizationscopes": _OPEN,
        "apikeyrequired": _OPEN,
        "requestparameters": "Remove it: the function gets the request unchanged.",
        "responseparameters": "Remove it: the client gets the function's response unchanged.",
    },
    RestApi: {
        "authorizers": _OPEN,
        "authorizer": _OPEN,
        "auth": _OPEN,
        "cors": _REST_CORS,
        "gatewayresponses": "Remove it: the gateway's own errors then carry no CORS headers, as on AWS without it.",
        "models": "Remove it: no request body is validated here.",
        "requestvalidators": "Remove it: no request is validated here.",
    },
    RestMethod: {
        "authorizer": _OPEN,
        "authorizationtype": _OPEN,
        "authorizerid": _OPEN,
        "scopes": _OPEN,
        "authorizationscopes": _OPEN,
        "apikeyrequired": _OPEN,
        "mock": "Let a function answer this route: `OPTIONS /orders: orders`.",
        "integration": "Let a function answer this route: `GET /orders: orders`.",
        "requestvalidator": "Remove it: no request is validated here.",
        "requestmodels": "Remove it: no request body is validated here.",
        "requestparameters": "Remove it: the function gets the request unchanged.",
        "responseparameters": "Remove it: the client gets the function's response unchanged.",
    },
    FunctionUrl: {
        "authtype": "Take it out only if the URL may answer everyone on this machine, as with authType NONE.",
        "invokemode": "Remove it: responses are buffered here, as with invokeMode BUFFERED.",
    },
    Function: {
        "architectures": "Remove it: code runs on this machine's own architecture.",
        "ephemeralstorage": "Remove it: /tmp is this machine's own.",
        "filesystemconfigs": "Remove it: files are this machine's own.",
        "vpcconfig": "Remove it: the network is this machine's own.",
        "deadletterconfig": "Remove it: no function is invoked asynchronously here.",
        "snapstart": "Remove it: every environment is initialized anew.",
        "imageconfig": "Give the `command` that the image would start.",
    },
    LoggingConfig: {
        "loggroup": "Remove it: log lines go to the console.",
    },
    Frontend: dict.fromkeys(("dev", "devorigin", "local", "development"), _DEV),
}
"""What AWS or the design has and this version lacks, by normalized name. Refused, so that no route is silently open."""

ELSEWHERE: dict[type[Section], dict[str, str]] = {
    Configuration: {
        **dict.fromkeys(
            ("type", "port", "stage", "stagevariables", "cors", "routes", "binarymediatypes"),
            "Put it under an API: `apis: {shop: {type: http, ...}}`.",
        ),
        **dict.fromkeys(
            ("handler", "codeuri", "runtime", "timeout", "memorysize", "environment"),
            "Put it under a function: `functions: {items: {handler: items.handler, ...}}`.",
        ),
    },
    HttpApi: {
        "binarymediatypes": "Remove it: an HTTP API tells binary bodies by their content type.",
        "function": "Put it behind a route: `routes: {$default: items}`.",
        "gatewayresponses": "Remove it: only a REST API has gateway responses.",
        "handler": "Declare the function under `functions` at the top and name it in `routes`.",
        "functions": "Move it to the top of the file, beside `apis`.",
    },
    HttpRoute: {
        "cors": "Move it to the API, beside `routes`: an HTTP API has one CORS configuration for all routes.",
        "handler": "Declare the handler under `functions` and name that function here.",
        "mock": "Name a function: an HTTP API has no mock integration.",
    },
    RestApi: {
        "payloadformatversion": "Remove it: a REST API always sends format 1.0.",
        "function": "Put it behind a route: `routes: {ANY /{proxy+}: orders}`.",
        "handler": "Declare the function under `functions` at the top and name it in `routes`.",
        "functions": "Move it to the top of the file, beside `apis`.",
    },
    RestMethod: {
        "payloadformatversion": "Remove it: a REST API always sends format 1.0.",
        "handler": "Declare the handler under `functions` and name that function here.",
        "cors": _REST_CORS,
    },
    FunctionUrl: {
        "routes": "Name one `function`: a function URL passes every path to it.",
        "stage": "Remove it: a function URL has no stages.",
        "stagevariables": "Remove it: a function URL has no stages.",
        "payloadformatversion": "Remove it: a function URL always sends format 2.0.",
        "timeoutinmillis": "Set the function's own `timeout`: a function URL waits as long.",
        "binarymediatypes": "Remove it: a function URL tells binary bodies by their content type.",
        "handler": "Declare the handler under `functions` and name that function here.",
    },
    Function: {
        "events": "Put routes under an API: `apis: {shop: {type: http, routes: {GET /items: items}}}`.",
        "cors": "Put it under the API, or under a function URL: `apis: {upload: {type: function-url, cors: ...}}`.",
        "functionurlconfig": "Declare a function URL: `apis: {upload: {type: function-url, function: upload}}`.",
        "port": "Put it under an API: `apis: {shop: {type: http, port: 3000}}`.",
        **dict.fromkeys(("envfile", "envfiles"), "Name it on the command line: `emulate serve --env-file FILE`."),
        **dict.fromkeys(
            ("logformat", "applicationloglevel", "systemloglevel"),
            "Put it under `loggingConfig`: `loggingConfig: {logFormat: JSON}`.",
        ),
    },
}
"""Keys of AWS or of this file that mean something, but not in this section."""

_TIMEOUTS = {"timeout": "timeoutInMillis", "timeoutms": "timeoutInMillis", "timeoutmillis": "timeoutInMillis"}
_FUNCTIONS = {"lambda": "function", "functionname": "function", "target": "function", "functions": "function"}
_PAYLOADS = {"payload": "payloadFormatVersion", "version": "payloadFormatVersion"}

OTHER_NAMES: dict[type[Section], dict[str, str]] = {
    HttpApi: {
        "corsconfiguration": "cors",
        "stagename": "stage",
        "variables": "stageVariables",
        **_TIMEOUTS,
        **_PAYLOADS,
    },
    RestApi: {"stagename": "stage", "variables": "stageVariables", "methods": "routes", **_TIMEOUTS},
    HttpRoute: {**_FUNCTIONS, **_TIMEOUTS, **_PAYLOADS},
    RestMethod: {**_FUNCTIONS, **_TIMEOUTS},
    FunctionUrl: {**_FUNCTIONS, "corsconfiguration": "cors"},
    Cors: {
        "origins": "allowOrigins",
        "origin": "allowOrigins",
        "methods": "allowMethods",
        "headers": "allowHeaders",
        "allowedheaders": "allowHeaders",
        "exposedheaders": "exposeHeaders",
        "exposedresponseheaders": "exposeHeaders",
        "credentials": "allowCredentials",
    },
    Function: {
        "code": "codeUri",
        "codepath": "codeUri",
        "memory": "memorySize",
        "env": "environment",
        "environmentvariables": "environment",
        "concurrency": "maxConcurrency",
        "reservedconcurrency": "maxConcurrency",
        "reservedconcurrentexecutions": "maxConcurrency",
        "interpreter": "python",
        "layer": "layers",
        "logging": "loggingConfig",
    },
    LoggingConfig: {
        "format": "logFormat",
        "level": "applicationLogLevel",
        "loglevel": "applicationLogLevel",
    },
    Frontend: {"url": "origin", "production": "origin"},
}
"""What CDK, the Serverless Framework, Terraform and habit call our keys, by normalized name."""
