"""Positions and shared text: three ways to count, one text."""

import pycrdt
from hypothesis import given
from hypothesis import strategies as st

from sparring.live import positions
from sparring.live.document import SharedDocument
from sparring.live.text import LOCAL, Origin, Patch, SharedText, TextChange
from sparring_server.protocol import frames

any_text = st.text(st.sampled_from("ab \né́👩‍🚀🧮\u0301漢"), max_size=30)


@given(any_text, st.integers(0, 40))
def test_utf16_and_back(text: str, index: int) -> None:
    index = min(index, len(text))
    units = positions.utf16_from_code_points(text, index)
    assert units == len(text[:index].encode("utf-16-le")) // 2
    assert positions.code_points_from_utf16(text, units) == index


@given(any_text, st.integers(0, 40))
def test_utf8_and_back(text: str, index: int) -> None:
    index = min(index, len(text))
    offset = positions.utf8_from_code_points(text, index)
    assert positions.code_points_from_utf8(text, offset) == index


def test_an_index_inside_a_character_moves_to_its_start() -> None:
    assert positions.code_points_from_utf16("🧮x", 1) == 0
    assert positions.code_points_from_utf8("🧮x", 2) == 0


def test_clean_text_has_one_kind_of_line_end_and_no_halves() -> None:
    assert positions.clean("a\r\nb\rc\u2029d\ud83e") == "a\nb\nc\nd\ufffd"


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), any_text), max_size=20))
def test_edits_do_what_slices_do(edits: list[tuple[int, int, str]]) -> None:
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    shared = SharedText(doc)
    expected = ""
    changes: list[TextChange] = []
    shared.changed.connect(changes.append)
    for position, deleted, inserted in edits:
        position = min(position, len(expected))
        deleted = min(deleted, len(expected) - position)
        expected = expected[:position] + inserted + expected[position + deleted :]
        shared.edit(position, deleted, inserted)
        assert shared.value == expected
    assert str(doc.get("content", type=pycrdt.Text)) == expected
    for change in changes:
        text = change.before
        for patch in change.patches:
            text = text[: patch.position] + patch.inserted + text[patch.position + patch.deleted :]
        assert text == change.after


@given(any_text, any_text, st.data())
def test_undo_takes_back_my_edits_only(mine: str, theirs: str, data: st.DataObject) -> None:
    ours: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    shared = SharedText(ours)
    partner: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    partners = SharedText(partner)
    shared.edit(0, 0, mine)
    partner.apply_update(ours.get_update())
    partners.edit(data.draw(st.integers(0, len(mine))), 0, theirs)
    with ours.transaction(origin="remote"):
        ours.apply_update(partner.get_update())
    shared.undo()
    assert shared.value == theirs
    shared.redo()
    assert sorted(shared.value) == sorted(mine + theirs)


def test_a_remote_edit_arrives_as_patches() -> None:
    ours: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    shared = SharedText(ours)
    shared.edit(0, 0, "🧮 sum")
    partner: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    partner.apply_update(ours.get_update())
    SharedText(partner).edit(2, 3, "total")
    changes: list[TextChange] = []
    shared.changed.connect(changes.append)
    with ours.transaction(origin="remote"):
        ours.apply_update(partner.get_update())
    assert [change.origin for change in changes] == [Origin.REMOTE]
    assert changes[0].after == "🧮 total"
    assert Patch(2, 3, "total") in changes[0].patches or len(changes[0].patches) == 2


def test_my_edit_is_on_its_way_before_anything_is_shown_of_it() -> None:
    document = SharedDocument("pad/1")
    text = SharedText(document.doc)
    heard: list[str] = []
    document.attach(lambda frame: heard.append(type(frames.decode(frame)).__name__), "token")
    document.receive(frames.SyncStep1("pad/1", b"\x00"))
    document.updated.connect(lambda update, is_remote: heard.append("kept"))
    text.changed.connect(lambda change: heard.append(f"shown {change.after}"))
    heard.clear()
    text.edit(0, 0, "ab")
    assert heard == ["SyncUpdate", "kept", "shown ab"]


def test_an_edit_within_another_transaction_is_told_when_that_is_over() -> None:
    document = SharedDocument("pad/1")
    text = SharedText(document.doc)
    changes: list[TextChange] = []
    text.changed.connect(changes.append)
    with document.doc.transaction(origin=LOCAL):
        text.edit(0, 0, "ab")
        assert changes == []
    assert [change.after for change in changes] == ["ab"]
