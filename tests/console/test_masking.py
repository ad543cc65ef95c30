"""What is a secret and what is none, and that none is left in any text."""

import dataclasses

import pytest

from emulator.aws.http_api.http_api import HttpApi
from emulator.console.masking import CREDENTIAL_HEADERS, credentials_of, masked_query, without_secrets
from emulator.exchange import Enforced, Exchange
from emulator.messages import Headers, Response
from products import a_route
from serving.exchanges import answers, call, exchanged

API = HttpApi("api", "abcdef1234", (a_route("ANY /x"),))
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9"


def exchange(headers: Headers = (), query: str = "") -> Exchange:
    request = dataclasses.replace(call(headers=headers), raw_query=query)
    return exchanged(API, request, answers(set_cookie="sid=from-function; HttpOnly"))


QUERIES = [
    # By the name of the parameter
    pytest.param("token=x", "token=***", id="token"),
    pytest.param("access_token=x&page=2", "access_token=***&page=2", id="oauth"),
    pytest.param("X-Amz-Signature=a&X-Amz-Date=b", "X-Amz-Signature=***&X-Amz-Date=b", id="signed-url"),
    pytest.param("api%5Fkey=x&apiKey=y&api-key=z", "api%5Fkey=***&apiKey=***&api-key=***", id="api-key"),
    pytest.param("password=a%26b", "password=***", id="password"),
    pytest.param("key=x&sig=y&pwd=z", "key=***&sig=***&pwd=***", id="short-names"),
    pytest.param("sessionId=1&jwt=2&client_secret=3", "sessionId=***&jwt=***&client_secret=***", id="session"),
    # By the look of the value
    pytest.param(f"q={JWT}", "q=***", id="jwt"),
    pytest.param("q=sk_live_4eC39HqLyjWDarjtT1zdp7dc", "q=***", id="stripe"),
    pytest.param("q=AKIAIOSFODNN7EXAMPLE", "q=***", id="aws-access-key"),
    pytest.param("q=d41d8cd98f00b204e9800998ecf8427e", "q=***", id="hexadecimal"),
    pytest.param("q=dGhpcyBpcyBhIHRva2VuIQ1%3D%3D", "q=***", id="base64-percent-encoded"),
    # None
    pytest.param("", "", id="no-query"),
    pytest.param("token&token=&a", "token&token=&a", id="no-value"),
    pytest.param("page=2&sort=-created&q=caf%C3%A9", "page=2&sort=-created&q=caf%C3%A9", id="words"),
    pytest.param("id=550e8400-e29b-41d4-a716-446655440000", "id=550e8400-e29b-41d4-a716-446655440000", id="uuid"),
    pytest.param("from=2026-11-30T13%3A02%3A18.000Z", "from=2026-11-30T13%3A02%3A18.000Z", id="time"),
    pytest.param("slug=the-best-of-2024-holiday-collection", "slug=the-best-of-2024-holiday-collection", id="slug"),
    pytest.param("author=Le+Guin&monkey=1&passage=2", "author=Le+Guin&monkey=1&passage=2", id="names-within-words"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "masked"), QUERIES)
def test_values_that_look_like_tokens_are_masked_in_a_query(query: str, masked: str) -> None:
    assert masked_query(query) == masked


def test_credentials_are_told_by_name() -> None:
    given = (("Cookie", "a=b"), ("AUTHORIZATION", "Bearer x"), ("X-Api-Key", "k"), ("Accept", "*/*"))
    assert credentials_of(exchange(given)) == ["authorization", "cookie", "x-api-key"]
    assert credentials_of(exchange()) == []


SECRETS = [
    *[pytest.param({"headers": ((name.title(), "s3-cret"),)}, "s3-cret", id=name) for name in CREDENTIAL_HEADERS],
    pytest.param({"headers": (("Authorization", "Bearer s3cret"),)}, "s3cret", id="without-the-scheme"),
    pytest.param({"headers": (("Cookie", "a=1; sid=s3cret; b=2"),)}, "s3cret", id="one-cookie-of-several"),
    pytest.param({"headers": (("Cookie", "a=1"), ("Cookie", "sid=s3cret"))}, "sid=s3cret", id="one-line-of-several"),
    pytest.param({}, "from-function", id="set-cookie-of-the-function"),
    pytest.param({"query": "token=s3cret%21"}, "s3cret%21", id="query"),
    pytest.param({"query": "token=s3cret%21"}, "s3cret!", id="query-decoded"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "secret"), SECRETS)
def test_a_secret_is_left_in_no_text_of_any_depth(given: dict[str, Headers | str], secret: str) -> None:
    seen = exchange(**given)  # type: ignore[arg-type]
    text = f"no {secret}, not {secret}!"
    value = {"message": text, "findings": [{"evidence": [text, "nothing"], "fix": None}], "status": 200}
    masked = without_secrets(value, seen)
    assert masked == {
        "message": "no ***, not ***!",
        "findings": [{"evidence": ["no ***, not ***!", "nothing"], "fix": None}],
        "status": 200,
    }


def test_what_enforcement_withheld_has_its_secrets_masked() -> None:
    seen = exchange()
    blocked = dataclasses.replace(seen, outcome=Enforced(seen), response=Response(403))
    assert without_secrets({"message": "no from-function!"}, blocked) == {"message": "no ***!"}


def test_a_short_value_is_masked_with_its_name_alone() -> None:
    """Else every `1` of a text were `***`."""
    seen = exchange((("Cookie", "a=1"),), "token=1&page=1")
    assert without_secrets({"message": "/x?token=1&page=1 took 1 ms"}, seen) == {
        "message": "/x?token=***&page=1 took 1 ms"
    }


def test_names_of_our_own_stay_whatever_a_cookie_says() -> None:
    seen = exchange((("Cookie", "a=exchange; b=blocked"),))
    value = {"type": "exchange", "verdict": {"outcome": "blocked", "message": "blocked"}}
    assert without_secrets(value, seen) == {"type": "exchange", "verdict": {"outcome": "blocked", "message": "***"}}


def test_without_secrets_nothing_is_looked_through() -> None:
    plain = dataclasses.replace(exchange(), response=Response(200), outcome=Response(200))
    value = {"message": "plain"}
    assert without_secrets(value, plain) is value
