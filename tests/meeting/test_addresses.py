"""Which address belongs to which kind of network."""

import ipaddress

import pytest

from sparring.meeting.addresses import Kind, is_public, is_shared, kind_of, local_addresses


@pytest.mark.parametrize(
    ("address", "interface", "kind"),
    [
        ("192.168.1.7", "eth0", Kind.NETWORK),
        ("10.1.2.3", "Ethernet 2", Kind.NETWORK),
        ("fd00::2", "en0", Kind.NETWORK),
        ("10.8.0.2", "tun0", Kind.VPN),
        ("10.8.0.2", "WireGuard Tunnel", Kind.VPN),
        ("100.101.2.3", "utun4", Kind.VPN),
        ("100.101.2.3", "Ethernet", Kind.VPN),
        ("10.8.0.2", "Wintun Userspace Tunnel", Kind.VPN),
        ("8.8.4.4", "eth0", Kind.PUBLIC),
        ("2a01:4f8::1", "wlan0", Kind.PUBLIC),
        ("127.0.0.1", "lo", None),
        ("::1", "lo", None),
        ("169.254.7.7", "eth0", None),
        ("fe80::1", "eth0", None),
        ("172.17.0.1", "docker0", None),
        ("172.20.0.1", "br-3f2a", None),
        ("192.168.56.1", "VirtualBox Host-Only Ethernet Adapter", None),
        ("172.28.0.1", "vEthernet (WSL)", None),
    ],
)
def test_kinds(address: str, interface: str, kind: Kind | None) -> None:
    assert kind_of(address, interface) is kind


@pytest.mark.parametrize(
    "address",
    ["10.0.0.1", "172.31.255.1", "192.168.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "169.254.1.1", "0.0.0.0",
     "192.0.0.8", "192.0.2.2", "198.18.0.1", "203.0.113.9",
     "2001:db8::1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fdff::1", "ff02::1"],
)  # fmt: skip
def test_what_is_not_of_the_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2a01::1"])
def test_what_is_of_the_internet(address: str) -> None:
    assert is_public(address)
    assert not is_shared(address)


def test_the_addresses_of_this_machine_can_be_used_by_others() -> None:
    for one in local_addresses():
        found = ipaddress.ip_address(one.address)
        assert not found.is_loopback
        assert not found.is_link_local
        assert one.interface
