"""The words a page chooses from when it calls `fetch`, and the types its response can have (Fetch Standard 2.2.5,
2.2.6). Each member's value is the string that JavaScript uses."""

from enum import StrEnum


class Credentials(StrEnum):
    """A request's credentials mode: whether it carries cookies never, to the page's own origin, or always."""

    OMIT = "omit"
    SAME_ORIGIN = "same-origin"
    INCLUDE = "include"


class Mode(StrEnum):
    """A request's mode, as far as a page can name it: "navigate" can be named too, but the constructor refuses it."""

    CORS = "cors"
    NO_CORS = "no-cors"
    SAME_ORIGIN = "same-origin"
    NAVIGATE = "navigate"


class Redirect(StrEnum):
    """A request's redirect mode: whether a redirect is followed, is an error, or is handed to the page unread."""

    FOLLOW = "follow"
    ERROR = "error"
    MANUAL = "manual"


class ResponseType(StrEnum):
    """A response's type, as `Response.type` shows it."""

    BASIC = "basic"
    CORS = "cors"
    OPAQUE = "opaque"
    OPAQUE_REDIRECT = "opaqueredirect"
