"""What the deployment tools refuse of a REST API's `cors`, with what to write instead."""

import pytest

from configured import rule_problems


def api(cors: str) -> str:
    routes = "routes: {GET /x: f}"
    functions = "functions: {f: {handler: f.handler}}"
    return f"apis:\n  orders:\n    type: rest\n    {routes}\n    cors: {{{cors}}}\n{functions}\n"


@pytest.mark.parametrize(
    "cors",
    [
        "",
        "allowOrigin: https://a.example, allowMethods: [GET], allowHeaders: x-a, allowCredentials: true",
        "generator: sam, allowOrigin: \"'https://a.example'\", allowMethods: \"'GET'\", maxAge: \"'600'\"",
        "generator: cdk, allowOrigins: [https://a.example], maxAge: 600, statusCode: 200, exposeHeaders: [x-a]",
        "generator: cdk, allowOrigins: ['*'], allowMethods: [ANY], disableCache: true",
        "generator: serverless, allowOrigins: ['https://*.a.example'], maxAge: '600', cacheControl: no-store",
    ],
)
def test_sound(cors: str) -> None:
    assert rule_problems(api(cors)) == ""


@pytest.mark.parametrize(
    ("cors", "said"),
    [
        (
            "maxAge: 600",
            (
                ".maxAge: `maxAge`, which console does not have; expected a key that it has. Remove it, or write "
                "`generator: serverless`."
            ),
        ),
        ("generator: sam, statusCode: 204", "Remove it, or write `generator: cdk`."),
        (
            "allowOrigins: [https://a.example, https://b.example]",
            (
                "2 origins, of which console takes one; expected one origin. Keep one, or write `generator: cdk`, "
                "which answers each by its name."
            ),
        ),
        ("generator: cdk, maxAge: soon", "`soon`; expected a whole number of seconds. Write `maxAge: 600`."),
        (
            "generator: sam, allowOrigin: https://a.example",
            (
                "`https://a.example`; expected a text in single quotes. Write \"'https://a.example'\", with both kinds "
                "of quotes: SAM passes it on, and AWS refuses it otherwise."
            ),
        ),
        (
            "generator: sam, allowHeaders: [x-a, x-b]",
            "a list, where sam has one text; expected a text in single quotes. Write `allowHeaders: \"'x-a,x-b'\"`.",
        ),
        (
            "generator: sam, allowCredentials: true",
            "credentials for every origin, which SAM refuses; expected credentials for one origin.",
        ),
        ("generator: cdk, allowOrigins: ['*', https://a.example]", '"*" beside other origins'),
        ("generator: cdk, allowMethods: [ANY, GET]", "ANY beside other methods; expected ANY alone."),
        ("generator: cdk, disableCache: true, maxAge: 5", "disableCache beside maxAge; expected one of the two."),
    ],
)
def test_problems(cors: str, said: str) -> None:
    problems = rule_problems(api(cors))
    assert problems.startswith("emulator.yaml:5: apis.orders.cors")
    assert said in problems
