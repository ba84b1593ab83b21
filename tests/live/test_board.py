"""A board between two seats: the same picture at both, each undoing what is theirs, and nothing foreign that hurts."""

import random
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pycrdt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.live.board import (
    BoardFull,
    Element,
    SharedBoard,
    SvgColours,
    board_from_json,
    board_to_json,
    board_to_svg,
)
from sparring.live.board import elements as limits
from sparring.live.board.shared import ROOT

COLOURS = SvgColours("#ffffff", "#f0f0f0", "#000000", "#888888", {"ada": "#0c7d70", "bo": "#975a07"})


class Seat:
    """A document and its board; what it sends waits until the other takes it, or is lost.

    As on the wire, nothing overtakes and nothing comes after what was lost before both have caught up: a connection
    that loses something is gone, and `SharedDocument` sends nothing on the next one before step 2. Updates that come
    after a gap are another matter: yrs takes in some of them and tells nobody of what changes in them.
    """

    def __init__(self, name: str) -> None:
        self.doc: pycrdt.Doc[Any] = pycrdt.Doc()
        self.board = SharedBoard(self.doc, name)
        self.sent: list[bytes] = []
        self.is_cut_off = False
        self._is_applying = False
        self._subscription = self.doc.observe(self._changed)

    def _changed(self, event: pycrdt.TransactionEvent) -> None:
        if not self._is_applying:
            self.sent.append(event.update)

    def apply(self, update: bytes) -> None:
        self._is_applying = True
        with self.doc.transaction(origin="remote"):
            self.doc.apply_update(update)
        self._is_applying = False

    def catch_up_with(self, other: "Seat") -> None:
        self.apply(other.doc.get_update(self.doc.get_state()))


def two_seats() -> tuple[Seat, Seat]:
    return Seat("ada"), Seat("bo")


def sync(one: Seat, other: Seat) -> None:
    for seat, from_whom in ((one, other), (other, one)):
        seat.catch_up_with(from_whom)
        if seat.is_cut_off:
            seat.sent.clear()
            seat.is_cut_off = False


def element(board: SharedBoard, element_id: str) -> Element:
    found = board.find(element_id)
    assert found is not None
    return found


# What two people do.


def test_a_move_here_and_a_label_there_both_survive() -> None:
    ada, bo = two_seats()
    box = ada.board.add("box", 0, 0, 48, 40)
    sync(ada, bo)
    ada.board.change(box, x=100, y=20)
    bo.board.change(box, text="root")
    sync(ada, bo)
    assert ada.board.elements == bo.board.elements
    found = element(ada.board, box)
    assert (found.x, found.y, found.text, found.author) == (100, 20, "root", "ada")


def test_a_gesture_is_one_update_and_one_undo() -> None:
    ada, _ = two_seats()
    with ada.board.gesture():
        parent = ada.board.add("box", 0, 0, 48, 40)
        child = ada.board.add("box", 0, 100, 48, 40)
        ada.board.add("arrow", 0, 0, from_id=parent, to_id=child)
        ada.board.change(parent, text="8")
    assert len(ada.sent) == 1
    assert len(ada.board.elements) == 3
    assert ada.board.undo()
    assert ada.board.elements == ()
    assert not ada.board.undo()
    assert ada.board.redo()
    assert [found.text for found in ada.board.elements] == ["8", "", ""]


def test_later_gestures_of_a_group_are_one_step() -> None:
    ada, _ = two_seats()
    box = ada.board.add("box", 0, 0, 48, 40)
    for _ in range(5):
        ada.board.move([box], 8, 0, group="held down")
    ada.board.undo()
    assert element(ada.board, box).x == 0
    ada.board.redo()
    assert element(ada.board, box).x == 40


def test_what_the_partner_changed_since_is_not_undone() -> None:
    ada, bo = two_seats()
    box = ada.board.add("box", 0, 0, 48, 40)
    ada.board.change(box, x=50)
    sync(ada, bo)
    bo.board.change(box, x=90, text="theirs")
    sync(ada, bo)
    assert not ada.board.undo()
    found = element(ada.board, box)
    assert (found.x, found.text) == (90, "theirs")


def test_the_partners_box_comes_back_and_stays_theirs_to_undo() -> None:
    ada, bo = two_seats()
    box = bo.board.add("box", 0, 0, 48, 40, text="theirs")
    sync(ada, bo)
    ada.board.remove([box])
    sync(ada, bo)
    assert bo.board.elements == ()
    ada.board.undo()
    sync(ada, bo)
    assert element(bo.board, box).text == "theirs"
    assert element(bo.board, box).author == "bo"
    assert bo.board.undo()
    assert bo.board.elements == ()


def test_an_element_that_the_partner_took_away_is_no_error() -> None:
    ada, bo = two_seats()
    box = ada.board.add("box", 0, 0, 48, 40)
    sync(ada, bo)
    bo.board.remove([box])
    sync(ada, bo)
    assert not ada.board.change(box, x=4)
    ada.board.move([box], 1, 1)
    ada.board.remove([box])
    assert not ada.board.undo()


def test_changes_are_announced_by_id() -> None:
    ada, bo = two_seats()
    heard: list[frozenset[str]] = []
    bo.board.changed.connect(heard.append)
    box = ada.board.add("box", 0, 0, 48, 40)
    sync(ada, bo)
    bo.board.change(box, text="x")
    bo.board.remove([box])
    assert heard == [{box}, {box}, {box}]
    bo.board.detach()
    ada.board.add("box", 0, 0, 48, 40)
    sync(ada, bo)
    assert len(heard) == 3


def test_what_went_after_a_lost_update_is_gone() -> None:
    ada, bo = two_seats()
    bo.board.remove([bo.board.add("box", 0, 0, 48, 40)])
    bo.sent.clear()
    box = bo.board.add("box", 0, 0, 48, 40)
    ada.apply(bo.sent.pop())
    bo.board.remove([box])
    sync(ada, bo)
    assert ada.board.elements == ()


def test_a_stroke_keeps_the_points_that_matter() -> None:
    ada, _ = two_seats()
    line = ada.board.add_stroke([(float(x), 10.0) for x in range(500)] + [(499.0, float(y)) for y in range(10, 300)])
    found = element(ada.board, line)
    assert found.points == (0, 0, 499, 0, 499, 289)
    assert (found.x, found.y, found.width, found.height) == (0, 10, 499, 289)
    wild = random.Random(5)
    scribble = ada.board.add_stroke([(wild.uniform(0, 900), wild.uniform(0, 600)) for _ in range(6_000)])
    assert len(element(ada.board, scribble).points) <= 2 * limits.MAX_STROKE_POINTS


def test_limits_hold_for_me_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ada, _ = two_seats()
    box = ada.board.add("box", 1e9, -1e9, 48, 40, text="x" * 10_000)
    found = element(ada.board, box)
    assert (found.x, found.y) == (limits.MAX_COORDINATE, -limits.MAX_COORDINATE)
    assert len(found.text) == limits.MAX_TEXT_LENGTH
    with pytest.raises(ValueError, match="no coordinate"):
        ada.board.change(box, x=float("nan"))
    monkeypatch.setattr("sparring.live.board.shared.MAX_ELEMENTS", 1)
    with pytest.raises(BoardFull):
        ada.board.add("box", 0, 0, 48, 40)


# What chance does.

small = st.integers(-50, 50)
picks = st.integers(0, 30)
actions = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(["box", "ellipse", "text"]), small, small),
    st.tuples(st.just("stroke"), st.lists(st.tuples(small, small), min_size=1, max_size=5)),
    st.tuples(st.just("link"), picks, picks),
    st.tuples(st.just("move"), picks, small),
    st.tuples(st.just("label"), picks, st.text(max_size=5)),
    st.tuples(st.just("remove"), picks),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("deliver")),
    st.tuples(st.just("drop")),
    st.tuples(st.just("resync")),
)


def act(seat: Seat, other: Seat, action: tuple[Any, ...]) -> None:
    board = seat.board
    there = board.elements

    def pick(number: int) -> str:
        return there[number % len(there)].id if there else "nobody"

    match action:
        case ("add", kind, x, y):
            board.add(kind, x, y, 48, 40)
        case ("stroke", points):
            board.add_stroke(points)
        case ("link", one, two):
            board.add("arrow", 0, 0, 10, 10, from_id=pick(one), to_id=pick(two))
        case ("move", which, by):
            board.move([pick(which)], by, by)
        case ("label", which, text):
            board.change(pick(which), text=text)
        case ("remove", which):
            board.remove(board.with_arrows([pick(which)]))
        case ("undo",):
            board.undo()
        case ("redo",):
            board.redo()
        case ("deliver",):
            if not seat.is_cut_off:
                for update in seat.sent:
                    other.apply(update)
                seat.sent.clear()
        case ("drop",):
            seat.is_cut_off = seat.is_cut_off or bool(seat.sent)
            seat.sent.clear()
        case ("resync",):
            sync(seat, other)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.booleans(), actions), max_size=40))
def test_two_boards_end_alike(plan: list[tuple[bool, tuple[Any, ...]]]) -> None:
    ada, bo = two_seats()
    for is_ada, action in plan:
        act(*((ada, bo) if is_ada else (bo, ada)), action)
    sync(ada, bo)
    assert ada.board.elements == bo.board.elements
    again = SharedBoard(bo.doc, "bo")
    assert again.elements == bo.board.elements
    ElementTree.fromstring(board_to_svg(ada.board.elements, COLOURS))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.booleans(), actions), max_size=40))
def test_my_undo_never_takes_what_the_partner_drew(plan: list[tuple[bool, tuple[Any, ...]]]) -> None:
    ada, bo = two_seats()
    for is_ada, action in plan:
        act(*((ada, bo) if is_ada else (bo, ada)), action)
    sync(ada, bo)
    theirs = {found.id for found in ada.board.elements if found.author == "bo"}
    while ada.board.undo():
        pass
    sync(ada, bo)
    assert theirs <= {found.id for found in bo.board.elements}
    while ada.board.redo():
        pass


@given(st.lists(actions.filter(lambda action: action[0] in ("add", "stroke", "link", "move", "label", "remove"))))
def test_alone_undo_goes_all_the_way_and_redo_comes_back(plan: list[tuple[Any, ...]]) -> None:
    ada, bo = two_seats()
    for action in plan:
        act(ada, bo, action)
    end = ada.board.elements
    while ada.board.undo():
        pass
    assert ada.board.elements == ()
    while ada.board.redo():
        pass
    assert ada.board.elements == end


# What a stranger's client does.

odd_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(2**53), 2**53),
        st.floats(),
        st.text(max_size=8),
        st.binary(max_size=4),
        st.sampled_from(["box", "stroke", "arrow", "x" * 2_000]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=6,
)
shared_values: st.SearchStrategy[Callable[[], Any]] = st.one_of(
    odd_values.map(lambda value: lambda: value),
    st.just(lambda: pycrdt.Text("text")),
    st.just(lambda: pycrdt.Array([1, 2])),
)
odd_fields = st.dictionaries(
    st.sampled_from(["kind", "author", "order", "place", "size", "text", "points", "from", "to", "new"]), shared_values
)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.text(max_size=80), st.booleans(), odd_fields, shared_values), max_size=6))
def test_malformed_elements_are_not_there(
    content: list[tuple[str, bool, dict[str, Callable[[], Any]], Callable[[], Any]]],
) -> None:
    ada, bo = two_seats()
    mine = ada.board.add("box", 0, 0, 48, 40)
    sync(ada, bo)
    foreign = bo.doc.get(ROOT, type=pycrdt.Map)
    sound: dict[str, Any] = {"kind": "box", "author": "bo", "order": 1, "place": [0, 0], "size": [8, 8]}
    for name, is_map, fields, value in content:
        odd = sound | {key: make() for key, make in fields.items()}
        foreign[name or "empty"] = pycrdt.Map(odd) if is_map else value()
    sync(ada, bo)
    for found in ada.board.elements:
        assert abs(found.x) <= 2 * limits.MAX_COORDINATE
        assert len(found.text) <= limits.MAX_TEXT_LENGTH
    ElementTree.fromstring(board_to_svg(ada.board.elements, COLOURS))
    ada.board.move([found.id for found in ada.board.elements], 4, 4)
    ada.board.remove(ada.board.with_arrows([mine]))
    ada.board.undo()
    ada.board.undo()
    assert ada.board.find(mine) is not None


def test_long_things_are_not_there() -> None:
    ada, bo = two_seats()
    foreign = bo.doc.get(ROOT, type=pycrdt.Map)
    sound: dict[str, Any] = {"kind": "stroke", "author": "bo", "order": 1, "place": [0, 0], "size": [8, 8]}
    foreign["points"] = pycrdt.Map(sound | {"points": [0] * 10_000})
    foreign["text"] = pycrdt.Map(sound | {"kind": "box", "text": "x" * 10_000_000})
    foreign["far"] = pycrdt.Map(sound | {"kind": "box", "place": [1e300, 0]})
    foreign["good"] = pycrdt.Map(sound | {"points": [0, 0, 1, 1], "order": limits.MAX_ORDER})
    sync(ada, bo)
    assert [found.id for found in ada.board.elements] == ["good"]
    box = ada.board.add("box", 0, 0, 48, 40)
    sync(ada, bo)
    assert bo.board.find(box) is not None


# The picture.


def test_the_picture_is_escaped_and_sized() -> None:
    ada, _ = two_seats()
    one = ada.board.add("box", 0, 0, 48, 40, text='<script>"&\x07')
    two = ada.board.add("ellipse", 200, 0, 48, 40, text="b")
    ada.board.add("arrow", 0, 0, from_id=one, to_id=two, text="7")
    ada.board.add("text", 0, 100, 80, 36, text="two\nlines")
    ada.board.add_stroke([(0, 0)])
    svg = board_to_svg(ada.board.elements, COLOURS)
    assert "<script" not in svg
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox") == "-24 -24 296 184"
    words = [item.text for item in root.iter("{http://www.w3.org/2000/svg}text")]
    assert words == ['<script>"& ', "b", "7", "7", "two", "lines"]
    assert COLOURS.authors["ada"] in svg


def test_an_empty_board_is_an_empty_picture() -> None:
    assert len(ElementTree.fromstring(board_to_svg([], COLOURS))) == 1


def test_a_stored_board_is_the_same_board() -> None:
    ada, _ = two_seats()
    box = ada.board.add("box", 0, 0, 80, 40, text="queue \U0001f9ee")
    ada.board.add("arrow", 10, 10, 50, 50, from_id=box)
    ada.board.add_stroke([(0, 0), (30, 40), (60, 0)])
    assert board_from_json(board_to_json(ada.board.elements)) == ada.board.elements


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "[1]", '[{"id": 7}]', '[{"id": "x", "kind": "box", "order": "first"}]']
)
def test_what_is_no_stored_board_is_an_empty_one(text: str) -> None:
    assert board_from_json(text) == ()
