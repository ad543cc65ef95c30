"""What people ask again and again about CORS on API Gateway: a slip in a name, a value or a path is told as such, and
the page is well when the advice is followed. The reports are named where each begins; deployments and words are our
own."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from emulator.aws.product import Layer
from emulator.findings.changes import Change
from trials.cure import cure
from trials.followed import followed
from trials.played import play
from trials.trial import Call, Trial, files_of

JSON = {"content-type": "application/json"}
GATEWAY, FUNCTION, BROWSER = Layer.GATEWAY, Layer.FUNCTION, Layer.BROWSER

RIDES = """
    apis:
      rides:
        type: {type}
        port: 0
        routes:
          ANY /rides: rides
    functions:
      rides: {{handler: rides.handler}}
    """
ANSWERS = """
    def handler(event, context):
        headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "content-type",
                   "Access-Control-Allow-Methods": "GET,PUT"}
        return {"statusCode": 200, "headers": headers, "body": "{}"}
"""


def rides(product: str, old: str = "", new: str = "") -> dict[str, str]:
    assert old in ANSWERS
    return files_of(RIDES.format(type=product), rides=ANSWERS.replace(old, new))


# "I send Access-Control-Allow-Origin with my request, and get another error" (serverless/serverless#4037)


@pytest.mark.parametrize(("product", "path"), [("rest", "/dev/rides"), ("http", "/rides")])
def test_a_page_that_sends_what_a_server_answers(product: str, path: str, tmp_path: Path) -> None:
    meant = Call("rides", path, "POST", JSON, "{}")
    trial = Trial(rides(product), replace(meant, headers={**JSON, "Access-Control-Allow-Origin": "*"}))
    first = play(trial, tmp_path).first
    assert (first.finding.name, first.finding.layer) == ("header-not-allowed", BROWSER)
    assert first.fix.startswith("Let the page not send Access-Control-Allow-Origin")
    assert cure(trial, tmp_path, replace(trial, call=meant)).status == 200


# "All headers are set, and none arrives" (aws-samples/aws-serverless-webapp-workshop#33, serverless/serverless#4614)

SLIPS = [
    pytest.param("http", "Access-Control-Allow-Origin", "Access-Control-Allow-Origins", "preflight-without-cors",
                 "`Access-Control-Allow-Origins`, which it returned, is not `Access-Control-Allow-Origin`",
                 id="plural"),
    pytest.param("rest", "Access-Control-Allow-Methods", "Access-Control-Alow-Methods", "method-not-allowed",
                 "`Access-Control-Alow-Methods`, which it returned, is not `Access-Control-Allow-Methods`",
                 id="letter"),
    pytest.param("rest", '"*"', "\"'*'\"", "invalid-allow-origin", "its quotes are part of it", id="quotes"),
    pytest.param("rest", '"*"', '"\u2018*\u2019"', "invalid-allow-origin", "its quotes are part of it",
                 id="curly-quotes"),
    pytest.param("http", '"*"', '"None"', "invalid-allow-origin", "a variable without a value is written so",
                 id="unset"),
    pytest.param("rest", "GET,PUT", "GET|POST|PUT", "method-not-allowed", "`GET|POST|PUT` is another name", id="pipes"),
    pytest.param("rest", "GET,PUT", "get,put", "method-not-allowed", "`put` is another name", id="lower-case"),
    pytest.param("rest", "content-type", "content_type", "header-not-allowed", "`content_type` is another name",
                 id="underscore"),
]  # fmt: skip


@pytest.mark.parametrize(("product", "old", "new", "name", "says"), SLIPS)
def test_a_slip_in_a_function_s_headers(product: str, old: str, new: str, name: str, says: str, tmp_path: Path) -> None:
    path = "/dev/rides" if product == "rest" else "/rides"
    trial = Trial(rides(product, old, new), Call("rides", path, "PUT", JSON, "{}"))
    first = play(trial, tmp_path).first
    assert (first.finding.name, first.finding.layer) == (name, FUNCTION)
    assert says in " ".join((first.fix, *first.finding.evidence))
    for way in ways_to_the_end(trial, tmp_path):
        trial = followed(way, trial, trial)
    assert play(trial, tmp_path).status == 200


def ways_to_the_end(trial: Trial, folder: Path) -> Iterator[tuple[Change, ...]]:
    """What is said first of the preflight and, where the answer to the call has the same slip, of that."""
    before = play(trial, folder).first
    yield before.finding.fix.changes
    again = play(followed(before.finding.fix.changes, trial, trial), folder)
    if again.status is None:
        assert "The answer to PUT needs Access-Control-Allow-Origin too." in before.fix
        yield again.first.finding.fix.changes


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param('"headers": headers', '"header": headers', "return `headers` in place of `header`", id="name"),
        pytest.param('"headers": headers', '"Access-Control-Allow-Origin": "*"',
                     "return Access-Control-Allow-Origin within `headers`", id="beside"),
    ],
)  # fmt: skip
def test_headers_that_stand_elsewhere(old: str, new: str, says: str, tmp_path: Path) -> None:
    trial = Trial(rides("http", old, new), Call("rides", "/rides"))
    first = play(trial, tmp_path).first
    assert (first.finding.name, first.finding.layer) == ("response-field-ignored", FUNCTION)
    assert says in first.fix
    assert cure(trial, tmp_path, replace(trial, files=rides("http"))).status == 200


# "PATCH is listed in the code and still refused" (serverless/serverless#6190)


def test_a_method_that_is_not_listed_is_not_told_of_case(tmp_path: Path) -> None:
    trial = Trial(rides("rest"), Call("rides", "/dev/rides", "PATCH"))
    first = play(trial, tmp_path).first
    assert first.finding.name == "method-not-allowed"
    assert "(now 'GET,PUT')" in first.fix
    assert "case" not in first.fix
    assert cure(trial, tmp_path).status == 200


# "The framework answers OPTIONS with a 307 to the slash" (fastapi/fastapi#5066)


def test_a_preflight_that_is_redirected_to_the_slash(tmp_path: Path) -> None:
    files = files_of(
        RIDES.format(type="rest").replace("/rides:", "/{proxy+}:"),
        rides="""
            def handler(event, context):
                if not event["path"].endswith("/"):
                    return {"statusCode": 307, "headers": {"Location": f"/dev{event['path']}/"}}
                headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "content-type"}
                return {"statusCode": 200, "headers": headers, "body": "{}"}
        """,
    )
    trial = Trial(files, Call("rides", "/dev/rides", "POST", JSON, "{}"))
    first = play(trial, tmp_path).first
    assert first.finding.name == "preflight-redirected"
    assert "or let the page call http://localhost:50000/dev/rides/" in first.fix
    (way,) = first.finding.fix.instead
    assert play(followed(way, trial, trial), tmp_path).status == 200


# "I have replaced ANY by GET and POST, and now the preflight is a 404" (aws/serverless-application-model#1603)


def test_an_http_api_whose_function_answers_for_cors_and_gets_no_preflight(tmp_path: Path) -> None:
    files = rides("http")
    narrowed = {**files, "emulator.yaml": files["emulator.yaml"].replace("ANY /rides", "POST /rides")}
    trial = Trial(narrowed, Call("rides", "/rides", "POST", JSON, "{}", "omit"))
    first = play(trial, tmp_path).first
    assert (first.finding.name, first.finding.layer) == ("missing-options-route", GATEWAY)
    ways = (first.finding.fix.changes, *first.finding.fix.instead)
    assert len(ways) == 2
    for way in ways:
        again = play(followed(way, trial, trial), tmp_path)
        assert (again.status, again.trouble) == (200, ())


# "The same URL works in another stage" (aws-amplify/amplify-js#8406)


@pytest.mark.parametrize(
    ("product", "path"),
    [
        pytest.param("rest", "/dev/Rides", id="case"),
        pytest.param("rest", "/dev/dev/rides", id="stage-twice"),
        pytest.param("http", "/prod/rides", id="stage-of-another-deployment"),
        pytest.param("http", "/rides/", id="slash"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_a_slip_in_the_page_s_url(product: str, path: str, method: str, tmp_path: Path) -> None:
    trial = Trial(rides(product), Call("rides", path, method))
    first = play(trial, tmp_path).first
    assert first.finding.name == ("unknown-route" if method == "GET" else "missing-options-route")
    assert first.fix.startswith("Let the page call http://localhost:50000/")
    assert cure(trial, tmp_path).status == 200
