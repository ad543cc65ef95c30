"""What the serialized host of a parsed URL says about trust."""


def is_ip_address(host: str) -> bool:
    """True for the serialized host of a parsed URL that is an IP address, not a domain."""
    return host.startswith("[") or host.rpartition(".")[2].isdigit()


def is_loopback(host: str) -> bool:
    """True for localhost, names under it, and the loopback addresses (Secure Contexts 3.1)."""
    if host.startswith("["):
        return host == "[::1]"
    return host == "localhost" or host.endswith(".localhost") or (is_ip_address(host) and host.startswith("127."))
