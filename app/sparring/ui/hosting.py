"""The server that this app hosts: a child process on all addresses of this machine, ending with the app.

It encrypts with a certificate of its own, whose pin it says when it starts and the invite link carries.
"""

import os
import re
import socket
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

ADDRESS_VARIABLE = "SPARRING_HOST_ADDRESS"
"""Set by the demo and the tests: the one address to host on. No network is asked anything then."""
EVERY_ADDRESS = ""
"""What a server listens on so that each address of this machine reaches it, those of IPv6 too."""
LOOPBACK = "127.0.0.1"
"""Where the app itself reaches the server that it hosts, whatever network comes and goes."""
RATE_VARIABLE = "SPARRING_CLOCK_RATE"
"""Compressed time for the demo; the server refuses it outside of test mode."""
START_MS = 15_000
STOP_MS = 6_000
_LISTENING = re.compile(rb"listening on wss?://(?P<host>[^\s]*):(?P<port>\d+)")
_PIN = re.compile(rb"certificate (?P<pin>[A-Za-z0-9_-]{43})\s")
_SERVERS_VARIABLES = "SPARRING_SERVER_"
"""Settings, secrets among them, of servers that somebody runs for others. A hosted one takes its own and no others."""


def fixed_address() -> str:
    """The one address that hosting is tied to; empty: all addresses of this machine."""
    return os.environ.get(ADDRESS_VARIABLE, "")


def free_port() -> int:
    """A port that is free now. Who listens on several addresses has to name it beforehand."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as found:
        found.bind(("", 0))
        return int(found.getsockname()[1])


class HostedServer(QObject):
    """One `sparring-server` process. Its standard input is its life line: it ends when this app does."""

    started = Signal(str, int)
    """(host, port): it listens, and this app reaches it there."""
    failed = Signal(str)

    def __init__(
        self, storage: Path, host: str, port: int = 0, parent: QObject | None = None, certificate: Path | None = None
    ) -> None:
        """`certificate` is the folder with the profile's own; without it nothing is encrypted."""
        super().__init__(parent)
        self._storage, self._host, self._port, self._certificate = storage, host, port, certificate
        self.pin = ""
        """The fingerprint of its certificate, once it listens; empty if nothing is encrypted."""
        self._said = b""
        self._complaint = b""
        self._is_up = False
        self._is_stopping = False
        self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        names = environment.keys()
        for name in names:
            if name.startswith(_SERVERS_VARIABLES):
                environment.remove(name)
        self._process.setProcessEnvironment(environment)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_complaint)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._broken)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(START_MS)
        self._patience.timeout.connect(lambda: self._fail("The session's server does not start."))

    def start(self) -> None:
        """Start it; `started` or `failed` follows."""
        arguments = [
            "-m", "sparring_server", "--host", self._host, "--port", str(self._port),
            "--storage", f"sqlite:{self._storage}", "--stop-with-stdin", "--log-level", "warning",
        ]  # fmt: skip
        if self._certificate is not None:
            arguments += ["--tls-self-signed", str(self._certificate)]
        rate = os.environ.get(RATE_VARIABLE)
        if rate:
            arguments += ["--clock-rate", rate]
        self._patience.start()
        self._process.start(sys.executable, arguments)

    @property
    def process_id(self) -> int:
        return int(self._process.processId())

    def stop(self) -> None:
        """Let it close its rooms; only then, if it will not, kill it."""
        self._is_stopping = True
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self._process.closeWriteChannel()
        QTimer.singleShot(STOP_MS, self._process, self._process.kill)

    @property
    def is_running(self) -> bool:
        return self._process.state() != QProcess.ProcessState.NotRunning

    def _read(self) -> None:
        self._said += self._process.readAllStandardOutput().data()
        match = _LISTENING.search(self._said)
        if match and not self._is_up:
            self._is_up = True
            self._patience.stop()
            pin = _PIN.search(self._said)
            self.pin = pin["pin"].decode() if pin else ""
            self.started.emit(self._host or LOOPBACK, int(match["port"]))

    def _read_complaint(self) -> None:
        self._complaint = (self._complaint + self._process.readAllStandardError().data())[-4_000:]

    def _broken(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._fail("The session's server cannot be started. Is this installation of Sparring whole?")

    def _ended(self) -> None:
        self._patience.stop()
        if self._is_stopping:
            return
        lines = self._complaint.decode(errors="replace").strip().splitlines()
        reason = lines[-1].removeprefix("sparring-server: ") if lines else "It ended by itself."
        self._fail(f"The session's server stopped. {reason} What you typed is kept in your journal.")

    def _fail(self, sentence: str) -> None:
        self._patience.stop()
        self.failed.emit(sentence)
