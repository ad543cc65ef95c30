"""An event's `requestContext` in both formats, with the times of a Stamp."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from emulator.aws.account import ACCOUNT_ID
from emulator.aws.api_mapping import ApiMapping
from emulator.aws.product import Stamp
from emulator.messages import Request

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

NOBODY = dict.fromkeys(
    (
        "accessKey",
        "accountId",
        "caller",
        "cognitoAuthenticationProvider",
        "cognitoAuthenticationType",
        "cognitoIdentityId",
        "cognitoIdentityPoolId",
        "principalOrgId",
        "sourceIp",
        "user",
        "userAgent",
        "userArn",
    )
)
"""The identity of a caller who proved none, every key null."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What events say of an API's stage: the API's id, the stage's name, its variables, and by which path of which
    custom domain name it was reached; None where it was not by one."""

    api_id: str
    name: str
    variables: tuple[tuple[str, str], ...] = ()
    mapping: ApiMapping | None = None

    def domain_name(self, host: str) -> str:
        """Return the custom domain name, else the Host header as it was sent, with its port: so that URLs built from it
        work here. On AWS it never has one."""
        return host if self.mapping is None else self.mapping.domain_name


@lru_cache(maxsize=4)
def common_log_time(epoch: int) -> str:
    """Write Unix seconds as `28/Jul/2020:03:44:00 +0000`: always in UTC, with English months whatever the locale."""
    moment = datetime.fromtimestamp(epoch, UTC)
    return (
        f"{moment.day:02}/{MONTHS[moment.month - 1]}/{moment.year}"
        f":{moment.hour:02}:{moment.minute:02}:{moment.second:02} +0000"
    )


def domain_prefix(host: str) -> str:
    """Return the first label of the host name."""
    return host.partition(":")[0].partition(".")[0]


def context_v2(
    request: Request,
    stamp: Stamp,
    stage: Stage,
    *,
    account_id: str,
    host: str,
    path: str,
    request_id: str,
    route_key: str,
    user_agent: str | None,
) -> dict[str, Any]:
    """Make the context of format 2.0 (AWS: Create AWS Lambda proxy integrations for HTTP APIs)."""
    domain_name = stage.domain_name(host)
    return {
        "accountId": account_id,
        "apiId": stage.api_id,
        "domainName": domain_name,
        "domainPrefix": domain_prefix(domain_name),
        "http": {
            "method": request.method,
            "path": path,
            "protocol": "HTTP/1.1",
            "sourceIp": request.source_ip,
            "userAgent": user_agent,
        },
        "requestId": request_id,
        "routeKey": route_key,
        "stage": stage.name,
        "time": common_log_time(stamp.epoch_ms // 1000),
        "timeEpoch": stamp.epoch_ms,
    }


def context_v1(
    request: Request,
    stamp: Stamp,
    stage: Stage,
    *,
    host: str,
    method: str,
    path: str,
    request_id: str,
    resource_id: str,
    resource_path: str,
    user_agent: str | None,
) -> dict[str, Any]:
    """Make the context of format 1.0 (AWS: Lambda proxy integrations in API Gateway, input format) without
    `deploymentId`, which only REST APIs have. `authorizer` is absent without one."""
    domain_name = stage.domain_name(host)
    return {
        "accountId": ACCOUNT_ID,
        "apiId": stage.api_id,
        "domainName": domain_name,
        "domainPrefix": domain_prefix(domain_name),
        "extendedRequestId": stamp.extended_request_id,
        "httpMethod": method,
        "identity": {**NOBODY, "sourceIp": request.source_ip, "userAgent": user_agent},
        "path": path,
        "protocol": "HTTP/1.1",
        "requestId": request_id,
        "requestTime": common_log_time(stamp.epoch_ms // 1000),
        "requestTimeEpoch": stamp.epoch_ms,
        "resourceId": resource_id,
        "resourcePath": resource_path,
        "stage": stage.name,
    }
