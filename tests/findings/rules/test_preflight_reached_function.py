from emulator.aws.product import Layer
from emulator.findings.changes import AddToCors, Answer, CorsField, RemoveRoute, ReplaceRoute, ReturnHeaders
from emulator.findings.rules.preflight_reached_function import RULE
from findings.examples import LISTED, OPEN, PAGE, PLAIN, RAISED, Example, answers, call, http, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")


ANSWER = (("Access-Control-Allow-Origin", PAGE), ("Access-Control-Allow-Methods", "PURGE"))


def each(api: str, key: str, *paths: str) -> ReplaceRoute:
    """Each method in place of a route of all; `paths` stand in place of $default's."""
    resources = paths or (key.partition(" ")[2],)
    return ReplaceRoute(api, key, tuple(f"{method} {path}" for path in resources for method in METHODS))


FOUND = [
    Example(
        "any-route-swallows-preflight",
        OPEN,
        preflight("GET", "/any"),
        answers(405),
        (each("open", "ANY /any"),),
        Layer.FUNCTION,
        "Every other method keeps its route.",
    ),
    Example(
        "any-and-default",
        http("ANY /x", "$default"),
        preflight("GET"),
        answers(405),
        (each("h", "ANY /x"), each("h", "$default", "/{proxy+}", "/")),
        Layer.FUNCTION,
    ),
    Example(
        "options-route",
        http("GET /x", "OPTIONS /x"),
        preflight("GET"),
        answers(405),
        (RemoveRoute("h", "OPTIONS /x"),),
        Layer.FUNCTION,
    ),
    Example(
        "greedy-routes",
        http("ANY /a/{proxy+}", "ANY /{proxy+}"),
        preflight("PUT", "/a/b"),
        answers(405),
        (each("h", "ANY /a/{proxy+}"), each("h", "ANY /{proxy+}")),
        Layer.FUNCTION,
    ),
    Example(
        "what-the-gateway-would-refuse-then",
        OPEN,
        preflight("PUT", "/any", headers="x-b"),
        answers(405),
        (
            each("open", "ANY /any"),
            AddToCors("open", CorsField.ALLOW_METHODS, ("PUT",), ("GET",)),
            AddToCors("open", CorsField.ALLOW_HEADERS, ("x-b",), ("x-a",)),
        ),
        Layer.FUNCTION,
    ),
    Example(
        "preflight-raises",
        http("ANY /x"),
        preflight("GET"),
        RAISED,
        (each("h", "ANY /x"),),
        Layer.FUNCTION,
    ),
    Example(
        "some-methods-have-routes-of-their-own",
        http("ANY /x", "GET /x", "PUT /x"),
        preflight("POST"),
        answers(405),
        (ReplaceRoute("h", "ANY /x", ("POST /x", "PATCH /x", "DELETE /x", "HEAD /x")),),
        Layer.FUNCTION,
    ),
    Example(
        "all-methods-have-routes-of-their-own",
        http("ANY /x", *(f"{method} /x" for method in METHODS)),
        preflight("POST"),
        answers(405),
        (RemoveRoute("h", "ANY /x"),),
        Layer.FUNCTION,
    ),
    Example(
        "no-key-is-written-twice",
        http("ANY /{proxy+}", "$default"),
        preflight("POST"),
        answers(405),
        (each("h", "ANY /{proxy+}"), each("h", "$default", "/")),
        Layer.FUNCTION,
    ),
    Example(
        "a-method-that-only-any-takes",
        http("ANY /x", methods=("*",)),
        preflight("PURGE"),
        answers(405),
        (ReturnHeaders("f", ANSWER, Answer.PREFLIGHT, 204),),
        Layer.FUNCTION,
    ),
    Example(
        "redirect",
        OPEN,
        preflight("GET", "/any"),
        answers(302, location="/z"),
        (each("open", "ANY /any"),),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example("the-gateway-answers", LISTED, preflight("PUT"), answers()),
    Example("function-answers-well-and-the-list-is-short", OPEN, preflight("PUT", "/any"), answers(204)),
    Example("no-cors-section", PLAIN, preflight("PUT"), answers(405)),
    Example("no-preflight", OPEN, call(path="/any", Cookie="a=b"), answers(405)),
]
