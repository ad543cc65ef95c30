"""Who can reach what `serve` listens on, on a machine and in a container."""

import pytest

from emulator.console.reach import reach_of

HERE = ["localhost", "127.0.0.1", "::1", "shop.localhost"]
ELSEWHERE = ["0.0.0.0", "::", "192.168.1.7", "laptop.example.test", "2001:db8::1"]


@pytest.mark.parametrize("host", HERE)
def test_this_machine_alone_needs_no_word(host: str) -> None:
    assert list(reach_of(host, host, in_container=False)) == []
    assert list(reach_of(host, None, in_container=False)) == []


@pytest.mark.parametrize("host", ELSEWHERE)
def test_a_host_that_others_reach_says_what_it_means(host: str) -> None:
    (said,) = reach_of(host, "localhost", in_container=False)
    assert said.startswith(f"--host {host}: every machine that can reach this one can call these functions")
    assert "AWS credentials" in said
    (said,) = reach_of("localhost", host, in_container=False)
    assert said.startswith(f"--control-host {host}: every machine that can reach this one can read")


def test_in_a_container_loopback_is_what_nobody_reaches() -> None:
    (said,) = reach_of("localhost", "localhost", in_container=True)
    assert said.startswith("--host localhost: nobody outside this container reaches these APIs")
    assert "EMULATE_HOST=0.0.0.0" in said


def test_in_a_container_it_says_whom_published_ports_let_in() -> None:
    apis, control = reach_of("0.0.0.0", "0.0.0.0", in_container=True)
    assert apis.startswith("--host 0.0.0.0: whoever reaches this container can call these functions")
    assert "127.0.0.1:3000:3000" in apis
    assert "127.0.0.1:4000:4000" in control
    assert len(list(reach_of("0.0.0.0", None, in_container=True))) == 1
