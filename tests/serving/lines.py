"""A request's line on the console, as a regular expression."""


def line(what: str, status: int | str = r"\d{3}", word: str = r"\w+") -> str:
    """That of `what`, like `GET /items` with the API's name before it or without; `what` is a regular expression."""
    return rf"(?<= ){word} +{status}  (?:\S+ +)?{what} "
