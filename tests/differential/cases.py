"""What one random case is: calls of a page, and what the servers it reaches will answer. Plain frozen values.

Placeholders stand in header values, so that a case means the same on any ports: `{page}`, `{a}`, `{b}`, `{c}` are
origins (the page's server, two other ports of its host, another host), in capitals when the name is; `{host}` and
`{port}` are the page's; `{origin}` is what the page's calls send as Origin (`null` from a sandboxed frame); `{path}` is
the case's path and `{tag}` its own mark; `{url1}` is the URL of its resource 1, `{user:password@url1}` the same with
userinfo.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

Pairs = tuple[tuple[str, str], ...]

FAMILIES = ("single", "headers", "redirect", "cache", "cookie")
CASE_PATH = re.compile(r"/case/[a-z]+-\d+-\d+")
URL_PLACEHOLDER = re.compile(r"\{(?:(?P<userinfo>[a-z:]*)@)?url(?P<resource>\d)\}")


@dataclass(frozen=True, slots=True)
class Answer:
    """One scripted response: a status and its header lines as they go over the wire, whitespace and all."""

    status: int
    headers: Pairs = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """One URL on one of the origins. Its n-th preflight gets the n-th of `preflights`, its n-th other request the
    n-th of `answers`; when they run out, the last is repeated."""

    host: str
    preflights: tuple[Answer, ...]
    answers: tuple[Answer, ...]
    query: str = ""

    def answer(self, is_preflight: bool, earlier: int) -> Answer:
        """The answer to a request that had `earlier` ones of its kind before it."""
        answers = self.preflights if is_preflight else self.answers
        return answers[min(earlier, len(answers) - 1)]


@dataclass(frozen=True, slots=True)
class Body:
    """`kind` is one of "text", "bytes", "blob", "form", "urlencoded"; `type` is the Blob's."""

    kind: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """One `fetch()`: to the `resource`-th resource, `wait` seconds after the call before it ended."""

    resource: int = 0
    method: str = "GET"
    headers: Pairs = ()
    body: Body | None = None
    mode: str = "cors"
    credentials: str = "same-origin"
    redirect: str = "follow"
    userinfo: str | None = None
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """`opaque` puts the calls into a sandboxed frame, whose origin is `null`."""

    family: str
    seed: int
    index: int
    resources: tuple[Resource, ...]
    calls: tuple[Call, ...]
    opaque: bool = False

    @property
    def name(self) -> str:
        """Gives the case again: `python -m differential show NAME`."""
        return f"{self.family}:{self.seed}:{self.index}"

    @property
    def tag(self) -> str:
        """Marks what is this case's among what is shared, as cookies are."""
        return f"{self.family}-{self.seed}-{self.index}"

    @property
    def path(self) -> str:
        """Begins the path of every resource of the case."""
        return f"/case/{self.tag}"


@dataclass(frozen=True, slots=True)
class Origins:
    """Where one run's servers listen: name -> serialized origin."""

    by_name: Mapping[str, str]

    def page_origin(self, case: Case) -> str:
        """The serialized origin of the page that makes the calls."""
        return "null" if case.opaque else self.by_name["page"]

    def url(self, case: Case, resource: int) -> str:
        """The URL of one resource of a case."""
        target = case.resources[resource]
        return f"{self.by_name[target.host]}{case.path}/{resource}{target.query}"

    def call_url(self, case: Case, call: Call) -> str:
        """The URL as the page passes it to fetch."""
        return _with_userinfo(self.url(case, call.resource), call.userinfo)

    def expand(self, case: Case, text: str) -> str:
        """`text` with every placeholder replaced."""
        if "{" not in text:
            return text
        for name, origin in self.by_name.items():
            text = text.replace(f"{{{name}}}", origin).replace(f"{{{name.upper()}}}", origin.upper())
        host, _, port = self.by_name["page"].removeprefix("http://").partition(":")
        text = text.replace("{host}", host).replace("{port}", port)
        text = text.replace("{origin}", self.page_origin(case)).replace("{path}", case.path).replace("{tag}", case.tag)
        return URL_PLACEHOLDER.sub(lambda found: self._placed_url(case, found), text)

    def lines(self, case: Case, answer: Answer) -> Pairs:
        """The header lines of an answer with their placeholders replaced."""
        return tuple((name, self.expand(case, value)) for name, value in answer.headers)

    def _placed_url(self, case: Case, found: re.Match[str]) -> str:
        return _with_userinfo(self.url(case, int(found["resource"])), found["userinfo"])


def _with_userinfo(url: str, userinfo: str | None) -> str:
    return url if userinfo is None else url.replace("://", f"://{userinfo}@", 1)


def case_to_json(case: Case) -> str:
    return json.dumps(asdict(case), separators=(",", ":"))


def case_from_json(text: str) -> Case:
    data: dict[str, Any] = json.loads(text)
    resources = tuple(
        Resource(
            item["host"],
            tuple(_answer(answer) for answer in item["preflights"]),
            tuple(_answer(answer) for answer in item["answers"]),
            item["query"],
        )
        for item in data["resources"]
    )
    calls = tuple(
        Call(**{**item, "headers": _pairs(item["headers"]), "body": Body(**item["body"]) if item["body"] else None})
        for item in data["calls"]
    )
    return Case(**{**data, "resources": resources, "calls": calls})


def _answer(item: dict[str, Any]) -> Answer:
    return Answer(item["status"], _pairs(item["headers"]))


def _pairs(items: list[list[str]]) -> Pairs:
    return tuple((name, value) for name, value in items)
