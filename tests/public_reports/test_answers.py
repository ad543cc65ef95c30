"""What people ask of functions whose answer is none to a browser, and of pages that send more than they know: what is
said first of each names the line to mend, and the page is well when it is followed. The code and the words are our
own."""

from dataclasses import replace
from pathlib import Path

import pytest

from trials.cure import cure
from trials.played import play
from trials.trial import Call, Trial, files_of

JSON = {"content-type": "application/json"}

# What a function returns

CLUB = """
    apis:
      club:
        type: http
        port: 0
        routes:
          GET /members: members
    functions:
      members: {handler: members.handler}
    frontends:
      - {origin: http://localhost:5173, credentials: omit}
"""
RETURNED = """
    import json

    def handler(event, context):
        answer = {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": "[]"}
        return answer
"""


def club(returns: str = "return answer") -> Trial:
    return Trial(files_of(CLUB, members=RETURNED.replace("return answer", returns)), Call("club", "/members"))


RETURNS = [
    pytest.param("print(answer)", "missing-cors-headers", "returned null, as one does that has no `return`", id="none"),
    pytest.param("return answer, 200", "missing-cors-headers", "returned an array, which is answered", id="a-tuple"),
    pytest.param("return json.dumps(answer)", "response-field-ignored", "a string that holds a response", id="json"),
    pytest.param('return {"Headers": {}} | {"headers": answer["headers"]}', "response-field-ignored",
                 "returned no `statusCode`", id="no-status"),
]  # fmt: skip


@pytest.mark.parametrize(("returns", "name", "says"), RETURNS)
def test_what_is_no_response(returns: str, name: str, says: str, tmp_path: Path) -> None:
    """The headers are in the code, for all to see, and the page is told that there are none."""
    played = play(club(returns), tmp_path)
    assert played.status is None
    finding = played.first.finding
    assert finding.name == name
    assert says in " ".join((finding.message, *finding.evidence))
    assert play(club(), tmp_path).told == ()


def test_a_number_of_a_table_that_is_no_json(tmp_path: Path) -> None:
    """DynamoDB gives Decimal: the line to mend is that of the function, and none of the library that raises."""
    trial = Trial(
        files_of(
            CLUB.replace("port: 0", "port: 0\n        cors: {allowOrigins: [http://localhost:5173]}"),
            members="""
                import json
                from decimal import Decimal

                def handler(event, context):
                    return {"statusCode": 200, "body": json.dumps({"fee": Decimal("9.5")})}
            """,
        ),
        Call("club", "/members"),
    )
    finding = play(trial, tmp_path).first.finding
    assert finding.name == "function-error"
    assert "Decimal is not JSON serializable" in finding.message
    (raised,) = finding.evidence
    assert raised.startswith('raised at File "<handler>"')


def test_a_preflight_has_no_body_to_read(tmp_path: Path) -> None:
    trial = Trial(
        files_of(
            CLUB.replace("GET /members", "ANY /members"),
            members="""
                import json

                def handler(event, context):
                    name = json.loads(event.get("body"))["name"]
                    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": name}
            """,
        ),
        Call("club", "/members", "POST", JSON, '{"name": "Ann"}', "omit"),
    )
    first = play(trial, tmp_path).first
    assert (first.finding.name, first.fix) == (
        "function-error",
        "Mend function 'members'. This is a preflight, which has no body, no cookie and no token.",
    )


# Frameworks that answer preflights themselves


def test_a_framework_says_why_it_refuses_the_preflight(tmp_path: Path) -> None:
    """Starlette's middleware, and others like it: 400, and a text that no page ever sees."""
    answering = """
        def handler(event, context):
            if event["requestContext"]["http"]["method"] == "OPTIONS":
                return {"statusCode": 400, "headers": {"Vary": "Origin"}, "body": "Disallowed CORS origin"}
            return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": "{}"}
    """
    files = files_of(CLUB.replace("GET /members", "ANY /{proxy+}"), members=answering)
    trial = Trial(files, Call("club", "/members", "PUT", JSON, "{}", "omit"))
    finding = play(trial, tmp_path).first.finding
    assert finding.name == "preflight-without-cors"
    assert "it says: Disallowed CORS origin" in finding.evidence
    assert cure(trial, tmp_path).status == 200


ROUTED = """
    def handler(event, context):
        method = event["requestContext"]["http"]["method"]
        if method not in ("GET", "PUT"):
            return {"statusCode": 404, "body": "Cannot OPTIONS"}
        return {"statusCode": 200, "body": method}
"""


@pytest.mark.parametrize("key", ["$default", "ANY /members", "ANY /{proxy+}"])
def test_a_router_that_has_no_options_behind_a_gateway_that_has(key: str, tmp_path: Path) -> None:
    """Following what is said leaves every other call as it was."""
    cors = "cors: {allowOrigins: [http://localhost:5173], allowMethods: [PUT], allowHeaders: [content-type]}"
    configuration = CLUB.replace("port: 0", f"port: 0\n        {cors}").replace("GET /members", key)
    trial = Trial(files_of(configuration, members=ROUTED), Call("club", "/members", "PUT", JSON, "{}", "omit"))
    assert play(trial, tmp_path).first.finding.name == "preflight-reached-function"
    again = cure(trial, tmp_path)
    assert (again.status, again.told) == (200, ())
    mended = (tmp_path / "emulator.yaml").read_text()
    other = replace(trial, files={**trial.files, "emulator.yaml": mended}, call=Call("club", "/members"))
    assert play(other, tmp_path).status == 200


# What the page sends beside what it was meant to

SHOP = CLUB.replace(
    "port: 0", "port: 0\n        cors: {allowOrigins: [http://localhost:5173], allowHeaders: [content-type]}"
)
HEADERS = [
    pytest.param({"traceparent": "00-1-2-01", "baggage": "a=b"}, "baggage, traceparent", id="of-tracing"),
    pytest.param({"cache-control": "no-cache", "pragma": "no-cache"}, "cache-control, pragma", id="of-caching"),
    pytest.param({"x-requested-with": "XMLHttpRequest"}, "x-requested-with", id="of-a-library"),
]


@pytest.mark.parametrize(("headers", "names"), HEADERS)
def test_headers_that_a_library_adds(headers: dict[str, str], names: str, tmp_path: Path) -> None:
    trial = Trial(files_of(SHOP, members=RETURNED), Call("club", "/members", headers=headers, credentials="omit"))
    played = play(trial, tmp_path)
    assert played.first.finding.name == "header-not-allowed"
    assert played.first.fix.startswith(f"Add {names} to `cors.allowHeaders` of 'club' (now [content-type])")
    assert cure(trial, tmp_path).status == 200


@pytest.mark.parametrize("path", ["//members", "/undefined/members", "/Members", "/members/", "/prod/members"])
def test_a_404_that_the_page_reads_and_its_author_does_not_understand(path: str, tmp_path: Path) -> None:
    trial = Trial(files_of(SHOP, members=RETURNED), Call("club", path, credentials="omit"))
    played = play(trial, tmp_path)
    assert (played.status, played.first.finding.name) == (404, "unknown-route")
    assert played.first.fix.startswith("Let the page call http://localhost:50000/members.")
    assert cure(trial, tmp_path).status == 200
