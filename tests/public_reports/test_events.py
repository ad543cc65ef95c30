"""What people have reported of functions that read an event other than the one they get, and of redirects that lead out
of the API. The reports are named where each begins; deployments and words are our own."""

from pathlib import Path

import pytest

from emulator.aws.product import Layer
from trials.followed import followed
from trials.played import play
from trials.trial import Call, Trial, files_of

# "Behind an HTTP API my function's own CORS throws" (dbartholomae/lambda-middleware#74)

READS_1_0 = 'event["httpMethod"]'
READS_2_0 = 'event["requestContext"]["http"]["method"]'
CLUB = files_of(
    """
    apis:
      club:
        type: http
        port: 0
        payloadFormatVersion: "2.0"
        routes:
          ANY /{proxy+}: members
    functions:
      members: {handler: members.handler}
    """,
    members="""
        ALLOWED = {
            "Access-Control-Allow-Origin": "http://localhost:5173",
            "Access-Control-Allow-Methods": "GET, PUT",
            "Access-Control-Allow-Headers": "content-type",
            "Vary": "Origin",
        }

        def handler(event, context):
            if event["httpMethod"] == "OPTIONS":
                return {"statusCode": 204, "headers": ALLOWED}
            return {"statusCode": 200, "headers": {**ALLOWED, "Content-Type": "application/json"}, "body": "{}"}
    """,
)
RENAME = Call("club", "/members/3", "PUT", {"content-type": "application/json"}, "{}")


def club(version: str, reads: str) -> Trial:
    configuration = CLUB["emulator.yaml"].replace("2.0", version)
    code = CLUB["members.py"].replace(READS_1_0, reads)
    return Trial({"emulator.yaml": configuration, "members.py": code}, RENAME)


@pytest.mark.parametrize(
    ("trial", "mended", "read", "other"),
    [
        pytest.param(club("2.0", READS_1_0), club("2.0", READS_2_0), "`requestContext.http.method`", "1.0", id="old"),
        pytest.param(club("1.0", READS_2_0), club("1.0", READS_1_0), "`httpMethod`", "2.0", id="new"),
    ],
)
def test_a_function_of_the_other_payload_format(
    trial: Trial, mended: Trial, read: str, other: str, tmp_path: Path
) -> None:
    """Already the preflight raises, and no page reads what that is answered with: nothing is said of reading it."""
    played = play(trial, tmp_path)
    assert played.status is None
    first = played.first
    assert (first.finding.name, first.finding.layer) == ("event-format-mismatch", Layer.FUNCTION)
    assert first.fix.startswith(f"Let function 'members' read {read}")
    assert f'or set `payloadFormatVersion: "{other}"`' in first.fix
    assert f"emulator.yaml:{trial.line_of('payloadFormatVersion')})" in first.fix
    assert "could read" not in " ".join(one.fix for one in played.told)
    for way in (first.finding.fix.changes, *first.finding.fix.instead):
        again = play(followed(way, trial, mended), tmp_path)
        assert (again.status, again.told) == (200, ())


# "The browser ends at a URL without the stage" (Kludex/mangum#307)

CATALOGUE = """
    CORS = {"Access-Control-Allow-Origin": "http://localhost:5173", "Vary": "Origin"}

    def handler(event, context):
        host, path = event["headers"]["Host"], event["path"]
        if not path.endswith("/"):
            return {"statusCode": 307, "headers": {**CORS, "Location": f"http://{host}{path}/?page=2"}}
        return {"statusCode": 200, "headers": {**CORS, "Content-Type": "application/json"}, "body": "[]"}
"""


def test_a_redirect_that_loses_the_stage(tmp_path: Path) -> None:
    files = files_of(
        """
        apis:
          catalogue:
            type: rest
            port: 0
            stage: beta
            routes:
              ANY /{proxy+}: books
        functions:
          books: {handler: books.handler}
        """,
        books=CATALOGUE,
    )
    trial = Trial(files, Call("catalogue", "/beta/books"))
    played = play(trial, tmp_path)
    assert played.status is None
    first = played.first
    assert (first.finding.name, first.finding.layer) == ("url-outside-stage", Layer.FUNCTION)
    assert first.fix.startswith("Let function 'books' return Location: ")
    assert "/beta/books/?page=2" in first.fix
    assert "redirect" in first.fix
    for way in (first.finding.fix.changes, *first.finding.fix.instead):
        again = play(followed(way, trial, trial), tmp_path)
        assert (again.status, again.told) == (200, ())
