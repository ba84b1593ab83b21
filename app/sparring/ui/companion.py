"""Listens for what the browser extension Competitive Companion sends: on this machine only, and only while switched on.

Any page that is open in a browser can try to speak to a port of this machine. So nothing but a JSON post from an
extension is taken, under our own name and port (a page that was rebound to this address comes under its own), no page
is ever allowed to read an answer, and a post by itself does nothing: it is shown, and kept when somebody says so.
"""

import http.server
import io
import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QTcpServer, QTcpSocket

from sparring.problems.importing.companion import CompanionPost, PostError, read_post

log = logging.getLogger(__name__)

MAX_HEAD_BYTES = 16_384
MAX_BODY_BYTES = 1_048_576
MAX_VISITS = 8
"""Connections at one time; a browser needs one for each problem it sends."""
VISIT_MS = 3_000
"""From a connection's beginning to its end; the extension itself gives up after half a second."""
EXTENSION_SCHEMES = frozenset({"chrome-extension", "moz-extension", "safari-web-extension", "extension"})
_WORDS = {
    200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    408: "Request Timeout", 411: "Length Required", 413: "Content Too Large", 415: "Unsupported Media Type",
    421: "Misdirected Request", 422: "Unprocessable Content", 431: "Request Header Fields Too Large",
    503: "Service Unavailable", 505: "HTTP Version Not Supported",
}  # fmt: skip


class Refused(Exception):
    """A request that is not taken: the status, and why in words."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class _Head(http.server.BaseHTTPRequestHandler):
    """The standard library's parser of a request's head, without the server around it."""

    def __init__(self, head: bytes) -> None:
        self.rfile, self.wfile = io.BufferedReader(io.BytesIO(head)), io.BytesIO()
        self.client_address = ("127.0.0.1", 0)
        self.fault: tuple[int, str] | None = None
        self.raw_requestline = self.rfile.readline()
        if not self.parse_request() and self.fault is None:
            self.fault = (400, "the request is not understood")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self.fault = (code if code in _WORDS else 400, message or "the request is not understood")

    def handle_expect_100(self) -> bool:
        return True

    def one(self, name: str) -> str:
        """A header that may stand there once at most; empty if it does not."""
        values = self.headers.get_all(name) or []
        if len(values) > 1:
            raise Refused(400, f"{name} stands there twice")
        return str(values[0]).strip() if values else ""


def body_length(head: bytes, port: int) -> int:
    """How long the body of a request is that may be taken, by its head. Raises `Refused`."""
    found = _Head(head)
    if found.fault is not None:
        raise Refused(*found.fault)
    if found.one("Host").casefold() not in (f"127.0.0.1:{port}", f"localhost:{port}"):
        raise Refused(421, "this is not the name of this address")
    origin = found.one("Origin")
    if origin and urlsplit(origin).scheme not in EXTENSION_SCHEMES:
        raise Refused(403, "a web page may not send anything here")
    if found.command != "POST":
        raise Refused(405, "only POST is understood")
    if found.path != "/":
        raise Refused(404, "there is nothing at this path")
    if found.one("Content-Type").partition(";")[0].strip().casefold() != "application/json":
        raise Refused(415, "only application/json is understood")
    if found.one("Transfer-Encoding"):
        raise Refused(411, "the length must be said before")
    length = found.one("Content-Length")
    if not (length.isascii() and length.isdigit()):
        raise Refused(411, "the length must be said before")
    if len(length) > 10 or int(length) > MAX_BODY_BYTES:
        raise Refused(413, f"it is larger than {MAX_BODY_BYTES:,} bytes")
    return int(length)


class _Visit(QObject):
    """One connection: one request, one answer, and a clock over both."""

    ended = Signal(object)

    def __init__(self, socket: QTcpSocket, port: int, take: Callable[[bytes], None], parent: QObject) -> None:
        super().__init__(parent)
        self._socket, self._port, self._take = socket, port, take
        socket.setParent(self)
        # What is not read yet waits in the system, and not in our memory.
        socket.setReadBufferSize(MAX_HEAD_BYTES + MAX_BODY_BYTES)
        self._received = b""
        self._body_at = -1
        self._wanted = 0
        self._is_answered = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.close)
        self._clock.start(VISIT_MS)
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(self._end)
        socket.errorOccurred.connect(self._failed)
        self._read()

    def close(self) -> None:
        self._socket.abort()

    def _failed(self) -> None:
        if self._socket.state() == QAbstractSocket.SocketState.UnconnectedState:
            self._end()

    def _end(self) -> None:
        self._clock.stop()
        self.ended.emit(self)

    def _read(self) -> None:
        data = self._socket.readAll().data()
        if self._is_answered:
            return
        self._received += data
        try:
            if self._body_at < 0 and not self._read_head():
                return
            if len(self._received) - self._body_at < self._wanted:
                return
            self._take(self._received[self._body_at : self._body_at + self._wanted])
        except Refused as refusal:
            log.info("refused what came to the browser's port: %s", refusal)
            self._answer(refusal.status, str(refusal))
        else:
            self._answer(200, "")

    def _read_head(self) -> bool:
        end = self._received.find(b"\r\n\r\n")
        if end < 0 or end > MAX_HEAD_BYTES:
            if len(self._received) > MAX_HEAD_BYTES:
                raise Refused(431, "the head of the request is too large")
            return False
        self._wanted = body_length(self._received[: end + 4], self._port)
        self._body_at = end + 4
        return True

    def _answer(self, status: int, words: str) -> None:
        self._is_answered = True
        self._received = b""
        body = f"{words}\n".encode() if words else b""
        # No header that would let a page read this, nor a line about who we are.
        head = f"HTTP/1.1 {status} {_WORDS[status]}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        self._socket.write(f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)
        self._socket.disconnectFromHost()


class CompanionListener(QObject):
    """The port. `has_room` says whether another post can be taken."""

    came = Signal(object)
    """A `CompanionPost`."""
    refused = Signal(str)
    """A problem that came and cannot be kept, in words."""
    changed = Signal()
    """It listens now, or no longer."""

    def __init__(self, parent: QObject | None = None, *, has_room: Callable[[], bool] = lambda: True) -> None:
        super().__init__(parent)
        self._has_room = has_room
        self._server: QTcpServer | None = None
        self._visits: set[_Visit] = set()
        self.trouble = ""
        """Why it does not listen although it should, in words."""

    @property
    def port(self) -> int:
        """Where it listens; 0 if it does not."""
        return self._server.serverPort() if self._server is not None else 0

    def start(self, port: int) -> None:
        """Listen on a port of this machine; `trouble` says why if that is not possible."""
        self.stop()
        server = QTcpServer(self)
        server.setMaxPendingConnections(MAX_VISITS)
        server.newConnection.connect(self._welcome)
        if server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost), port):
            self._server, self.trouble = server, ""
        else:
            is_taken = server.serverError() == QAbstractSocket.SocketError.AddressInUseError
            why = "another program uses it already" if is_taken else server.errorString()
            self.trouble = f"Port {port} cannot be listened on: {why}. Choose another one, here and in the extension."
            server.deleteLater()
        self.changed.emit()

    def stop(self) -> None:
        """Listen no longer; what is under way is cut."""
        server, self._server, self.trouble = self._server, None, ""
        if server is None:
            return
        server.close()
        for visit in tuple(self._visits):
            visit.close()
        server.deleteLater()
        self.changed.emit()

    def _welcome(self) -> None:
        server = self._server
        while server is not None and server.hasPendingConnections():
            socket = server.nextPendingConnection()
            if len(self._visits) >= MAX_VISITS:
                socket.abort()
                socket.deleteLater()
                continue
            visit = _Visit(socket, server.serverPort(), self._take, self)
            self._visits.add(visit)
            visit.ended.connect(self._goodbye)

    def _goodbye(self, visit: _Visit) -> None:
        if visit in self._visits:
            self._visits.discard(visit)
            visit.deleteLater()

    def _take(self, body: bytes) -> None:
        if not self._has_room():
            raise Refused(503, "too many problems wait to be looked at")
        try:
            post: CompanionPost = read_post(body)
        except PostError as error:
            self.refused.emit(str(error))
            raise Refused(422, str(error)) from error
        self.came.emit(post)
