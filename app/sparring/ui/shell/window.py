"""The main window: a rail, a line for notices, and the screens."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeySequence, QPaintEvent, QPen, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QMainWindow, QPushButton, QStackedWidget, QWidget

from sparring.ui.shell.actions import ACTIONS, key_of
from sparring.ui.theme import GRID, Theme
from sparring.ui.widgets import button, column, label, row
from sparring.ui.widgets.painted import Painted

_RAIL = (("today", "Today"), ("session", "Session"), ("journal", "Journal"), ("settings", "Settings"))
NOTICE_HEIGHT = 44


class _Logo(Painted):
    """Two interlocked rings, one a partner."""

    def __init__(self) -> None:
        super().__init__(40, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter()
        for colour, x in ((self._theme.me, 15.0), (self._theme.partner, 25.0)):
            painter.setPen(QPen(QColor(colour), 3))
            painter.drawEllipse(QPointF(x, 20), 9, 9)
        painter.end()


class MainWindow(QMainWindow):
    """See the module."""

    screen_requested = Signal(str)
    closing = Signal()
    """The person wants the app to end; the window waits for `allow_close`."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Sparring")
        self.setMinimumSize(960, 640)
        self.resize(1280, 800)
        self._screens: dict[str, QWidget] = {}
        self._may_close = False
        self._stack = QStackedWidget()
        self._rail: dict[str, QPushButton] = {}
        self._notice = label("", "", "notice", wrap=True)
        self._notice_bar = QWidget()
        self._notice_bar.setProperty("role", "strip")
        self._notice_bar.setFixedHeight(NOTICE_HEIGHT)
        dismiss = button("Dismiss", "dismiss-notice", "quiet")
        dismiss.clicked.connect(self.clear_notice)
        bar = row(self._notice, dismiss)
        bar.setContentsMargins(GRID * 5, 0, GRID * 3, 0)
        bar.setStretch(0, 1)
        self._notice_bar.setLayout(bar)
        # Laid over the content's lower edge, so that nothing jumps when it comes.
        self._notice_bar.setParent(self)
        self._notice_bar.hide()
        body = QWidget()
        body.setProperty("role", "page")
        layout = row(self._make_rail(), self._stack, spacing=0)
        body.setLayout(layout)
        self.setCentralWidget(body)
        QShortcut(QKeySequence(key_of("shortcuts")), self, self.show_shortcuts)

    def _make_rail(self) -> QWidget:
        rail = QWidget()
        rail.setProperty("role", "rail")
        rail.setFixedWidth(72)
        for name, words in _RAIL:
            made = button(words, f"rail-{name}", "rail", key_of(f"go-{name}"))
            made.setCheckable(True)
            made.setFixedWidth(60)
            made.clicked.connect(lambda _=False, name=name: self.screen_requested.emit(name))
            QShortcut(QKeySequence(key_of(f"go-{name}")), self, made.click)
            self._rail[name] = made
        upper = [self._rail[name] for name in ("today", "session", "journal")]
        layout = column(_Logo(), 12, *upper, 0, self._rail["settings"], spacing=GRID)
        layout.setContentsMargins(6, 12, 6, 12)
        layout.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        rail.setLayout(layout)
        self._rail["session"].setEnabled(False)
        return rail

    def add_screen(self, name: str, screen: QWidget) -> None:
        """A screen, by its name; the rail shows the part of the name before a slash."""
        screen.setProperty("role", "page")
        screen.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._screens[name] = screen
        self._stack.addWidget(screen)

    def show_screen(self, name: str) -> None:
        self._stack.setCurrentWidget(self._screens[name])
        for key, made in self._rail.items():
            made.setChecked(key == name.partition("/")[0])

    @property
    def current_screen(self) -> str:
        current = self._stack.currentWidget()
        return next((name for name, screen in self._screens.items() if screen is current), "")

    def set_session_available(self, available: bool) -> None:
        self._rail["session"].setEnabled(available)

    def set_theme(self, theme: Theme) -> None:
        """Hand the theme to everything that paints itself."""
        for child in self.findChildren(QWidget):
            change = getattr(child, "set_theme", None)
            if change is not None:
                change(theme)

    def show_notice(self, sentence: str) -> None:
        """Say something that needs no answer."""
        self._notice.setText(sentence)
        self._notice_bar.show()
        self._notice_bar.raise_()
        self._place_notice()

    @property
    def notice(self) -> str:
        """What is being said; empty for nothing."""
        return self._notice.text() if self._notice_bar.isVisible() else ""

    def clear_notice(self) -> None:
        self._notice_bar.hide()
        self._notice.clear()

    def _place_notice(self) -> None:
        self._notice_bar.setGeometry(72, self.height() - NOTICE_HEIGHT, self.width() - 72, NOTICE_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_notice()

    def show_shortcuts(self) -> None:
        """A sheet of all keys, made from the table."""
        sheet = QDialog(self)
        sheet.setWindowTitle("Keys")
        sheet.setObjectName("shortcut-sheet")
        grid = QGridLayout(sheet)
        grid.setContentsMargins(24, 24, 24, 24)
        grid.setHorizontalSpacing(32)
        for number, action in enumerate(ACTIONS):
            grid.addWidget(label(action.words), number, 0)
            grid.addWidget(label(action.key, "dim"), number, 1)
            grid.addWidget(label(action.where, "dim"), number, 2)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def allow_close(self) -> None:
        """Everything is saved: close now."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.closing.emit()
