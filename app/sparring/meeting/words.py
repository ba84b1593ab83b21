"""What people read about the ways to a session. Each sentence promises no more than was tried."""

from collections.abc import Sequence

NETWORK, ROUTER, OUTSIDE = "Your network", "Your router", "From outside"
TRYING_NETWORK = "Trying your own addresses…"
TRYING_ROUTER = "Looking for a router that opens a port…"
TRYING_OUTSIDE = "Trying the way in from outside…"
NOT_WAITED = "Not waited for."
NO_NETWORK = "This machine is in no network."
BLOCKED = "Your own addresses do not answer. A firewall on this machine may be in the way."
NO_ROUTER_NEEDED = "Not asked: this machine has an address of the internet itself."
ROUTER_OFF = "Not asked: that is switched off in the settings."
ROUTER_SILENT = "No router answered that opens ports (UPnP). It may have none, or it is switched off there."
ROUTER_OFFLINE = (
    "Your router names no address on the internet: it is offline, stands behind another router, or your provider"
    " shares one address among several homes."
)
ROUTER_UNREADABLE = "Your router gave an answer that cannot be understood."
OUTSIDE_ANSWERS = "Your session answers under its outer address."
OUTSIDE_UNKNOWN = "Could not be tested from here: your router does not lead back what comes from inside."
ADVICE = "For another home: a VPN of yours, a sparring-server that you both reach (Settings), or a tunnel."
ADVICE_ALONE = "Nobody else can reach this machine now. Mend that, then look again."


def answers_at(addresses: Sequence[str]) -> str:
    return f"Your session answers at {', '.join(addresses)}."


def router_said(trouble: str) -> str:
    return f"Your router {trouble}"


def port_opened(outer: str, port: int) -> str:
    return f"Your router opened port {port} of {outer} until the session ends."


def shared_address(outer: str) -> str:
    return f"Your provider shares one address among several homes ({outer} is not yours alone), so nobody gets in."


def double_nat(outer: str) -> str:
    return f"Another router stands before yours ({outer} is a private address), so nobody gets in."


def who_can_use(scope: str, interface: str, *, is_tested: bool) -> str:
    """One sentence under the link."""
    if scope == "anywhere":
        return "Works from anywhere." if is_tested else "Should work from anywhere; that could not be tested from here."
    if scope == "ipv6":
        return "May work from anywhere with IPv6, if your router lets it in; that could not be tested from here."
    if scope == "vpn":
        return f"Works in your VPN only ({interface})."
    if scope == "network":
        return "Works in this network only."
    return "Works on this machine only."


def title(scope: str, interface: str, host: str) -> str:
    """A way in a list of ways."""
    names = {
        "anywhere": "Anywhere", "ipv6": "Anywhere with IPv6", "vpn": f"VPN {interface}",
        "network": f"This network ({interface})" if interface else "This network",
    }  # fmt: skip
    return f"{names.get(scope, 'This machine')} · {host}"
