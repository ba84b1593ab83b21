"""Whether a Sparring server answers at an address: a real opening of a websocket, with nothing said over it."""

import asyncio
import ssl
from dataclasses import dataclass
from enum import StrEnum

from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake, InvalidStatus

from sparring_server.protocol import names
from sparring_server.protocol.invite import is_pinned

PROBE_SECONDS = 4.0
"""So long an address has to answer. Behind a router that drops what it does not like, nothing else ever comes."""
CLOSE_SECONDS = 0.5


class Answer(StrEnum):
    """What came of it."""

    SPARRING = "sparring"
    SILENT = "silent"
    """Nothing came back in time."""
    REFUSED = "refused"
    """A machine is there, and nothing listens."""
    UNREACHABLE = "unreachable"
    """There is no way to it, or no such name."""
    OTHER = "other"
    """Something answers, and it is no Sparring server."""
    UNTRUSTED = "untrusted"
    """Its certificate is not the expected one."""
    FULL = "full"


WORDS: dict[Answer, str] = {
    Answer.SPARRING: "A Sparring server answers.",
    Answer.SILENT: "Nothing answers there. Is the address right, and is the server running?",
    Answer.REFUSED: "The machine answers, but no server listens at that port.",
    Answer.UNREACHABLE: "There is no way to that address. Is it spelled right, and is this machine online?",
    Answer.OTHER: "Something answers there, but it is no Sparring server.",
    Answer.UNTRUSTED: "Its certificate cannot be trusted. Ask who runs it, and do not use it until then.",
    Answer.FULL: "A Sparring server answers, but it is full right now.",
}


@dataclass(frozen=True)
class Place:
    """Where a server is."""

    host: str
    port: int
    tls: bool = False
    pin: str = ""
    """SHA-256 of its certificate as an invite link has it, if it made that by itself; empty: who signs it is asked."""

    @property
    def where(self) -> str:
        """Host and port as people write them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


async def probe(place: Place, seconds: float = PROBE_SECONDS) -> Answer:
    """Knock at a server, with a room that does not exist. No secret goes out."""
    url = f"{'wss' if place.tls else 'ws'}://{place.where}/rooms/{names.new_id()}"
    try:
        async with (
            asyncio.timeout(seconds),
            connect(
                url, ssl=_context(place), proxy=None, compression=None, open_timeout=seconds, ping_interval=None,
                close_timeout=CLOSE_SECONDS, max_size=4_096,
            ) as socket,
        ):  # fmt: skip
            if place.pin:
                shown = socket.transport.get_extra_info("ssl_object").getpeercert(binary_form=True)
                if not is_pinned(shown, place.pin):
                    return Answer.UNTRUSTED
            return Answer.SPARRING
    except TimeoutError:
        return Answer.SILENT
    except InvalidStatus as error:
        return Answer.FULL if error.response.status_code in (429, 503) else Answer.OTHER
    except ssl.SSLCertVerificationError:
        return Answer.UNTRUSTED
    except ConnectionRefusedError:
        return Answer.REFUSED
    except (InvalidHandshake, EOFError, ConnectionResetError, ssl.SSLError):
        return Answer.OTHER
    except (OSError, UnicodeError):
        return Answer.UNREACHABLE


def _context(place: Place) -> ssl.SSLContext | None:
    if not place.tls:
        return None
    context = ssl.create_default_context()
    if place.pin:
        # The server's own certificate is known by its fingerprint, which is compared above.
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
