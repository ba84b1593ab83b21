"""Which addresses reach the session that this app hosts: each is tried, and what cannot be tried is said to be so."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sparring.meeting import words
from sparring.meeting.addresses import Kind, LocalAddress, is_public, is_shared
from sparring.meeting.probe import Answer, Place, probe

if TYPE_CHECKING:
    # Loaded when a router is asked: only who hosts needs it, and it takes a while.
    from sparring.meeting.router import PortMapping, Router

log = logging.getLogger(__name__)

LOOK_SECONDS = 15.0
"""The whole search takes no longer: every part has a limit of its own, and this is over all of them."""
MAX_ADDRESSES = 8
"""So many addresses of this machine are tried."""
MAX_NETWORKS = 3
"""On so many of its networks a router is looked for."""


class Scope(StrEnum):
    """Who can use an address."""

    ANYWHERE = "anywhere"
    NETWORK = "network"
    VPN = "vpn"
    IPV6 = "ipv6"
    """Of the internet, if a firewall lets it in, which is not known."""
    MACHINE = "machine"
    """Nobody else."""


class State(StrEnum):
    """How it stands with one step."""

    TRYING = "trying"
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """It cannot be found out from here."""
    LEFT_OUT = "left-out"


@dataclass(frozen=True)
class Step:
    """One thing that is tried, in words."""

    name: str
    state: State
    words: str


@dataclass(frozen=True)
class Way:
    """An address that a link can carry."""

    host: str
    port: int
    scope: Scope
    is_tested: bool = True
    interface: str = ""

    @property
    def words(self) -> str:
        """Who can use it."""
        return words.who_can_use(self.scope, self.interface, is_tested=self.is_tested)

    @property
    def title(self) -> str:
        """Its name in a list of ways."""
        return words.title(self.scope, self.interface, self.host)


@dataclass(frozen=True)
class Report:
    """What was found so far."""

    steps: tuple[Step, ...] = ()
    ways: tuple[Way, ...] = ()
    """The one that reaches furthest first; empty until something was found."""
    reason: str = ""
    """Why nobody outside can join."""
    advice: str = ""
    """What to do when nobody outside can join."""
    is_done: bool = False

    @property
    def best(self) -> Way | None:
        return self.ways[0] if self.ways else None


@dataclass(frozen=True)
class Hosted:
    """The server that this app hosts, and where it can be reached."""

    port: int
    addresses: tuple[LocalAddress, ...]
    tls: bool = False
    pin: str = ""
    ask_router: bool = True
    router_at: tuple[str, int] | None = None
    """Where the router is asked; None: wherever one answers."""

    def at(self, host: str, port: int = 0) -> Place:
        return Place(host, port or self.port, self.tls, self.pin)


_SCOPES = {Kind.NETWORK: Scope.NETWORK, Kind.VPN: Scope.VPN}
_ORDER = list(Scope)


class Search:
    """One look at all ways. `run` may be cancelled at any time; `mapping` is then still to be removed."""

    def __init__(self, hosted: Hosted, tell: Callable[[Report], object]) -> None:
        self._hosted, self._tell = hosted, tell
        self._steps: dict[str, Step] = {}
        self._ways: list[Way] = []
        self.mapping: PortMapping | None = None
        """The port that a router opened."""

    async def run(self) -> Report:
        """Try everything that can be tried, and tell of each part."""
        self._say(words.NETWORK, State.TRYING, words.TRYING_NETWORK)
        if self._hosted.ask_router:
            self._say(words.ROUTER, State.TRYING, words.TRYING_ROUTER)
        else:
            self._say(words.ROUTER, State.LEFT_OUT, words.ROUTER_OFF)
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                await asyncio.gather(self._try_addresses(), self._try_router())
        except TimeoutError:
            log.info("the search for ways took too long")
        return self.finish()

    def finish(self) -> Report:
        """What there is now is all there will be."""
        for name, step in self._steps.items():
            if step.state is State.TRYING:
                self._steps[name] = replace(step, state=State.UNKNOWN, words=words.NOT_WAITED)
        if not self._ways:
            self._ways.append(Way("127.0.0.1", self._hosted.port, Scope.MACHINE))
        report = self._report(is_done=True)
        self._tell(report)
        return report

    async def _try_addresses(self) -> None:
        tried = self._hosted.addresses[:MAX_ADDRESSES]
        answers = await asyncio.gather(*(probe(self._hosted.at(one.address)) for one in tried))
        for one, answer in zip(tried, answers, strict=True):
            if answer is not Answer.SPARRING:
                continue
            if one.kind is Kind.PUBLIC:
                # Reached from this very machine, which says nothing of the firewall before it.
                scope, is_tested = (Scope.ANYWHERE if one.is_ipv4 else Scope.IPV6), False
            else:
                scope, is_tested = _SCOPES[one.kind], True
            self._ways.append(Way(one.address, self._hosted.port, scope, is_tested, one.interface))
        answered = [one.address for one, answer in zip(tried, answers, strict=True) if answer is Answer.SPARRING]
        if answered:
            self._say(words.NETWORK, State.YES, words.answers_at(answered))
        else:
            self._say(words.NETWORK, State.NO, words.NO_NETWORK if not tried else words.BLOCKED)

    async def _try_router(self) -> None:
        if not self._hosted.ask_router:
            return
        homes = [one for one in self._hosted.addresses if one.kind is Kind.NETWORK and one.is_ipv4][:MAX_NETWORKS]
        if not homes:
            has_public = any(one.kind is Kind.PUBLIC and one.is_ipv4 for one in self._hosted.addresses)
            said = words.NO_ROUTER_NEEDED if has_public else words.NO_NETWORK
            self._say(words.ROUTER, State.LEFT_OUT, said)
            return
        try:
            await self._ask_router(homes)
        except Exception as error:
            # Whatever a stranger's device sends must not take the other ways away.
            log.warning("asking the router failed: %s", type(error).__name__)
            self._no_router(words.ROUTER_UNREADABLE)

    async def _ask_router(self, homes: list[LocalAddress]) -> None:
        from sparring.meeting.router import RouterTrouble, find_router

        found = await asyncio.gather(*(find_router(one.address, target=self._hosted.router_at) for one in homes))
        router: Router | None = next((one for one in found if one is not None), None)
        if router is None:
            self._no_router(words.ROUTER_SILENT)
            return
        try:
            outer = await router.external_address()
            if not outer or not is_public(outer):
                self._no_router(_not_public(outer))
                return
            await self._open_port(router)
        except RouterTrouble as trouble:
            self._no_router(words.router_said(str(trouble)))
            return
        assert self.mapping is not None
        self._say(words.ROUTER, State.YES, words.port_opened(outer, self.mapping.external_port))
        self._say(words.OUTSIDE, State.TRYING, words.TRYING_OUTSIDE)
        answer = await probe(self._hosted.at(outer, self.mapping.external_port))
        is_tested = answer is Answer.SPARRING
        self._ways.append(Way(outer, self.mapping.external_port, Scope.ANYWHERE, is_tested))
        if is_tested:
            self._say(words.OUTSIDE, State.YES, words.OUTSIDE_ANSWERS)
        else:
            # Many routers do not turn round what comes from inside, and let in what comes from outside.
            self._say(words.OUTSIDE, State.UNKNOWN, words.OUTSIDE_UNKNOWN)

    async def _open_port(self, router: "Router") -> None:
        """Cancelled or not: what the router has opened is known, so that it can be closed."""
        opening = asyncio.create_task(router.open_port(self._hosted.port))
        try:
            self.mapping = await asyncio.shield(opening)
        except asyncio.CancelledError:
            with contextlib.suppress(Exception):
                self.mapping = await opening
            raise

    def _no_router(self, said: str) -> None:
        self._say(words.ROUTER, State.NO, said)

    def _say(self, name: str, state: State, said: str) -> None:
        self._steps[name] = Step(name, state, said)
        self._tell(self._report())

    def _report(self, *, is_done: bool = False) -> Report:
        ways = tuple(sorted(self._ways, key=lambda one: _ORDER.index(one.scope)))
        reaches_out = any(one.scope is Scope.ANYWHERE for one in ways)
        reason = advice = ""
        if is_done and not reaches_out:
            is_alone = ways[0].scope is Scope.MACHINE
            reason = self._steps[words.NETWORK if is_alone else words.ROUTER].words
            advice = words.ADVICE_ALONE if is_alone else words.ADVICE
        return Report(tuple(self._steps.values()), ways, reason, advice, is_done)


def _not_public(outer: str) -> str:
    if not outer:
        return words.ROUTER_OFFLINE
    return words.shared_address(outer) if is_shared(outer) else words.double_nat(outer)
