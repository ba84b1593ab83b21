"""The main window: a rail, a line for notices, and the screens."""

import contextlib
from collections.abc import Callable, Iterator

import shiboken6
from PySide6 import QtCore
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from sparring.ui.shell.actions import bind_action, bind_button, key_of, key_words
from sparring.ui.shell.entries import Provider
from sparring.ui.shell.overlay import Overlay
from sparring.ui.shell.panes import focus_pane, focus_screen, next_pane, panes_of
from sparring.ui.shell.rail import WIDTH, Rail
from sparring.ui.theme import GRID, Theme
from sparring.ui.theme.icons import logo_icon
from sparring.ui.widgets import button, label, row

NOTICE_HEIGHT = 44


class MainWindow(QMainWindow):
    """See the module."""

    screen_requested = Signal(str)
    closing = Signal()
    """The person wants the app to end; the window waits for `allow_close`."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Sparring")
        self.setWindowIcon(logo_icon())
        self.setMinimumSize(960, 640)
        self.resize(1280, 800)
        self._screens: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[], object]] = {}
        self._providers: list[Provider] = []
        self._state_before: QtCore.Qt.WindowState | None = None
        self._may_close = False
        self._notice_acts: Callable[[], object] | None = None
        self._stack = QStackedWidget()
        self._rail = Rail(self)
        self._rail.chosen.connect(self.screen_requested)
        self._rail.set_available("session", False)
        self._notice_bar = self._make_notice()
        body = QWidget()
        body.setProperty("role", "page")
        body.setLayout(row(self._rail, self._stack, spacing=0))
        self.setCentralWidget(body)
        for action, act in (
            ("palette", self.show_palette),
            ("shortcuts", self.show_shortcuts),
            ("full-screen", self.toggle_full_screen),
            ("bring-in", lambda: self.screen_requested.emit("bring-in")),
            ("next-pane", self.focus_next_pane),
            ("previous-pane", lambda: self.focus_next_pane(back=True)),
        ):
            bind_action(self, action, act, anywhere=True)
        bind_button(self, "dismiss-notice", self._dismiss, anywhere=True)
        bind_button(self, "notice-act", self._notice_act, anywhere=True)

    def _make_notice(self) -> QWidget:
        self._notice = label("", "", "notice", wrap=True)
        bar = QWidget()
        bar.setProperty("role", "strip")
        bar.setFixedHeight(NOTICE_HEIGHT)
        self._dismiss = button("Dismiss", "dismiss-notice", "quiet", key_words(key_of("dismiss-notice")))
        self._dismiss.setAccessibleName("Dismiss the notice")
        self._dismiss.clicked.connect(self.clear_notice)
        self._notice_act = button("", "notice-act", "", key_words(key_of("notice-act")))
        self._notice_act.clicked.connect(self._act_on_notice)
        layout = row(self._notice, self._notice_act, self._dismiss)
        layout.setContentsMargins(GRID * 5, 0, GRID * 3, 0)
        layout.setStretch(0, 1)
        bar.setLayout(layout)
        # Laid over the content's lower edge, so that nothing jumps when it comes.
        bar.setParent(self)
        bar.hide()
        return bar

    # Screens.

    def add_screen(self, name: str, screen: QWidget) -> None:
        """A screen, by its name; the rail shows the part of the name before a slash. Its ground is the page's below."""
        self._screens[name] = screen
        self._stack.addWidget(screen)

    def add_screen_later(self, name: str, make: Callable[[], object]) -> None:
        """A screen that `make` adds, or finishes, when it is first shown."""
        self._makers[name] = make

    def show_screen(self, name: str) -> None:
        """Show a screen. The focus comes along, unless it is on the rail or in a sheet."""
        make = self._makers.pop(name, None)
        if make is not None:
            make()
        before, screen = self._stack.currentWidget(), self._screens[name]
        focus, last = QApplication.focusWidget(), screen.focusWidget()
        self._stack.setCurrentWidget(screen)
        self._rail.set_current(name.partition("/")[0])
        on_rail = focus is not None and self._rail.isAncestorOf(focus)
        if before is not screen and not on_rail and not self._has_sheet():
            focus_screen(screen, last)

    def focus_home(self) -> None:
        """Something new begins on this screen: the focus goes where a hand would go first, unless a sheet has it."""
        screen = self._stack.currentWidget()
        if self.isVisible() and screen is not None and not self._has_sheet():
            focus_screen(screen)

    @contextlib.contextmanager
    def keeping_focus(self) -> Iterator[None]:
        """What is done inside may hide what has the focus; then it goes home, and not to whatever comes next."""
        focus = QApplication.focusWidget()
        is_ours = focus is not None and self.isAncestorOf(focus)
        yield
        if is_ours and not (shiboken6.isValid(focus) and focus is not None and focus.isVisible() and focus.isEnabled()):
            self.focus_home()

    @property
    def current_screen(self) -> str:
        current = self._stack.currentWidget()
        return next((name for name, screen in self._screens.items() if screen is current), "")

    def set_session_available(self, available: bool) -> None:
        self._rail.set_available("session", available)

    def set_theme(self, theme: Theme, within: QWidget | None = None) -> None:
        """Hand the theme to everything that paints itself, in the whole window or in one part of it."""
        for child in (within or self).findChildren(QWidget):
            change = getattr(child, "set_theme", None)
            if change is not None:
                change(theme)

    # Notices.

    def show_notice(self, sentence: str, words: str = "", act: Callable[[], object] | None = None) -> None:
        """Say something that needs no answer; with `words`, a button offers to `act` on it.

        A screen reader says it too, once for as long as it stands there.
        """
        is_new = sentence != self._notice.text()
        self._notice.setText(sentence)
        self._notice_acts = act
        self._notice_act.setText(words)
        self._notice_act.setAccessibleName(words)
        self._notice_act.setToolTip(f"{words} ({key_words(key_of('notice-act'))})")
        self._notice_act.setVisible(bool(words))
        self._notice_bar.show()
        self._notice_bar.raise_()
        self._place_notice()
        if is_new:
            # Late: most starts have nothing to say.
            from sparring.ui.announcing import announce

            announce(self, f"{sentence} {words}: {key_words(key_of('notice-act'))}." if words else sentence)

    @property
    def notice(self) -> str:
        """What is being said; empty for nothing."""
        return self._notice.text() if self._notice_bar.isVisible() else ""

    def _act_on_notice(self) -> None:
        act = self._notice_acts
        if act is not None:
            act()

    def clear_notice(self) -> None:
        had_focus = self._dismiss.hasFocus() or self._notice_act.hasFocus()
        self._notice_bar.hide()
        self._notice.clear()
        if had_focus:
            self._return_focus()

    def _place_notice(self) -> None:
        left = 0 if self._rail.isHidden() else WIDTH
        self._notice_bar.setGeometry(left, self.height() - NOTICE_HEIGHT, self.width() - left, NOTICE_HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_notice()

    # Sheets over the window.

    def add_palette_entries(self, provider: Provider) -> None:
        """Let the palette offer more than the table: the provider is asked each time it opens."""
        self._providers.append(provider)

    def show_palette(self) -> None:
        """Every action that can be done here."""
        if self._has_sheet():
            return
        # Late: its list costs the start as much as the rest of the window.
        from sparring.ui.shell.palette import Palette

        self._open(Palette(self, self._providers))

    def show_shortcuts(self) -> None:
        """A sheet of all keys, made from the table."""
        if self._has_sheet():
            return
        from sparring.ui.shell.shortcuts import ShortcutSheet

        self._open(ShortcutSheet(self))

    def _has_sheet(self) -> bool:
        return any(sheet.isVisible() for sheet in self.findChildren(Overlay))

    def open_sheet(self, sheet: Overlay) -> None:
        """Lay a sheet over the window. If what had the focus is gone when it closes, the screen gets it."""
        self._open(sheet)

    def _open(self, sheet: Overlay) -> None:
        sheet.orphaned.connect(self._return_focus)
        sheet.open()

    def _return_focus(self) -> None:
        """What had it is going; it goes back to the screen."""
        screen = self._stack.currentWidget()
        if screen is not None:
            focus_screen(screen, screen.focusWidget())

    # Full screen, and the panes.

    def toggle_full_screen(self) -> None:
        """Nothing but the screen; once more, and the window is as it was."""
        states = QtCore.Qt.WindowState
        if self.isFullScreen():
            self.setWindowState(self._state_before or states.WindowNoState)
        else:
            self._state_before = self.windowState() & ~states.WindowMinimized
            self.setWindowState(self._state_before | states.WindowFullScreen)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            # Also when the window manager did it.
            focus = QApplication.focusWidget()
            on_rail = focus is not None and self._rail.isAncestorOf(focus)
            self._rail.setHidden(self.isFullScreen())
            if on_rail and self.isFullScreen():
                self._return_focus()
            self._place_notice()

    def focus_next_pane(self, *, back: bool = False) -> None:
        """Rail, the parts of the screen, the notice, and round again."""
        panes = [self._rail, *self._screen_panes(), self._notice_bar]
        panes = [pane for pane in panes if pane.isVisible()]
        pane = next_pane(panes, QApplication.focusWidget(), back=back)
        if pane is not None:
            focus_pane(pane)

    def _screen_panes(self) -> list[QWidget]:
        screen = self._stack.currentWidget()
        return panes_of(screen) if screen is not None else []

    # Closing.

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
