"""The child process that reads Python, seen from the interface: requests go out, the newest one's answer comes back."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import platformdirs
from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal

from sparring.completion.matching import is_attribute, prefix_at
from sparring.completion.model import (
    MAX_ANSWER_BYTES,
    MAX_ITEMS,
    MAX_TEXT,
    READY,
    Answer,
    Completion,
    Request,
    Signature,
)
from sparring.completion.words import word_completions

MAX_WORDS = 50
TIMEOUT_MS = 2_000
"""A child that has not answered by then is killed."""
START_MS = 20_000
"""So long it may load; meanwhile there are words."""
FIRST_WAIT_MS = 250
LONGEST_WAIT_MS = 30_000
"""Between the end of one child and the start of the next; doubled each time until a request is answered."""
STOP_MS = 1_000
_log = logging.getLogger(__name__)
_NOT_RUNNING = QProcess.ProcessState.NotRunning


@dataclass(frozen=True, slots=True)
class Completions:
    """The answer to one request."""

    id: int
    prefix: str
    """What had been typed of the word when it was asked."""
    items: tuple[Completion, ...]
    signature: Signature | None = None
    is_whole: bool = True
    """Whether these are all there are, so that more of the word needs no new request."""


@dataclass(frozen=True, slots=True)
class _Question:
    id: int
    text: str
    position: int
    language: str

    def request(self) -> Request:
        # Only "\n" ends a line here, and halves of characters have no UTF-8; both keep their place.
        text = self.text.replace("\r", " ")
        if not text.isascii():
            text = text.encode("utf-8", "replace").decode()
        start = text.rfind("\n", 0, self.position) + 1
        return Request(self.id, text, text.count("\n", 0, start) + 1, self.position - start)

    def words(self, signature: Signature | None = None) -> Completions:
        items = word_completions(self.text, self.position, MAX_WORDS, self.language)
        prefix = prefix_at(self.text, self.position)
        return Completions(self.id, prefix, tuple(items), signature, len(items) < MAX_WORDS)


class CompletionWorker(QObject):
    """Answers what could come at a place of a text, without ever keeping the interface waiting.

    Only the newest request is answered. Python goes to a child process, one request at a time; every other language,
    and Python while there is no child or it does not answer, gets the words of the text. Several editors share one.
    """

    completed = Signal(object)
    """The `Completions` of the newest request; never from within `request` itself."""

    def __init__(self, cache: Path | None = None, parent: QObject | None = None) -> None:
        """`cache` is the folder for what Jedi has parsed of the standard library."""
        super().__init__(parent)
        self._cache = cache or platformdirs.user_cache_path("Sparring", appauthor=False) / "completion"
        # One object for all children, one after the other; made when the first is needed.
        self._process: QProcess | None = None
        self._is_ready = False
        self._is_dismissed = False
        self._is_closed = False
        self._heard = b""
        self._last_id = 0
        self._newest: _Question | None = None
        self._asked: int | None = None
        self._wait_ms = FIRST_WAIT_MS
        self._patience = self._timer(self._out_of_patience)
        self._flight = self._timer(self._hangs)
        self._loading = self._timer(self._hangs)
        self._restart = self._timer(self.start)
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    def _timer(self, ring: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(ring)
        return timer

    @property
    def process_id(self) -> int:
        """The child's, or 0 while there is none."""
        return int(self._process.processId()) if self._process is not None else 0

    @property
    def is_ready(self) -> bool:
        """Whether the child has loaded what it needs."""
        return self._is_ready

    def start(self) -> None:
        """Start the child in the background; `request` does so too, but then the first answer waits for it."""
        process = self._process
        if process is None:
            process = self._process = QProcess(self)
            process.readyReadStandardOutput.connect(self._read)
            process.finished.connect(self._ended)
            process.errorOccurred.connect(self._broken)
        if self._is_closed or process.state() != _NOT_RUNNING:
            return
        self._restart.stop()
        self._heard = b""
        self._is_dismissed = False
        self._loading.start(START_MS)
        process.start(sys.executable, ["-P", "-m", "sparring.completion.worker", str(self._cache)])

    def request(self, text: str, position: int, language: str) -> int:
        """Ask what could come at `position`, in code points. The number returned is that of the `Completions`."""
        self._last_id += 1
        question = _Question(self._last_id, text, position, language)
        self._newest = question
        if self._is_closed:
            return question.id
        if language != "python" or len(text) > MAX_TEXT or self._is_dismissed or self._restart.isActive():
            self._patience.start(0)
            return question.id
        self._patience.start(TIMEOUT_MS)
        self.start()
        self._send()
        return question.id

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        self._newest = None
        self._patience.stop()

    def close(self) -> None:
        """End the child; nothing is answered after this."""
        self._is_closed = True
        self.forget()
        self._restart.stop()
        self._dismiss()
        if self._process is not None:
            self._process.waitForFinished(STOP_MS)

    def _send(self) -> None:
        question = self._newest
        if question is None or self._process is None or not self._is_ready or self._asked is not None:
            return
        if question.language != "python" or len(question.text) > MAX_TEXT:
            return
        self._asked = question.id
        self._flight.start(TIMEOUT_MS)
        self._process.write(msgspec.json.encode(question.request()) + b"\n")

    def _read(self) -> None:
        if self._process is None:
            return
        self._heard += bytes(self._process.readAllStandardOutput().data())
        *lines, self._heard = self._heard.split(b"\n")
        try:
            answers = [msgspec.json.decode(line, type=Answer) for line in lines]
        except msgspec.MsgspecError:
            self._hangs()
            return
        if len(self._heard) > MAX_ANSWER_BYTES:
            self._hangs()
            return
        for answer in answers:
            self._answered(answer)

    def _answered(self, answer: Answer) -> None:
        if answer.id == READY.id:
            self._is_ready = True
            self._loading.stop()
        elif answer.id == self._asked:
            self._asked = None
            self._flight.stop()
            self._wait_ms = FIRST_WAIT_MS
            question = self._newest
            if question is not None and question.id == answer.id:
                self._tell(_completions(question, answer))
        self._send()

    def _tell(self, completions: Completions) -> None:
        self._newest = None
        self._patience.stop()
        self.completed.emit(completions)

    def _out_of_patience(self) -> None:
        if self._newest is not None:
            self._tell(self._newest.words())

    def _hangs(self) -> None:
        """The child does not answer, or talks nonsense: away with it."""
        _log.warning("the completion of Python does not answer and is started anew")
        self._dismiss()

    def _dismiss(self) -> None:
        """Kill the child; whoever waits gets words at once."""
        self._lose()
        self._is_dismissed = True
        if self._process is not None:
            self._process.kill()

    def _broken(self, error: QProcess.ProcessError) -> None:
        # Every other error is followed by `finished`.
        if error == QProcess.ProcessError.FailedToStart:
            _log.warning("the completion of Python cannot be started; there are the words of the text only")
            self._start_later()

    def _ended(self) -> None:
        if self._process is not None and not self._is_dismissed:
            complaint = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip()
            _log.warning("the completion of Python ended (%s)", complaint.splitlines()[-1:] or "killed")
        self._start_later()

    def _start_later(self) -> None:
        self._lose()
        if not self._is_closed:
            self._restart.start(self._wait_ms)
            self._wait_ms = min(2 * self._wait_ms, LONGEST_WAIT_MS)

    def _lose(self) -> None:
        """There is no child to talk to any more."""
        self._is_ready = False
        self._asked = None
        self._flight.stop()
        self._loading.stop()
        if self._newest is not None:
            self._patience.start(0)


def _completions(question: _Question, answer: Answer) -> Completions:
    """Words stand in where the analysis knows nothing: always after a dot, for types are seldom written down."""
    if not answer.items and (not answer.is_known or is_attribute(question.text, question.position)):
        return question.words(answer.signature)
    prefix = prefix_at(question.text, question.position)
    return Completions(question.id, prefix, answer.items, answer.signature, len(answer.items) < MAX_ITEMS)
