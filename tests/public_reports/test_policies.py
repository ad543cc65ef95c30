"""What people have reported of policies that let their page in, they thought: what is said first of each, and that the
page is well when it is followed. The reports are named where each begins; deployments and words are our own."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.aws.product import Layer
from emulator.findings.finding import Severity
from trials.cure import cure
from trials.followed import followed
from trials.played import play
from trials.trial import PAGE, Call, Trial, files_of

JSON = {"content-type": "application/json"}


# "The file is downloaded, but my script gets null for its name" (axios/axios#7142)

EXPORTS = files_of(
    """
    apis:
      exports:
        type: http
        port: 0
        cors:
          allowOrigins: [http://localhost:5173]
          allowMethods: [GET]
        routes:
          GET /exports/{month}: export
    functions:
      export: {handler: export.handler}
    frontends:
      - {origin: http://localhost:5173, credentials: omit}
    """,
    export="""
        def handler(event, context):
            headers = {
                "Content-Type": "text/csv",
                "Content-Disposition": "attachment; filename=may.csv",
                "Access-Control-Expose-Headers": "Content-Disposition",
            }
            return {"statusCode": 200, "headers": headers, "body": "day;sum"}
    """,
)


def test_a_header_that_only_the_function_exposes(tmp_path: Path) -> None:
    trial = Trial(EXPORTS, Call("exports", "/exports/may", credentials="omit"))
    played = play(trial, tmp_path)
    assert played.response is not None
    assert "content-disposition" not in played.response.headers
    finding = played.first.finding
    assert (finding.name, finding.layer) == ("function-cors-ignored", Layer.GATEWAY)
    assert played.first.fix.startswith("Add Content-Disposition to `cors.exposeHeaders` of 'exports'")
    assert played.first.place is not None
    assert played.first.place.line == trial.line_of("cors:")

    again = cure(trial, tmp_path)
    assert again.response is not None
    assert again.response.headers["content-disposition"] == "attachment; filename=may.csv"
    assert again.told == ()


# "It works from the web server and not from my disk, nor in the app" (ionic-team/cordova-plugin-wkwebview-engine#3)

TIMETABLE = files_of(
    """
    apis:
      timetable:
        type: http
        port: 0
        cors:
          allowOrigins: [https://trains.example, http://localhost:5173]
          allowMethods: [GET]
        routes:
          GET /departures: departures
    functions:
      departures: {handler: departures.handler}
    """,
    departures="""
        def handler(event, context):
            return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": "[]"}
    """,
)


def test_a_page_from_a_file(tmp_path: Path) -> None:
    trial = Trial(TIMETABLE, Call("timetable", "/departures", origin="null"))
    played = play(trial, tmp_path)
    assert played.status is None
    assert (played.first.finding.name, played.first.finding.layer) == ("opaque-origin", Layer.GATEWAY)
    assert "Serve the page over http or https" in played.first.fix
    assert "Never allow null by name" in played.first.fix
    assert "Add null" not in played.first.fix
    assert cure(trial, tmp_path).status == 200

    in_its_stead = followed(played.first.finding.fix.instead[0], trial, trial)
    assert play(in_its_stead, tmp_path).status == 200


def test_null_is_refused_where_it_is_written_all_the_same(tmp_path: Path) -> None:
    written = TIMETABLE["emulator.yaml"].replace("https://trains.example", '"null"')
    played = play(Trial({**TIMETABLE, "emulator.yaml": written}, Call("timetable", "/departures")), tmp_path)
    assert played.is_refused
    assert "Invalid format for origin null" in str(played.problems[0])


def test_an_app_s_web_view(tmp_path: Path) -> None:
    trial = Trial(TIMETABLE, Call("timetable", "/departures", origin="capacitor://localhost"))
    played = play(trial, tmp_path)
    assert (played.status, played.first.finding.name) == (None, "opaque-origin")
    assert "Add capacitor://localhost" not in played.first.fix
    assert "androidScheme" in played.first.fix
    assert cure(trial, tmp_path).status == 200


# "Every preflight of my function URL fails, with all headers listed" (CodeGenieApp/serverless-express#508)

FEEDBACK = files_of(
    """
    apis:
      feedback:
        type: function-url
        port: 0
        function: feedback
        cors:
          allowOrigins: [http://localhost:5173]
          allowMethods: ["*"]
          allowHeaders:
            - "Authorization, Content-Type"
    functions:
      feedback: {handler: feedback.handler}
    """,
    feedback="""
        def handler(event, context):
            return {"statusCode": 201, "headers": {"Content-Type": "application/json"}, "body": "{}"}
    """,
)


def test_all_header_names_in_one_entry(tmp_path: Path) -> None:
    call = Call("feedback", "/", "POST", {"authorization": "Bearer 7", **JSON}, "{}")
    trial = Trial(FEEDBACK, call)
    played = play(trial, tmp_path)
    assert played.status is None
    (warning,) = played.problems
    assert warning.is_warning
    assert warning.line == trial.line_of("Authorization, Content-Type")
    first = played.first
    assert (first.finding.name, first.finding.layer) == ("header-list-as-one-string", Layer.GATEWAY)
    assert "[Authorization, Content-Type]" in first.fix
    assert first.place is not None
    assert first.place.line == trial.line_of("Authorization, Content-Type")
    again = cure(trial, tmp_path)
    assert (again.status, again.told, again.problems) == (201, (), ())


# "I allow every header, and content-type is not allowed" (aws/serverless-application-model#1166)

BASKET = """
    POLICY = {
        "Access-Control-Allow-Origin": "http://localhost:5173",
        "Access-Control-Allow-Credentials": "true",
        "Access-Control-Allow-Headers": "*",
        "Access-Control-Allow-Methods": "*",
        "Vary": "Origin",
    }

    def handler(event, context):
        if event["httpMethod"] == "OPTIONS":
            return {"statusCode": 200, "headers": POLICY}
        return {"statusCode": 200, "headers": {**POLICY, "Content-Type": "application/json"}, "body": "{}"}
"""


def test_a_star_with_credentials_is_a_name(tmp_path: Path) -> None:
    files = files_of(
        """
        apis:
          basket:
            type: rest
            port: 0
            routes:
              PUT /basket: basket
              OPTIONS /basket: basket
        functions:
          basket: {handler: basket.handler}
        frontends:
          - {origin: http://localhost:5173, credentials: include}
        """,
        basket=BASKET,
    )
    trial = Trial(files, Call("basket", "/dev/basket", "PUT", JSON, "{}", "include"))
    first = play(trial, tmp_path).first
    assert (first.finding.name, first.finding.layer) == ("wildcard-with-credentials", Layer.FUNCTION)
    assert "is no wildcard" in first.fix
    assert "PUT" in first.fix
    assert "content-type" in first.fix
    again = cure(trial, tmp_path)
    assert (again.status, again.trouble) == (200, ())


# "With a star and credentials my function URL lets every site in" (LeanerCloud/CUDly#390)

PROFILE = files_of(
    """
    apis:
      profile:
        type: function-url
        port: 0
        function: profile
        cors:
          allowOrigins: ["*"]
          allowMethods: ["*"]
          allowHeaders: ["*"]
          allowCredentials: true
    functions:
      profile: {handler: profile.handler}
    """,
    profile="""
        def handler(event, context):
            return {"statusCode": 200, "headers": {"Content-Type": "application/json"}, "body": "{}"}
    """,
)


@pytest.mark.parametrize("origin", [PAGE, "https://evil.example"])
def test_every_site_reads_with_cookies(origin: str, tmp_path: Path) -> None:
    trial = Trial(PROFILE, Call("profile", "/", credentials="include", origin=origin))
    played = play(trial, tmp_path)
    assert played.status == 200
    assert [problem.line for problem in played.problems] == [trial.line_of("allowCredentials")]
    first = played.first
    assert (first.finding.name, first.finding.severity) == ("any-origin-with-credentials", Severity.WARNING)
    assert first.finding.layer == Layer.GATEWAY
    assert "refuses" not in first.finding.message


def test_only_the_own_page_reads_with_cookies_afterwards(tmp_path: Path) -> None:
    trial = Trial(PROFILE, Call("profile", "/", credentials="include"))
    mended = followed(play(trial, tmp_path).first.finding.fix.changes, trial, trial)
    again = play(mended, tmp_path)
    assert (again.status, again.told) == (200, ())
    foreign = replace(mended, call=replace(mended.call, origin="https://evil.example"))
    assert play(foreign, tmp_path).status is None


# What a function URL sends, as captured from AWS (rimutaka/posts, lambda-url-with-cloudfront)


def test_what_nobody_can_change_is_not_told(tmp_path: Path) -> None:
    files = files_of(
        """
        apis:
          weather:
            type: function-url
            port: 0
            function: weather
            cors:
              allowOrigins: [http://localhost:5173]
              allowMethods: [GET]
              allowHeaders: [X-Units]
              allowCredentials: true
        functions:
          weather: {handler: weather.handler}
        """,
        weather="""
            def handler(event, context):
                headers = {"Cache-Control": "max-age=300", "Content-Type": "application/json"}
                return {"statusCode": 200, "headers": headers, "body": "{}"}
        """,
    )
    played = play(Trial(files, Call("weather", "/", headers={"x-units": "si"})), tmp_path)
    assert (played.status, played.told, played.problems) == (200, (), ())
    assert played.response is not None
    preflight, answer = (one.response for one in played.response.requests)
    told = {name.lower(): value for name, value in preflight.headers}
    assert preflight.status == 200
    assert told["vary"] == "Origin"
    assert told["access-control-allow-headers"] == "x-units"
    assert "x-amzn-trace-id" not in told
    assert ("Vary", "Origin") in answer.headers
