"""What is on the screen after edits is what a full painting would show."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sparring.editing import Edit, Selection
from sparring.ui.editor import CodeEditor, highlighter
from sparring.ui.editor.line_numbers import LineNumbers
from tests.support.editor import wait_for_colours

TEXT = "".join(f"def solve_{number}(values):  # line {number}\n    return 'text' + {number}\n" for number in range(30))
PIECES = ["x", " = 1", "\n", "\n\n    if 1:\n", "'''", "# ", "🧮", "😀👩‍👩‍👧", "a" * 90, ""]
places = st.floats(0, 1)
edits = st.lists(
    st.tuples(places, st.integers(0, 30), st.sampled_from(PIECES), st.booleans(), places), min_size=1, max_size=6
)


def on_screen(editor: CodeEditor) -> QImage:
    """What the last paintings left there, but for the right margin.

    Qt leaves that empty until it has laid out a line that is longer than the view, which can be long after.
    """
    QApplication.processEvents()
    picture = editor.screen().grabWindow(editor.winId()).toImage()
    within = picture.rect().adjusted(0, 0, -int(editor.document().documentMargin()), 0)
    return picture.convertToFormat(QImage.Format.Format_RGB32).copy(within)


def painted_anew(editor: CodeEditor) -> QImage:
    editor.repaint()
    editor.viewport().repaint()
    return on_screen(editor)


@pytest.fixture
def editor(qtbot: QtBot) -> CodeEditor:
    made = CodeEditor("repainted", "Repainted")
    qtbot.addWidget(made)
    # Bars that come and go take another turn of the loop.
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    # A caret that blinks would be in one picture and not in the other.
    made.setCursorWidth(0)
    made.set_language("python")
    made.resize(420, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(edits=edits, start=places, has_partner=st.booleans())
def test_nothing_stale_stays_on_the_screen(
    qtbot: QtBot, editor: CodeEditor, edits: list[tuple[float, int, str, bool, float]], start: float, has_partner: bool
) -> None:
    editor.clear_remote_cursor()
    editor.show_text(TEXT)
    editor.set_selections((Selection.at(int(start * len(TEXT))),))
    editor.centerCursor()
    if has_partner:
        here = editor.cursor_position
        editor.show_remote_cursor(here, min(here + 7, len(TEXT)), "Ben")
    QApplication.processEvents()
    for place, length, inserted, is_mine, head in edits:
        before = editor.text
        # Near what is seen, mostly.
        around = max(0, min(len(before), editor.cursor_position + int((place - 0.5) * 600)))
        stop = min(len(before), around + length)
        editor.show_edits(before, (Edit(around, stop, inserted),), is_mine=is_mine)
        if is_mine:
            editor.set_selections((Selection.at(around + len(inserted)),))
            editor.ensureCursorVisible()
        if has_partner and head < 0.5:
            spot = min(len(editor.text), int(around + head * 40))
            editor.show_remote_cursor(spot, spot, "Ben")
        # On a busy machine colours come in slices, and each slice would be painted between the two pictures.
        wait_for_colours(qtbot, editor)
        QApplication.processEvents()
        QApplication.processEvents()
        assert on_screen(editor) == painted_anew(editor)


class Painted(QObject):
    """Listens to what of the text is painted."""

    def __init__(self, editor: CodeEditor) -> None:
        super().__init__(editor)
        self._region = QRegion()
        editor.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self._region += event.region()
        return False

    def taken(self) -> QRect:
        """Around all that was painted since the last time."""
        QApplication.processEvents()
        region, self._region = self._region, QRegion()
        return region.boundingRect()


def at_line(qtbot: QtBot, editor: CodeEditor, text: str, line: int) -> Painted:
    editor.show_text(text)
    editor.go_to_line(line)
    wait_for_colours(qtbot, editor)
    painted = Painted(editor)
    # Bars and what was asked for before have their turn.
    for _ in range(3):
        painted.taken()
    return painted


@pytest.fixture
def unstyled(qtbot: QtBot) -> Iterator[None]:
    """Without a style sheet, which an earlier test may have left: under some, Qt paints what it could have moved."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    sheet = app.styleSheet()
    app.setStyleSheet("")
    yield
    app.setStyleSheet(sheet)


LONG = "x = '" + "wide " * 40 + "'\n"


@pytest.mark.usefixtures("unstyled")
@pytest.mark.parametrize("longest", ["", LONG])
def test_a_new_line_paints_two_lines_however_long_others_are(
    qtbot: QtBot, editor: CodeEditor, monkeypatch: pytest.MonkeyPatch, longest: str
) -> None:
    # However busy the machine is: colours that come late are painted late.
    monkeypatch.setattr(highlighter, "SLICE_SECONDS", 60.0)
    painted = at_line(qtbot, editor, longest + TEXT, 8)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_X, Qt.Key.Key_Return):
        QTest.keyClick(editor, key)
        assert 0 < painted.taken().height() < 3 * editor.fontMetrics().lineSpacing()


def test_the_right_margin_is_painted_when_a_line_first_reaches_it(qtbot: QtBot, editor: CodeEditor) -> None:
    painted = at_line(qtbot, editor, TEXT, 8)
    place = editor.cursor_position
    editor.show_edits(editor.text, (Edit(place, place, LONG),), is_mine=True)
    area, whole = painted.taken(), editor.viewport().rect()
    assert (area.top(), area.bottom(), area.right()) == (whole.top(), whole.bottom(), whole.right())


def test_lines_that_come_from_below_the_view_are_painted(qtbot: QtBot, editor: CodeEditor) -> None:
    at_line(qtbot, editor, TEXT, 8)
    start, stop = (editor.text.index(f"def solve_{number}(") for number in (5, 25))
    editor.show_edits(editor.text, (Edit(start, stop, "# fewer\n"),), is_mine=False)
    wait_for_colours(qtbot, editor)
    assert on_screen(editor) == painted_anew(editor)


def test_the_current_line_is_seen_from_edge_to_edge_and_moves_with_the_cursor(qtbot: QtBot, editor: CodeEditor) -> None:
    at_line(qtbot, editor, TEXT, 3)
    raised = QColor(editor.theme.raised)

    def rows() -> list[int]:
        """Line numbers from 1 whose ends at the left and at the right are marked."""
        picture = editor.grab().toImage()
        numbers = editor.findChild(LineNumbers)
        assert isinstance(numbers, LineNumbers)
        left, right = numbers.x(), editor.viewport().geometry().right()
        marked = []
        for block, top in editor.visible_lines(editor.viewport().height() - 20):
            y = editor.viewport().y() + top + 2
            if picture.pixelColor(left, y) == raised and picture.pixelColor(right, y) == raised:
                marked.append(block.blockNumber() + 1)
        return marked

    assert rows() == [3]
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert rows() == [4]
    assert on_screen(editor) == painted_anew(editor)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert rows() == [5]
    assert on_screen(editor) == painted_anew(editor)
    editor.set_read_only_view(True)
    assert rows() == []
    editor.set_read_only_view(False)
    assert rows() == [5]
    assert on_screen(editor) == painted_anew(editor)


def test_the_last_lines_mark_is_no_higher_than_others(qtbot: QtBot, editor: CodeEditor) -> None:
    at_line(qtbot, editor, "one\ntwo", 1)
    raised = QColor(editor.theme.raised)

    def height() -> int:
        picture = editor.grab().toImage()
        heights = {
            sum(picture.pixelColor(x, y) == raised for y in range(picture.height()))
            for x in (editor.viewport().x() - 1, editor.viewport().geometry().right())
        }
        assert len(heights) == 1
        return heights.pop()

    first = height()
    assert first > 0
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert height() == first
    assert on_screen(editor) == painted_anew(editor)


def test_a_new_line_asks_once_what_the_numbers_say(
    qtbot: QtBot, editor: CodeEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_line(qtbot, editor, TEXT, 8)
    look, looks = LineNumbers._wanted, []

    def counted(numbers: LineNumbers) -> tuple[object, ...]:
        looks.append(numbers)
        return look(numbers)

    monkeypatch.setattr(LineNumbers, "_wanted", counted)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert len(looks) == 1


def rows_with_ink(picture: QImage, left: int, right: int) -> list[int]:
    return [
        y
        for y in range(picture.height())
        if any(picture.pixel(x, y) != picture.pixel(left, y) for x in range(left, right))
    ]


@pytest.mark.parametrize("zoom", range(-2, 6))
def test_each_number_stands_beside_its_line_however_tall_the_lines_are(
    qtbot: QtBot, editor: CodeEditor, zoom: int
) -> None:
    """Lines that begin with their own number: what is left of the text has ink in the same rows as it."""
    far = " " * 12 + "😀👩‍👩‍👧日本ไทย"
    editor.set_language("text")
    editor.set_zoom(zoom)
    # No line but the current one is painted otherwise, and that is out of view.
    editor.set_read_only_view(True)
    editor.show_text("\n".join(str(number + 1) + far * (number % 5 == 2) for number in range(60)))
    editor.go_to_line(60)
    editor.verticalScrollBar().setValue(0)
    numbers = editor.findChild(LineNumbers)
    assert isinstance(numbers, LineNumbers)
    digits, margin = 2 * editor.fontMetrics().horizontalAdvance("9"), int(editor.document().documentMargin())

    def are_beside() -> bool:
        QApplication.processEvents()
        beside, code = rows_with_ink(numbers.grab().toImage(), 0, numbers.width()), editor.viewport().grab().toImage()
        return beside == rows_with_ink(code, margin - 1, margin + digits)

    assert are_beside()
    third, fourth = editor.text.index(far), editor.text.index("\n5\n")
    edits = (Edit(third, third + len(far), ""), Edit(fourth, fourth, far))
    # All lines together are as high as before.
    editor.show_edits(editor.text, edits, is_mine=True)
    assert are_beside()
    editor.set_soft_wrap(True)
    editor.show_edits(editor.text, (Edit(1, 1, " " * 90),), is_mine=True)
    assert are_beside()
