"""What people have reported as a CORS error, and was none: a time or a size that passed its limit, bytes that are not
what they are said to be, a page behind a proxy. The reports are named where each begins; deployments and words are our
own."""

import asyncio
from pathlib import Path

import pytest

from emulator import gateway
from emulator.aws.product import Layer
from emulator.config.load import load
from emulator.exchange import Exchange
from emulator.findings.finding import Severity
from emulator.findings.review import review
from emulator.messages import Request
from products import STAMP
from trials.cure import cure
from trials.followed import followed
from trials.live import live
from trials.played import play
from trials.trial import Call, Trial, files_of

# "A slow answer is a 504 in the network tab, and a CORS error on the console" (aws/serverless-application-model#2498)

FORECAST = files_of(
    """
    apis:
      forecast:
        type: rest
        port: 0
        routes:
          GET /forecast: {function: forecast, timeoutInMillis: 1000}
      forecast-http:
        type: http
        port: 0
        cors: {allowOrigins: [http://localhost:5173]}
        routes:
          GET /forecast:
            function: forecast
            timeoutInMillis: 1200
    functions:
      forecast: {handler: forecast.handler, timeout: 60}
    """,
    forecast="""
        import time

        def handler(event, context):
            time.sleep(2.5)
            return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "*"}, "body": "rain"}
    """,
)
IN_TIME = {**FORECAST, "forecast.py": FORECAST["forecast.py"].replace("sleep(2.5)", "sleep(0)")}


@pytest.mark.parametrize(
    ("call", "status", "waited", "at"),
    [
        pytest.param(Call("forecast", "/dev/forecast"), None, "within 1 s", "timeoutInMillis: 1000", id="rest"),
        pytest.param(Call("forecast-http", "/forecast"), 503, "within 1.2 s", "timeoutInMillis: 1200", id="http"),
    ],
)
def test_too_late(call: Call, status: int | None, waited: str, at: str, tmp_path: Path) -> None:
    """A function cannot catch this, so nothing is said of catching it; the file's own setting is named."""
    trial = Trial(FORECAST, call)
    played = play(trial, tmp_path)
    first = played.first
    assert played.status == status
    assert (first.finding.name, first.finding.layer) == ("function-timeout", Layer.FUNCTION)
    assert first.fix.startswith(f"Let function 'forecast' answer {waited}")
    assert f"emulator.yaml:{trial.line_of(at)})" in first.fix
    assert "catches" not in first.fix
    for way in (first.finding.fix.changes, *first.finding.fix.instead):
        assert play(followed(way, trial, Trial(IN_TIME, call)), tmp_path).status == 200


# "CORS errors, but only for large answers, large uploads and long tokens" (koki-develop/lgtm-generator#10,
# aws-amplify/amplify-js#3204)

PHOTOS = files_of(
    """
    apis:
      photos:
        type: rest
        port: 0
        routes:
          ANY /photos: photos
      photos-http:
        type: http
        port: 0
        cors: {allowOrigins: [http://localhost:5173], allowMethods: [POST], allowHeaders: [authorization]}
        routes:
          GET /photos: photos
          POST /photos: photos
    functions:
      photos: {handler: photos.handler}
    """,
    photos="""
        HEADERS = {
            "Access-Control-Allow-Origin": "http://localhost:5173",
            "Access-Control-Allow-Headers": "authorization",
            "Vary": "Origin",
        }

        def handler(event, context):
            if event.get("httpMethod") == "OPTIONS":
                return {"statusCode": 204, "headers": HEADERS}
            wide = (event.get("queryStringParameters") or {}).get("wide")
            return {"statusCode": 200, "headers": HEADERS, "body": "0" * (6_500_000 if wide else 10)}
    """,
)
SMALLER = {**PHOTOS, "photos.py": PHOTOS["photos.py"].replace("6_500_000", "60")}
UPLOAD = {"method": "POST", "body": "1" * 10_500_000}
TOKEN = {"headers": {"authorization": "t" * 11_000}}


@pytest.mark.parametrize(
    ("call", "name", "layer", "says"),
    [
        pytest.param(Call("photos", "/dev/photos?wide=1"), "function-error", Layer.FUNCTION, "answer with less",
                     id="answer"),
        pytest.param(Call("photos", "/dev/photos", **UPLOAD), "request-too-large", Layer.GATEWAY,
                     "the request body is larger than 10 MB", id="upload"),
        pytest.param(Call("photos", "/dev/photos", **TOKEN), "request-too-large", Layer.GATEWAY, "shorten",
                     id="token"),
    ],
)  # fmt: skip
def test_too_large_for_a_rest_api(call: Call, name: str, layer: Layer, says: str, tmp_path: Path) -> None:
    trial = Trial(PHOTOS, call)
    played = play(trial, tmp_path)
    assert played.status is None
    assert (played.first.finding.name, played.first.finding.layer) == (name, layer)
    assert says in played.first.fix
    assert "no route" not in " ".join(one.fix for one in played.told)
    small = Call("photos", call.path, call.method)
    assert cure(trial, tmp_path, Trial(SMALLER, small)).status == 200


@pytest.mark.parametrize(
    ("call", "status"),
    [
        pytest.param(Call("photos-http", "/photos", **UPLOAD), 413, id="upload"),
        pytest.param(Call("photos-http", "/photos", **TOKEN), 431, id="token"),
    ],
)
def test_too_large_for_an_http_api_is_no_cors_error(call: Call, status: int, tmp_path: Path) -> None:
    played = play(Trial(PHOTOS, call), tmp_path)
    assert played.status == status
    assert [one.finding.name for one in played.told if one.finding.name == "unknown-route"] == []


# "ERR_CONTENT_DECODING_FAILED as soon as the function compresses" (sapphirepaw, API Gateway vs. gzip)


def test_compressed_and_never_decoded(tmp_path: Path) -> None:
    files = files_of(
        """
        apis:
          words:
            type: rest
            port: 0
            routes:
              GET /words: words
        functions:
          words: {handler: words.handler}
        """,
        words="""
            import base64, gzip

            def handler(event, context):
                body = base64.b64encode(gzip.compress(b"lorem ipsum")).decode()
                headers = {"Content-Encoding": "gzip", "Content-Type": "text/plain", "Access-Control-Allow-Origin": "*"}
                return {"statusCode": 200, "headers": headers, "body": body, "isBase64Encoded": True}
        """,
    )
    trial = Trial(files, Call("words", "/dev/words"))
    played = play(trial, tmp_path)
    assert played.status is None
    assert (played.first.finding.name, played.first.finding.layer) == ("content-encoding-broken", Layer.GATEWAY)
    assert played.first.fix.startswith("Set `binaryMediaTypes: [\"*/*\"]` on 'words'")
    assert "ERR_CONTENT_DECODING_FAILED" in played.first.finding.message
    again = cure(trial, tmp_path)
    assert again.response is not None
    assert (again.response.text, again.told) == ("lorem ipsum", ())


# "With image/png among the binary types the picture is broken in pages only" (maciejtreder/serverless-apigw-binary#33)


def test_a_picture_that_stays_base64(tmp_path: Path) -> None:
    files = files_of(
        """
        apis:
          maps:
            type: rest
            port: 0
            binaryMediaTypes: [image/png]
            routes:
              GET /tile: tile
        functions:
          tile: {handler: tile.handler}
        """,
        tile="""
            import base64

            def handler(event, context):
                headers = {"Content-Type": "image/png", "Access-Control-Allow-Origin": "*"}
                body = base64.b64encode(bytes(range(256))).decode()
                return {"statusCode": 200, "headers": headers, "body": body, "isBase64Encoded": True}
        """,
    )
    trial = Trial(files, Call("maps", "/dev/tile"))
    played = play(trial, tmp_path)
    assert played.response is not None
    assert played.response.body != bytes(range(256))
    assert (played.first.finding.name, played.first.finding.layer) == ("base64-not-decoded", Layer.GATEWAY)
    assert played.first.fix.startswith("Set `binaryMediaTypes: [\"*/*\"]` on 'maps'")
    assert played.first.place is not None
    assert played.first.place.line == trial.line_of("binaryMediaTypes")
    again = cure(trial, tmp_path)
    assert again.response is not None
    assert (again.response.body, again.told) == (bytes(range(256)), ())


# "Through the dev server's proxy all is well, and the POST has an Origin" (vitejs/vite#16558)


@pytest.mark.parametrize("host", [pytest.param("localhost:5173", id="as-it-is"), pytest.param("api:80", id="changed")])
@pytest.mark.parametrize("page", ["http://localhost:5173", "https://localhost:5173"])
def test_a_call_through_the_development_server(host: str, page: str, tmp_path: Path) -> None:
    """The browser's own word is that it is same-origin, whatever Host says: no verdict, and at most a note."""
    Trial(
        files_of(
            """
            apis:
              letters:
                type: http
                port: 0
                routes:
                  POST /letters: letters
            functions:
              letters: {handler: letters.handler}
            """,
            letters="def handler(event, context):\n    return {'statusCode': 201, 'body': '{}'}\n",
        ),
        Call("letters", "/letters"),
    ).write(tmp_path)
    deployment = load(tmp_path / "emulator.yaml").deployment
    headers = {"Host": host, "Origin": page, "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors",
               "Content-Type": "application/json", "User-Agent": "Mozilla/5.0"}  # fmt: skip
    request = Request("POST", "/letters", headers=tuple(headers.items()), body=b"{}", port=3000)

    async def handled() -> Exchange:
        invoke = live({"letters.py": (tmp_path / "letters.py").read_text()})
        return await gateway.handle(deployment.endpoints[0].api, request, STAMP, invoke, lambda: 0.0)

    reviewed = review(asyncio.run(handled()), deployment.frontends)
    assert reviewed.verdict is None
    assert {finding.severity for finding in reviewed.findings} <= {Severity.NOTE}
