"""The first handler of a project that has none: in the language that the project is written in."""

import json
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from emulator.config.initial.handlers import Handler
from emulator.config.rules.runtimes import LATEST_NODEJS, LATEST_PYTHON

FOLDER = "handlers"


class Language(StrEnum):
    """What the handler is written in, by the end of its file's name."""

    PYTHON = "py"
    JAVASCRIPT = "mjs"
    TYPESCRIPT = "ts"

    @property
    def file(self) -> PurePosixPath:
        """The handler's file, in the project's folder."""
        return PurePosixPath(FOLDER, f"hello.{self}")

    @property
    def handler(self) -> Handler:
        """The function, as emulator.yaml has it."""
        runtime = LATEST_PYTHON if self is Language.PYTHON else LATEST_NODEJS
        return Handler("hello", FOLDER, "hello.handler", runtime)


FIRST_HANDLERS = tuple(language.handler for language in Language)


def language_of(package: str) -> Language:
    """Choose the language for a project that has nothing but this `package.json`: TypeScript where it brings what runs
    it without a build, which `typescript` alone does not; Vite brings esbuild."""
    try:
        manifest: Any = json.loads(package)
    except (ValueError, RecursionError):
        return Language.JAVASCRIPT
    named = set[str]()
    for key in ("dependencies", "devDependencies"):
        listed = manifest.get(key) if isinstance(manifest, dict) else None
        named |= listed.keys() if isinstance(listed, dict) else set()
    is_typescript = bool(named & {"tsx", "esbuild"}) or {"typescript", "vite"} <= named
    return Language.TYPESCRIPT if is_typescript else Language.JAVASCRIPT


def first_text(api: str, language: Language) -> str:
    """Return the text of the handler's file, for an API of this type: the functions of a REST API answer for CORS."""
    is_rest = api == "rest"
    if language is Language.PYTHON:
        return _PYTHON_REST if is_rest else _PYTHON
    of_event = ""
    if language is Language.TYPESCRIPT:
        of_event = _REST_EVENT if is_rest else _EVENT
    return (_NODEJS_REST if is_rest else _NODEJS).replace("(event)", f"(event{of_event})")


_PYTHON = '''"""Answers GET with a greeting, and POST with the name it is sent."""

import json


def handler(event, context):
    method = event["requestContext"]["http"]["method"]
    name = json.loads(event["body"])["name"] if method == "POST" and event.get("body") else "world"
    print(f"greeting {name}")
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps({"message": f"Hello, {name}!"}),
    }
'''

_PYTHON_REST = '''"""Answers GET with a greeting, POST with the name it is sent, and the preflights of both."""

import json
import os

CORS = {
    "Access-Control-Allow-Origin": os.environ["ALLOWED_ORIGIN"],
    "Access-Control-Allow-Methods": "GET,POST",
    "Access-Control-Allow-Headers": "authorization,content-type",
    "Access-Control-Max-Age": "600",
}


def handler(event, context):
    method = event["httpMethod"]
    if method == "OPTIONS":
        return {"statusCode": 204, "headers": CORS, "body": ""}
    name = json.loads(event["body"])["name"] if method == "POST" and event["body"] else "world"
    print(f"greeting {name}")
    return {
        "statusCode": 200,
        "headers": {"Content-Type": "application/json", **CORS},
        "body": json.dumps({"message": f"Hello, {name}!"}),
    }
'''

_EVENT = ": { requestContext: { http: { method: string } }; body?: string }"
_REST_EVENT = ": { httpMethod: string; body: string | null }"

_NODEJS = """// Answers GET with a greeting, and POST with the name it is sent.

export const handler = async (event) => {
  const method = event.requestContext.http.method;
  const name = method === "POST" && event.body ? JSON.parse(event.body).name : "world";
  console.log(`greeting ${name}`);
  return {
    statusCode: 200,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ message: `Hello, ${name}!` }),
  };
};
"""

_NODEJS_REST = """// Answers GET with a greeting, POST with the name it is sent, and the preflights of both.

const cors = {
  "Access-Control-Allow-Origin": process.env.ALLOWED_ORIGIN,
  "Access-Control-Allow-Methods": "GET,POST",
  "Access-Control-Allow-Headers": "authorization,content-type",
  "Access-Control-Max-Age": "600",
};

export const handler = async (event) => {
  const method = event.httpMethod;
  if (method === "OPTIONS") return { statusCode: 204, headers: cors, body: "" };
  const name = method === "POST" && event.body ? JSON.parse(event.body).name : "world";
  console.log(`greeting ${name}`);
  return {
    statusCode: 200,
    headers: { "Content-Type": "application/json", ...cors },
    body: JSON.stringify({ message: `Hello, ${name}!` }),
  };
};
"""
