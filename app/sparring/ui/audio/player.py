"""Plays a recording."""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer


class WalkthroughPlayer(QObject):
    """One recording at a time."""

    moved = Signal(int, int)
    """(position, duration) in ms."""
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._player = QMediaPlayer(self)
        self._player.setAudioOutput(QAudioOutput(self))
        self._player.positionChanged.connect(lambda position: self.moved.emit(position, self._player.duration()))
        self._player.errorOccurred.connect(
            lambda _, words: self.failed.emit(f"The recording cannot be played: {words}. The file is kept.")
        )

    def toggle(self, path: Path) -> None:
        """Play a file, or pause it if it plays already."""
        url = QUrl.fromLocalFile(str(path))
        if self._player.source() != url:
            self._player.setSource(url)
        if self._player.isPlaying():
            self._player.pause()
        else:
            self._player.play()

    def seek(self, position_ms: int) -> None:
        self._player.setPosition(position_ms)
