"""The parts of `emulate serve` that need no process; the whole of it is in tests/end_to_end and tests/cli."""

import pytest

from emulator.errors import AddressError
from emulator.server.run import check_hosts


@pytest.mark.parametrize("names", [(), ("api", ".example.test")])
def test_hosts_that_can_be_allowed(names: tuple[str, ...]) -> None:
    check_hosts(names)


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        pytest.param("http://api:3000", "Write `--allow-host api`.", id="url"),
        pytest.param("*", "Name each host, like `--allow-host api`.", id="everything"),
    ],
)
def test_a_host_that_cannot_be_allowed(name: str, fix: str) -> None:
    with pytest.raises(AddressError) as caught:
        check_hosts(("api", name))
    assert str(caught.value).startswith(f"--allow-host `{name}`: expected a host name without scheme and port")
    assert str(caught.value).endswith(fix)
