"""One seat of the demo: the real app in its own process, with somebody at its keyboard.

Reads one JSON command a line from standard input, carries it out on the app's own widgets (buttons pressed, keys
typed), and answers with one line of JSON. Nothing here reaches behind the interface.
"""

import asyncio
import gc
import json
import sys
import threading
from collections.abc import Callable
from typing import Any

import qasync
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from demo import keyboard
from sparring.live import positions
from sparring.profile import Profile
from sparring.ui.app import App, make_app
from sparring.ui.painting_threads import paint_on_one_thread

PATIENCE_SECONDS = 20.0
LOOK_SECONDS = 0.02
FRAME_SECONDS = 0.03


class Seat:
    """Hands on the keyboard and eyes on the screen."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def carry_out(self, command: dict[str, Any]) -> Any:
        """One command; the result goes back to the director."""
        action = getattr(self, f"do_{command.pop('do')}")
        return await action(**command)

    def _find(self, name: str) -> QWidget:
        found = [one for one in self._app.window.findChildren(QWidget, name) if one.isVisible()]
        if not found:
            raise LookupError(f"nothing visible is called {name}")
        return found[0]

    async def do_click(self, name: str) -> None:
        button = self._find(name)
        assert isinstance(button, QAbstractButton)
        if not button.isEnabled():
            raise LookupError(f"{name} cannot be pressed now")
        # A check box answers on its words, not on the empty space behind them.
        place = QPoint(10, button.height() // 2) if isinstance(button, QCheckBox) else button.rect().center()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=place)

    async def do_press(self, keys: str) -> None:
        keyboard.press(self._app.window, keys)

    async def do_type(self, text: str) -> None:
        keyboard.type_text(self._app.window, text)

    async def do_focus(self) -> dict[str, Any]:
        return keyboard.focus()

    async def do_accessible(self, name: str) -> str:
        """What a screen reader says of a part of the screen: its name, and its description if it has one."""
        widget = self._find(name)
        return ", ".join(part for part in (keyboard.spoken(widget), widget.accessibleDescription()) if part)

    async def do_see(self) -> str:
        """Everything that can be read in the window now."""
        return keyboard.words_in(self._app.window)

    async def do_shown(self, name: str) -> bool:
        """Whether there is such a part on the screen."""
        return any(one.isVisible() for one in self._app.window.findChildren(QWidget, name))

    async def do_draw(self, points: list[tuple[int, int]]) -> None:
        """A stroke on the sketch board, with the pen; places in hundredths of it."""
        await self.do_click("board-tool-pen")
        keyboard.draw(self._find("board-canvas"), points)

    async def do_write(self, name: str, text: str) -> None:
        """Type into a field, replacing what is there."""
        field = self._find(name)
        field.setFocus()
        if isinstance(field, QLineEdit | QPlainTextEdit | QSpinBox):
            field.selectAll()
        QTest.keyClicks(field, text)
        if isinstance(field, QLineEdit | QSpinBox):
            QTest.keyClick(field, Qt.Key.Key_Tab)

    async def do_code(self, name: str, text: str, delay_ms: int = 2) -> None:
        """Type code line by line, as somebody who corrects the editor's indentation to their own."""
        editor = self._find(name)
        assert isinstance(editor, QPlainTextEdit)
        editor.setFocus()
        editor.selectAll()
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        for number, line in enumerate(text.rstrip("\n").split("\n")):
            if number:
                QTest.keyClick(editor, Qt.Key.Key_Return)
                QTest.keyClick(editor, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
                QTest.keyClick(editor, Qt.Key.Key_Delete) if editor.textCursor().hasSelection() else None
            for character in line:
                if character.isascii():
                    QTest.keyClicks(editor, character)
                else:
                    # No keyboard has it: it comes as from an input method.
                    editor.insertPlainText(character)
                await asyncio.sleep(delay_ms / 1000)

    async def do_paste(self, name: str, text: str) -> None:
        """Put a text in the place of another, from the clipboard."""
        self._find(name).setFocus()
        QApplication.clipboard().setText(text.rstrip("\n"))
        for keys in ("Ctrl+A", "Ctrl+V"):
            keyboard.press(self._app.window, keys)

    async def do_append(self, name: str, text: str) -> None:
        """Type at the end of a text."""
        editor = self._find(name)
        assert isinstance(editor, QPlainTextEdit)
        editor.setFocus()
        editor.moveCursor(QTextCursor.MoveOperation.End)
        for character in text:
            if character == "\n":
                QTest.keyClick(editor, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(editor, character)
            await asyncio.sleep(0.004)

    async def do_trace(self, name: str, transactions: list[list[list[Any]]]) -> None:
        """Type as a real person typed: patches of (position, deleted, inserted) in code points."""
        editor = self._find(name)
        assert isinstance(editor, QPlainTextEdit)
        editor.setFocus()
        editor.selectAll()
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        for patches in transactions:
            for position, deleted, inserted in patches:
                text = editor.toPlainText()
                cursor = editor.textCursor()
                cursor.setPosition(positions.utf16_from_code_points(text, position))
                stop = positions.utf16_from_code_points(text, position + deleted)
                cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
                editor.setTextCursor(cursor)
                if len(inserted) == 1 and inserted.isprintable() and inserted.isascii():
                    QTest.keyClicks(editor, inserted)
                elif inserted:
                    editor.insertPlainText(inserted)
                elif deleted:
                    QTest.keyClick(editor, Qt.Key.Key_Delete)
            await asyncio.sleep(0.004)

    async def do_pick(self, name: str, words: str) -> None:
        """Choose the row of a list that contains some words."""
        view = self._find(name)
        assert isinstance(view, QListView)
        model = view.model()
        for number in range(model.rowCount()):
            index = model.index(number, 0)
            if words in str(index.data()):
                view.setFocus()
                view.scrollTo(index)
                view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.SelectCurrent)
                QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
                return
        raise LookupError(f"{name} has no row with {words!r}")

    async def do_read(self, name: str) -> str:
        """The words of a part of the screen, or those inside it."""
        found = self._app.window.findChildren(QWidget, name)
        if not found:
            raise LookupError(f"nothing is called {name}")
        shown = next((one for one in found if one.isVisible()), found[0])
        words = keyboard.words_of(shown)
        return keyboard.words_in(shown) if words is None else words

    async def do_wait(
        self,
        screen: str = "",
        name: str = "",
        contains: str = "",
        enabled: bool = False,
        lacks: str = "",
        heard: bool = False,
    ) -> str:
        """Watch the screen until it is as wanted; with `heard`, what a screen reader says there counts."""
        read = self.do_accessible if heard else self.do_read

        async def seen() -> bool:
            if screen and self._app.window.current_screen != screen:
                return False
            if name:
                try:
                    widget = self._find(name)
                    if enabled and not widget.isEnabled():
                        return False
                    words = await read(name) if contains or lacks else ""
                    return contains in words and not (lacks and lacks in words)
                except LookupError:
                    return False
            return True

        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                # A person at the screen looks again and again; there is no event for "it looks right".
                while not await seen():  # noqa: ASYNC110
                    await asyncio.sleep(LOOK_SECONDS)
        except TimeoutError:
            shown = await self.do_read(name) if name and self._app.window.findChildren(QWidget, name) else ""
            raise LookupError(
                f"waited in vain for {screen} {name} {contains!r}; the screen is"
                f" {self._app.window.current_screen}, {name} says {shown!r}, notice {self._app.window.notice!r}"
            ) from None
        return self._app.window.current_screen

    async def do_pictures(self, folder: str, stage: str, sizes: list[tuple[int, int]]) -> None:
        """Pictures of the window as it is, in both themes; the window keeps the last size."""
        window, themes = self._app.window, self._app.themes
        before = themes.theme.name
        for theme in ("ink", "paper"):
            themes.choose(theme)
            for width, height in sizes:
                window.resize(width, height)
                # Let Qt lay it out; its events may not be processed from within a task.
                await asyncio.sleep(FRAME_SECONDS)
                window.grab().save(f"{folder}/{stage}-{theme}-{width}.png")
        themes.choose(before)  # type: ignore[arg-type]

    async def do_close(self) -> None:
        self._app.window.close()


async def _play(app: App, loop: asyncio.AbstractEventLoop, make_seat: Callable[[App], Seat]) -> None:
    commands: asyncio.Queue[str] = asyncio.Queue()
    closed = asyncio.Event()
    app.closed.connect(closed.set)

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(commands.put_nowait, line)

    threading.Thread(target=read, name="director", daemon=True).start()
    seat = make_seat(app)
    _say({"ready": True})
    while not closed.is_set():
        line = await commands.get()
        command = json.loads(line)
        is_last = command["do"] == "close"
        try:
            _say({"ok": await seat.carry_out(command)})
        except Exception as error:
            _say({"error": f"{type(error).__name__}: {error}"})
        if is_last:
            await closed.wait()


def _say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main(make_seat: Callable[[App], Seat] = Seat) -> int:
    paint_on_one_thread()
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(application)
    asyncio.set_event_loop(loop)
    app = make_app(Profile())
    app.window.resize(1280, 800)
    app.window.show()
    gc.freeze()
    with loop:
        loop.run_until_complete(_play(app, loop, make_seat))
    return 0


if __name__ == "__main__":
    sys.exit(main())
