"""Origins that no list of allowed origins should or can name: `null`, and the schemes of web views.

An HTTP API refuses both ("Invalid format for origin capacitor://localhost", recorded from AWS:
ionic-team/ionic-docs#4546); a function URL takes them (AWS: Lambda API reference, Cors). `null` is the origin of every
page without one of its own (HTML Standard, opaque origins): a file, a data: URL, a sandboxed frame that any site can
make; so it must not be allowed by name anywhere.
"""

import dataclasses

from emulator.browser.cors_check import ALLOW_CREDENTIALS
from emulator.browser.origin import is_serialized_origin
from emulator.findings.changes import (
    AddToCors,
    CallWithoutCredentials,
    Change,
    CorsField,
    DoByHand,
    ReturnHeaders,
    ServePage,
    SetCorsCredentials,
)
from emulator.findings.facts import OPAQUE
from emulator.findings.finding import Case
from emulator.findings.fix import Fix

NEVER = "Never allow null by name: every file, and every sandboxed frame of any site, has that origin."
CALL_NATIVELY = DoByHand("let the app call natively, where no CORS applies (Capacitor: CapacitorHttp)")
GIVE_AN_ORIGIN = DoByHand("give the page an origin that can be listed (Capacitor on Android: `androidScheme: https`)")


def is_listable(origin: str) -> bool:
    """Tell whether AWS takes the origin in allowOrigins of an HTTP API."""
    return origin.startswith(("http://", "https://")) and is_serialized_origin(origin)


def allowable(origin: str) -> str:
    """Name what allowOrigins can hold for a page of this origin."""
    return origin if is_listable(origin) else "*"


def unlistable_origin_fix(case: Case, others: tuple[Change, ...] = ()) -> Fix:
    """Mend a gateway's `cors` that does not let the page in; `others` is what the call lacks beside that."""
    cors, origin = case.cors, case.origin
    assert cors is not None  # noqa: S101  the gateway decided
    wildcard: tuple[Change, ...] = (
        AddToCors(case.api.name, CorsField.ALLOW_ORIGINS, ("*",), cors.allow_origins),
        *((SetCorsCredentials(case.api.name, allowed=False),) if cors.allow_credentials else ()),
        CallWithoutCredentials(),
        *others,
    )
    if origin == OPAQUE:
        return Fix((ServePage(),), (wildcard,), because=NEVER)
    return Fix(wildcard, ((CALL_NATIVELY,), (GIVE_AN_ORIGIN,)), because=f"AWS refuses {origin} in allowOrigins.")


def no_such_origin(origin: str) -> DoByHand:
    """Answer whoever sends what no browser does."""
    return DoByHand(f"send an Origin as browsers do, such as https://shop.example.com: none ever sends {origin}")


def credentials_of_unlistable_fix(origin: str) -> Fix:
    """Mend a `*` that lets the page in, but not with credentials."""
    if origin == OPAQUE:
        return Fix((CallWithoutCredentials(),), ((ServePage(),),), because=NEVER)
    because = f"AWS refuses {origin} in allowOrigins."
    return Fix((CallWithoutCredentials(),), ((CALL_NATIVELY,),), because=because)


def opaque_origin_fix(returned: ReturnHeaders, route: tuple[Change, ...]) -> Fix:
    """Mend what a function returns to a page without an origin. `returned` is what it lacks for that origin, and would
    let in, with `*` in its place, any page that calls without credentials."""
    headers = tuple((name, "*" if value == OPAQUE else value) for name, value in returned.headers)
    headers = tuple(pair for pair in headers if pair[0] != ALLOW_CREDENTIALS)
    for_any = (dataclasses.replace(returned, headers=headers),) if headers else ()
    return Fix((ServePage(), *route), ((*for_any, CallWithoutCredentials(), *route),), because=NEVER)
