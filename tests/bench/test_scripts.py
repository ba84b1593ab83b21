"""What the benchmark types are updates that make the text they say, whichever way they are put together."""

import gzip
import json
import random
from pathlib import Path

import pycrdt
import pytest

from bench.sync import dialects, merged, scripts, wire
from sparring_server.protocol.lib0 import Reader


def text_of(updates: list[bytes]) -> str:
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    for update in updates:
        document.apply_update(update)
    return str(document.get(scripts.TEXT, type=pycrdt.Text))


def update_in(frame: scripts.Frame) -> bytes:
    reader = Reader(frame[2])
    assert (reader.var_uint(), reader.var_uint()) == (dialects.SYNC, dialects.UPDATE)
    return reader.var_bytes(1 << 20)


def test_two_type_turn_and_turn_about_and_each_frame_has_its_update() -> None:
    typing = scripts.Typing()
    typing.at_least(10)
    typing.make_frames(7)
    assert typing.order == [0, 1] * 5
    updates = [update_in(frame) for frames in typing.frames for frame in frames]
    assert text_of(updates) == "x" * 10
    assert [frame[3] for frame in typing.frames[0]] == [1, 2, 3, 4, 5]
    start, end, message, _ = typing.frames[1][3]
    assert start + wire.masked(b"7 bytes") + end == wire.frame(b"7 bytes" + message)


def test_frames_are_made_anew_for_names_of_another_length() -> None:
    typing = scripts.Typing()
    typing.at_least(2)
    typing.make_frames(0)
    before = typing.frames[0][0]
    typing.make_frames(3)
    assert len(typing.frames[0]) == 1
    assert typing.frames[0][0] != before


def test_a_script_that_ends_says_so() -> None:
    with pytest.raises(ValueError, match="the script ends at 20"):
        scripts.pieces().at_least(21)


def test_ten_kilobytes_in_pieces() -> None:
    script = scripts.pieces()
    script.make_frames(0)
    assert len(text_of([update_in(frame) for frame in script.frames[0]])) == 10_240


def test_a_long_document_is_kept_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "sync" / "edits"
    scripts.kept(file, 500)
    script = scripts.from_file(file)
    script.make_frames(0)
    updates = [update_in(frame) for frame in script.frames[0]]
    assert len(updates) == 500
    assert 250 < len(text_of(updates)) == scripts.characters(file) < 500
    assert any(merged.reach(update)[1] for update in updates)


def test_a_recorded_evening_comes_to_the_text_that_both_saw(tmp_path: Path) -> None:
    transactions = [
        {"agent": 0, "parents": [], "patches": [[0, 0, "a"]]},
        {"agent": 0, "parents": [0], "patches": [[1, 0, "b"]]},
        # Ben has seen the first character when he types, and both of Ana's when he deletes one.
        {"agent": 1, "parents": [0], "patches": [[0, 0, "Z"]]},
        {"agent": 1, "parents": [1, 2], "patches": [[1, 1, ""]]},
        {"agent": 0, "parents": [1], "patches": [[2, 0, "c"]]},
    ]
    trace = tmp_path / "trace.json.gz"
    trace.write_bytes(gzip.compress(json.dumps({"txns": transactions}).encode()))
    script = scripts.recorded(trace)
    script.make_frames(0)
    queues = [iter(frames) for frames in script.frames]
    assert script.order == [0, 0, 1, 1, 0]
    assert text_of([update_in(next(queues[author])) for author in script.order]) == "Zbc"


def test_what_is_merged_says_how_far_each_author_has_come() -> None:
    typing = scripts.Typing()
    typing.at_least(40)
    typing.make_frames(0)
    ana, ben = ([update_in(frame) for frame in frames] for frames in typing.frames)
    clocks, deleted = merged.reach(pycrdt.merge_updates(*ana[:7], *ben[:12]))
    assert clocks == {scripts.CLIENT_IDS[0]: 7, scripts.CLIENT_IDS[1]: 12}
    assert deleted == 0


def test_merged_updates_of_a_long_evening_can_be_read() -> None:
    updates = scripts.edits(400)
    whole = merged.reach(pycrdt.merge_updates(*updates))
    document: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    for update in updates:
        document.apply_update(update)
    assert whole == merged.reach(document.get_update())
    assert whole[0][scripts.CLIENT_IDS[0]] == sum(not merged.reach(update)[1] for update in updates)
    chance = random.Random(1)
    for _ in range(20):
        first = chance.randrange(390)
        some = updates[first : first + 10]
        clocks, deleted = merged.reach(pycrdt.merge_updates(*some))
        assert deleted == sum(merged.reach(update)[1] for update in some)
        assert clocks.get(scripts.CLIENT_IDS[0], 0) == max(
            merged.reach(update)[0].get(scripts.CLIENT_IDS[0], 0) for update in some
        )


def test_other_types_than_text_are_refused() -> None:
    document: pycrdt.Doc[pycrdt.Map[int]] = pycrdt.Doc()
    document.get("map", type=pycrdt.Map)["key"] = 1
    with pytest.raises(merged.NotText):
        merged.reach(document.get_update())
