"""What `serve` says of the addresses that it listens on: who can reach them. Pure."""

from collections.abc import Iterator

from emulator.browser.url import is_loopback, parse_host


def reach_of(host: str, control_host: str | None, *, in_container: bool) -> Iterator[str]:
    """Say what it means to listen on `host`, and with the control port on `control_host` (None: there is none), where
    others than this machine can reach it; and where, in a container, nobody outside can."""
    if in_container:
        yield from _of_container(host, control_host)
        return
    if not stays_here(host):
        yield (
            f"--host {host}: every machine that can reach this one can call these functions, and they run with your "
            "AWS credentials and your files. Leave --host out to be alone."
        )
    if control_host is not None and not stays_here(control_host):
        yield (
            f"--control-host {control_host}: every machine that can reach this one can read what these APIs are asked, "
            "but for bodies and secrets. Leave --control-host out to be alone."
        )


def _of_container(host: str, control_host: str | None) -> Iterator[str]:
    if stays_here(host):
        yield (
            f"--host {host}: nobody outside this container reaches these APIs, through a published port neither. Let "
            "them in by --host 0.0.0.0 or EMULATE_HOST=0.0.0.0, and publish the ports for your machine alone, as "
            "127.0.0.1:3000:3000."
        )
    else:
        yield (
            f"--host {host}: whoever reaches this container can call these functions: the others on its networks, and "
            "through published ports the network of your machine. Publish them for your machine alone, as "
            "127.0.0.1:3000:3000."
        )
    if control_host is not None and not stays_here(control_host):
        yield (
            f"--control-host {control_host}: they can read what these APIs are asked, but for bodies and secrets. "
            "Publish its port for your machine alone, as 127.0.0.1:4000:4000."
        )


def stays_here(host: str) -> bool:
    """Tell whether only this machine, or this container, reaches what listens on `host`."""
    name = f"[{host}]" if ":" in host else host
    return is_loopback(parse_host(name) or name)
