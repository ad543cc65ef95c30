"""What a client is told whose request is refused at the door, before any API sees it."""

import json
from http import HTTPStatus
from typing import NamedTuple

from emulator.messages import Response


class Refusal(NamedTuple):
    """`detail` says to the user what was found, what was expected and how to mend it, in printable characters."""

    status: int
    detail: str

    def response(self) -> Response:
        """Make the answer, as problem details (RFC 9457)."""
        body = {"title": HTTPStatus(self.status).phrase, "status": self.status, "detail": self.detail}
        headers = (("content-type", "application/problem+json"),)
        return Response(self.status, headers, json.dumps(body).encode())

    def wire(self) -> bytes:
        """Make the answer as bytes that end the connection (RFC 9112, 9.6)."""
        response = self.response()
        fields = (*response.headers, ("content-length", str(len(response.body))), ("connection", "close"))
        lines = [
            f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}",
            *(f"{key}: {text}" for key, text in fields),
        ]
        return "\r\n".join((*lines, "", "")).encode() + response.body
