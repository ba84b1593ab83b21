"""The websocket of a seat: whole messages are handed over as they are read, and a pinned certificate comes first.

`websockets` by itself puts messages into a queue for a task. In the app's event loop each turn of a task is a timer of
Qt's, with paintings in between, and a partner's key would wait for those.
"""

import asyncio
import ssl
from collections.abc import Callable
from functools import partial
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.frames import DATA_OPCODES, Frame, Opcode

from sparring_server.protocol.invite import is_pinned

Take = Callable[[str | bytes], None]


class WrongCertificate(Exception):
    """The server has another certificate than the link says. Nothing was sent to it."""


class Websocket(ClientConnection):
    """Gives each message to `take` in the loop's thread. Says nothing before the certificate is the right one."""

    def __init__(self, *arguments: Any, pin: str, take: Take, **options: Any) -> None:
        """`pin` is the fingerprint of the only certificate that the server may show; empty for what TLS itself asks."""
        super().__init__(*arguments, **options)
        self._pin = pin
        self._take = take
        self._fragments: list[bytes] = []
        self._is_text = False

    async def handshake(self, *arguments: Any, **options: Any) -> None:
        """TLS is agreed when this is called; the request of the websocket is what it would send."""
        if self._pin:
            tls = self.transport.get_extra_info("ssl_object")
            if tls is None or not is_pinned(tls.getpeercert(binary_form=True), self._pin):
                raise WrongCertificate
        await super().handshake(*arguments, **options)

    def process_event(self, event: Any) -> None:
        """Called by `websockets` for each frame, whose order and sizes it has checked."""
        if isinstance(event, Frame) and event.opcode in DATA_OPCODES:
            self._take_frame(event)
        else:
            super().process_event(event)

    def _take_frame(self, frame: Frame) -> None:
        if frame.opcode is not Opcode.CONT:
            self._is_text = frame.opcode is Opcode.TEXT
        self._fragments.append(bytes(frame.data))
        if not frame.fin:
            return
        data = self._fragments[0] if len(self._fragments) == 1 else b"".join(self._fragments)
        self._fragments.clear()
        self._take(data.decode(errors="replace") if self._is_text else data)


async def websocket_options(url: str, pin: str, take: Take) -> dict[str, Any]:
    """What `websockets.connect` needs to know of this address's TLS, and of who takes the messages."""
    options: dict[str, Any] = {"create_connection": partial(Websocket, pin=pin, take=take)}
    if not url.startswith("wss:"):
        return options
    if not pin:
        # Reads all the certificates that the system trusts, which takes longer than a picture.
        return {**options, "ssl": await asyncio.to_thread(ssl.create_default_context)}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # The pin says more than a name and an authority could, and it is compared in `Websocket`.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return {**options, "ssl": context}
