"""What Firefox's console says of CORS, without what is particular to one case."""

import re

_GENERIC = "(Reason: CORS request did not succeed)"
_WARNING = "When the `Access-Control-Allow-Headers` is `*`"
_REDIRECTED = "(Reason: CORS request external redirect not allowed)"
_FAILED_PREFLIGHT = "(Reason: CORS preflight response did not succeed)"
_PARTICULAR = re.compile(r"‘[^’]*’|Status code: \d+")
_REASON = re.compile(r"\(Reason: (.*)", re.DOTALL)


def is_generic(text: str) -> bool:
    """Whether a line names no failure: it warns, or says that a call failed, as is written beside many a reason."""
    return _GENERIC in text or _WARNING in text


def without_echo(texts: list[str]) -> list[str]:
    """A redirected preflight is reported twice, once as one that did not succeed."""
    pairs = list(zip(texts, [*texts[1:], ""], ["", *texts], strict=False))
    return [
        text
        for text, following, before in pairs
        if not (_FAILED_PREFLIGHT in text and (_REDIRECTED in before or _REDIRECTED in following))
    ]


def reason(text: str) -> str:
    """The reason of a line, its quoted values taken out; "" when it names none."""
    found = _REASON.search(text)
    return _PARTICULAR.sub("‘’", found[1]) if found else ""
