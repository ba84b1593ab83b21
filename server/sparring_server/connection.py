"""One client's websocket: checks every frame against the limits and the policy, and hands it to the room.

What can be done at once is done within `receive`, without a task: an update is checked, logged and forwarded before the
next frame is read. Where something must be awaited (a door, a command), what comes meanwhile lines up behind it.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from typing import Protocol

from sparring_server.documents import Access, access
from sparring_server.doors import Denied
from sparring_server.hub import Hub
from sparring_server.live_documents import LiveDocument, TooLargeError
from sparring_server.live_room import LiveRoom
from sparring_server.protocol import frames, limits, messages
from sparring_server.protocol.closing import CloseCode
from sparring_server.protocol.lib0 import MalformedData, Reader, var_string
from sparring_server.protocol.names import SESSION_DOCUMENT, parse_document
from sparring_server.protocol.presence import decode_presences
from sparring_server.protocol.token import Credentials, Denial, decode_token
from sparring_server.storage import StorageAwayError, StorageError
from sparring_server.update_log import check_update

log = logging.getLogger(__name__)

_UPDATE = bytes((frames.FrameType.SYNC, 2))
"""What follows the document's name in a frame with an update."""
_NOTHING_HELD: list[bytes] = []
_TOO_MANY = "Too many messages at once."


class Transport(Protocol):
    """What a connection needs of the websocket library."""

    address: str

    def send(self, data: bytes) -> None:
        """Queue a binary message; never waits."""

    def send_together(self, messages: Sequence[bytes]) -> None:
        """Queue several as one write."""

    is_choked: bool
    """Much is queued that the operating system does not take."""

    @property
    def unsent_bytes(self) -> int:
        """What is queued and not yet with the operating system."""

    def pause_reading(self) -> None:
        """Read nothing more for now."""

    def resume_reading(self) -> None:
        """Read on."""

    def cut(self, cut: "Cut") -> None:
        """Close with a code and a reason."""


class Cut(Exception):
    """This connection must be closed, with a code and a reason for people."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Allowance:
    """A token bucket: so many a second, with a burst."""

    __slots__ = ("_at", "_burst", "_left", "_now", "_per_second")

    def __init__(self, per_second: float, burst: float, now: Callable[[], float] = time.monotonic) -> None:
        self._per_second = per_second
        self._burst = burst
        self._left = burst
        self._now = now
        self._at = now()

    def take(self) -> bool:
        """Use one; False if none is left."""
        now = self._now()
        left = self._left + (now - self._at) * self._per_second
        self._at = now
        # Every keystroke comes by here, and `min` is a call.
        if left > self._burst:
            left = self._burst
        is_left = left >= 1
        self._left = left - 1 if is_left else left
        return is_left


class Channel:
    """One document of one connection."""

    __slots__ = ("_applied", "_connection", "access", "document", "key", "send", "writes")

    def __init__(self, connection: "Connection", key: str, document: LiveDocument, granted: Access) -> None:
        self._connection = connection
        self.key = key
        self.send = connection.send
        self.document = document
        self.access = granted
        self.writes = granted is Access.READ_WRITE and document.name != SESSION_DOCUMENT
        """The session is events and presence; it has no text that could be changed around the rules."""
        self._applied = frames.encode(frames.SyncStatus(key, True))

    @property
    def member_id(self) -> str:
        return self._connection.credentials.member

    @property
    def secret(self) -> str:
        return self._connection.credentials.secret

    def expel(self, reason: str) -> None:
        self._connection.cut(Cut(CloseCode.FORBIDDEN, reason))

    def acknowledge(self, stored: bool) -> None:
        self._connection.send_soon(self._applied if stored else frames.encode(frames.SyncStatus(self.key, False)))

    def acknowledge_later(self) -> None:
        self._connection.send_later(self._applied)


class Connection:
    """See the module. `close` gives everything back."""

    # What a keystroke touches lies together: the processor's caches have forgotten it since the one before.
    __slots__ = (
        "_backlog", "_backlog_bytes", "_by_name", "_channels", "_commands", "_credentials", "_denials",
        "_denied", "_early_bytes", "_early_frames", "_hub", "_is_cut", "_others", "_room", "_room_id",
        "_transport", "_updates", "_work", "held",
    )  # fmt: skip

    def __init__(self, room_id: str, hub: Hub, transport: Transport) -> None:
        self._room_id = room_id
        self._hub = hub
        self._transport = transport
        self._is_cut = False
        self._room: LiveRoom | None = None
        self._credentials: Credentials | None = None
        self._channels: dict[str, Channel] = {}
        self._by_name: dict[bytes, Channel] = {}
        """The same, by the first bytes of their frames."""
        self._denied: set[str] = set()
        self._denials = 0
        self._early_bytes = 0
        self._early_frames = 0
        self._commands = Allowance(limits.COMMANDS_PER_SECOND, limits.COMMANDS_BURST)
        self._updates = Allowance(limits.UPDATES_PER_SECOND, limits.UPDATES_BURST)
        self._others = Allowance(limits.OTHER_FRAMES_PER_SECOND, limits.OTHER_FRAMES_BURST)
        self._backlog: deque[bytes] | None = None
        """Made when it is first needed: an empty one takes more than all else here."""
        self._backlog_bytes = 0
        self.held: list[bytes] = _NOTHING_HELD
        """Frames that go out before the next one; see `Held`."""
        self._work: asyncio.Task[None] | None = None

    @property
    def is_authenticated(self) -> bool:
        return self._room is not None

    @property
    def credentials(self) -> Credentials:
        assert self._credentials is not None
        return self._credentials

    def send(self, frame: bytes) -> None:
        """Queue a frame, or cut a client that reads too slowly."""
        if self._is_cut or (self._transport.is_choked and self._is_too_slow()):
            return
        held = self.held
        if held:
            self.held = _NOTHING_HELD
            held.append(frame)
            self._transport.send_together(held)
        else:
            self._transport.send(frame)

    def send_soon(self, frame: bytes) -> None:
        """Queue a frame that goes out with the next one, if that comes at once."""
        if self.held:
            self.held.append(frame)
        else:
            self.held = [frame]
        self._hub.held.soon(self)

    def send_later(self, frame: bytes) -> None:
        """Queue a frame that goes out with the next one, whenever `Held` lets it wait for that."""
        if self.held:
            self.held.append(frame)
        else:
            held = self.held = [frame]
            self._hub.held.wait(self, held)

    def release(self) -> None:
        """Send what is held, or cut a client that reads too slowly."""
        if self._is_cut or (self._transport.is_choked and self._is_too_slow()):
            return
        held, self.held = self.held, _NOTHING_HELD
        if held:
            self._transport.send_together(held)

    def _is_too_slow(self) -> bool:
        """Whether this one had to be cut, so that what waits for it does not fill the memory."""
        if self._transport.unsent_bytes > limits.MAX_UNSENT_BYTES:
            self.held = _NOTHING_HELD
            self.cut(Cut(CloseCode.RESET, "Reading too slowly; connect again to catch up."))
        return self._is_cut

    def cut(self, cut: Cut) -> None:
        """End this connection; nothing more is taken from it nor sent to it."""
        if self._is_cut:
            return
        if self.held:
            self._transport.send_together(self.held)
        self._is_cut, self.held = True, _NOTHING_HELD
        self._backlog = None
        self._hub.counts.cuts += 1
        log.info(
            "cut a connection to room %s: %d %s", self._room_id, cut.code, cut.reason, extra={"code": int(cut.code)}
        )
        self._transport.cut(cut)

    def receive(self, data: bytes) -> None:
        """Take one websocket message, now or when what is under way is done. Who may not send it is cut."""
        if self._is_cut:
            return
        try:
            if self._work is None:
                # The way of a keystroke: an update to a document that this connection has open. No call in it is one
                # too many: what they touch is seldom in the processor's caches.
                end = data[0] + 1 if data else 0
                channel = self._by_name.get(data[:end])
                if channel is not None and data[end : end + 2] == _UPDATE:
                    self._take_update(channel, _update_in(data, end + 2), data)
                    return
            self._receive(data)
        except Exception as error:
            self._end(error)

    def _receive(self, data: bytes) -> None:
        if self._room is None:
            self._check_early_limits(len(data))
        if self._work is None:
            work = self._dispatch(frames.decode(data))
            if work is not None:
                self._work = asyncio.create_task(self._carry_on(work))
            return
        if self._backlog is None:
            self._backlog = deque()
        self._backlog.append(data)
        self._backlog_bytes += len(data)
        if self._backlog_bytes > limits.MAX_BACKLOG_BYTES:
            self._transport.pause_reading()

    async def _carry_on(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
            while self._backlog and not self._is_cut:
                data = self._backlog.popleft()
                self._backlog_bytes -= len(data)
                more = self._dispatch(frames.decode(data))
                if more is not None:
                    await more
        except Exception as error:
            self._end(error)
        finally:
            self._work = None
            self._transport.resume_reading()

    def _end(self, error: Exception) -> None:
        """Cut this client for what came of its message."""
        match error:
            case Cut():
                self.cut(error)
            case MalformedData():
                self.cut(Cut(CloseCode.MALFORMED, f"Malformed frame: {error}"))
            case TooLargeError():
                self.cut(Cut(CloseCode.LIMIT, f"Too large: {error}"))
            case _:
                log.error("a fault of the server in room %s", self._room_id, exc_info=error)
                self.cut(Cut(CloseCode.RESET, "A fault of the server; connect again."))

    async def close(self) -> None:
        """Give everything back. Must be called once, whatever happened."""
        self._is_cut = True
        self._backlog = None
        if self._work is not None:
            # Entering may be under way; what was entered must be left.
            await asyncio.wait([self._work])
        if self._room is None:
            return
        for channel in self._channels.values():
            self._room.detach(channel.document, channel)
        self._channels.clear()
        self._by_name.clear()
        await self._hub.leave(self._room_id)

    def _check_early_limits(self, size: int) -> None:
        self._early_bytes += size
        self._early_frames += 1
        if self._early_bytes > limits.UNAUTHENTICATED_BYTES or self._early_frames > limits.UNAUTHENTICATED_FRAMES:
            raise Cut(CloseCode.UNAUTHORIZED, "Too much before a valid token.")

    def _dispatch(self, frame: frames.Frame) -> Coroutine[None, None, None] | None:
        """Take one frame; what is left to be awaited, if anything. Raises `Cut`, `MalformedData`, `TooLargeError`."""
        if not isinstance(frame, frames.SyncStep2 | frames.SyncUpdate | frames.Awareness | frames.Stateless):
            self._limit(self._others)
        if isinstance(frame, frames.Token):
            return self._authenticate(frame)
        if isinstance(frame, frames.Ping):
            self.send(frames.PONG)
            return None
        if isinstance(frame, frames.Pong):
            return None
        channel = self._channels.get(frame.document)
        if channel is None or self._room is None:
            # A provider whose token was refused sends on for a while; anybody else has no business here.
            if frame.document not in self._denied:
                raise Cut(CloseCode.UNAUTHORIZED, "A frame for a document without a token.")
            return None
        match frame:
            case frames.SyncStep1():
                self._answer_step1(channel, frame)
            case frames.SyncUpdate():
                self._take_update(channel, frame.update)
            case frames.SyncStep2():
                self._take_update(channel, frame.update, is_step2=True)
            case frames.Awareness():
                self._limit(self._updates)
                self._room.presence(channel.document, decode_presences(frame.update), channel)
            case frames.QueryAwareness():
                self._room.send_presence(channel.document, channel)
            case frames.Stateless():
                return self._take_command(self._room, channel, frame)
            case frames.Close():
                self._detach(self._room, channel)
            case _:
                raise MalformedData("a frame that only a server sends")
        return None

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
            self._hub.counts.denials += 1
            self._denied.add(key)
            self.send(frames.encode(frames.PermissionDenied(key, denied.denial)))
            if self._denials >= limits.MAX_DENIED_TOKENS_PER_CONNECTION:
                raise Cut(CloseCode.FORBIDDEN, "Too many refused tokens.") from denied
            return
        except StorageAwayError as error:
            # Not a refusal, after which a client gives up.
            raise Cut(CloseCode.RESET, str(error)) from error
        self._denied.discard(key)
        granted = access(document, self.credentials.member, self.credentials.role)
        old = self._channels.get(key)
        if old is not None:
            self._detach(room, old)
        self.send(frames.encode(frames.Authenticated(key, granted.value)))
        channel = Channel(self, key, room.document(name), granted)
        self._channels[key] = self._by_name[var_string(key)] = channel
        room.attach(channel.document, channel)

    def _detach(self, room: LiveRoom, channel: Channel) -> None:
        del self._channels[channel.key]
        del self._by_name[var_string(channel.key)]
        room.detach(channel.document, channel)

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
        elif not self._room.knows(credentials):
            await self._room.admit(credentials)
        return self._room

    # Documents.

    def _answer_step1(self, channel: Channel, frame: frames.SyncStep1) -> None:
        log_ = channel.document.log
        *before, last = log_.answer(frame.state_vector)
        for update in before:
            self.send(frames.encode(frames.SyncUpdate(channel.key, update)))
        self.send(frames.encode(frames.SyncStep2(channel.key, last)))
        self.send(frames.encode(frames.SyncStep1(channel.key, log_.state_vector())))

    def _take_update(
        self, channel: Channel, update: bytes, frame: bytes | None = None, *, is_step2: bool = False
    ) -> None:
        if not self._updates.take():
            raise Cut(CloseCode.LIMIT, _TOO_MANY)
        check_update(update)
        if channel.writes:
            assert self._room is not None
            try:
                self._room.documents.update(channel.document, update, channel, frame)
            except StorageError as error:
                raise Cut(CloseCode.RESET, str(error)) from error
        else:
            # A reader's step 2 says again what the server has; that is no attempt to write.
            may_be_known = is_step2 or channel.document.name == SESSION_DOCUMENT
            channel.document.answer(channel, may_be_known and channel.document.log.has_all_of(update))

    # Commands.

    async def _take_command(self, room: LiveRoom, channel: Channel, frame: frames.Stateless) -> None:
        self._limit(self._commands)
        if channel.document.name != SESSION_DOCUMENT:
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
            raise Cut(CloseCode.LIMIT, _TOO_MANY)


def _update_in(data: bytes, start: int) -> bytes:
    """The update that fills the rest of a frame, after its length. Raises `MalformedData`."""
    size = data[start] if start < len(data) else 0
    if 0 < size < 0x80:
        update = data[start + 1 :]
        if len(update) == size:
            return update
    reader = Reader(data[start:])
    update = reader.var_bytes(limits.MAX_FRAME_BYTES)
    if reader.remaining:
        raise MalformedData(f"{reader.remaining} bytes too many at the end of the frame")
    return update
