"""A Powertools application behind a REST API; its CORSConfig makes it answer preflights itself."""

from base64 import b64decode
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig, Response
from aws_lambda_powertools.event_handler.exceptions import ServiceError

app = APIGatewayRestResolver(
    cors=CORSConfig(
        allow_origin="https://shop.example.com",
        extra_origins=["https://admin.example.com"],
        allow_headers=["x-trace"],
        expose_headers=["x-total"],
        max_age=300,
        allow_credentials=True,
    )
)
PICTURE = bytes(range(256))


@app.get("/orders")
def list_orders() -> Response[Any]:
    event = app.current_event
    body = {"tag": event.multi_value_query_string_parameters["tag"], "trace": event.headers.get("X-Trace")}
    return Response(200, "application/json", body, headers={"x-total": ["1", "2"]})


@app.put("/orders/<order_id>")
def change_order(order_id: str) -> dict[str, Any]:
    return {"order_id": order_id, "order": app.current_event.json_body}


@app.get("/picture")
def download() -> Response[Any]:
    return Response(200, "image/png", PICTURE)


@app.put("/picture")
def upload() -> dict[str, Any]:
    event = app.current_event
    return {"whole": event.is_base64_encoded and b64decode(event.body or "") == PICTURE}


@app.get("/teapot")
def teapot() -> dict[str, Any]:
    raise ServiceError(418, "a teapot")


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
