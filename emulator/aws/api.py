"""The union of the products. They share methods, not a base class: leaving one out of a `match` is a type error."""

from emulator.aws.function_url.function_url import FunctionUrl
from emulator.aws.http_api.http_api import HttpApi
from emulator.aws.rest_api.rest_api import RestApi

Api = HttpApi | RestApi | FunctionUrl
