"""Where a client comes from: its address, also behind proxies, and its origin if it is a browser. Pure."""

from collections.abc import Collection, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network

_IPV6_HOME_BITS = 64
"""What a provider gives to one home or one machine: its addresses are one for those who count tries."""
ANY_ORIGIN = "*"


def parse_networks(texts: Iterable[str]) -> tuple[Network, ...]:
    """Addresses and networks such as `10.0.0.0/8`. Raises `ValueError`, which quotes what is neither."""
    return tuple(ip_network(text.strip(), strict=False) for text in texts)


def client_address(peer: str, forwarded: Iterable[str], trusted: Collection[Network]) -> str:
    """The client's address: the peer's own, or what a trusted proxy says in its X-Forwarded-For headers.

    Each proxy adds, on the right, whom it heard it from. So the list is read from the right as long as those who wrote
    it are trusted; what stands further left could have been written by the client.
    """
    client = peer
    hops = [hop.strip() for header in forwarded for hop in header.split(",")]
    while hops and _is_in(client, trusted):
        hop = _without_port(hops.pop())
        if _parsed(hop) is None:
            break
        client = hop
    return client


def throttle_key(address: str) -> str:
    """What tries are counted by: an IPv4 address, or the /64 of an IPv6 one, since nobody has just one of those."""
    parsed = _parsed(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network((int(parsed), _IPV6_HOME_BITS), strict=False))
    return str(parsed) if parsed is not None else address


def is_loopback(address: str) -> bool:
    """Whether this is an address, or the key of one, of this machine itself."""
    parsed = _parsed(address.partition("/")[0])
    return parsed is not None and (parsed.is_loopback or address == throttle_key("::1"))


def origin_allowed(origin: str | None, allowed: Collection[str]) -> bool:
    """Whether a request with this Origin header may go on. Browsers send one, apps do not.

    `allowed` are origins such as `https://example.org`, or `*` for any.
    """
    if origin is None or ANY_ORIGIN in allowed:
        return True
    return _normal(origin) in {_normal(one) for one in allowed}


def check_origin(text: str) -> None:
    """Raise `ValueError`, with a sentence, unless this can be the origin of a web page."""
    try:
        parts = urlsplit(text)
        has_more = bool(parts.path.strip("/") or parts.query or parts.fragment)
    except ValueError:
        has_more = True
    if text != ANY_ORIGIN and (has_more or parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValueError(f"{text} is no origin. Use the likes of https://example.org, without a path.")


def _normal(origin: str) -> str:
    """Scheme and host in lower case, and without the port that the scheme has anyway."""
    text = origin.strip().rstrip("/").lower()
    for scheme, port in (("http://", ":80"), ("https://", ":443")):
        if text.startswith(scheme):
            text = text.removesuffix(port)
    return text


def _is_in(address: str, networks: Collection[Network]) -> bool:
    parsed = _parsed(address)
    return parsed is not None and any(parsed in network for network in networks)


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return mapped or parsed


def _without_port(hop: str) -> str:
    """`[2001:db8::1]:443` and `192.0.2.1:443` without their ports."""
    if hop.startswith("["):
        return hop[1:].partition("]")[0]
    return hop.partition(":")[0] if hop.count(":") == 1 else hop
