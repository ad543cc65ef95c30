"""The HTTP methods that API Gateway knows by name."""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
"""The methods that a route or a resource can have (AWS: API Gateway V2 API reference, Route; API Gateway REST API
reference, Method)."""

ANY = "ANY"
"""The word that stands for every method in a route key."""

ROUTE_METHODS = (*METHODS, ANY)
"""The words that a route key can begin with."""
