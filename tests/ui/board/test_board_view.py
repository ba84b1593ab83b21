"""The board as people use it: with the pointer, with the keyboard alone, and together."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pycrdt
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from sparring.live.board import Element, SharedBoard
from sparring.live.board.geometry import Point, Rect, bounds
from sparring.ui.board import BOARD_ACTIONS, BoardView
from sparring.ui.theme import INK, PAPER

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton


class Seat:
    """One partner before a board: where to press is said in board units."""

    def __init__(self, qtbot: QtBot, name: str) -> None:
        self.doc: pycrdt.Doc[Any] = pycrdt.Doc()
        self.board = SharedBoard(self.doc, name)
        self.view = BoardView(self.board)
        qtbot.addWidget(self.view)
        self.view.resize(900, 600)
        self.view.show()
        self.canvas = self.view.canvas
        self.canvas.setFocus()

    @property
    def elements(self) -> tuple[Element, ...]:
        return self.board.elements

    def labelled(self, text: str) -> Element:
        return next(element for element in self.elements if element.text == text)

    def pixel(self, point: Point) -> QPoint:
        return self.canvas.camera.to_canvas(point).toPoint()

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where one is typing: in the label if there is one, else on the canvas."""
        QTest.keyClick(self.canvas.labelling.editor or self.canvas, key, modifiers)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.canvas.labelling.editor, text)

    def click(self, point: Point, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.canvas, LEFT, modifiers, self.pixel(point))

    def double_click(self, point: Point) -> None:
        self.click(point)
        QTest.mouseDClick(self.canvas, LEFT, NONE, self.pixel(point))

    def drag(self, *points: Point, button: Qt.MouseButton = LEFT) -> None:
        pixels = [self.pixel(point) for point in points]
        QTest.mousePress(self.canvas, button, NONE, pixels[0])
        for pixel in pixels[1:]:
            QTest.mouseMove(self.canvas, pixel)
        QTest.mouseRelease(self.canvas, button, NONE, pixels[-1])

    def take(self, other: "Seat") -> None:
        with self.doc.transaction(origin="remote"):
            self.doc.apply_update(other.doc.get_update(self.doc.get_state()))


@pytest.fixture
def ada(qtbot: QtBot) -> Iterator[Seat]:
    seat = Seat(qtbot, "ada")
    yield seat
    seat.view.set_board(None)


@pytest.fixture
def bo(qtbot: QtBot) -> Iterator[Seat]:
    seat = Seat(qtbot, "bo")
    yield seat
    seat.view.set_board(None)


# With the pointer.


def test_a_box_is_dragged_and_labelled(ada: Seat) -> None:
    ada.key(Key.Key_R)
    ada.drag((-101, -51), (0, 0), (-1, 49))
    ada.type("root")
    ada.key(Key.Key_Return)
    (box,) = ada.elements
    assert (box.kind, box.text, box.author) == ("box", "root", "ada")
    assert (box.x, box.y, box.width, box.height) == (-100, -52, 100, 100)
    assert ada.canvas.selection == {box.id}


def test_a_click_with_the_ellipse_makes_a_small_one(ada: Seat) -> None:
    ada.key(Key.Key_O)
    ada.click((0, 0))
    ada.key(Key.Key_Escape)
    (ellipse,) = ada.elements
    assert (ellipse.kind, ellipse.x, ellipse.y, ellipse.text) == ("ellipse", -24, -20, "")


def test_the_pen_draws_a_stroke(ada: Seat) -> None:
    ada.key(Key.Key_P)
    ada.drag((0, 0), (50, 0), (100, 0), (100, 80))
    (stroke,) = ada.elements
    assert stroke.kind == "stroke"
    assert (stroke.width, stroke.height) == (100, 80)
    assert ada.board.undo()
    assert ada.elements == ()


def test_an_arrow_holds_on_to_boxes_and_follows(ada: Seat) -> None:
    one = ada.board.add("box", -200, 0, 48, 40)
    two = ada.board.add("box", 100, 0, 48, 40)
    ada.key(Key.Key_A)
    ada.drag((-176, 20), (0, 20), (124, 20))
    arrow = ada.elements[-1]
    assert (arrow.kind, arrow.from_id, arrow.to_id) == ("arrow", one, two)
    by_id = ada.canvas.by_id()
    assert bounds(arrow, by_id) == Rect(-148, 20, 96, 20)
    ada.key(Key.Key_V)
    ada.drag((124, 20), (124, 80), (124, 120))
    assert ada.board.find(two) == ada.elements[1]
    assert ada.elements[1].y == 100
    assert bounds(arrow, ada.canvas.by_id()).bottom > 90


def test_an_arrow_from_nowhere_to_nowhere_stays_as_drawn(ada: Seat) -> None:
    ada.key(Key.Key_A)
    ada.drag((0, 0), (30, 10), (60, 30))
    (arrow,) = ada.elements
    assert (arrow.x, arrow.y, arrow.width, arrow.height) == (0, 0, 60, 30)
    ada.double_click((30, 15))
    ada.type("7")
    ada.key(Key.Key_Return)
    assert ada.elements[0].text == "7"


def test_words_are_typed_in_place_and_empty_ones_leave_nothing(ada: Seat) -> None:
    ada.key(Key.Key_T)
    ada.click((10, 10))
    ada.type("two")
    ada.key(Key.Key_Return, SHIFT)
    ada.type("lines")
    ada.key(Key.Key_Return)
    (text,) = ada.elements
    assert (text.kind, text.text) == ("text", "two\nlines")
    ada.click((200, 200))
    ada.key(Key.Key_Return)
    assert len(ada.elements) == 1


def test_the_eraser_takes_what_it_touches_with_its_arrows(ada: Seat) -> None:
    one = ada.board.add("box", -200, 0, 48, 40)
    two = ada.board.add("box", 100, 0, 48, 40)
    ada.board.add("arrow", 0, 0, from_id=one, to_id=two)
    ada.board.add_stroke([(-176, 100), (-170, 104)])
    ada.key(Key.Key_E)
    ada.drag((-176, -60), (-176, 110))
    assert [element.id for element in ada.elements] == [two]
    ada.key(Key.Key_Z, CONTROL)
    assert len(ada.elements) == 4


def test_select_by_click_by_band_and_with_shift(ada: Seat) -> None:
    one = ada.board.add("box", -200, 0, 48, 40)
    two = ada.board.add("box", 100, 0, 48, 40)
    ada.click((-176, 20))
    assert ada.canvas.selection == {one}
    ada.click((124, 20), SHIFT)
    assert ada.canvas.selection == {one, two}
    ada.drag((50, -50), (100, 0), (200, 100))
    assert ada.canvas.selection == {two}
    ada.key(Key.Key_Delete)
    assert [element.id for element in ada.elements] == [one]
    assert ada.canvas.selection == frozenset()


def test_the_corner_resizes(ada: Seat) -> None:
    box = ada.board.add("box", 0, 0, 48, 40)
    ada.click((24, 20))
    ada.drag((52, 44), (80, 70), (92, 64))
    found = ada.board.find(box)
    assert found is not None
    assert (found.x, found.y, found.width, found.height) == (0, 0, 88, 60)


def test_a_double_click_edits_the_label_and_the_box_makes_room(ada: Seat) -> None:
    box = ada.board.add("box", 0, 0, 48, 40, text="a")
    ada.double_click((24, 20))
    ada.type("a rather long label")
    ada.click((200, 200))
    found = ada.board.find(box)
    assert found is not None
    assert found.text == "a rather long label"
    assert found.width > 100
    assert found.centre == (24, 20)
    assert ada.board.undo()
    assert ada.elements[0].text == "a"
    assert ada.elements[0].width == 48


def test_wheel_and_middle_button_move_what_one_sees(ada: Seat) -> None:
    corner = ada.canvas.camera.to_board(QPointF(100, 100))
    ada.drag((0, 0), (10, 10), (40, 30), button=MIDDLE)
    assert ada.canvas.camera.to_board(QPointF(140, 130)) == corner
    place = QPointF(200, 150)
    under = ada.canvas.camera.to_board(place)
    wheel = QWheelEvent(
        place, ada.canvas.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CONTROL,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(ada.canvas, wheel)
    assert ada.canvas.zoom == pytest.approx(1.1)
    assert ada.canvas.camera.to_board(place) == pytest.approx(under)
    ada.key(Key.Key_0, CONTROL)
    assert ada.canvas.zoom == 1
    QTest.keyPress(ada.canvas, Key.Key_Space)
    before = ada.canvas.camera.origin
    ada.drag((0, 0), (20, 0), (50, 0))
    QTest.keyRelease(ada.canvas, Key.Key_Space)
    assert ada.canvas.camera.origin == before + QPointF(50, 0)
    assert ada.elements == ()


def test_escape_forgets_a_drag(ada: Seat) -> None:
    box = ada.board.add("box", 0, 0, 48, 40)
    QTest.mousePress(ada.canvas, LEFT, NONE, ada.pixel((24, 20)))
    QTest.mouseMove(ada.canvas, ada.pixel((124, 120)))
    ada.key(Key.Key_Escape)
    QTest.mouseRelease(ada.canvas, LEFT, NONE, ada.pixel((124, 120)))
    found = ada.board.find(box)
    assert found is not None
    assert (found.x, found.y) == (0, 0)


# With the keyboard alone.


def test_a_tree_without_a_mouse(ada: Seat) -> None:
    ada.key(Key.Key_R)
    ada.key(Key.Key_Return)
    ada.type("8")
    ada.key(Key.Key_Return)
    ada.key(Key.Key_Return, CONTROL)
    ada.type("3")
    ada.key(Key.Key_Return, CONTROL | SHIFT)
    ada.type("10")
    ada.key(Key.Key_Return, CONTROL)
    ada.type("9")
    ada.key(Key.Key_Return)
    edges = {
        (ada.board.find(arrow.from_id), ada.board.find(arrow.to_id)) for arrow in ada.elements if arrow.kind == "arrow"
    }
    words = {(one.text, two.text) for one, two in edges if one is not None and two is not None}
    assert words == {("8", "3"), ("8", "10"), ("10", "9")}
    root, left, right = ada.labelled("8"), ada.labelled("3"), ada.labelled("10")
    assert left.centre[0] < root.centre[0] < right.centre[0]
    assert left.y == right.y > root.y + root.height
    by_id = ada.canvas.by_id()
    boxes = [bounds(element, by_id) for element in ada.elements if element.kind == "box"]
    assert not any(one.meets(two) for one in boxes for two in boxes if one is not two)


def test_boxes_are_dropped_where_there_is_room_and_linked(ada: Seat) -> None:
    ada.key(Key.Key_R)
    for word in ("a", "b", "c"):
        ada.key(Key.Key_Return)
        ada.type(word)
        ada.key(Key.Key_Return)
    a, b, c = (ada.labelled(word) for word in "abc")
    assert len({(box.x, box.y) for box in (a, b, c)}) == 3
    ada.key(Key.Key_Escape)
    ada.key(Key.Key_Tab)
    assert ada.canvas.selection == {a.id}
    ada.key(Key.Key_L, CONTROL)
    ada.key(Key.Key_Tab)
    assert "Box c" in ada.canvas.accessibleDescription()
    ada.key(Key.Key_Return)
    arrow = ada.elements[-1]
    assert (arrow.from_id, arrow.to_id) == (a.id, c.id)
    ada.key(Key.Key_Tab)
    ada.key(Key.Key_Right)
    ada.key(Key.Key_Down, SHIFT)
    moved = ada.labelled("b")
    assert (moved.x, moved.y, moved.height) == (b.x + 8, b.y, b.height + 8)


def test_a_key_that_repeats_is_one_step(ada: Seat) -> None:
    box = ada.board.add("box", 0, 0, 48, 40)
    ada.key(Key.Key_Tab)
    for repeats in (False, True, True):
        ada.canvas.keyboard.press("right", repeats)
    assert ada.elements[0].x == 24
    ada.key(Key.Key_Z, CONTROL)
    assert ada.elements[0].x == 0
    ada.key(Key.Key_Z, CONTROL | SHIFT)
    assert ada.elements[0].x == 24
    assert ada.canvas.selection == {box}


def test_tab_leads_through_the_board_and_out_of_it(qtbot: QtBot, ada: Seat) -> None:
    with qtbot.waitExposed(ada.view):
        ada.view.activateWindow()
    ada.canvas.setFocus()
    ada.board.add("box", 0, 0, 48, 40, text="8")
    ada.key(Key.Key_Tab)
    assert ada.canvas.accessibleDescription() == "Box 8, mine, 1 of 1"
    ada.key(Key.Key_Tab)
    assert ada.canvas.selection == frozenset()
    assert not ada.canvas.hasFocus()


def test_on_the_board_its_keys_come_before_the_sessions(qtbot: QtBot, ada: Seat) -> None:
    with qtbot.waitExposed(ada.view):
        ada.view.activateWindow()
    ada.canvas.setFocus()
    runs: list[str] = []
    QShortcut(QKeySequence("Ctrl+Return"), ada.view, lambda: runs.append("run"))
    QShortcut(QKeySequence("Ctrl+R"), ada.view, lambda: runs.append("reveal"))
    ada.board.add("box", 0, 0, 48, 40)
    ada.key(Key.Key_Tab)
    ada.key(Key.Key_Return, CONTROL)
    ada.key(Key.Key_Return, CONTROL)
    assert len(ada.elements) == 5
    ada.key(Key.Key_Return)
    ada.key(Key.Key_R, CONTROL)
    assert runs == ["reveal"]


# Together.


def test_two_partners_end_with_the_same_board(ada: Seat, bo: Seat) -> None:
    ada.key(Key.Key_R)
    ada.key(Key.Key_Return)
    ada.type("8")
    ada.key(Key.Key_Return)
    bo.take(ada)
    bo.canvas.fit()
    bo.key(Key.Key_Tab)
    bo.key(Key.Key_Return, CONTROL)
    bo.type("3")
    bo.key(Key.Key_Return)
    ada.key(Key.Key_V)
    ada.key(Key.Key_Up)
    ada.take(bo)
    bo.take(ada)
    assert ada.elements == bo.elements
    assert [element.author for element in ada.elements] == ["ada", "bo", "bo"]
    while ada.board.can_undo:
        ada.key(Key.Key_Z, CONTROL)
    bo.take(ada)
    assert {element.author for element in bo.elements} >= {"bo"}
    assert [element.author for element in bo.elements] == [element.author for element in ada.elements] == ["bo", "bo"]


def test_what_the_partner_erases_while_i_type_is_gone(ada: Seat, bo: Seat) -> None:
    box = ada.board.add("box", 0, 0, 48, 40)
    bo.take(ada)
    ada.double_click((24, 20))
    ada.type("lost")
    bo.board.remove([box])
    ada.take(bo)
    assert ada.elements == ()
    assert ada.canvas.labelling.editor is None
    assert ada.canvas.selection == frozenset()


# What it says and allows.


def test_read_only_shows_and_changes_nothing(ada: Seat) -> None:
    box = ada.board.add("box", 0, 0, 48, 40, text="8")
    before = ada.elements
    ada.view.read_only = True
    ada.drag((24, 20), (60, 60), (124, 120))
    ada.double_click((24, 20))
    ada.canvas.select({box})
    for key, modifiers in ((Key.Key_Delete, NONE), (Key.Key_Right, NONE), (Key.Key_Return, CONTROL), (Key.Key_P, NONE)):
        ada.key(key, modifiers)
    ada.drag((200, 200), (220, 220))
    ada.key(Key.Key_Z, CONTROL)
    assert ada.elements == before
    ada.canvas.select(())
    ada.key(Key.Key_Tab)
    assert ada.canvas.accessibleDescription() == "Box 8, mine, 1 of 1"


def test_a_full_board_says_so(ada: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sparring.live.board.shared.MAX_ELEMENTS", 0)
    said: list[str] = []
    ada.canvas.hint_changed.connect(said.append)
    ada.key(Key.Key_R)
    ada.key(Key.Key_Return)
    assert "full" in said[-1]
    ada.click((0, 0))
    assert "full" in said[-1]
    assert ada.elements == ()


def test_without_a_board_nothing_happens(qtbot: QtBot) -> None:
    view = BoardView(None)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    for key in (Key.Key_R, Key.Key_Return, Key.Key_Delete, Key.Key_Tab):
        QTest.keyClick(view.canvas, key)
    QTest.mouseClick(view.canvas, LEFT)
    assert view.canvas.labelling.editor is None
    assert not view.grab().isNull()


def test_whatever_can_be_used_has_a_name_and_tells_its_key(ada: Seat) -> None:
    for made in ada.view.findChildren(QAbstractButton):
        assert made.objectName().startswith("board-")
        assert made.accessibleName()
        assert "(" in made.toolTip()
    ada.key(Key.Key_T)
    ada.click((0, 0))
    for widget in (ada.view, ada.canvas, ada.canvas.labelling.editor):
        assert isinstance(widget, QWidget)
        assert widget.accessibleName()


def test_buttons_do_what_keys_do(ada: Seat) -> None:
    def press(name: str) -> None:
        QTest.mouseClick(ada.view.findChild(QAbstractButton, f"board-{name}"), LEFT)

    press("tool-box")
    assert ada.canvas.tool_id == "box"
    ada.click((0, 0))
    ada.key(Key.Key_Return)
    press("undo")
    assert ada.elements == ()
    press("redo")
    assert len(ada.elements) == 1
    ada.canvas.zoom_to(3)
    press("zoom-reset")
    assert ada.canvas.zoom == 1


@pytest.mark.parametrize("theme", [INK, PAPER], ids=["ink", "paper"])
def test_partners_are_told_apart_in_both_themes(ada: Seat, theme: Any) -> None:
    ada.view.set_theme(theme)
    ada.board.add("box", -100, -50, 48, 40)
    foreign = SharedBoard(ada.doc, "bo")
    foreign.add("box", 60, -50, 48, 40)
    ada.canvas.zoom_to(2)
    picture = ada.canvas.grab().toImage()
    ratio = picture.devicePixelRatio()

    def colours(left: float) -> set[str]:
        row = ada.pixel((left, -30)).y() * ratio
        columns = range(round(ada.pixel((left - 2, 0)).x() * ratio), round(ada.pixel((left + 3, 0)).x() * ratio))
        return {picture.pixelColor(column, round(row)).name() for column in columns}

    assert theme.me in colours(-100)
    assert theme.partner in colours(60)
    foreign.detach()


def test_every_key_of_the_board_is_in_the_guide() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "using-sparring.md").read_text()
    for action in BOARD_ACTIONS:
        assert f"| `{action.key}` | {action.words} | {action.where} |" in guide
