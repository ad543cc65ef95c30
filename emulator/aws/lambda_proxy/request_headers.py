"""Request headers as events hold them: joined under lower-case names (2.0) or listed under the client's (1.0)."""

from collections.abc import Mapping

from emulator.messages import Request

HOP_BY_HOP = frozenset({"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"})
"""The headers that end at the gateway, in lower case (RFC 9110, 7.6.1); whether an HTTP API strips every one of them is
uncertain."""


def joined_headers(request: Request) -> dict[str, str]:
    """Join every header that goes beyond the gateway under its lower-case name: a repeated one's values by a comma
    without space (AWS: Create AWS Lambda proxy integrations for HTTP APIs), cookies by "; " (RFC 9113, 8.2.3)."""
    joined: dict[str, str] = {}
    for name, value in request.headers:
        lowered = name.lower()
        if lowered in joined:
            joined[lowered] += ("; " if lowered == "cookie" else ",") + value
        elif lowered not in HOP_BY_HOP:
            joined[lowered] = value
    return joined


def forwarded_headers(request: Request, headers: Mapping[str, str], trace: str) -> dict[str, str]:
    """Make the headers that every gateway sets, by lower-case name; `headers` are the client's, joined. Proto and port
    say how the client connected here: on AWS they are always https and 443."""
    client = headers.get("x-forwarded-for")
    return {
        "x-amzn-trace-id": trace,
        "x-forwarded-for": f"{client}, {request.source_ip}" if client else request.source_ip,
        "x-forwarded-port": str(request.port),
        "x-forwarded-proto": request.scheme,
    }


def listed_headers(
    request: Request, replaced: Mapping[str, str], dropped: frozenset[str], canonical: Mapping[str, str]
) -> dict[str, list[str]]:
    """List every value of each header as format 1.0 does, under the `canonical` name where the gateway has one, else as
    sent.

    Browsers and curl speak HTTP/2 to AWS, where names are lower-case, so theirs are lowered here (hotsock/voker,
    apigwv1-request.json, of curl). `replaced`, `dropped` and `canonical` go by lower-case name.
    """
    lowers_names = request.is_from_browser or (request.header("user-agent") or "").startswith("curl/")
    listed: dict[str, list[str]] = {}
    shown: dict[str, str] = {}
    for name, value in request.headers:
        lowered = name.lower()
        if lowered in dropped:
            continue
        if lowered in shown:
            listed[shown[lowered]].append(value)
        else:
            known = shown[lowered] = canonical.get(lowered, lowered if lowers_names else name)
            listed[known] = [value]
    for lowered, value in replaced.items():
        listed[canonical[lowered]] = [value]
    return listed
