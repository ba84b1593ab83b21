"""Somebody without a past who asks the server itself what it has: an observer with an empty disk."""

import asyncio
from dataclasses import dataclass, field

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from sparring_server.protocol import frames, limits, messages, names
from sparring_server.protocol.closing import RETRY_CODES
from sparring_server.protocol.invite import Invite
from sparring_server.protocol.names import SESSION_DOCUMENT
from sparring_server.protocol.token import Credentials, encode_token
from sparring_server.protocol.view import RoomView
from tests.faults.oracle import Oracle

NOTHING = b"\x00"
PATIENCE_SECONDS = 30.0
RETRY_SECONDS = 0.1


@dataclass
class Report:
    """What the server gave out."""

    view: RoomView
    events: list[messages.Event] = field(default_factory=list)
    documents: dict[str, bytes] = field(default_factory=dict)


class Auditor:
    """One room's auditor; takes an observer's seat the first time."""

    def __init__(self, room: str, secret: str, oracle: Oracle) -> None:
        self._room = room
        self._oracle = oracle
        self._token = encode_token(
            Credentials(secret=secret, member=names.new_id(), key=names.new_secret(), role="observer")
        )

    async def audit(self, address: tuple[str, int]) -> Report:
        """Ask for everything, and hold it against the account."""
        last = self._oracle.last_event
        url = Invite(*address, self._room, "").url
        async with asyncio.timeout(PATIENCE_SECONDS):
            report = await self._ask(url)
        oracle = self._oracle
        for document, update in report.documents.items():
            oracle.check_kept(document, update, "the server")
        oracle.check_events([event.number for event in report.events], "an auditor")
        for event in report.events:
            oracle.announced(event)
        if report.view.number < last:
            oracle.fault(f"event {last} was announced, the server knows {report.view.number}")
        return report

    async def _ask(self, url: str) -> Report:
        while True:
            try:
                async with connect(url, compression=None, max_size=limits.MAX_ANSWER_BYTES, proxy=None) as socket:
                    return await self._read(socket)
            except ConnectionClosed as closed:
                # Its storage may be on its way back, and then this is what every client is told.
                if closed.rcvd is None or closed.rcvd.code not in RETRY_CODES:
                    raise
                await asyncio.sleep(RETRY_SECONDS)

    async def _read(self, socket: ClientConnection) -> Report:
        asked = [*self._oracle.documents]
        await socket.send(frames.encode(frames.Token(SESSION_DOCUMENT, self._token)))
        await self._say(socket, messages.CatchUp(since=0))
        report: Report | None = None
        while True:
            data = await socket.recv()
            assert isinstance(data, bytes)
            self._oracle.seen(data)
            match frames.decode(data, limits.MAX_ANSWER_BYTES):
                case frames.PermissionDenied() as denied:
                    raise AssertionError(f"the auditor is denied {denied.document}: {denied.reason}")
                case frames.Stateless() as stateless:
                    match messages.decode_notice(stateless.text):
                        case messages.Snapshot() as snapshot:
                            report = Report(snapshot.view)
                        case messages.Missed() as missed:
                            assert report is not None
                            report.events += missed.events
                            if not report.events or report.events[-1].number >= report.view.number:
                                break
        for name in asked:
            await socket.send(frames.encode(frames.Token(name, self._token)))
            await socket.send(frames.encode(frames.SyncStep1(name, NOTHING)))
        while len(report.documents) < len(asked):
            data = await socket.recv()
            assert isinstance(data, bytes)
            self._oracle.seen(data)
            frame = frames.decode(data, limits.MAX_ANSWER_BYTES)
            if isinstance(frame, frames.SyncStep2):
                report.documents[frame.document] = frame.update
        return report

    async def _say(self, socket: ClientConnection, command: messages.AnyCommand) -> None:
        await socket.send(frames.encode(frames.Stateless(SESSION_DOCUMENT, messages.encode_message(command))))
