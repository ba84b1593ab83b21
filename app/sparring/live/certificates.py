"""Which certificate a server may show: the one that the invite link pins, or else one that this computer trusts."""

import asyncio
import ssl
from typing import Any

from websockets.asyncio.client import ClientConnection

from sparring_server.protocol.invite import is_pinned


class WrongCertificate(Exception):
    """The server has another certificate than the link says. Nothing was sent to it."""


class _PinnedConnection(ClientConnection):
    """A websocket that says nothing, not even what it wants, before the certificate is the right one."""

    def __init__(self, *arguments: Any, pin: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._pin = pin

    async def handshake(self, *arguments: Any, **options: Any) -> None:
        """TLS is agreed when this is called; the request of the websocket is what it would send."""
        tls = self.transport.get_extra_info("ssl_object")
        if tls is None or not is_pinned(tls.getpeercert(binary_form=True), self._pin):
            raise WrongCertificate
        await super().handshake(*arguments, **options)


async def tls_options(url: str, pin: str) -> dict[str, Any]:
    """What `websockets.connect` needs to know of TLS for this address."""
    if not url.startswith("wss:"):
        return {}
    if not pin:
        # Reads all the certificates that the system trusts, which takes longer than a picture.
        return {"ssl": await asyncio.to_thread(ssl.create_default_context)}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # The pin says more than a name and an authority could, and it is compared in `_PinnedConnection`.
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE

    def pinned(*arguments: Any, **options: Any) -> ClientConnection:
        return _PinnedConnection(*arguments, pin=pin, **options)

    return {"ssl": context, "create_connection": pinned}
