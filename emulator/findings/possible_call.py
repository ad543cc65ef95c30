"""The call that a page can make, in the stead of one that nothing can let through: by another method where no browser
or no API means the one that is asked for, and without credentials where no list can name it."""

import dataclasses
from collections.abc import Iterable

from emulator.aws.methods import METHODS
from emulator.browser.modes import Credentials
from emulator.browser.observe import asked_by
from emulator.browser.safelist import SAFELISTED_METHODS
from emulator.findings.changes import CallMethod, CallWithoutCredentials, Change
from emulator.findings.finding import Case
from emulator.findings.resources import called_method, methods_at, standard_method
from emulator.messages import without_headers

ASKED_FOR, ASKED_HEADERS = "Access-Control-Request-Method", "Access-Control-Request-Headers"


def by_possible_method(case: Case) -> tuple[Case, tuple[Change, ...]]:
    """Return the case as one of a method that a page can call with, and what the page has to change for it; the very
    case where it is one of those, or no preflight."""
    method = called_method(case.request)
    meant = standard_method(method)
    if not case.request.is_preflight or (meant is None and case.api.takes_method(method)):
        return case, ()
    methods = (meant,) if meant is not None else _others(methods_at(case.exchange)[1]) or _others(METHODS)
    return called_by(case, methods[0]), (CallMethod(methods),)


def _others(methods: Iterable[str]) -> tuple[str, ...]:
    """Leave out the preflights' own."""
    return tuple(method for method in methods if method != "OPTIONS")


def called_by(case: Case, method: str) -> Case:
    """Return the case of a preflight as one that asks for this method."""
    headers = without_headers(case.request.headers, frozenset({ASKED_FOR.lower()}))
    request = dataclasses.replace(case.request, headers=(*headers, (ASKED_FOR, method)))
    return dataclasses.replace(case, exchange=dataclasses.replace(case.exchange, request=request))


def without_asking_for(case: Case, names: tuple[str, ...]) -> Case:
    """Return the case of a preflight as one of a page that does not send the headers of these names, in lower case."""
    asked = [name for name in asked_by(case.request, case.credentials).header_names if name not in names]
    headers = without_headers(case.request.headers, frozenset({ASKED_HEADERS.lower()}))
    if asked:
        headers = (*headers, (ASKED_HEADERS, ",".join(asked)))
    request = dataclasses.replace(case.request, headers=headers)
    return dataclasses.replace(case, exchange=dataclasses.replace(case.exchange, request=request))


def by_possible_mode(case: Case) -> tuple[Case, tuple[Change, ...]]:
    """Return the case as a gateway's `cors` can let it through: of a method that AWS takes in no list as a call without
    credentials, for which alone `*` stands for every method (Fetch Standard 4.8, step 7.5)."""
    method = called_method(case.request)
    is_nameable = method in case.api.cors_methods or method in SAFELISTED_METHODS
    if not case.request.is_preflight or is_nameable or case.credentials is not Credentials.INCLUDE:
        return case, ()
    return dataclasses.replace(case, credentials=Credentials.OMIT), (CallWithoutCredentials(),)
