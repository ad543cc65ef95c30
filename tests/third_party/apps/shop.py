"""A FastAPI application and, as Mangum's README has it, one line of Mangum. Nothing here knows of an emulator."""

import os
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Cookie, FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse
from mangum import Mangum
from pydantic import BaseModel

app = FastAPI(root_path=os.environ.get("ROOT_PATH", ""))

PICTURE = bytes(range(256))


class Item(BaseModel):
    name: str
    price: float


@app.get("/items")
def list_items(tag: Annotated[list[str] | None, Query()] = None, empty: str | None = None) -> object:
    return {"tag": tag, "empty": empty}


@app.get("/items/{item_id}", name="item")
def get_item(item_id: int) -> object:
    if item_id == 0:
        raise HTTPException(404, "no such item")
    return {"item_id": item_id}


@app.post("/items", status_code=201)
def add_item(item: Item, response: Response) -> Item:
    response.headers["x-total"] = "8"
    return item


@app.delete("/items/{item_id}", status_code=204)
def remove_item(item_id: int) -> None:
    """Nothing is stored."""


@app.get("/latest")
def latest(request: Request) -> RedirectResponse:
    return RedirectResponse(request.url_for("item", item_id=7))


@app.get("/tags/{tag}")
def get_tag(tag: str) -> object:
    return {"tag": tag}


@app.get("/files/{path:path}")
def get_file(path: str) -> object:
    return {"path": path}


@app.post("/contact")
async def contact(request: Request) -> object:
    """FastAPI's own Form needs python-multipart as well."""
    return parse_qs((await request.body()).decode())


@app.put("/picture")
async def upload(request: Request) -> object:
    return {"whole": await request.body() == PICTURE, "type": request.headers.get("content-type")}


@app.get("/picture")
def download() -> Response:
    return Response(PICTURE, media_type="image/png")


@app.post("/session")
def log_in() -> Response:
    response = JSONResponse({})
    response.set_cookie("session", "s3cret", httponly=True)
    response.set_cookie("theme", "dark", max_age=60)
    return response


@app.get("/session")
def session(session: Annotated[str | None, Cookie()] = None, theme: Annotated[str | None, Cookie()] = None) -> object:
    return {"session": session, "theme": theme}


@app.get("/headers")
def headers(request: Request) -> Response:
    response = JSONResponse(dict(request.headers))
    response.headers.append("link", "</a>; rel=prev")
    response.headers.append("link", "</b>; rel=next")
    return response


@app.get("/lambda")
def invocation(request: Request) -> object:
    """What Mangum hands on of Lambda."""
    context = request.scope["aws.context"]
    client = request.client.host if request.client else None
    return {"function": context.function_name, "request_id": context.aws_request_id, "client": client}


@app.get("/greeting", response_class=PlainTextResponse)
def greeting() -> str:
    return "Grüß dich"


@app.get("/bug")
def bug() -> None:
    raise RuntimeError("a bug of the application")


handler = Mangum(app, lifespan="off", api_gateway_base_path=os.environ.get("BASE_PATH", "/"))
