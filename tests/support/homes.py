"""Homes and routers of namespaces: networks of their own inside this machine, from which nothing goes outside.

A home is a namespace behind a router; the router has an address of the "internet", which is one more namespace.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOME_ADDRESS, ROUTER_INSIDE = "192.168.7.2", "192.168.7.1"
SIBLING_ADDRESS = "192.168.7.3"
ROUTER_OUTSIDE, OUTSIDE_ADDRESS = "11.0.0.1", "11.0.0.9"
"""They look like addresses of the internet to whoever asks; the namespaces lead nowhere."""
_NEEDED = ("ip", "nft", "miniupnpd", "sysctl")
PATIENCE_SECONDS = 30
"""Only a failing test waits so long."""

_FIREWALL = """
table inet filter {
  chain forward {
    type filter hook forward priority 0; policy drop;
    ct state established,related accept
    iifname "inside" accept
    ct status dnat accept
  }
}
table ip nat {
  chain postrouting {
    type nat hook postrouting priority 100
    oifname "outside" masquerade
  }
}
table inet miniupnpd {
  chain forward {
    type filter hook forward priority -5
  }
  chain prerouting_miniupnpd {
    type nat hook prerouting priority -100
  }
  chain postrouting_miniupnpd {
    type nat hook postrouting priority 100
  }
}
"""
_LOOP_BACK = """
table ip hairpin {
  chain prerouting {
    type nat hook prerouting priority -101
    iifname "inside" ip daddr %s tcp dport 1024-65535 dnat to %s
  }
  chain postrouting {
    type nat hook postrouting priority 99
    iifname "inside" oifname "inside" masquerade
  }
}
"""
_UPNP = """
ext_ifname=outside
listening_ip=inside
port=0
enable_natpmp=no
enable_upnp=yes
secure_mode=yes
uuid=7c0a5c39-7a9a-4d4e-9a4b-1f0b2d3c4e5f
upnp_table_name=miniupnpd
upnp_nat_table_name=miniupnpd
upnp_forward_chain=forward
upnp_nat_chain=prerouting_miniupnpd
upnp_nat_postrouting_chain=postrouting_miniupnpd
"""
ALLOW = "allow 1024-65535 192.168.7.0/24 1024-65535\ndeny 0-65535 0.0.0.0/0 0-65535\n"
DENY = "deny 0-65535 0.0.0.0/0 0-65535\n"


def why_not() -> str:
    """Why namespaces cannot be used here; empty if they can."""
    if not sys.platform.startswith("linux"):
        return "namespaces are Linux's"
    if os.geteuid() != 0:
        return "making network namespaces needs root"
    missing = [one for one in _NEEDED if shutil.which(one) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    name = f"sparring-try-{os.getpid()}"
    if subprocess.run(["ip", "netns", "add", name], capture_output=True).returncode:
        return "network namespaces cannot be made here"
    subprocess.run(["ip", "netns", "del", name], capture_output=True)
    return ""


def _do(*command: str, stdin: str = "") -> None:
    done = subprocess.run(command, input=stdin, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"


class Person:
    """A process in a namespace that is told what to do: see `tests.support.at_home`."""

    def __init__(self, namespace: str, *arguments: str) -> None:
        self.said: list[dict[str, Any]] = []
        self._process = subprocess.Popen(
            ["ip", "netns", "exec", namespace, sys.executable, "-m", "tests.support.at_home", *arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def hear(self, key: str) -> Any:
        """The next thing said under this key."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            self.said.append(told)
            if key in told:
                return told[key]
        raise AssertionError(f"ended without a word of {key}: {self.said}")

    def tell(self, word: str) -> None:
        """A line to its standard input."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()

    def leave(self) -> None:
        """Let it end in order."""
        with contextlib.suppress(BrokenPipeError):
            self._process.communicate(timeout=PATIENCE_SECONDS)
        assert self._process.returncode == 0, self.said

    def end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()


@dataclass
class Homes:
    """The namespaces of a test, and who is in them."""

    folder: Path
    prefix: str = field(default_factory=lambda: f"sparring-{os.getpid()}")
    _spaces: list[str] = field(default_factory=list)
    _people: list[Person] = field(default_factory=list)
    _daemons: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def name(self, place: str) -> str:
        return f"{self.prefix}-{place}"

    def add(self, *places: str) -> None:
        """Make places without a network."""
        for place in places:
            _do("ip", "netns", "add", self.name(place))
            self._spaces.append(self.name(place))
            _do("ip", "-n", self.name(place), "link", "set", "lo", "up")

    def link(self, one: str, device: str, address: str, other: str, other_device: str, other_address: str = "") -> None:
        """A cable between two places."""
        _do(
            "ip", "link", "add", device, "netns", self.name(one), "type", "veth",
            "peer", "name", other_device, "netns", self.name(other),
        )  # fmt: skip
        for place, name, given in ((one, device, address), (other, other_device, other_address)):
            if given:
                _do("ip", "-n", self.name(place), "addr", "add", f"{given}/24", "dev", name)
            _do("ip", "-n", self.name(place), "link", "set", name, "up")

    def build(self, *, outer: str = ROUTER_OUTSIDE, leads_back: bool = False) -> None:
        """A home with two machines behind a router with its address on the internet, and somebody out there."""
        self.add("home", "sibling", "router", "outside")
        _do("ip", "-n", self.name("router"), "link", "add", "inside", "type", "bridge")
        _do("ip", "-n", self.name("router"), "addr", "add", f"{ROUTER_INSIDE}/24", "dev", "inside")
        _do("ip", "-n", self.name("router"), "link", "set", "inside", "up")
        for place, address in (("home", HOME_ADDRESS), ("sibling", SIBLING_ADDRESS)):
            self.link(place, "eth0", address, "router", f"to-{place}")
            _do("ip", "-n", self.name("router"), "link", "set", f"to-{place}", "master", "inside")
            _do("ip", "-n", self.name(place), "route", "add", "default", "via", ROUTER_INSIDE)
        beyond = f"{outer.rpartition('.')[0]}.9"
        self.link("router", "outside", outer, "outside", "eth0", beyond)
        self.inside("router", "sysctl", "-qw", "net.ipv4.ip_forward=1")
        if Path("/proc/sys/net/bridge").exists():
            # Else the bridge would do the router's work, and lead nothing back to where it came from.
            self.inside("router", "sysctl", "-qw", "net.bridge.bridge-nf-call-iptables=0")
        self.inside("router", "nft", "-f", "-", stdin=_FIREWALL)
        if leads_back:
            self.inside("router", "nft", "-f", "-", stdin=_LOOP_BACK % (outer, HOME_ADDRESS))

    def start_upnp(self, rules: str = ALLOW, more: str = "") -> None:
        """A real miniupnpd on the router."""
        settings, lease = self.folder / "upnpd.conf", self.folder / "leases"
        settings.write_text(f"{_UPNP}lease_file={lease}\n{more}{rules}")
        daemon = subprocess.Popen(
            ["ip", "netns", "exec", self.name("router"), "miniupnpd", "-d", "-f", str(settings),
             "-P", str(self.folder / "upnpd.pid")],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        self._daemons.append(daemon)
        assert daemon.stdout is not None
        heard = b""
        for line in daemon.stdout:
            heard += line
            if b"HTTP listening on port" in line:
                break
        else:
            raise AssertionError(f"miniupnpd ended: {heard.decode(errors='replace')}")
        # It writes much, and must never wait for somebody to read it.
        threading.Thread(target=daemon.stdout.read, daemon=True).start()

    def inside(self, place: str, *command: str, stdin: str = "") -> None:
        _do("ip", "netns", "exec", self.name(place), *command, stdin=stdin)

    def forwarded(self) -> str:
        """What the router forwards now, as it says itself."""
        shown = subprocess.run(
            ["ip", "netns", "exec", self.name("router"), "nft", "list", "table", "inet", "miniupnpd"],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return "\n".join(line.strip() for line in shown.stdout.splitlines() if "dnat" in line)

    def send(self, place: str, *arguments: str) -> Person:
        """Somebody begins to do something somewhere."""
        made = Person(self.name(place), *arguments)
        self._people.append(made)
        return made

    def close(self) -> None:
        for person in self._people:
            person.end()
        for daemon in self._daemons:
            daemon.kill()
            daemon.wait()
            assert daemon.stdout is not None
            daemon.stdout.close()
        for space in self._spaces:
            subprocess.run(["ip", "netns", "del", space], capture_output=True)


@contextlib.contextmanager
def homes() -> Iterator[Homes]:
    """Namespaces that are gone afterwards, whatever happens."""
    with tempfile.TemporaryDirectory() as folder:
        made = Homes(Path(folder))
        try:
            yield made
        finally:
            made.close()
