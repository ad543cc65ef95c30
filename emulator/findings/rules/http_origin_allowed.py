"""A page that came over plain http from elsewhere than this machine or network is let in by name."""

from ipaddress import ip_address

from emulator.aws.product import Layer
from emulator.browser.url import is_ip_address, is_loopback, parse_url
from emulator.findings.changes import CorsField, MendHandler, ReplaceInCors
from emulator.findings.facts import is_error_of_gateway, is_let_in_by_name, lets_in, reach
from emulator.findings.finding import Case, Found, Rule, Severity
from emulator.findings.fix import Fix

OF_DEVELOPMENT = (".test", ".local", ".localhost", ".internal", ".lan", ".home.arpa", ".invalid")
"""How names end that are not of the public Internet (RFC 6761, 6762, 8375, 9476)."""


def find(case: Case) -> Found | None:
    """W3C Secure Contexts: whoever is on the way can change a page that comes over plain http, and so read what the
    page may read."""
    origin = case.origin
    if not is_public_http(origin) or not is_let_in_by_name(case) or is_error_of_gateway(case):
        return None
    secure = origin.replace("http:", "https:", 1)
    message = f"Whoever is between the user and {origin} can read this answer {reach(case)}: that page is not on https."
    evidence = (f"Access-Control-Allow-Origin: {origin}",)
    if case.cors is None or not lets_in(case):
        return Found(
            Layer.FUNCTION, message, evidence, Fix((MendHandler(case.function, f"allow {secure} instead of {origin}"),))
        )
    cors, name = case.cors, case.api.name
    changes = tuple(
        ReplaceInCors(name, CorsField.ALLOW_ORIGINS, entry, () if instead in cors.allow_origins else (instead,))
        for entry, instead in ((origin, secure), ("http://*", "https://*"))
        if entry in cors.allow_origins
    )
    return Found(Layer.GATEWAY, message, evidence, Fix(changes)) if changes else None


def is_public_http(origin: str) -> bool:
    """Tell whether pages of this origin cross networks that others share, unencrypted."""
    url = parse_url(origin)
    if url is None or url.scheme != "http" or is_loopback(url.host):
        return False
    if is_ip_address(url.host):
        return ip_address(url.host.strip("[]")).is_global
    return "." in url.host and not url.host.endswith(OF_DEVELOPMENT)


RULE = Rule("http-origin-allowed", Severity.WARNING, find)
