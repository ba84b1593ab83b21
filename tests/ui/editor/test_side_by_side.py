"""Two editors tied together: marks, steps, and scrolling."""

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from sparring.ui.editor import CodeEditor
from sparring.ui.editor.side_by_side import SideBySide

SAME = "".join(f"same {number}\n" for number in range(100))


class Pair:
    def __init__(self, qtbot: QtBot, left: str, right: str) -> None:
        self._qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(700, 300)
        self.left, self.right = CodeEditor("left", "Left"), CodeEditor("right", "Right")
        layout = QHBoxLayout(self.window)
        for editor, text in ((self.left, left), (self.right, right)):
            layout.addWidget(editor)
            editor.setPlainText(text)
        self.tie = SideBySide(self.left, self.right)
        self.window.show()
        qtbot.waitExposed(self.window)

    def compare(self) -> None:
        with self._qtbot.waitSignal(self.tie.changed):
            self.tie.set_active(True)

    @property
    def marks(self) -> tuple[dict[int, str], dict[int, str]]:
        return self.left.marks.lines, self.right.marks.lines

    @property
    def lit(self) -> tuple[int | None, int | None]:
        return self.left.marks.lit, self.right.marks.lit

    @property
    def tops(self) -> tuple[int, int]:
        return self.left.firstVisibleBlock().blockNumber(), self.right.firstVisibleBlock().blockNumber()


def test_lines_that_differ_are_marked_and_counted(qtbot: QtBot) -> None:
    pair = Pair(qtbot, "one\ntwo\nthree\nfour", "one\n2\nthree\nfour\nfive")
    pair.compare()
    assert pair.tie.count == 2
    assert pair.marks == ({1: "changed"}, {1: "changed", 4: "added"})
    assert pair.tie.current is None


def test_the_same_has_no_marks(qtbot: QtBot) -> None:
    pair = Pair(qtbot, SAME, SAME.replace("\n", "  \n"))
    pair.compare()
    assert (pair.tie.count, pair.marks) == (0, ({}, {}))
    pair.tie.step(1)
    assert pair.tie.current is None


def test_steps_go_round_and_show_both_sides(qtbot: QtBot) -> None:
    pair = Pair(qtbot, f"a\n{SAME}b\n{SAME}", f"x\n{SAME}y\n{SAME}")
    pair.compare()
    seen = []
    for by in (1, 1, 1, -1):
        with qtbot.waitSignal(pair.tie.changed):
            pair.tie.step(by)
        seen.append((pair.tie.current, pair.lit))
        assert pair.tops[0] <= (pair.lit[0] or 0) <= pair.tops[0] + 15
        assert pair.tops[0] == pair.tops[1]
    assert seen == [(0, (0, 0)), (1, (101, 101)), (0, (0, 0)), (1, (101, 101))]
    pair.tie.step(1)
    pair.tie.set_active(False)
    pair.compare()
    pair.tie.step(-1)
    assert pair.tie.current == 1


def test_they_scroll_together_by_their_lines(qtbot: QtBot) -> None:
    pair = Pair(qtbot, SAME, "above\n" * 20 + SAME)
    pair.compare()
    pair.left.verticalScrollBar().setValue(30)
    assert pair.tops == (30, 50)
    pair.right.verticalScrollBar().setValue(60)
    assert pair.tops == (40, 60)
    pair.tie.set_scrolls_together(False)
    pair.left.verticalScrollBar().setValue(10)
    assert pair.tops == (10, 60)
    pair.tie.set_scrolls_together(True)
    assert pair.tops == (10, 30)


def test_an_edit_is_compared_when_the_keys_rest(qtbot: QtBot) -> None:
    pair = Pair(qtbot, "one\ntwo", "one\ntwo")
    pair.compare()
    with qtbot.waitSignal(pair.tie.changed):
        pair.right.replace_range(0, 3, "1")
    assert pair.marks == ({0: "changed"}, {0: "changed"})
    pair.tie.step(1)
    with qtbot.waitSignal(pair.tie.changed):
        pair.left.replace_range(0, 3, "1")
    assert pair.marks == ({}, {})
    assert (pair.tie.current, pair.lit) == (None, (None, None))


def test_inactive_it_leaves_no_marks_and_ties_nothing(qtbot: QtBot) -> None:
    pair = Pair(qtbot, "one\n" + SAME, "two\n" + SAME)
    pair.compare()
    pair.tie.step(1)
    pair.tie.set_active(False)
    assert (pair.tie.count, pair.tie.current, pair.marks, pair.lit) == (0, None, ({}, {}), (None, None))
    pair.left.verticalScrollBar().setValue(20)
    assert pair.tops == (20, 0)
    pair.left.replace_range(0, 3, "three")
    assert pair.marks == ({}, {})


def test_an_answer_that_comes_too_late_is_not_shown(qtbot: QtBot) -> None:
    pair = Pair(qtbot, "one", "two")
    pair.tie.set_active(True)
    pair.tie.set_active(False)
    pair.left.replace_range(0, 3, "two")
    pair.compare()
    assert pair.marks == ({}, {})


@pytest.mark.parametrize("wraps", [False, True])
def test_a_step_lands_on_its_line_whether_lines_wrap_or_not(qtbot: QtBot, wraps: bool) -> None:
    long = "word " * 60 + "\n"
    pair = Pair(qtbot, long * 30 + "a\n" + SAME, long * 30 + "b\n" + SAME)
    for editor in (pair.left, pair.right):
        editor.set_soft_wrap(wraps)
    pair.compare()
    pair.tie.step(1)
    for editor in (pair.left, pair.right):
        block = editor.document().findBlockByNumber(30)
        rect = editor.cursorRect(editor.cursor_of(editor.selections[0]))
        place = editor.blockBoundingGeometry(block).translated(editor.contentOffset())
        assert rect.isValid()
        assert 0 <= place.top() < editor.viewport().height()
