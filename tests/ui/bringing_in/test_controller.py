"""Behind the screen: real folders, a real shelf, real threads, and a real port."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QListView, QPlainTextEdit, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from sparring.problems import load_problem
from sparring.problems.importing import imports
from sparring.profile import Profile
from sparring.ui.bringing_in import BringInController, Surroundings
from sparring.ui.bringing_in.jobs import JobError, Jobs
from sparring.ui.bringing_in.posts import MAX_WAITING
from sparring.ui.shell import MainWindow
from tests.problems.importing.pasting.test_pasting import PAGE
from tests.problems.importing.test_companion_post import TASK
from tests.support.problems import write_folder


class Home:
    """A window with the controller, and what it asked of the app."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.profile = qtbot, Profile(folder)
        self.window = MainWindow()
        qtbot.addWidget(self.window)
        self.suggested: list[str] = []
        self.gone: list[str] = []
        self.refreshed = 0
        self.in_lobby = False
        self.controller = BringInController(
            self.window,
            self.profile,
            Surroundings(self._refresh, lambda: self.in_lobby, self.suggested.append, self._change, self._go),
        )
        self.window.add_screen("today", QWidget())
        self.window.add_screen("bring-in", self.controller.screen)
        self.window.show_screen("today")
        self.window.closing.connect(self.window.allow_close)
        self.window.show()
        qtbot.waitExposed(self.window)

    def _refresh(self, then: Callable[[], object]) -> None:
        self.refreshed += 1
        then()

    def _change(self, name: str, value: object) -> None:
        self.profile.change(**{name: value})
        self.controller.setting_changed(name, value)

    def _go(self, name: str) -> None:
        self.gone.append(name)
        if name == "bring-in":
            self.controller.open(self.window.current_screen)
            self.window.show_screen(name)

    def part(self, kind: type[Any], name: str) -> Any:
        found = self.window.findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def press(self, name: str) -> None:
        self.part(QAbstractButton, name).click()

    def words(self, name: str) -> str:
        return str(self.part(QLabel, name).text())

    @property
    def shelf(self) -> list[str]:
        folder = self.profile.problems
        return sorted(path.name for path in folder.iterdir() if path.name[0] != ".") if folder.is_dir() else []

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=20_000)

    def paste(self, text: str) -> None:
        self.part(QPlainTextEdit, "paste-text").setPlainText(text)
        self.until(lambda: self.part(QAbstractButton, "keep-pasted").isEnabled())


@pytest.fixture
def home(qtbot: QtBot, tmp_path: Path) -> Iterator[Home]:
    made = Home(qtbot, tmp_path / "home")
    yield made
    made.controller.close()
    made.controller.join()
    qtbot.waitUntil(lambda: not made.controller.port)


def send(home: Home, **changes: Any) -> None:
    """Post as the extension does, and wait until the answer is here."""
    body = json.dumps(TASK | changes).encode()
    port = home.controller.port
    head = f"POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n"
    head += f"Content-Length: {len(body)}\r\n\r\n"
    answers: list[bytes] = []

    def talk() -> None:
        with socket.create_connection(("127.0.0.1", port), 10) as connection:
            connection.sendall(head.encode() + body)
            answers.append(connection.recv(65536))

    thread = threading.Thread(target=talk)
    thread.start()
    home.until(lambda: not thread.is_alive())
    assert answers[0].startswith(b"HTTP/1.1 ")


def listen(home: Home) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home.profile.change(companion_port=port)
    home.press("listen")
    home.until(lambda: home.controller.port == port)


# Paste.


def test_a_pasted_problem_is_kept_and_taken_away_again(home: Home) -> None:
    home.controller.open()
    home.paste(PAGE)
    with home.qtbot.waitSignal(home.controller.kept) as kept:
        home.press("keep-pasted")
    assert kept.args == [("pair-reaching-a-total",)]
    assert load_problem(home.profile.problems / "pair-reaching-a-total").title == "Pair Reaching a Total"
    assert (home.refreshed, home.suggested) == (1, [])
    assert home.words("kept-words") == "“Pair Reaching a Total” is on your shelf."
    # The form is empty for the next one; undo in the field brings it back.
    assert home.part(QPlainTextEdit, "paste-text").toPlainText() == ""
    home.part(QPlainTextEdit, "paste-text").undo()
    assert home.part(QPlainTextEdit, "paste-text").toPlainText() == PAGE.replace("\u00a0", " ")
    home.press("undo-kept")
    home.until(lambda: not home.shelf)
    home.until(lambda: home.words("kept-words") == "1 problem is gone again.")
    assert imports(home.profile.imports) == []


def test_what_is_corrected_in_the_table_is_what_is_kept(home: Home) -> None:
    home.controller.open()
    home.paste(PAGE)
    model = home.controller.screen.paste.preview.table.cases
    model.setData(model.index(0, 3), "[1,0]")
    home.until(lambda: model.index(0, 3).data() == "[1,0]")
    home.press("add-case")
    home.until(lambda: model.rowCount() == 3)
    for column, text in ((1, "[1, 2]"), (2, "3"), (3, "[0, 1]")):
        model.setData(model.index(2, column), text)
        home.until(lambda column=column, text=text: model.index(2, column).data() == text)
    model.setData(model.index(2, 4), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    home.until(lambda: home.controller._pasted is not None and len(home.controller._pasted.ready) == 3)
    home.until(lambda: home.controller._pasted is not None and home.controller._pasted.ready[2].hidden)
    home.press("keep-pasted")
    home.until(lambda: home.shelf)
    problem = load_problem(home.profile.problems / home.shelf[0])
    assert [(case.name, case.hidden, case.expected) for case in problem.cases] == [
        ("example 1", False, [1, 0]), ("example 2", False, [1, 2]), ("case 3", True, [0, 1])
    ]  # fmt: skip


def test_what_is_there_already_is_said_and_in_a_lobby_suggested(home: Home) -> None:
    home.controller.open()
    home.paste(PAGE)
    home.press("keep-pasted")
    home.until(lambda: home.refreshed == 1)
    home.in_lobby = True
    home.paste(PAGE)
    home.press("keep-pasted")
    home.until(lambda: "is on your shelf already" in home.words("kept-words"))
    home.until(lambda: home.suggested == ["pair-reaching-a-total"])
    assert home.shelf == ["pair-reaching-a-total"]
    # Another problem with its title comes in beside it.
    home.paste(PAGE.replace("in any order", "in rising order"))
    home.press("keep-pasted")
    home.until(lambda: home.shelf == ["pair-reaching-a-total", "pair-reaching-a-total-2"])
    home.until(lambda: home.refreshed == 3)


def test_a_shelf_that_cannot_be_written_is_said_and_the_form_stays(home: Home) -> None:
    home.controller.open()
    home.profile.folder.mkdir(exist_ok=True)
    home.profile.problems.write_text("a file where the shelf should be")
    home.paste(PAGE)
    home.press("keep-pasted")
    home.until(lambda: "What you pasted is still here." in home.words("kept-words"))
    assert home.part(QPlainTextEdit, "paste-text").toPlainText()


def test_a_fault_of_ours_in_reading_is_said_and_the_next_text_is_read(
    home: Home, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from sparring.problems.importing import pasting

    def breaks(form: pasting.PasteForm) -> pasting.Pasted:
        raise ZeroDivisionError("by zero")

    home.controller.open()
    with monkeypatch.context() as patched:
        patched.setattr(pasting, "read_paste", breaks)
        home.part(QPlainTextEdit, "paste-text").setPlainText("T")
        home.until(lambda: "Something went wrong" in home.words("paste-hint"))
    home.paste(PAGE)


# A folder or zip file.


def shelf_of_two(folder: Path) -> Path:
    """Two of our own problems, and something that is none."""
    write_folder(folder, name="next-number", title="Next number")
    write_folder(folder, name="number-after", title="Number after", files={"statement.md": "What comes after?"})
    (folder / "broken").mkdir()
    (folder / "broken" / "problem.toml").write_text("id = ")
    return folder


def test_a_folder_comes_in_with_a_report_and_goes_again(home: Home, tmp_path: Path) -> None:
    source = shelf_of_two(tmp_path / "given")
    home.controller.open()
    home.controller.import_path(str(source))
    home.until(lambda: home.refreshed == 1)
    assert len(home.shelf) == 2
    assert home.words("import-report-words") == "2 problems came in, 1 did not."
    listed = home.part(QTextBrowser, "import-report-list").toPlainText()
    assert "Did not come in:" in listed
    assert "broken — problem.toml: " in listed
    home.controller.screen.way_chosen.emit("earlier")
    home.until(lambda: home.part(QListView, "earlier-imports").model().rowCount() == 1)
    home.press("undo-earlier")
    home.until(lambda: not home.shelf)
    home.until(lambda: home.part(QListView, "earlier-imports").model().rowCount() == 0)


def test_what_is_dropped_is_imported(home: Home, tmp_path: Path) -> None:
    source = shelf_of_two(tmp_path / "given")
    home.controller.open()
    home.controller.screen.way_chosen.emit("files")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(source))])
    panel, no_key, left = home.part(QWidget, "drop-panel"), Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, left, no_key)
    QApplication.sendEvent(panel, enter)
    assert (enter.isAccepted(), panel.property("lit")) == (True, True)
    # Qt gives a drop only to whom it brought a drag itself.
    panel.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, left, no_key))
    home.until(lambda: len(home.shelf) == 2)
    home.until(lambda: home.refreshed == 1)


@pytest.mark.parametrize(("name", "words"), [("nothing", "is not there"), ("plain.txt", "neither a folder nor a zip")])
def test_what_cannot_be_imported_is_said(home: Home, tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "plain.txt").write_text("words")
    home.controller.open()
    home.controller.import_path(str(tmp_path / name))
    home.until(lambda: words in home.words("import-error"))
    assert home.part(QAbstractButton, "choose-folder").isEnabled()


def test_an_import_shows_how_far_it_is_and_is_cancelled(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sparring.problems.importing import bringing_in

    source, waits, may_go_on = shelf_of_two(tmp_path / "given"), threading.Event(), threading.Event()
    real = bringing_in.write_content

    def slow(*args: Any) -> Any:
        waits.set()
        assert may_go_on.wait(20)
        return real(*args)

    monkeypatch.setattr(bringing_in, "write_content", slow)
    home.controller.open()
    home.controller.import_path(str(source))
    home.until(waits.is_set)
    home.until(lambda: " of " in home.words("import-busy"))
    assert not home.part(QAbstractButton, "choose-folder").isEnabled()
    home.press("cancel-import")
    may_go_on.set()
    home.until(lambda: home.words("import-error") == "The import was cancelled. Nothing came in.")
    assert home.shelf == []


# From the browser.


def test_it_is_off_until_somebody_switches_it_on(home: Home) -> None:
    assert home.controller.port == 0
    assert home.words("listen-words") == "Off: nothing listens."
    listen(home)
    assert home.profile.settings.companion
    assert home.words("listen-words") == "Listening, on this machine only."
    home.press("listen")
    home.until(lambda: home.controller.port == 0)


def test_a_post_is_a_notice_then_a_look_then_one_click(home: Home) -> None:
    listen(home)
    send(home, batch={"id": "x", "size": 1})
    home.until(lambda: home.window.notice)
    assert home.window.notice == f"“{TASK['name']}” came from the browser."
    assert home.shelf == []
    home.press("notice-act")
    assert home.gone == ["bring-in"]
    assert home.window.notice == ""
    assert home.words("post-title") == TASK["name"]
    home.in_lobby = True
    with home.qtbot.waitSignal(home.controller.kept):
        home.press("keep-post")
    assert home.shelf == ["a-sharing-a-melon"]
    assert home.suggested == ["a-sharing-a-melon"]
    assert home.part(QListView, "posts").model().rowCount() == 0


def test_a_contest_is_kept_with_one_click_and_undone_with_another(home: Home) -> None:
    listen(home)
    for number in range(3):
        send(home, name=f"Problem {number}", url=f"https://example.org/{number}", batch={"id": "one", "size": 3})
    home.until(lambda: home.window.notice.startswith("3 of 3 problems of Local"))
    home.controller.look_at_posts()
    home.press("keep-all-posts")
    home.until(lambda: home.shelf == ["problem-0", "problem-1", "problem-2"])
    home.until(lambda: home.words("kept-words") == "3 problems came in.")
    assert home.suggested == []
    home.press("undo-kept")
    home.until(lambda: not home.shelf)


def test_one_that_is_sent_again_takes_the_place_of_the_first(home: Home) -> None:
    listen(home)
    for _ in range(2):
        send(home)
    home.until(lambda: home.part(QListView, "posts").model().rowCount() == 1)
    home.controller.look_at_posts()
    home.press("dismiss-post")
    assert home.part(QListView, "posts").model().rowCount() == 0
    assert home.shelf == []


def test_what_cannot_be_kept_is_said(home: Home) -> None:
    listen(home)
    send(home, interactive=True)
    home.until(lambda: "is interactive" in home.window.notice)
    assert "is interactive" in home.words("listen-error")


def test_too_many_that_nobody_looks_at_are_refused(home: Home) -> None:
    from sparring.problems.importing.companion import read_post

    listen(home)
    first = read_post(json.dumps(TASK).encode())
    for number in range(MAX_WAITING):
        draft = replace(first.draft, title=f"Problem {number}")
        home.controller._posts.add(replace(first, draft=draft))
    send(home, name="one more")
    assert len(home.controller._posts.rows()) == MAX_WAITING


def test_a_port_in_use_is_said(home: Home) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        home.profile.change(companion_port=taken.getsockname()[1])
        home.press("listen")
        home.until(lambda: "another program uses it already" in home.words("listen-error"))
    assert home.controller.port == 0


# Coming and going.


def test_back_leads_to_where_one_was(home: Home) -> None:
    for came_from, back in (("journal", "journal"), ("session/lobby", "session"), ("bring-in", "session")):
        home.controller.open(came_from)
        home.press("leave-bring-in")
        assert home.gone[-1] == back


def test_a_job_that_breaks_is_told_and_the_next_one_runs(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    jobs = Jobs(window)

    def breaks(_: Jobs) -> None:
        raise ZeroDivisionError("by zero")

    def refuses(_: Jobs) -> None:
        raise JobError("not today")

    for job, words in ((breaks, "Something went wrong (by zero)."), (refuses, "not today")):
        with qtbot.waitSignal(jobs.failed) as failed:
            jobs.start("try", job)
        assert failed.args is not None
        assert failed.args[1].startswith(words)
    with qtbot.waitSignal(jobs.done) as done:
        jobs.start("try", lambda _: 3)
    assert done.args == ["try", 3]
    jobs.join()
