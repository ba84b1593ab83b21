"""One client's websocket: checks every frame against the limits and the policy, and hands it to the room."""

import logging
import time
from collections.abc import Callable
from typing import Protocol

from sparring_server.documents import Access, access, check_update
from sparring_server.doors import Denied
from sparring_server.hub import Hub
from sparring_server.live_room import LiveRoom, TooLargeError
from sparring_server.protocol import frames, limits, messages
from sparring_server.protocol.closing import CloseCode
from sparring_server.protocol.lib0 import MalformedData
from sparring_server.protocol.names import SESSION_DOCUMENT, parse_document
from sparring_server.protocol.presence import decode_presences
from sparring_server.protocol.token import Credentials, Denial, decode_token

log = logging.getLogger(__name__)


class Transport(Protocol):
    """What a connection needs of the websocket library."""

    address: str

    def send(self, data: bytes) -> None:
        """Queue a binary message; never waits."""

    @property
    def unsent_bytes(self) -> int:
        """What is queued and not yet with the operating system."""


class Cut(Exception):
    """This connection must be closed, with a code and a reason for people."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Allowance:
    """A token bucket: so many a second, with a burst."""

    def __init__(self, per_second: float, burst: float, now: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._left = burst
        self._now = now
        self._at = now()

    def take(self) -> bool:
        """Use one; False if none is left."""
        now = self._now()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Channel:
    """One document of one connection."""

    def __init__(self, connection: "Connection", key: str, document: str, granted: Access) -> None:
        self._connection = connection
        self.key = key
        self.document = document
        self.access = granted

    @property
    def member_id(self) -> str:
        return self._connection.credentials.member

    def send(self, frame: bytes) -> None:
        self._connection.send(frame)


class Connection:
    """See the module. `receive` raises `Cut` when the connection must end; `close` gives everything back."""

    def __init__(self, room_id: str, hub: Hub, transport: Transport, cut: Callable[[Cut], None]) -> None:
        self._room_id = room_id
        self._hub = hub
        self._transport = transport
        self._cut = cut
        self._is_cut = False
        self._room: LiveRoom | None = None
        self._credentials: Credentials | None = None
        self._channels: dict[str, Channel] = {}
        self._denied: set[str] = set()
        self._denials = 0
        self._early_bytes = 0
        self._early_frames = 0
        self._commands = Allowance(limits.COMMANDS_PER_SECOND, limits.COMMANDS_BURST)
        self._updates = Allowance(limits.UPDATES_PER_SECOND, limits.UPDATES_BURST)

    @property
    def is_authenticated(self) -> bool:
        return self._room is not None

    @property
    def credentials(self) -> Credentials:
        assert self._credentials is not None
        return self._credentials

    def send(self, frame: bytes) -> None:
        """Queue a frame, or cut a client that reads too slowly."""
        if self._is_cut:
            return
        if self._transport.unsent_bytes > limits.MAX_UNSENT_BYTES:
            self._is_cut = True
            self._cut(Cut(CloseCode.RESET, "Reading too slowly; connect again to catch up."))
            return
        self._transport.send(frame)

    async def receive(self, data: bytes) -> None:
        """Take one websocket message. Raises `Cut`."""
        self._check_early_limits(data)
        try:
            frame = frames.decode(data)
            await self._dispatch(frame)
        except MalformedData as error:
            raise Cut(CloseCode.MALFORMED, f"Malformed frame: {error}") from error
        except TooLargeError as error:
            raise Cut(CloseCode.LIMIT, f"Too large: {error}") from error

    async def close(self) -> None:
        """Give everything back. Must be called once, whatever happened."""
        self._is_cut = True
        if self._room is None:
            return
        for channel in self._channels.values():
            self._room.detach(channel.document, channel)
        self._channels.clear()
        await self._hub.leave(self._room_id)

    def _check_early_limits(self, data: bytes) -> None:
        if self.is_authenticated:
            return
        self._early_bytes += len(data)
        self._early_frames += 1
        if self._early_bytes > limits.UNAUTHENTICATED_BYTES or self._early_frames > limits.UNAUTHENTICATED_FRAMES:
            raise Cut(CloseCode.UNAUTHORIZED, "Too much before a valid token.")

    async def _dispatch(self, frame: frames.Frame) -> None:
        match frame:
            case frames.Ping():
                self.send(frames.PONG)
                return
            case frames.Pong():
                return
            case frames.Token():
                await self._authenticate(frame)
                return
        channel = self._channels.get(frame.document)
        if channel is None or self._room is None:
            # A provider whose token was refused sends on for a while; anybody else has no business here.
            if frame.document not in self._denied:
                raise Cut(CloseCode.UNAUTHORIZED, "A frame for a document without a token.")
            return
        match frame:
            case frames.SyncStep1():
                self._answer_step1(self._room, channel, frame)
            case frames.SyncStep2() | frames.SyncUpdate():
                self._take_update(self._room, channel, frame)
            case frames.Awareness():
                self._limit(self._updates)
                self._room.presence(channel.document, decode_presences(frame.update), channel)
            case frames.QueryAwareness():
                self._room.send_presence(channel.document, channel)
            case frames.Stateless():
                await self._take_command(self._room, channel, frame)
            case frames.Close():
                self._room.detach(channel.document, channel)
                del self._channels[channel.key]
            case _:
                raise MalformedData("a frame that only a server sends")

    # The door.

    async def _authenticate(self, frame: frames.Token) -> None:
        key = frame.document
        # A provider may address a document as "name\0sessionId"; it is answered under the same key.
        name = key.partition("\0")[0]
        try:
            room = await self._open_door(frame.token)
            document = parse_document(name)
            if document is None:
                raise Denied(Denial.NO_SUCH_DOCUMENT)
            if key not in self._channels and len(self._channels) >= limits.MAX_DOCUMENTS_PER_CONNECTION:
                raise Denied(Denial.NOT_ALLOWED)
        except Denied as denied:
            self._denials += 1
            self._denied.add(key)
            self.send(frames.encode(frames.PermissionDenied(key, denied.denial)))
            if self._denials >= limits.MAX_DENIED_TOKENS_PER_CONNECTION:
                raise Cut(CloseCode.FORBIDDEN, "Too many refused tokens.") from denied
            return
        self._denied.discard(key)
        granted = access(document, self.credentials.member, self.credentials.role)
        old = self._channels.pop(key, None)
        if old is not None:
            room.detach(old.document, old)
        channel = self._channels[key] = Channel(self, key, name, granted)
        self.send(frames.encode(frames.Authenticated(key, granted.value)))
        room.attach(name, channel)

    async def _open_door(self, token: str) -> LiveRoom:
        try:
            credentials = decode_token(token)
        except MalformedData:
            raise Denied(Denial.BAD_TOKEN) from None
        if self._room is None:
            self._room = await self._hub.enter(self._room_id, credentials, self._transport.address)
            self._credentials = credentials
        elif credentials.member != self.credentials.member or credentials.role != self.credentials.role:
            # One socket speaks for one member.
            raise Denied(Denial.NOT_ALLOWED)
        else:
            await self._room.admit(credentials)
        return self._room

    # Documents.

    def _answer_step1(self, room: LiveRoom, channel: Channel, frame: frames.SyncStep1) -> None:
        document = room.document(channel.document)
        difference = document.difference(frame.state_vector)
        self.send(frames.encode(frames.SyncStep2(channel.key, difference)))
        self.send(frames.encode(frames.SyncStep1(channel.key, document.state_vector())))

    def _take_update(self, room: LiveRoom, channel: Channel, frame: frames.SyncStep2 | frames.SyncUpdate) -> None:
        self._limit(self._updates)
        check_update(frame.update)
        if channel.document == SESSION_DOCUMENT:
            # The session is events and presence; it has no text that could be changed around the rules.
            self._acknowledge(channel, room.document(channel.document).has_all_of(frame.update))
        elif channel.access is Access.READ_WRITE:
            room.update(channel.document, frame.update, channel, lambda: self._acknowledge(channel, True))
        else:
            # A reader's step 2 says again what the server has; that is no attempt to write.
            is_known = isinstance(frame, frames.SyncStep2) and room.document(channel.document).has_all_of(frame.update)
            self._acknowledge(channel, is_known)

    def _acknowledge(self, channel: Channel, applied: bool) -> None:
        self.send(frames.encode(frames.SyncStatus(channel.key, applied)))

    # Commands.

    async def _take_command(self, room: LiveRoom, channel: Channel, frame: frames.Stateless) -> None:
        self._limit(self._commands)
        if channel.document != SESSION_DOCUMENT:
            raise MalformedData("commands belong to the session document")
        try:
            command = messages.decode_command(frame.text)
        except messages.UnknownCommand as error:
            log.info("room %s: a command that is not understood: %s", self._room_id, error)
            reason = f"The server does not understand this command ({error}). Is it an older version?"
            refusal = messages.Refused(messages.command_ref(frame.text), reason)
            self.send(frames.encode(frames.Stateless(channel.key, messages.encode_message(refusal))))
            return
        await room.command(channel, self.credentials.role, command)

    def _limit(self, allowance: Allowance) -> None:
        if not allowance.take():
            raise Cut(CloseCode.LIMIT, "Too many messages at once.")
