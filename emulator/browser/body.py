"""Request bodies (Fetch Standard 5.2, "extract a body"): what of a body is sent, and which Content-Type it brings
along."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Body:
    """A request's body: `data` are the bytes to send, `content_type` is the type they bring, None where the browser
    adds no Content-Type. The source of a stream is null, so that it cannot be sent again after a redirect, and it is
    preflighted even where the request's method and headers would not be."""

    data: bytes
    content_type: str | None = None
    is_stream: bool = False

    @classmethod
    def text(cls, text: str) -> "Body":
        """Make the body that a string makes."""
        return cls(text.encode("utf-8", "replace"), "text/plain;charset=UTF-8")

    @classmethod
    def blob(cls, data: bytes | str, type: str = "") -> "Body":  # noqa: A002  the name JavaScript uses
        """Make the body that a Blob makes. Its type is lower-cased, and dropped when it holds other than printable
        ASCII (File API 3.1)."""
        is_printable = all(" " <= character <= "~" for character in type)
        encoded = data.encode() if isinstance(data, str) else data
        return cls(encoded, type.lower() if is_printable and type else None)

    @classmethod
    def urlencoded(cls, fields: Mapping[str, str]) -> "Body":
        """Make the body that URLSearchParams make."""
        encoded = urlencode(fields, safe="*").replace("~", "%7E")
        return cls(encoded.encode(), "application/x-www-form-urlencoded;charset=UTF-8")

    @classmethod
    def form(cls, fields: Mapping[str, str | bytes]) -> "Body":
        """Make the body that FormData makes; a value of bytes stands for a Blob, which is sent as a file named
        "blob"."""
        parts = [_part(name, value) for name, value in fields.items()]
        # A browser takes a random boundary; one made of the contents keeps equal calls equal.
        boundary = "----WebKitFormBoundary" + sha256(b"".join(parts)).hexdigest()[:16]
        mark = boundary.encode()
        data = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + mark + b"--\r\n"
        return cls(data, f"multipart/form-data; boundary={boundary}")

    @classmethod
    def stream(cls, data: bytes) -> "Body":
        """Make the body that a ReadableStream makes which gives `data`."""
        return cls(data, is_stream=True)


def extract(body: "Body | str | bytes | None") -> Body | None:
    """Read the `body` of a fetch call: a string brings text/plain along, bytes (an ArrayBuffer) bring no type, and None
    is no body."""
    match body:
        case str():
            return Body.text(body)
        case bytes():
            return Body(body)
        case _:
            return body


def _part(name: str, value: str | bytes) -> bytes:
    escaped = name.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "%0D%0A").replace('"', "%22")
    disposition = f'Content-Disposition: form-data; name="{escaped}"'
    if isinstance(value, bytes):
        head = f'{disposition}; filename="blob"\r\nContent-Type: application/octet-stream\r\n\r\n'
        return head.encode() + value
    normalized = value.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return f"{disposition}\r\n\r\n{normalized}".encode()
