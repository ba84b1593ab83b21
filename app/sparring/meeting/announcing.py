"""Who hosts on this network: a hosted room is announced with a name and never with its secret, and others are seen."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zeroconf import IPVersion, NonUniqueNameException, ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from sparring_server.protocol.names import is_id

log = logging.getLogger(__name__)

SERVICE_TYPE = "_sparring._tcp.local."
FORMAT = "1"
KEPT_SECONDS = 120
"""So long others believe an announcement that is not repeated: who was killed says no goodbye."""
ASK_MS = 3_000
MAX_NEARBY = 20
MAX_NAME_LENGTH = 60


@dataclass(frozen=True)
class Announcement:
    """What is told of a room that this app hosts. There is no place in it for a secret."""

    room: str
    name: str
    """Of the person who hosts."""
    port: int
    addresses: tuple[str, ...]


@dataclass(frozen=True)
class Nearby:
    """Somebody who hosts on this network, as they say. Nothing of it is proved: only the invite link opens a room."""

    room: str
    name: str
    port: int
    addresses: tuple[str, ...]


class Neighbourhood:
    """Announces and listens. All methods and `changed` run in one event loop."""

    def __init__(self, changed: Callable[[tuple[Nearby, ...]], object]) -> None:
        self._changed = changed
        self._zeroconf: AsyncZeroconf | None = None
        self._browser: AsyncServiceBrowser | None = None
        self._announced: AsyncServiceInfo | None = None
        self._own_room = ""
        self._found: dict[str, Nearby] = {}
        self._asking: dict[str, asyncio.Task[None]] = {}
        # One after the other: who announces while it is being opened is told to the network as soon as that can be.
        self._turn = asyncio.Lock()

    @property
    def nearby(self) -> tuple[Nearby, ...]:
        """Who hosts here, but for this app, by name."""
        others = (one for one in self._found.values() if one.room != self._own_room)
        return tuple(sorted(others, key=lambda one: (one.name.casefold(), one.room)))

    async def open(self, interfaces: Sequence[str]) -> None:
        """Begin to listen on the networks of these addresses. Raises `OSError` if that is not possible."""
        async with self._turn:
            if self._zeroconf is not None or not interfaces:
                return
            made = AsyncZeroconf(interfaces=list(interfaces), ip_version=IPVersion.V4Only)
            self._zeroconf = made
            await made.zeroconf.async_wait_for_start()
            self._browser = AsyncServiceBrowser(made.zeroconf, SERVICE_TYPE, handlers=[self._heard])

    async def announce(self, told: Announcement) -> None:
        """Tell the network of a room, in place of what was told before."""
        async with self._turn:
            await self._withdraw()
            if self._zeroconf is None:
                return
            self._own_room = told.room
            info = AsyncServiceInfo(
                SERVICE_TYPE,
                f"{told.room}.{SERVICE_TYPE}",
                port=told.port,
                properties={"format": FORMAT, "name": told.name[:MAX_NAME_LENGTH]},
                # Not this machine's own name: that is nobody's business.
                server=f"sparring-{told.room[:12]}.local.",
                parsed_addresses=[one for one in told.addresses if ":" not in one],
                host_ttl=KEPT_SECONDS,
                other_ttl=KEPT_SECONDS,
            )
            try:
                await (await self._zeroconf.async_register_service(info))
            except NonUniqueNameException:
                log.warning("this room is announced already")
                return
            self._announced = info

    async def withdraw(self) -> None:
        """Say goodbye: the room is no longer here."""
        async with self._turn:
            await self._withdraw()

    async def _withdraw(self) -> None:
        told, self._announced = self._announced, None
        self._own_room = ""
        if told is not None and self._zeroconf is not None:
            await (await self._zeroconf.async_unregister_service(told))

    async def close(self) -> None:
        """Say goodbye, and listen no more."""
        async with self._turn:
            with contextlib.suppress(OSError):
                await self._withdraw()
            asking, self._asking = list(self._asking.values()), {}
            for task in asking:
                task.cancel()
            await asyncio.gather(*asking, return_exceptions=True)
            browser, self._browser = self._browser, None
            if browser is not None:
                await browser.async_cancel()
            made, self._zeroconf = self._zeroconf, None
            if made is not None:
                await made.async_close()
            if self._found:
                self._found = {}
                self._changed(())

    def _heard(self, zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        if state_change is ServiceStateChange.Removed:
            if task := self._asking.pop(name, None):
                task.cancel()
            if self._found.pop(name, None) is not None:
                self._changed(self.nearby)
        elif name not in self._asking and len(self._asking) < MAX_NEARBY:
            self._asking[name] = asyncio.create_task(self._ask(zeroconf, name))

    async def _ask(self, zeroconf: Zeroconf, name: str) -> None:
        try:
            info = AsyncServiceInfo(SERVICE_TYPE, name)
            if not await info.async_request(zeroconf, ASK_MS):
                return
            found = _read(info)
            if found is None or (name not in self._found and len(self._found) >= MAX_NEARBY):
                return
            self._found[name] = found
            self._changed(self.nearby)
        finally:
            self._asking.pop(name, None)


def _read(info: AsyncServiceInfo) -> Nearby | None:
    """What a stranger announced, if it makes sense. What cannot be shown is left out of the name."""
    room = info.name.removesuffix(f".{SERVICE_TYPE}")
    told = info.decoded_properties
    if not is_id(room) or told.get("format") != FORMAT or not info.port:
        return None
    name = "".join(letter for letter in (told.get("name") or "") if letter.isprintable()).strip()[:MAX_NAME_LENGTH]
    return Nearby(room, name or "Somebody", info.port, tuple(info.parsed_addresses(IPVersion.V4Only)))
