"""What would mend a finding in a non-proxy integration of a REST API, as values: as changes.py has the others."""

from dataclasses import dataclass

from emulator.messages import Headers


@dataclass(frozen=True, slots=True)
class MapHeaders:
    """Let an integration response of the route map `headers`, each a text and whole, in place of what it maps by those
    names; with `status` where one is given. `response` is its pattern, or "default"; one that is not there is
    written."""

    api: str
    route: str
    response: str
    headers: Headers
    status: int | None = None


@dataclass(frozen=True, slots=True)
class UnmapHeaders:
    """Let an integration response of the route map no header whose name begins so."""

    api: str
    route: str
    response: str
    prefix: str


@dataclass(frozen=True, slots=True)
class MapOrigin:
    """Let an integration response of the route name the origin that asks where it is one of `origins`, by a template in
    front of the one that it has; a literal would let in one page alone."""

    api: str
    route: str
    response: str
    origins: tuple[str, ...]

    @property
    def template(self) -> str:
        """The template, of the shape that CDK writes. Browsers send the name in lower case over HTTP/2, others may
        not."""
        named = " || ".join(f'$origin == "{one}"' for one in self.origins)
        return (
            '#set($origin = $input.params().header.get("origin"))'
            '#if($origin == "")#set($origin = $input.params().header.get("Origin"))#end'
            f"#if({named})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end"
        )


@dataclass(frozen=True, slots=True)
class SetContentHandling:
    """Set contentHandling of the route's integration."""

    api: str
    route: str
    conversion: str


@dataclass(frozen=True, slots=True)
class SetRequestTemplate:
    """Set the request template of the route's integration for a media type."""

    api: str
    route: str
    media_type: str
    template: str


@dataclass(frozen=True, slots=True)
class SetGeneratedCors:
    """Set a key of the `cors` that a deployment tool makes OPTIONS methods of, to a text or, as a list, to all of
    `values`."""

    api: str
    key: str
    values: tuple[str, ...]
    is_list: bool = False


MappingChange = MapHeaders | UnmapHeaders | MapOrigin | SetContentHandling | SetRequestTemplate | SetGeneratedCors
