"""Request bodies (Fetch Standard 5.2, "extract a body"): what is sent, and the Content-Type it brings along."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Body:
    """Bytes, and the type they bring (None: the browser adds no Content-Type). A stream's source is null: it cannot be
    sent again after a redirect, and it is preflighted even where its method and headers would not be."""

    data: bytes
    content_type: str | None = None
    is_stream: bool = False

    @classmethod
    def text(cls, text: str) -> "Body":
        """A string."""
        return cls(text.encode("utf-8", "replace"), "text/plain;charset=UTF-8")

    @classmethod
    def blob(cls, data: bytes | str, type: str = "") -> "Body":  # noqa: A002  the name JavaScript uses
        """A Blob. Its type is lower-cased, and dropped when it holds other than printable ASCII (File API 3.1)."""
        is_printable = all(" " <= character <= "~" for character in type)
        encoded = data.encode() if isinstance(data, str) else data
        return cls(encoded, type.lower() if is_printable and type else None)

    @classmethod
    def urlencoded(cls, fields: Mapping[str, str]) -> "Body":
        """URLSearchParams."""
        encoded = urlencode(fields, safe="*").replace("~", "%7E")
        return cls(encoded.encode(), "application/x-www-form-urlencoded;charset=UTF-8")

    @classmethod
    def form(cls, fields: Mapping[str, str | bytes]) -> "Body":
        """FormData; a value of bytes is a Blob, sent as a file named "blob"."""
        parts = [_part(name, value) for name, value in fields.items()]
        # A browser takes a random boundary; one made of the contents keeps equal calls equal.
        boundary = "----WebKitFormBoundary" + sha256(b"".join(parts)).hexdigest()[:16]
        mark = boundary.encode()
        data = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + mark + b"--\r\n"
        return cls(data, f"multipart/form-data; boundary={boundary}")

    @classmethod
    def stream(cls, data: bytes) -> "Body":
        """A ReadableStream."""
        return cls(data, is_stream=True)


def extract(body: "Body | str | bytes | None") -> Body | None:
    """A string brings text/plain, bytes (an ArrayBuffer) bring nothing."""
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
