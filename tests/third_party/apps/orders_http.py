"""A Powertools application behind an HTTP API with a named stage."""

from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response, content_types
from aws_lambda_powertools.event_handler.exceptions import BadRequestError, NotFoundError
from aws_lambda_powertools.shared.cookies import Cookie

app = APIGatewayHttpResolver()


@app.get("/orders")
def list_orders() -> dict[str, Any]:
    event = app.current_event
    return {
        "tag": event.get_query_string_value("tag"),
        "agent": event.headers.get("User-Agent"),
        "cookies": event.cookies,
        "stage": event.request_context.stage,
    }


@app.get("/orders/<order_id>")
def get_order(order_id: str) -> dict[str, Any]:
    if order_id == "0":
        raise NotFoundError("no such order")
    return {"order_id": order_id}


@app.post("/orders")
def add_order() -> Response[Any]:
    order = app.current_event.json_body
    if "sku" not in order:
        raise BadRequestError("an order needs a sku")
    cookies = [Cookie(name="last", value=order["sku"]), Cookie(name="seen", value="1", http_only=True)]
    return Response(201, content_types.APPLICATION_JSON, {"added": order}, cookies=cookies)


@app.get("/report", compress=True)
def report() -> dict[str, Any]:
    return {"lines": ["the same line"] * 200}


@app.get("/bug")
def bug() -> dict[str, Any]:
    raise ValueError("a bug of the application")


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
