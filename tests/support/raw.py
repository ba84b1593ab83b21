"""A client without any manners: it sends what a test wants, and keeps what comes back."""

import contextlib
from types import TracebackType

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from sparring_server.protocol import frames, messages, names
from sparring_server.protocol.invite import Invite
from sparring_server.protocol.token import Credentials, encode_token


class RawClient:
    """`async with RawClient(invite, role="observer") as eve: …`."""

    def __init__(self, invite: Invite, **credentials: object) -> None:
        values: dict[str, object] = {
            "secret": invite.secret, "member": names.new_id(), "key": names.new_secret(), **credentials,
        }  # fmt: skip
        self.credentials = Credentials(**values)  # type: ignore[arg-type]
        self._url = invite.url
        self.headers: dict[str, str] = {}
        self.frames: list[frames.Frame] = []

    async def __aenter__(self) -> "RawClient":
        self.socket: ClientConnection = await connect(
            self._url, proxy=None, compression=None, additional_headers=self.headers
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.socket.close()

    async def send(self, frame: frames.Frame) -> None:
        """A server that has closed meanwhile is no failure; what it made of the frame is seen elsewhere."""
        with contextlib.suppress(ConnectionClosed):
            await self.socket.send(frames.encode(frame))

    async def say(self, command: messages.AnyCommand) -> None:
        await self.send(frames.Stateless(names.SESSION_DOCUMENT, messages.encode_message(command)))

    async def knock(self, document: str = names.SESSION_DOCUMENT) -> str:
        """Show the token; empty if the door opens, else the reason why not."""
        await self.send(frames.Token(document, encode_token(self.credentials)))
        answer = await self.next(frames.Authenticated, frames.PermissionDenied)
        return answer.reason if isinstance(answer, frames.PermissionDenied) else ""

    async def join(self, name: str) -> None:
        """Take a seat, and see oneself on it."""
        assert await self.knock() == ""
        await self.say(messages.Join(name=name))
        await self.hears(messages.MemberJoined)

    async def next(self, *kinds: type[frames.Frame]) -> frames.Frame:
        """The next frame of one of these kinds."""
        while True:
            data = await self.socket.recv()
            assert isinstance(data, bytes)
            self.frames.append(frames.decode(data))
            if isinstance(self.frames[-1], kinds):
                return self.frames[-1]

    async def hears(self, change: type[messages.Change]) -> messages.Event:
        while True:
            frame = await self.next(frames.Stateless)
            assert isinstance(frame, frames.Stateless)
            notice = messages.decode_notice(frame.text)
            if isinstance(notice, messages.Event) and isinstance(notice.change, change):
                return notice

    async def hears_notice(self, kind: type[messages.Notice]) -> messages.Notice:
        while True:
            frame = await self.next(frames.Stateless)
            assert isinstance(frame, frames.Stateless)
            notice = messages.decode_notice(frame.text)
            if isinstance(notice, kind):
                return notice

    async def is_cut(self) -> tuple[int, str]:
        """Take what comes until the server closes; the code and the reason."""
        try:
            while True:
                data = await self.socket.recv()
                assert isinstance(data, bytes)
                self.frames.append(frames.decode(data))
        except ConnectionClosed:
            return self.socket.close_code or 0, self.socket.close_reason or ""
