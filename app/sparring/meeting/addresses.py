"""Under which addresses this machine can be reached, and how far each of them reaches."""

import ipaddress
import socket
from dataclasses import dataclass
from enum import StrEnum

import ifaddr

SHARED = ipaddress.ip_network("100.64.0.0/10")
"""Of a provider that puts many homes behind one address (RFC 6598), and of some VPNs."""
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/3", "::/127", "fc00::/7", "fe80::/10", "ff00::/8", "2001:db8::/32",
    )
)  # fmt: skip
_VPN_NAMES = (
    "tun",
    "tap",
    "wg",
    "utun",
    "ppp",
    "tailscale",
    "zt",
    "ham",
    "nordlynx",
    "ipsec",
    "wireguard",
    "zerotier",
    "wintun",
)
_INNER_NAMES = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "lxc", "lxd", "podman", "cni", "vethernet")
"""Networks inside this machine, of containers and virtual machines: nobody outside reaches them."""
_INNER_WORDS = ("virtualbox", "vmware", "hyper-v")
_NOWHERE = {socket.AF_INET: ("192.0.2.1", 9), socket.AF_INET6: ("2001:db8::1", 9)}
"""Addresses for documentation. A datagram socket that is connected sends nothing, it only chooses a way out."""


class Kind(StrEnum):
    """What sort of network an address of this machine belongs to."""

    NETWORK = "network"
    """The one at home."""
    VPN = "vpn"
    PUBLIC = "public"
    """Of the internet itself. Whether anybody is let in decides a firewall."""


@dataclass(frozen=True)
class LocalAddress:
    """An address of this machine, and the interface that has it."""

    address: str
    interface: str
    kind: Kind

    @property
    def is_ipv4(self) -> bool:
        return ":" not in self.address


def is_public(address: str) -> bool:
    """Whether an address belongs to the internet: neither private, nor shared by a provider, nor of one link."""
    found = ipaddress.ip_address(address)
    return not any(found.version == net.version and found in net for net in (*_NOT_PUBLIC, SHARED))


def is_shared(address: str) -> bool:
    """Whether a provider shares this address among homes."""
    found = ipaddress.ip_address(address)
    return found.version == SHARED.version and found in SHARED


def kind_of(address: str, interface: str) -> Kind | None:
    """What sort of network an address belongs to; None if nobody outside this machine can use it."""
    found, name = ipaddress.ip_address(address), interface.casefold()
    if found.is_loopback or found.is_link_local or found.is_multicast or found.is_unspecified:
        return None
    if name.startswith(_INNER_NAMES) or any(word in name for word in _INNER_WORDS):
        return None
    if name.startswith(_VPN_NAMES) or is_shared(address) or any(f" {one}" in name for one in _VPN_NAMES):
        return Kind.VPN
    return Kind.PUBLIC if is_public(address) else Kind.NETWORK


def local_addresses() -> tuple[LocalAddress, ...]:
    """All addresses of this machine that others may reach, the likeliest first."""
    found: list[LocalAddress] = []
    for adapter in ifaddr.get_adapters():
        for entry in adapter.ips:
            address = entry.ip if isinstance(entry.ip, str) else entry.ip[0]
            kind = kind_of(address, adapter.nice_name)
            if kind is not None:
                found.append(LocalAddress(address, adapter.nice_name, kind))
    usual = {_way_out(socket.AF_INET), _way_out(socket.AF_INET6)}
    kinds = list(Kind)
    return tuple(
        sorted(found, key=lambda one: (not one.is_ipv4, kinds.index(one.kind), one.address not in usual, one.address))
    )


def _way_out(family: socket.AddressFamily) -> str:
    """The address that this machine uses for the rest of the world; empty if it has none."""
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            asked.connect(_NOWHERE[family])
            return str(asked.getsockname()[0])
    except OSError:
        return ""
