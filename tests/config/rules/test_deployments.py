"""A deployment is judged whichever kind of file declares it, and each complaint stands where that file declares it."""

from pathlib import Path

from emulator.aws.cors_configuration import CorsConfiguration
from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi
from emulator.config.complaint import in_order
from emulator.config.located import located
from emulator.config.rules.deployments import deployment_complaints
from emulator.deployment import Deployment, Endpoint, Frontend, Place
from emulator.functions.invocation import Function
from products import a_route

PLACES = {
    ("api", "shop"): Place("template.yaml", 3, "Resources.Shop"),
    ("api", "shop", "cors"): Place("template.yaml", 5, "Resources.Shop.Properties.CorsConfiguration"),
    ("api", "admin", "binaryMediaTypes", 0): Place("template.yaml", 8, "Resources.Admin"),
    ("api", "up", "port"): Place("template.yaml", 9, "Resources.Url"),
    ("function", "items"): Place("template.yaml", 12, "Resources.Items"),
    ("frontend", 0): Place("emulator.yaml", 20, "frontends[0]"),
    ("allowedHosts", 0): Place("emulator.yaml", 21, "allowedHosts[0]"),
}


def test_every_resource_is_judged_at_its_place() -> None:
    cors = CorsConfiguration(allow_origins=("*",), allow_credentials=True)
    apis = (
        HttpApi("shop", "a", (a_route("GET /items", "items"),), cors=cors),
        RestApi("admin", "b", (), stage="dev", binary_media_types=("png",)),
        FunctionUrl("up", "c", "items"),
    )
    endpoints = tuple(Endpoint(api, port) for api, port in zip(apis, (3000, 3001, 3000), strict=True))
    items = Function("items", "items", Path("/code"))
    frontends = (Frontend("https://shop.example.com/"),)
    deployment = Deployment(endpoints, {"items": items}, frontends, ("http://api",), PLACES)
    problems = in_order(located(deployment_complaints(deployment, ("shop", "admin", "up")), PLACES))
    assert [str(problem).partition("; expected ")[0] for problem in problems] == [
        (
            "template.yaml:5: Resources.Shop.Properties.CorsConfiguration: "
            "allow-credentials is not supported if 'allow-origin' is *"
        ),
        "template.yaml:8: Resources.Admin: `png`",
        "template.yaml:9: Resources.Url: port 3000, which `shop` has already",
        "template.yaml:12: Resources.Items: `items`",
        "emulator.yaml:20: frontends[0]: `https://shop.example.com/`",
        "emulator.yaml:21: allowedHosts[0]: `http://api`",
    ]
