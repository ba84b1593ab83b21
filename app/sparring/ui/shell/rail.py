"""The rail on the left: the places of the app, each with an icon and its word below."""

from msgspec import Struct
from PySide6 import QtCore
from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from sparring.ui.shell.actions import bind_action, key_of, key_words
from sparring.ui.theme import GRID, Theme, current_theme
from sparring.ui.theme.icons import line_icon, paint_logo
from sparring.ui.widgets import column, row
from sparring.ui.widgets.painted import Painted

WIDTH = 72
ICON_SIZE = 20


class Place(Struct, frozen=True):
    """An entry of the rail. `why_not` says in words why it cannot be gone to while it is disabled."""

    name: str
    words: str
    why_not: str = ""


UPPER = (
    Place("today", "Today"),
    Place("session", "Session", "there is no session yet; start or join one on Today"),
    Place("journal", "Journal"),
)
LOWER = (Place("settings", "Settings"),)


class Logo(Painted):
    """Two interlocked rings, one a partner."""

    def __init__(self) -> None:
        super().__init__(40, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter()
        paint_logo(painter, QRectF(self.rect()), self._theme)
        painter.end()


class _PlaceButton(QToolButton):
    """A hand shows whether it can be pressed."""

    def enterEvent(self, event: QEnterEvent) -> None:
        # Only now: a cursor has its name from `Qt`.
        shapes = QtCore.Qt.CursorShape
        self.setCursor(shapes.PointingHandCursor if self.isEnabled() else shapes.ForbiddenCursor)
        super().enterEvent(event)


class Rail(QFrame):
    """See the module."""

    chosen = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setAccessibleName("Places")
        self.setFixedWidth(WIDTH)
        self._places = {place.name: place for place in (*UPPER, *LOWER)}
        self._buttons = {place.name: self._make(place, window) for place in (*UPPER, *LOWER)}
        upper = [self._buttons[place.name] for place in UPPER]
        logo = Logo()
        layout = column(row(0, logo, 0), 12, *upper, 0, *(self._buttons[place.name] for place in LOWER), spacing=GRID)
        layout.setContentsMargins(6, 12, 6, 12)
        self.setLayout(layout)
        self._theme = current_theme()
        self._draw_icons()

    def _make(self, place: Place, window: QWidget) -> QToolButton:
        made = _PlaceButton()
        made.setText(place.words)
        made.setObjectName(f"rail-{place.name}")
        made.setProperty("role", "rail")
        made.setAccessibleName(place.words)
        made.setProperty("toolButtonStyle", "ToolButtonTextUnderIcon")
        made.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        made.setCheckable(True)
        made.setProperty("focusPolicy", "TabFocus")
        made.setFixedSize(60, 52)
        made.clicked.connect(lambda _=False: self.chosen.emit(place.name))
        # On the window, since in full screen the rail is hidden and its keys still work.
        bind_action(window, f"go-{place.name}", made.click, made.isEnabled, place.why_not, anywhere=True)
        return made

    def set_theme(self, theme: Theme) -> None:
        if theme is self._theme:
            return
        self._theme = theme
        self._draw_icons()

    def _draw_icons(self) -> None:
        theme, density = self._theme, self.devicePixelRatioF()
        for name, made in self._buttons.items():
            disabled = theme.disabled if self._places[name].why_not else ""
            made.setIcon(line_icon(name, ICON_SIZE, theme.dim, density, checked=theme.text, disabled=disabled))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._draw_icons()
        return super().event(event)

    def set_current(self, name: str) -> None:
        if name in self._buttons:
            # Coming to the rail is coming to the place where one is.
            self.setFocusProxy(self._buttons[name])
        for key, made in self._buttons.items():
            made.setChecked(key == name)
            self._explain(key)

    def set_available(self, name: str, available: bool) -> None:
        self._buttons[name].setEnabled(available)
        self._explain(name)

    def _explain(self, name: str) -> None:
        place, made = self._places[name], self._buttons[name]
        why_not = "" if made.isEnabled() else f": {place.why_not}"
        made.setToolTip(f"{place.words} ({key_words(key_of(f'go-{name}'))}){why_not}")
