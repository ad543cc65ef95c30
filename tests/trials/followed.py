"""Changes made to a trial's files and its page's call: what a reader does who follows the advice to the letter. What
only its author can mend is set right by `mended`, the trial as it was meant."""

from dataclasses import replace
from typing import Any, assert_never
from urllib.parse import urlsplit

import yaml

from emulator.findings.changes import (
    AddCors,
    AddRoute,
    AddToCors,
    AddToHeader,
    Answer,
    CallMethod,
    CallUrl,
    CallWithoutCredentials,
    Change,
    CodeChange,
    CompareOrigin,
    ConfigurationChange,
    DeclareFrontend,
    DoByHand,
    IntegrationField,
    MendHandler,
    PageChange,
    RaiseConcurrency,
    RaiseTimeout,
    RemoveCors,
    RemoveHeaders,
    RemoveRoute,
    ReplaceInCors,
    ReplaceRoute,
    ReturnHeaders,
    ServePage,
    SetBase64Flag,
    SetBinaryMediaTypes,
    SetConcurrencyWait,
    SetCorsCredentials,
    SetCorsMaxAge,
    SetGatewayResponse,
    SetIntegration,
)
from trials.trial import CONFIGURATION, PAGE, Call, Trial

Yaml = dict[str, Any]


def followed(changes: tuple[Change, ...], trial: Trial, mended: Trial) -> Trial:
    """The trial after all changes of one way."""
    for change in changes:
        trial = _made(change, trial, mended)
    return trial


def _made(change: Change, trial: Trial, mended: Trial) -> Trial:
    match change:
        case MendHandler(function=function):
            file = f"{function}.py"
            assert trial.files[file] != mended.files[file], f"nothing is wrong with {function}"
            return trial.with_file(file, mended.files[file])
        case DoByHand(what=what):
            assert trial.call != mended.call, f"the page is to {what}, and nothing is wrong with it"
            return replace(trial, call=mended.call)
        case ReturnHeaders() | AddToHeader() | RemoveHeaders() | CompareOrigin() | SetBase64Flag():
            return _coded(change, trial)
        case CallUrl() | CallMethod() | CallWithoutCredentials() | ServePage():
            return replace(trial, call=_called(change, trial.call))
        case _:
            return _configured(change, trial)


# emulator.yaml


def _configured(change: ConfigurationChange, trial: Trial) -> Trial:
    data: Yaml = yaml.safe_load(trial.files[CONFIGURATION])
    match change:
        case RaiseConcurrency(function=function):
            data["functions"][function]["maxConcurrency"] = 100
        case SetConcurrencyWait(function=function, seconds=seconds):
            data["functions"][function]["concurrencyWait"] = seconds or 60
        case RaiseTimeout(function=function):
            data["functions"][function]["timeout"] = 60
        case DeclareFrontend(origin=origin, credentials=credentials, dev=dev):
            told = {"origin": origin, "credentials": credentials, "dev": dev}
            others = [one for one in data.get("frontends", ()) if one["origin"] != origin]
            data["frontends"] = [*others, {name: value for name, value in told.items() if value}]
        case AddRoute():
            trial = _routed(change, data, trial)
        case _:
            _of_api(change, data["apis"][change.api])
    return trial.with_file(CONFIGURATION, yaml.safe_dump(data, sort_keys=False))


def _of_api(
    change: AddToCors
    | ReplaceInCors
    | SetCorsCredentials
    | SetCorsMaxAge
    | AddCors
    | RemoveCors
    | RemoveRoute
    | ReplaceRoute
    | SetBinaryMediaTypes
    | SetGatewayResponse
    | SetIntegration,
    api: Yaml,
) -> None:
    match change:
        case AddToCors(field=field, entries=entries, now=now):
            assert tuple(api["cors"].get(field.value, ())) == now
            api["cors"][field.value] = [*now, *entries]
        case ReplaceInCors(field=field, old=old, entries=entries):
            listed = api["cors"][field.value]
            index = listed.index(old)
            api["cors"][field.value] = [*listed[:index], *entries, *listed[index + 1 :]]
        case SetCorsCredentials(allowed=allowed):
            api["cors"]["allowCredentials"] = allowed
        case AddCors(cors=cors):
            lists = {
                "allowOrigins": cors.allow_origins,
                "allowMethods": cors.allow_methods,
                "allowHeaders": cors.allow_headers,
            }
            api["cors"] = {name: list(listed) for name, listed in lists.items() if listed}
            api["cors"]["allowCredentials"] = cors.allow_credentials
        case RemoveCors():
            del api["cors"]
        case SetCorsMaxAge(seconds=seconds):
            api["cors"]["maxAge"] = seconds
        case RemoveRoute(key=key):
            del api["routes"][key]
        case ReplaceRoute(old=old, new=new):
            function = api["routes"].pop(old)
            api["routes"] |= {key: function for key in new if key not in api["routes"]}
        case SetBinaryMediaTypes(media_types=types):
            api["binaryMediaTypes"] = list(types)
        case SetGatewayResponse(response_type=name, headers=headers):
            entry = api.setdefault("gatewayResponses", {}).setdefault(name, {})
            parameters = entry.setdefault("responseParameters", {})
            parameters |= {f"gatewayresponse.header.{header}": f"'{value}'" for header, value in headers}
        case SetIntegration(route=route, field=field, value=value):
            function = _function_of(api["routes"][route])
            typed = int(value) if field is IntegrationField.TIMEOUT_IN_MILLIS else value
            api["routes"][route] = {"function": function, field.value: typed}
        case _:
            assert_never(change)


def _routed(change: AddRoute, data: Yaml, trial: Trial) -> Trial:
    """To a function of its own where the answer is told, else to the one that the API's routes have."""
    routes = data["apis"][change.api]["routes"]
    assert change.key not in routes
    answering = [name for name in data["functions"] if name.startswith("answer-options-")]
    if not change.headers:
        (routes[change.key],) = {_function_of(route) for route in routes.values()} - {*answering}
        return trial
    name = f"answer-options-{len(answering) + 1}"
    data["functions"][name] = {"handler": f"{name}.handler"}
    routes[change.key] = name
    answer = {"statusCode": 204, "headers": dict(change.headers)}
    return trial.with_file(f"{name}.py", f"def handler(event, context):\n    return {answer}\n")


def _function_of(route: str | Yaml) -> str:
    return str(route["function"] if isinstance(route, dict) else route)


# The code of a function

WRAPPED = """

def handler(event, context, before=handler):
    answer = before(event, context)
    method = event.get("httpMethod") or event["requestContext"]["http"]["method"]
    if {condition}:
        answer = dict(answer)
        answer["headers"] = dict(answer.get("headers") or {{}})
        {statement}
    return answer
"""
CONDITIONS = {
    Answer.ANY: "True",
    Answer.PREFLIGHT: 'method == "OPTIONS"',
    Answer.ERROR: 'answer.get("statusCode", 200) >= 400',
}
KEPT = "{{name: value for name, value in answer['headers'].items() if not name.lower().startswith({prefix!r})}}"


def _coded(change: ReturnHeaders | AddToHeader | RemoveHeaders | CompareOrigin | SetBase64Flag, trial: Trial) -> Trial:
    file = f"{change.function}.py"
    on = change.on if isinstance(change, ReturnHeaders | AddToHeader) else Answer.ANY
    wrapped = WRAPPED.format(condition=CONDITIONS[on], statement="\n        ".join(_statements(change)))
    return trial.with_file(file, trial.files[file] + wrapped)


def _statements(change: CodeChange) -> list[str]:
    match change:
        case ReturnHeaders(headers=headers, status=status):
            told = [] if status is None else [f"answer['statusCode'] = {status}"]
            return [*told, *(line for name, value in headers for line in _returned(name, value))]
        case AddToHeader(header=header, entries=entries, now=now):
            return _returned(header, ", ".join((now, *entries)))
        case RemoveHeaders(prefix=prefix):
            return [f"answer['headers'] = {KEPT.format(prefix=prefix.lower())}"]
        case CompareOrigin():
            kept = KEPT.format(prefix="access-control-")
            return [f"if event['headers'].get('origin') != {PAGE!r}:", f"    answer['headers'] = {kept}"]
        case SetBase64Flag(coding=""):
            return ["answer['isBase64Encoded'] = True"]
        case _:
            raise NotImplementedError(change)


def _returned(name: str, value: str) -> list[str]:
    return [
        f"answer['headers'] = {KEPT.format(prefix=name.lower())}",
        f"answer['headers'][{name!r}] = {value!r}",
    ]


# The page


def _called(change: PageChange, call: Call) -> Call:
    match change:
        case CallUrl(url=url):
            parts = urlsplit(url)
            return replace(call, path=parts.path + (f"?{parts.query}" if parts.query else ""))
        case CallMethod(methods=methods):
            return replace(call, method=methods[0])
        case CallWithoutCredentials():
            return replace(call, credentials="omit")
        case ServePage():
            return replace(call, origin=PAGE)
        case _:
            assert_never(change)
