"""A tape that was recorded gives back every moment."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.journal import Journal, SessionRecord
from sparring.journal.records import utc_now
from sparring.tape import TapeRecorder, read_tape, text_at
from sparring.tape.events import Edit, Phase, Run, Stuck

edits = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 4), st.text("ab\né🧮👩‍🚀", max_size=4)), max_size=15)


@given(edits)
@settings(max_examples=25, deadline=None)
def test_every_moment_can_be_replayed(
    tmp_path_factory: pytest.TempPathFactory, plan: list[tuple[int, int, str]]
) -> None:
    journal = Journal.open(tmp_path_factory.mktemp("tape"))
    journal.save_session(SessionRecord("s", "r", "l", "m", "k", False, utc_now()))
    now = 5_000.0
    tape = TapeRecorder(journal, "s", 5_000.0, lambda: now)
    text, moments = "", {}
    for position, deleted, inserted in plan:
        now += 10
        position = min(position, len(text))
        deleted = min(deleted, len(text) - position)
        text = text[:position] + inserted + text[position + deleted :]
        tape.record("me", 1, Edit("editor/1/me", ((position, deleted, inserted),)))
        moments[int(now - 5_000)] = text
    journal.flush()
    taped = read_tape(journal, "s")
    journal.close()
    for at_ms, expected in moments.items():
        assert text_at(taped, "editor/1/me", at_ms) == expected


def test_times_never_go_back_and_the_sequence_goes_on_after_a_restart(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path)
    journal.save_session(SessionRecord("s", "r", "l", "m", "k", False, utc_now()))
    now = 1_000.0
    tape = TapeRecorder(journal, "s", 0.0, lambda: now)
    tape.record("room", 1, Phase("focus", 1, False))
    now = 900.0
    tape.record("me", 1, Run(11, 12, 38.0))
    journal.close()
    journal = Journal.open(tmp_path)
    TapeRecorder(journal, "s", 0.0, lambda: 2_000.0).record("partner", 1, Stuck(True))
    journal.flush()
    taped = read_tape(journal, "s")
    journal.close()
    assert [(one.seq, one.at_ms, one.lane) for one in taped] == [
        (1, 1000, "room"),
        (2, 1000, "me"),
        (3, 2000, "partner"),
    ]
    assert [one.event for one in taped] == [Phase("focus", 1, False), Run(11, 12, 38.0), Stuck(True)]
