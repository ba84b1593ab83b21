"""Records the microphone into a WAV file, so that a killed app loses at most a second.

FLAC and AAC would be smaller, but what their encoders hold back is lost with the process, and an AAC file without
its index cannot be played at all. A WAV file is whole up to its last block; its header is renewed every second.
"""

import math
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PySide6.QtCore import QIODevice, QObject, QTimer, Signal
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource, QMediaDevices, QtAudio

RATE = 16_000
"""Samples a second: speech needs no more, and an hour stays at 115 MB."""
HEADER_SECONDS = 1.0
WATCH_MS = 500
"""How soon an unplugged microphone is noticed."""
QUIET_DB = -60.0
"""What the level meter shows as silence."""
_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")


@dataclass(frozen=True)
class FinishedRecording:
    """A file that can be played."""

    path: Path
    duration_ms: int


def microphones() -> list[tuple[str, str]]:
    """(id, name) of every microphone."""
    return [(bytes(one.id().data()).decode(errors="replace"), one.description()) for one in QMediaDevices.audioInputs()]


class WalkthroughRecorder(QObject):
    """One recording at a time."""

    level_changed = Signal(float)
    elapsed_changed = Signal(int)
    recording_changed = Signal(bool)
    failed = Signal(str)
    finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None
        self._file: BinaryIO | None = None
        self._path = Path()
        self._bytes = 0
        self._header_at = 0.0
        # Looked at by a timer: PySide6 6.11 cannot deliver the argument of QAudioSource.stateChanged to any slot.
        self._watch = QTimer(self)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._look)

    @property
    def is_recording(self) -> bool:
        return self._source is not None

    def start(self, path: Path, microphone: str = "") -> None:
        """Record into a new file. What goes wrong is told by `failed`, in words."""
        if self.is_recording:
            return
        device = _find(microphone)
        if device is None:
            self.failed.emit(
                "No microphone was found. Plug one in, or allow Sparring to use it, then press Record again."
                " Notes and code are kept as always."
            )
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb")
        except OSError as error:
            self.failed.emit(f"The recording cannot be written to {path.parent} ({error}). Notes and code are kept.")
            return
        wanted = QAudioFormat()
        wanted.setSampleRate(RATE)
        wanted.setChannelCount(1)
        wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._path, self._bytes = path, 0
        self._write_header()
        self._source = QAudioSource(device, wanted, self)
        self._stream = self._source.start()
        if self._stream is None or self._has_failed:
            self._give_up("The microphone cannot be used. Is another program using it?")
            return
        self._stream.readyRead.connect(self._read)
        self._watch.start()
        self.recording_changed.emit(True)

    def stop(self) -> None:
        """Finish the file."""
        if self._source is None:
            return
        self._read()
        self._close()
        self.finished.emit(FinishedRecording(self._path, self._duration_ms))

    @property
    def _duration_ms(self) -> int:
        return self._bytes * 1000 // (RATE * 2)

    def _read(self) -> None:
        if self._stream is None or self._file is None:
            return
        data = bytes(self._stream.readAll().data())
        if not data:
            return
        try:
            self._file.write(data)
            self._bytes += len(data)
            if time.monotonic() - self._header_at > HEADER_SECONDS:
                self._write_header()
        except OSError as error:
            self._give_up(f"The recording stopped: {error}. What was recorded until now is kept.")
            return
        self.level_changed.emit(_loudness(data))
        self.elapsed_changed.emit(self._duration_ms)

    def _write_header(self) -> None:
        """Make the file whole up to here."""
        assert self._file is not None
        self._header_at = time.monotonic()
        self._file.seek(0)
        self._file.write(
            _HEADER.pack(
                b"RIFF", 36 + self._bytes, b"WAVE", b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16, b"data", self._bytes
            )
        )
        self._file.seek(0, 2)
        self._file.flush()

    def _look(self) -> None:
        if self._has_failed:
            self._give_up("The microphone is gone. What was recorded until now is kept.")

    @property
    def _has_failed(self) -> bool:
        return self._source is not None and self._source.error() != QtAudio.Error.NoError

    def _give_up(self, sentence: str) -> None:
        has_sound = self._bytes > 0
        self._close()
        self.failed.emit(sentence)
        if has_sound:
            self.finished.emit(FinishedRecording(self._path, self._duration_ms))
        else:
            self._path.unlink(missing_ok=True)

    def _close(self) -> None:
        source, self._source = self._source, None
        self._stream = None
        self._watch.stop()
        if source is not None:
            source.stop()
            source.deleteLater()
        if self._file is not None:
            try:
                self._write_header()
                self._file.close()
            except OSError:
                # The header of a second ago stays; the file can be played up to it.
                pass
            self._file = None
        self.recording_changed.emit(False)


def _find(microphone: str) -> QAudioDevice | None:
    devices = QMediaDevices.audioInputs()
    for device in devices:
        if bytes(device.id().data()).decode(errors="replace") == microphone:
            return device
    default = QMediaDevices.defaultAudioInput()
    if not default.isNull():
        return default
    return devices[0] if devices else None


def _loudness(data: bytes) -> float:
    """The root mean square of 16-bit samples, 0 to 1 on a scale of decibels."""
    samples = memoryview(data[: len(data) // 2 * 2]).cast("h")
    if not samples:
        return 0.0
    mean = sum(sample * sample for sample in samples) / len(samples)
    if mean <= 0:
        return 0.0
    decibels = 10 * math.log10(mean / 32_768**2)
    return max(0.0, min(1.0, 1 - decibels / QUIET_DB))
