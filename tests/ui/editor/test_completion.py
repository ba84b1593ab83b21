"""Completion in a real editor, with a real child process: what one types, sees and takes."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sparring.completion.model import MAX_TEXT
from sparring.ui.editor import CodeEditor
from sparring.ui.editor.completion import Completer, Completions, CompletionWorker, PlainTextTarget
from sparring.ui.editor.completion import process as process_module
from sparring.ui.theme import INK, PAPER

PATIENCE_MS = 20_000
"""Only a failing test waits so long."""


class Desk:
    """A window with an editor, and the hands that type into it."""

    def __init__(self, qtbot: QtBot, worker: CompletionWorker, language: str = "python") -> None:
        self._qtbot = qtbot
        self.worker = worker
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(800, 500)
        self.editor = CodeEditor("mine", "My code")
        self.editor.set_language(language)
        QVBoxLayout(self.window).addWidget(self.editor)
        self.completer = Completer(PlainTextTarget(self.editor), worker)
        self.editor.key_handlers.append(self.completer)
        self.completer.set_language(language)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.editor.setFocus()

    @property
    def text(self) -> str:
        return self.editor.toPlainText()

    @property
    def names(self) -> list[str]:
        """What the popup lists, if it is open."""
        return [item.name for item in self.completer.popup.items] if self.completer.popup.isVisible() else []

    @property
    def selected(self) -> str:
        item = self.completer.popup.selected
        return item.name if item is not None else ""

    def write(self, marked: str) -> None:
        """Show a text, with my cursor at the "|"."""
        before, _, after = marked.partition("|")
        self.editor.setPlainText(before + after)
        cursor = self.editor.textCursor()
        cursor.setPosition(len(before.encode("utf-16-le")) // 2)
        self.editor.setTextCursor(cursor)

    def type(self, text: str) -> None:
        """As an input method does, which can write everything."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.editor, letter)
            else:
                event = QInputMethodEvent()
                event.setCommitString(letter)
                QApplication.sendEvent(self.editor, event)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.editor, key, modifiers)

    def answered(self, act: Callable[[], object]) -> None:
        """Do this, and wait until completion is answered."""
        with self._qtbot.waitSignal(self.worker.completed, timeout=PATIENCE_MS):
            act()

    def typed(self, text: str) -> None:
        self.answered(lambda: self.type(text))

    def asked(self) -> None:
        self.answered(lambda: self.press(Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier))

    def settled(self, milliseconds: int = 2 * 60) -> None:
        """Wait until whatever the last key has set going by a timer has gone."""
        timer = QTimer(self.window)
        timer.setSingleShot(True)
        with self._qtbot.waitSignal(timer.timeout, timeout=PATIENCE_MS):
            timer.start(milliseconds)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def shared_worker(qapp: QApplication, cache: Path, request: pytest.FixtureRequest) -> Iterator[CompletionWorker]:
    """One child for all tests that do it no harm, with all it needs loaded."""
    worker = CompletionWorker(cache)
    worker.start()
    QtBot(request).waitUntil(lambda: worker.is_ready, timeout=PATIENCE_MS)
    yield worker
    worker.close()


@pytest.fixture
def worker(qapp: QApplication, cache: Path) -> Iterator[CompletionWorker]:
    """A child of one's own, to be killed."""
    worker = CompletionWorker(cache)
    yield worker
    worker.close()


@pytest.fixture
def desk(qtbot: QtBot, shared_worker: CompletionWorker) -> Desk:
    return Desk(qtbot, shared_worker)


# What is offered.


def test_heap_becomes_heappush(desk: Desk) -> None:
    desk.write("import heapq\n|")
    desk.typed("heapq.")
    desk.type("heapp")
    assert desk.names[:3] == ["heappop", "heappush", "heappushpop"]
    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_Tab)
    assert desk.text == "import heapq\nheapq.heappush"
    assert not desk.names
    desk.settled()
    assert not desk.names


def test_two_letters_are_enough_and_one_is_not(desk: Desk) -> None:
    desk.write("counter = 1\n|")
    desk.type("c")
    desk.settled()
    assert not desk.completer.is_open
    desk.typed("o")
    assert desk.names[0] == "counter"


def test_emoji_and_letters_of_other_scripts_before_the_cursor(desk: Desk) -> None:
    desk.write("größe = ['🧮']; '👩‍🚀🧮'; |")
    desk.typed("grö")
    assert desk.names[0] == "größe"
    desk.type("ß")
    desk.settled()
    desk.press(Qt.Key.Key_Return)
    assert desk.text == "größe = ['🧮']; '👩‍🚀🧮'; größe"
    desk.typed(".")
    desk.type("app")
    desk.press(Qt.Key.Key_Return)
    assert desk.text.endswith("größe.append")


def test_after_a_dot_that_analysis_knows_nothing_about_there_are_words(desk: Desk) -> None:
    desk.write("def walk(node):\n    walk(node.left)\n    |")
    desk.typed("node.")
    assert desk.names[0] == "left"


def test_nothing_in_strings_and_comments_unless_asked(desk: Desk) -> None:
    desk.write("counter = 1\n# |")
    desk.type("count")
    desk.settled()
    assert not desk.completer.is_open
    desk.asked()
    assert desk.names == ["counter"]


def test_other_languages_have_words_and_keywords(qtbot: QtBot, worker: CompletionWorker) -> None:
    desk = Desk(qtbot, worker, "javascript")
    desk.write("let retries = 3;\n|")
    desk.typed("ret")
    assert desk.names == ["retries", "return"]
    assert worker.process_id == 0


def test_prose_is_completed_only_when_asked(qtbot: QtBot, shared_worker: CompletionWorker) -> None:
    desk = Desk(qtbot, shared_worker, "markdown")
    desk.write("Dijkstra\n|")
    desk.type("Dij")
    desk.settled()
    assert not desk.completer.is_open
    desk.asked()
    assert desk.names == ["Dijkstra"]


def test_the_signature_of_the_call_one_is_in(desk: Desk) -> None:
    desk.write("import heapq\nheap = []\n|")
    desk.typed("heapq.heappush(")
    hint = desk.completer.hint
    assert hint.isVisible()
    assert hint.label.accessibleName() == "heappush(heap, item)"
    assert not desk.names
    assert hint.geometry().bottom() < desk.completer.hint.parentWidget().height()
    desk.typed("heap, ")
    assert "<b" in hint.label.text()
    assert ">item</b>" in hint.label.text()
    desk.type("1)")
    assert not hint.isVisible()


# Keys.


def test_keys_move_the_selection_and_escape_closes(desk: Desk) -> None:
    desk.write("values = []\n|")
    desk.typed("values.")
    first = desk.selected
    desk.press(Qt.Key.Key_Up)
    assert desk.selected == desk.names[-1]
    desk.press(Qt.Key.Key_Down)
    assert desk.selected == first
    desk.press(Qt.Key.Key_PageDown)
    assert desk.selected == desk.names[8]
    desk.press(Qt.Key.Key_PageUp)
    assert desk.selected == first
    desk.press(Qt.Key.Key_Escape)
    assert not desk.completer.is_open
    assert desk.text == "values = []\nvalues."
    assert desk.editor.hasFocus()


def test_escape_leaves_the_word_alone_until_the_next_one(desk: Desk) -> None:
    desk.write("counter = 1\n|")
    desk.typed("co")
    desk.press(Qt.Key.Key_Escape)
    desk.type("un")
    desk.settled()
    assert not desk.completer.is_open
    desk.typed(" co")
    assert "counter" in desk.names


def test_typing_narrows_and_backspace_widens(desk: Desk) -> None:
    desk.write("counter = count_all = 1\n|")
    desk.typed("cou")
    assert set(desk.names[:2]) == {"counter", "count_all"}
    desk.type("nte")
    assert desk.names == ["counter"]
    desk.answered(lambda: [desk.press(Qt.Key.Key_Backspace) for _ in range(4)])
    assert {"counter", "count_all", "copyright"} <= set(desk.names)
    desk.type("zz")
    assert not desk.names


def test_enter_after_a_whole_word_is_a_new_line(desk: Desk) -> None:
    desk.write("count = counter = 1\n|")
    desk.typed("count")
    assert desk.selected == "count"
    desk.press(Qt.Key.Key_Return)
    assert desk.text.endswith("\ncount\n")


def test_keys_are_the_editors_own_while_nothing_is_shown(desk: Desk) -> None:
    desk.write("|")
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Return)
    assert desk.text == "    \n    "


def test_a_move_of_the_cursor_closes(desk: Desk) -> None:
    desk.write("values = []\n|")
    desk.typed("values.")
    assert desk.names
    desk.press(Qt.Key.Key_Left)
    assert not desk.completer.is_open


def test_the_keys_of_the_popup_are_no_shortcuts_of_the_window(desk: Desk) -> None:
    def is_claimed(key: Qt.Key) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.ignore()
        QApplication.sendEvent(desk.editor, event)
        return event.isAccepted()

    desk.write("values = []\n|")
    assert not is_claimed(Qt.Key.Key_Escape)
    desk.typed("values.")
    assert is_claimed(Qt.Key.Key_Escape)


def test_a_click_takes_a_row_and_the_focus_stays(desk: Desk) -> None:
    desk.write("values = []\n|")
    desk.typed("values.")
    rows = desk.completer.popup.list
    second = rows.visualRect(rows.model().index(1, 0)).center()
    name = desk.names[1]
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert desk.text.endswith("values." + name)
    assert desk.editor.hasFocus()


def test_what_a_partner_writes_elsewhere_does_not_matter(desk: Desk) -> None:
    desk.write("counter = 1\n|\nend")
    desk.typed("cou")
    cursor = QTextCursor(desk.editor.document())
    cursor.insertText("🧮 = a line of a partner\n")
    assert desk.names[0] == "counter"
    desk.press(Qt.Key.Key_Return)
    assert desk.text == "🧮 = a line of a partner\ncounter = 1\ncounter\nend"


def test_everything_has_a_name_and_stays_in_the_window(desk: Desk) -> None:
    desk.write("values = []\n" * 30 + "|")
    desk.typed("values.")
    popup = desk.completer.popup
    assert popup.accessibleName()
    assert popup.list.accessibleName()
    text = popup.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text == "append, function, append(object)"
    assert popup.parentWidget() is desk.window
    assert desk.window.rect().contains(popup.geometry())
    for theme in (INK, PAPER):
        desk.completer.set_theme(theme)
        assert not popup.grab().isNull()


def test_the_editor_may_move_to_another_window(qtbot: QtBot, desk: Desk) -> None:
    desk.write("values = []\n|")
    desk.typed("values.")
    first, second = desk.window, QWidget()
    qtbot.addWidget(second)
    QVBoxLayout(second).addWidget(desk.editor)
    with qtbot.waitSignal(first.destroyed):
        first.deleteLater()
    desk.window = second
    second.show()
    qtbot.waitExposed(second)
    second.activateWindow()
    desk.editor.setFocus()
    desk.write("values = []\n|")
    desk.typed("values.")
    assert desk.names
    assert desk.completer.popup.parentWidget() is second


# Interview mode.


def test_an_interview_has_no_completion_and_starts_no_process(qtbot: QtBot, worker: CompletionWorker) -> None:
    desk = Desk(qtbot, worker)
    desk.completer.set_enabled(False)
    desk.write("values = []\n|")
    desk.type("values.")
    desk.press(Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    desk.settled()
    assert not desk.completer.is_open
    assert worker.process_id == 0
    desk.completer.set_enabled(True)
    desk.asked()
    assert "append" in desk.names
    desk.completer.set_enabled(False)
    assert not desk.completer.is_open


# The child.


def answer_of(qtbot: QtBot, worker: CompletionWorker, text: str, language: str = "python") -> Completions:
    with qtbot.waitSignal(worker.completed, timeout=PATIENCE_MS) as waiting:
        number = worker.request(text, len(text), language)
    assert waiting.args is not None
    completions = waiting.args[0]
    assert isinstance(completions, Completions)
    assert completions.id == number
    return completions


def test_a_killed_child_comes_back(qtbot: QtBot, worker: CompletionWorker) -> None:
    worker.start()
    qtbot.waitUntil(lambda: worker.is_ready, timeout=PATIENCE_MS)
    first = worker.process_id
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: worker.process_id not in (0, first) and worker.is_ready, timeout=PATIENCE_MS)
    completions = answer_of(qtbot, worker, "import heapq\nheapq.heapp")
    assert completions.items[0].detail == "heappop(heap)"


def test_while_there_is_no_child_there_are_words(qtbot: QtBot, worker: CompletionWorker) -> None:
    worker.start()
    qtbot.waitUntil(lambda: worker.is_ready, timeout=PATIENCE_MS)
    os.kill(worker.process_id, signal.SIGKILL)
    qtbot.waitUntil(lambda: not worker.is_ready, timeout=PATIENCE_MS)
    completions = answer_of(qtbot, worker, "counter = 1\ncou")
    assert [item.kind for item in completions.items] == ["word"]


def test_a_child_that_hangs_is_killed_and_comes_back(
    qtbot: QtBot, worker: CompletionWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.start()
    qtbot.waitUntil(lambda: worker.is_ready, timeout=PATIENCE_MS)
    first = worker.process_id
    monkeypatch.setattr(process_module, "TIMEOUT_MS", 200)
    os.kill(first, signal.SIGSTOP)
    completions = answer_of(qtbot, worker, "counter = 1\ncou")
    assert [item.name for item in completions.items] == ["counter"]
    monkeypatch.undo()
    qtbot.waitUntil(lambda: worker.process_id not in (0, first) and worker.is_ready, timeout=PATIENCE_MS)
    assert answer_of(qtbot, worker, "import heapq\nheapq.heapp").items[0].name == "heappop"


def test_only_the_newest_request_is_answered(qtbot: QtBot, shared_worker: CompletionWorker) -> None:
    answers: list[Completions] = []
    shared_worker.completed.connect(answers.append)
    text = "import heapq, collections\n"
    for ending in ("collections.", "heapq.", "coll", "heapq.heapp"):
        newest = shared_worker.request(text + ending, len(text + ending), "python")
    qtbot.waitUntil(lambda: bool(answers), timeout=PATIENCE_MS)
    answer_of(qtbot, shared_worker, "x = 1\nx.re")
    shared_worker.completed.disconnect(answers.append)
    assert [one.id for one in answers] == [newest, newest + 1]
    assert answers[0].items[0].name == "heappop"


def test_a_request_that_is_forgotten_is_not_answered(qtbot: QtBot, shared_worker: CompletionWorker) -> None:
    answers: list[Completions] = []
    shared_worker.completed.connect(answers.append)
    shared_worker.request("x = 1\nx.", 8, "python")
    shared_worker.forget()
    last = answer_of(qtbot, shared_worker, "x = 1\nx.re")
    shared_worker.completed.disconnect(answers.append)
    assert [one.id for one in answers] == [last.id]


def test_two_editors_share_a_child(qtbot: QtBot, shared_worker: CompletionWorker) -> None:
    mine, pad = Desk(qtbot, shared_worker), Desk(qtbot, shared_worker)
    mine.write("values = []\n|")
    pad.write("values = []\n|")
    pad.editor.setFocus()
    pad.typed("values.")
    assert pad.names
    assert not mine.names


def test_half_a_character_and_carriage_returns_do_no_harm(qtbot: QtBot, shared_worker: CompletionWorker) -> None:
    assert answer_of(qtbot, shared_worker, "counter = '\ud83e'\r\ncou").items[0].name == "counter"


def test_a_closed_worker_answers_nothing_more(qtbot: QtBot, worker: CompletionWorker) -> None:
    answer_of(qtbot, worker, "x = 1\nx.re")
    worker.close()
    assert worker.process_id == 0
    worker.request("x = 1\nx.", 8, "python")
    worker.start()
    assert worker.process_id == 0


class Heartbeat(QObject):
    """Ticks as often as the event loop lets it; the longest pause is what a person would feel."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.longest = 0.0
        self.ticks = 0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(1)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.ticks += 1
        self.longest = max(self.longest, now - self._last)
        self._last = now


def test_the_interface_goes_on_while_a_child_starts_and_a_long_text_is_read(
    qtbot: QtBot, worker: CompletionWorker, record_property: Callable[[str, object], None]
) -> None:
    text = "\n".join(f"total_{n} = [{n}, 'some text']" for n in range(3_000)) + "\ntotal_1.app"
    assert len(text) < MAX_TEXT
    heartbeat = Heartbeat(worker)
    worker.start()
    qtbot.waitUntil(lambda: worker.is_ready, timeout=PATIENCE_MS)
    for _ in range(3):
        answer_of(qtbot, worker, text)
    record_property("longest_gap_ms", round(heartbeat.longest * 1000, 1))
    print(f"longest gap of the event loop: {heartbeat.longest * 1000:.1f} ms")  # noqa: T201
    assert heartbeat.ticks > 20
