from emulator.aws.product import Layer
from emulator.findings.changes import AddToCors, CorsField, RemoveRoute, ReplaceRoute
from emulator.findings.rules.preflight_reached_function import RULE
from findings.examples import LISTED, OPEN, PLAIN, RAISED, Example, answers, call, http, preflight
from findings.one_rule import test_found, test_not_found

__all__ = ["RULE", "test_found", "test_not_found"]

FOUND = [
    Example(
        "any-route-swallows-preflight",
        OPEN,
        preflight("GET", "/any"),
        answers(405),
        (ReplaceRoute("open", "ANY /any", "GET /any"),),
        Layer.FUNCTION,
        "Each other method then needs a route of its own.",
    ),
    Example(
        "any-and-default",
        http("ANY /x", "$default"),
        preflight("GET"),
        answers(405),
        (ReplaceRoute("h", "ANY /x", "GET /x"), ReplaceRoute("h", "$default", "GET /x")),
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
        (ReplaceRoute("h", "ANY /a/{proxy+}", "PUT /a/{proxy+}"), ReplaceRoute("h", "ANY /{proxy+}", "PUT /{proxy+}")),
        Layer.FUNCTION,
    ),
    Example(
        "what-the-gateway-would-refuse-then",
        OPEN,
        preflight("PUT", "/any", headers="x-b"),
        answers(405),
        (
            ReplaceRoute("open", "ANY /any", "PUT /any"),
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
        (ReplaceRoute("h", "ANY /x", "GET /x"),),
        Layer.FUNCTION,
    ),
    Example(
        "redirect",
        OPEN,
        preflight("GET", "/any"),
        answers(302, location="/z"),
        (ReplaceRoute("open", "ANY /any", "GET /any"),),
        Layer.FUNCTION,
    ),
]

NOT_FOUND = [
    Example("the-gateway-answers", LISTED, preflight("PUT"), answers()),
    Example("function-answers-well-and-the-list-is-short", OPEN, preflight("PUT", "/any"), answers(204)),
    Example("no-cors-section", PLAIN, preflight("PUT"), answers(405)),
    Example("no-preflight", OPEN, call(path="/any", Cookie="a=b"), answers(405)),
]
