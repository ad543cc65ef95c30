"""Says what AWS refuses of a deployment, whichever kind of file declares it: the one list of the rules."""

from collections.abc import Collection, Iterator

from emulator.config.complaint import Complaint
from emulator.config.rules.apis import api_complaints
from emulator.config.rules.checks import check_complaints
from emulator.config.rules.domains import domain_complaints
from emulator.config.rules.frontends import frontend_complaints
from emulator.config.rules.functions import function_complaints
from emulator.config.rules.hosts import host_complaints
from emulator.config.rules.usage_plans import usage_plan_complaints
from emulator.deployment import Deployment


def deployment_complaints(deployment: Deployment, apis: Collection[str]) -> Iterator[Complaint]:
    """Complain of each resource that AWS refuses. `apis` are the names of all APIs that are declared, sound or not."""
    yield from api_complaints(deployment.endpoints)
    yield from function_complaints(deployment.functions.values(), deployment.places)
    yield from frontend_complaints(deployment.frontends, apis)
    yield from check_complaints(deployment.checks, apis)
    yield from domain_complaints(deployment, apis)
    yield from usage_plan_complaints(deployment.endpoints)
    yield from host_complaints(deployment.allowed_hosts)
