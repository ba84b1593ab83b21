"""Widgets that paint themselves, in the colours of the theme."""

import math

from PySide6 import QtCore
from PySide6.QtCore import QPointF, QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QWidget

from sparring.ui.theme import RADIUS, Theme, clock_font, current_theme

PULSE_MS = 60


class Painted(QWidget):
    """Knows the theme and repaints when it changes."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._theme = current_theme()
        self.setFixedSize(width, height)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def _painter(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter


class FocusRing(Painted):
    """What is left of the phase, as a ring that empties."""

    def __init__(self, size: int = 36) -> None:
        super().__init__(size, size)
        self._fraction = 1.0
        self._running = True
        self.setAccessibleName("Time left")

    def set_progress(self, fraction: float, running: bool) -> None:
        """`fraction` of the phase that is left, 0 to 1."""
        if (fraction, running) != (self._fraction, self._running):
            self._fraction, self._running = fraction, running
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter()
        place = QRectF(3, 3, self.width() - 6, self.height() - 6)
        painter.setPen(QPen(QColor(self._theme.hairline), 3))
        painter.drawEllipse(place)
        colour = QColor(self._theme.me if self._running else self._theme.dim)
        painter.setPen(QPen(colour, 3, QtCore.Qt.PenStyle.SolidLine, QtCore.Qt.PenCapStyle.RoundCap))
        painter.drawArc(place, 90 * 16, round(360 * 16 * self._fraction))
        painter.end()


class ClockLabel(QLabel):
    """Minutes and seconds in figures of one width."""

    def __init__(self, pixels: int = 20) -> None:
        super().__init__("00:00")
        self.setFont(clock_font(pixels))
        self.setStyleSheet(f"font-size: {pixels}px; font-weight: 600;")
        self.setObjectName("clock")
        self.setAccessibleName("Time left")
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("000:00"))

    def set_ms(self, ms: int) -> None:
        """Show a duration; a second that has begun counts."""
        seconds = max(0, math.ceil(ms / 1000))
        text = f"{seconds // 60:02}:{seconds % 60:02}"
        if text != self.text():
            self.setText(text)


class BlockDots(Painted):
    """One dot a focus block: done and current ones are filled."""

    def __init__(self) -> None:
        super().__init__(60, 12)
        self._current = 0
        self._total = 1

    def set_blocks(self, current: int, total: int) -> None:
        if (current, total) != (self._current, self._total):
            self._current, self._total = current, total
            self.setFixedSize(max(1, total) * 15, 12)
            self.setAccessibleName(f"Block {current} of {total}")
            self.setToolTip(f"Block {current} of {total}")
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter()
        painter.setPen(QtCore.Qt.PenStyle.NoPen)
        for number in range(self._total):
            painter.setBrush(QColor(self._theme.me if number < self._current else self._theme.hairline))
            painter.drawEllipse(QPointF(6 + number * 15, 6), 5, 5)
        painter.end()


class Avatar(Painted):
    """Initials in a ring of the partner's colour; dim and dashed while away."""

    def __init__(self, whose: str, size: int = 28) -> None:
        super().__init__(size, size)
        self._whose = whose
        self._initials = ""
        self._online = False

    def set_person(self, name: str, online: bool, note: str = "") -> None:
        """Who it is, whether they are connected, and what they do in words."""
        initials = "".join(word[0] for word in name.split()[:2]).upper()
        self._initials, self._online = initials, online
        words = ", ".join(part for part in (name, note or ("" if online else "offline")) if part)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter()
        colour = QColor(self._theme.me if self._whose == "me" else self._theme.partner)
        line = QtCore.Qt.PenStyle.SolidLine if self._online else QtCore.Qt.PenStyle.DotLine
        painter.setPen(QPen(colour, 2, line))
        fill = QColor(colour)
        fill.setAlpha(30)
        painter.setBrush(fill)
        painter.drawEllipse(QRectF(2, 2, self.width() - 4, self.height() - 4))
        font = painter.font()
        font.setPixelSize(self.height() * 2 // 5)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(self.rect(), QtCore.Qt.AlignmentFlag.AlignCenter, self._initials)
        painter.end()


class LevelMeter(Painted):
    """How loud the microphone hears, 0 to 1."""

    BARS = 24

    def __init__(self) -> None:
        super().__init__(self.BARS * 6, 16)
        self._level = 0.0
        self.setAccessibleName("Microphone level")

    def set_level(self, level: float) -> None:
        self._level = max(0.0, min(1.0, level))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter()
        painter.setPen(QtCore.Qt.PenStyle.NoPen)
        for number in range(self.BARS):
            lit = number < self._level * self.BARS
            painter.setBrush(QColor(self._theme.me if lit else self._theme.hairline))
            painter.drawRoundedRect(QRectF(number * 6, 2, 4, 12), 2, 2)
        painter.end()


class Pulse(Painted):
    """The partner's typing as a wave: it says that something happens, never what."""

    BARS = 31

    def __init__(self) -> None:
        super().__init__(self.BARS * 7, 44)
        self._heights = [0.0] * self.BARS
        self._timer = QTimer(self)
        self._timer.setInterval(PULSE_MS)
        self._timer.timeout.connect(self._fade)

    def beat(self) -> None:
        """A key was pressed over there."""
        if not self.isVisible():
            return
        middle = self.BARS // 2
        for index in range(self.BARS):
            wave = abs(math.sin(index * 1.7 + len(self._heights))) * math.exp(-abs(index - middle) / 9)
            self._heights[index] = max(self._heights[index], wave)
        self._timer.start()
        self.update()

    def _fade(self) -> None:
        self._heights = [height * 0.86 for height in self._heights]
        if max(self._heights) < 0.03:
            self._timer.stop()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter()
        painter.setPen(QtCore.Qt.PenStyle.NoPen)
        colour = QColor(self._theme.partner)
        for index, height in enumerate(self._heights):
            colour.setAlpha(110 + round(145 * height))
            painter.setBrush(colour)
            tall = 4 + 36 * height
            painter.drawRoundedRect(QRectF(index * 7 + 1, (44 - tall) / 2, 4, tall), 2, 2)
        painter.end()


class QrCode(QWidget):
    """A QR code, dark on light in every theme, since cameras want it so."""

    def __init__(self, size: int = 148) -> None:
        super().__init__()
        self.setObjectName("qr-code")
        self.setAccessibleName("Invite link as a QR code")
        self.setFixedSize(size, size)
        self._text = ""
        self._matrix: tuple[bytearray, ...] = ()

    def set_text(self, text: str) -> None:
        """Show this; making a code takes 15 ms, so the same one is not made twice."""
        if text == self._text:
            return
        self._text = text
        # Late: a code is shown in the lobby only.
        import segno

        self._matrix = tuple(segno.make(text, error="m").matrix) if text else ()
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._matrix:
            # Its place, until there is something to show.
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(current_theme().hairline))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            painter.end()
            return
        painter.fillRect(self.rect(), QColor("#ffffff"))
        # Whole pixels, so that the modules stay crisp.
        module = max(1, self.width() // (len(self._matrix) + 4))
        left = (self.width() - module * len(self._matrix)) // 2
        for y, line in enumerate(self._matrix):
            for x, dark in enumerate(line):
                if dark:
                    painter.fillRect(left + x * module, left + y * module, module, module, QColor("#14171c"))
        painter.end()
