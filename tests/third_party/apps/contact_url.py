"""A Powertools application behind a function URL."""

from typing import Any

from aws_lambda_powertools.event_handler import LambdaFunctionUrlResolver, Response
from aws_lambda_powertools.shared.cookies import Cookie

app = LambdaFunctionUrlResolver()


@app.post("/contact")
def contact() -> Response[Any]:
    name = app.current_event.json_body["name"]
    cookies = [Cookie(name="name", value=name), Cookie(name="seen", value="1")]
    return Response(200, "text/plain", f"Thank you, {name}.", cookies=cookies)


@app.get("/contact/<topic>")
def about(topic: str) -> dict[str, Any]:
    event = app.current_event
    return {"topic": topic, "lang": event.get_query_string_value("lang"), "cookies": event.cookies}


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
