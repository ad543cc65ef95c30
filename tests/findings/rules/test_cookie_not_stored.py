from emulator.aws.product import Layer
from emulator.browser.modes import Credentials
from emulator.findings.changes import CallWithCredentials, CorsField, ReplaceInCors, ReturnHeaders, SetCorsCredentials
from emulator.findings.finding import Severity
from emulator.findings.rules.cookie_not_stored import RULE
from findings.examples import LISTED, OPEN, PAGE, REST, SECRET, Example, answers, call
from findings.one_rule import found, test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

COOKIE = {"Set-Cookie": "session=ann; SameSite=None; Secure"}
SAME = Credentials.SAME_ORIGIN
INCLUDE = CallWithCredentials()

FOUND = [
    Example(
        "gateway-that-allows-it",
        SECRET,
        call(),
        answers(**COOKIE),
        (INCLUDE,),
        Layer.BROWSER,
        says="The browser ignores the cookie session",
        credentials=SAME,
    ),
    Example(
        "gateway-that-does-not",
        LISTED,
        call(),
        answers(**COOKIE),
        (INCLUDE, SetCorsCredentials("listed", allowed=True)),
        Layer.BROWSER,
        credentials=SAME,
    ),
    Example(
        "gateway-of-all",
        OPEN,
        call(),
        answers(**COOKIE),
        (
            INCLUDE,
            ReplaceInCors("open", CorsField.ALLOW_ORIGINS, "*", (PAGE,)),
            SetCorsCredentials("open", allowed=True),
        ),
        Layer.BROWSER,
        credentials=SAME,
    ),
    Example(
        "function",
        REST,
        call(path="/dev/x"),
        answers(acao=PAGE, **COOKIE),
        (INCLUDE, ReturnHeaders("f", (("Access-Control-Allow-Credentials", "true"),))),
        Layer.BROWSER,
        credentials=SAME,
    ),
    Example(
        "nothing-shows-the-mode",
        SECRET,
        call(),
        answers(**COOKIE),
        (INCLUDE,),
        Layer.BROWSER,
        says="If not, it never gets session",
    ),
]

NOT_FOUND = [
    Example("an-image", SECRET, call(Sec_Fetch_Dest="image"), answers(**COOKIE)),
    Example("with-credentials", SECRET, call(Cookie="a=b"), answers(**COOKIE), credentials=Credentials.INCLUDE),
    Example("none", SECRET, call(), answers(), credentials=SAME),
    Example("refused-anyway", SECRET, call(), answers(**{"Set-Cookie": "a=b; SameSite=None"}), credentials=SAME),
    Example("a-page-without-an-origin", REST, call(path="/dev/x", origin="null"), answers(acao="*", **COOKIE)),
]


def test_it_is_a_note_where_nothing_shows_the_mode() -> None:
    severities = {example.name: finding.severity for example in FOUND if (finding := found(example, RULE))}
    assert [name for name, severity in severities.items() if severity is Severity.NOTE] == ["nothing-shows-the-mode"]
