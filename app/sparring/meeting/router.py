"""Asks the router for a way in, over UPnP: finds it, learns the outer address, and keeps a port open for a session.

What answers on a network is a stranger. It is asked only for its description and for what is needed here, over plain
HTTP at the very address that answered, with a limit on bytes and seconds.
"""

import asyncio
import contextlib
import ipaddress
import logging
import random
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from async_upnp_client.client import UpnpRequester, UpnpService
from async_upnp_client.client_factory import UpnpFactory
from async_upnp_client.const import HttpRequest, HttpResponse
from async_upnp_client.exceptions import UpnpActionError, UpnpCommunicationError, UpnpConnectionTimeoutError, UpnpError
from async_upnp_client.search import SsdpSearchListener

log = logging.getLogger(__name__)

SEARCH_SECONDS = 3.0
"""So long a router has to answer at all."""
MX_SECONDS = 1
"""Within this time an answer should be sent, so that not all devices speak at once."""
REQUEST_SECONDS = 4
"""And so long for each question."""
MAX_ANSWER_BYTES = 262_144
MAX_ROUTERS = 4
"""So many answers of one search are looked at."""
LEASE_SECONDS = 3_600
"""A mapping that is not renewed, since the app was killed, is gone after an hour."""
RENEW_SECONDS = LEASE_SECONDS / 2
RETRY_SECONDS = 60.0
"""After a renewal that failed."""
REMOVE_SECONDS = 3.0
"""The end of a session waits no longer for the router."""
MAPPING_TRIES = 4
"""Different ports, when one is taken."""
_PORTS = (20_000, 60_000)
_DESCRIPTION = "Sparring"
_SEARCHED = tuple(f"urn:schemas-upnp-org:device:InternetGatewayDevice:{version}" for version in (1, 2))
_SERVICES = ("WANIPConnection", "WANPPPConnection")
_TAKEN = frozenset({718, 729})
"""Error codes of WANIPConnection: the port belongs to somebody else."""
_ONLY_FOR_GOOD = 725
"""A router that knows no leases; the mapping is removed at the end, as always."""
_WORDS = {
    501: "it could not do it", 606: "it does not allow this", 718: "all ports that were tried are taken",
    728: "its list of open ports is full", 729: "all ports that were tried are taken",
    732: "it has no such port to give",
}  # fmt: skip


class RouterTrouble(Exception):
    """The router does not do what was asked of it; the message is for people, and goes on after "Your router"."""


class _Requester(UpnpRequester):
    """Plain HTTP with limits: no redirects, no proxies, no long answers."""

    async def async_http_request(self, http_request: HttpRequest) -> HttpResponse:
        limit = aiohttp.ClientTimeout(total=REQUEST_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit, trust_env=False) as session,
                session.request(
                    http_request.method, http_request.url, headers=http_request.headers, data=http_request.body,
                    allow_redirects=False,
                ) as answer,
            ):  # fmt: skip
                body = bytearray()
                async for piece in answer.content.iter_any():
                    body += piece
                    if len(body) > MAX_ANSWER_BYTES:
                        raise UpnpCommunicationError(message="the answer is too long")
                return HttpResponse(answer.status, answer.headers, body.decode("utf-8", "replace"))
        except TimeoutError as error:
            raise UpnpConnectionTimeoutError(message="no answer in time") from error
        except aiohttp.ClientError as error:
            raise UpnpCommunicationError(message=type(error).__name__) from error


@dataclass(frozen=True)
class Router:
    """A router that offers to open ports, and my address on its side of the network."""

    service: UpnpService
    inner_address: str

    async def external_address(self) -> str:
        """Its address on the other side; empty if it has none now. Raises `RouterTrouble`."""
        answer = await self._ask("GetExternalIPAddress")
        found = str(answer.get("NewExternalIPAddress") or "")
        try:
            address = ipaddress.ip_address(found)
        except ValueError:
            return ""
        return "" if address.is_unspecified else str(address)

    async def open_port(self, port: int) -> "PortMapping":
        """Let the outside in to my `port`. Raises `RouterTrouble`."""
        outer, lease = port, LEASE_SECONDS
        for _ in range(MAPPING_TRIES):
            try:
                await self._map(outer, port, lease)
                return PortMapping(self, outer, port, lease)
            except UpnpActionError as error:
                if error.error_code == _ONLY_FOR_GOOD and lease:
                    lease = 0
                elif error.error_code in _TAKEN:
                    outer = random.randrange(*_PORTS)
                else:
                    raise _trouble(error) from error
            except UpnpError as error:
                raise _trouble(error) from error
        raise RouterTrouble(f"said no: {_WORDS[718]}.")

    async def _map(self, outer: int, inner: int, lease: int) -> None:
        await self._call(
            "AddPortMapping",
            NewRemoteHost="", NewExternalPort=outer, NewProtocol="TCP", NewInternalPort=inner,
            NewInternalClient=self.inner_address, NewEnabled=True, NewPortMappingDescription=_DESCRIPTION,
            NewLeaseDuration=lease,
        )  # fmt: skip

    async def _ask(self, action: str, **values: Any) -> Mapping[str, Any]:
        try:
            return await self._call(action, **values)
        except UpnpError as error:
            raise _trouble(error) from error

    async def _call(self, action: str, **values: Any) -> Mapping[str, Any]:
        if not self.service.has_action(action):
            raise RouterTrouble("does not offer to open ports.")
        return await self.service.action(action).async_call(**values)


@dataclass(frozen=True)
class PortMapping:
    """A port that the router forwards to mine, for as long as somebody renews it."""

    router: Router
    external_port: int
    internal_port: int
    lease_seconds: int

    async def renew_for_good(self) -> None:
        """Renew it in time, until cancelled. A router that was switched off and on gets it anew."""
        is_renewed = True
        while True:
            await asyncio.sleep(RENEW_SECONDS if is_renewed else RETRY_SECONDS)
            is_renewed = await self.renew()

    async def renew(self) -> bool:
        """Ask for it once more; whether the router did it."""
        try:
            await self.router._map(self.external_port, self.internal_port, self.lease_seconds)
        except (UpnpError, RouterTrouble) as error:
            log.warning("the router did not renew the open port: %s", type(error).__name__)
            return False
        return True

    async def remove(self) -> bool:
        """Close the port again; whether the router did it in time."""
        try:
            async with asyncio.timeout(REMOVE_SECONDS):
                await self.router._ask(
                    "DeletePortMapping", NewRemoteHost="", NewExternalPort=self.external_port, NewProtocol="TCP"
                )
        except (RouterTrouble, TimeoutError) as error:
            log.warning("the router did not close the open port: %s", type(error).__name__)
            return False
        return True


async def find_router(
    inner_address: str, seconds: float = SEARCH_SECONDS, target: tuple[str, int] | None = None
) -> Router | None:
    """The first router on this address's network that offers to open ports; None if none answers in time.

    With a `target` only that machine is asked, and not the whole network.
    """
    answers: asyncio.Queue[str] = asyncio.Queue(MAX_ROUTERS)
    seen: set[str] = set()

    def answered(headers: Mapping[str, Any]) -> None:
        where, remote = str(headers.get("location") or ""), str((headers.get("_remote_addr") or ("",))[0])
        if where not in seen and _is_at(where, remote) and not answers.full():
            seen.add(where)
            answers.put_nowait(where)

    listeners: list[SsdpSearchListener] = []
    try:
        async with asyncio.timeout(seconds):
            for searched in _SEARCHED:
                listener = SsdpSearchListener(
                    callback=answered,
                    source=(inner_address, 0),
                    target=target,
                    timeout=MX_SECONDS,
                    search_target=searched,
                )
                await listener.async_start()
                listeners.append(listener)
                listener.async_search()
            while True:
                found = await _described(await answers.get())
                if found is not None:
                    return Router(found, inner_address)
    except (TimeoutError, OSError):
        return None
    finally:
        for listener in listeners:
            listener.async_stop()
        with contextlib.suppress(RuntimeError):
            await asyncio.sleep(0)


def _is_at(url: str, address: str) -> bool:
    """Whether a description lies with the one who answered: nobody sends this app to another machine."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "http" and ipaddress.ip_address(parts.hostname or "") == ipaddress.ip_address(address)
    except ValueError:
        return False


async def _described(url: str) -> UpnpService | None:
    """The service that opens ports, if this device has one. One that is connected goes before another."""
    try:
        device = await UpnpFactory(_Requester(), non_strict=True).async_create_device(url)
    except (UpnpError, ValueError, socket.gaierror) as error:
        log.info("a device on the network could not be read: %s", type(error).__name__)
        return None
    offered = [
        one for one in device.all_services
        if any(f":{name}:" in one.service_type for name in _SERVICES) and one.has_action("AddPortMapping")
    ]  # fmt: skip
    for one in offered:
        with contextlib.suppress(UpnpError, KeyError):
            if (await one.action("GetStatusInfo").async_call()).get("NewConnectionStatus") == "Connected":
                return one
    return offered[0] if offered else None


def _trouble(error: UpnpError) -> RouterTrouble:
    if isinstance(error, UpnpConnectionTimeoutError):
        return RouterTrouble("did not answer in time.")
    if isinstance(error, UpnpActionError):
        code = error.error_code or 0
        return RouterTrouble(f"said no: {_WORDS.get(code, f'error {code}')}.")
    return RouterTrouble("gave an answer that cannot be understood.")
