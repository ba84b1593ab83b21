"""`sparring journal` writes what the journal has, and no empty sections."""

import argparse
from pathlib import Path

import pytest

from sparring.cli import journal as command
from sparring.journal import ChatSaid, ClaimMade, HintSeen, Journal, ParkedThought, RoundRecord, SessionRecord


def test_a_round_as_markdown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SPARRING_HOME", str(tmp_path))
    journal = Journal.open(tmp_path)
    journal.save_session(SessionRecord("s", "r", "l", "me", "k", True, "2026-11-21T09:00:00+00:00", "Ben"))
    for number, key in enumerate(("talked", "silent"), 1):
        journal.save_round(RoundRecord(key, "s", number, "tolls", "Tolls", "2026-11-21T09:10:00+00:00"))
    journal.save_claim("talked", "me", ClaimMade("O(n)"))
    journal.save_hint("talked", HintSeen("me", 1, "Which town next?"))
    journal.save_chat("s", 1, ChatSaid("Ben", "ready?", False, 5), "talked")
    journal.park_thought("s", ParkedThought("t", 6, "call home", "talked"))
    journal.close()
    assert command.main(argparse.Namespace(action="show", id="talked")) == 0
    told = capsys.readouterr().out
    for line in ("- You: time O(n), space ?", "- 1. Which town next?", "- Ben: ready?", "- call home"):
        assert line in told.splitlines()
    assert command.main(argparse.Namespace(action="show", id="silent")) == 0
    silent = capsys.readouterr().out
    assert not any(heading in silent for heading in ("Complexity", "Hints", "Chat", "Parked", "sketch board"))


def test_notes_to_a_prompt_are_fenced_as_notes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SPARRING_HOME", str(tmp_path))
    journal = Journal.open(tmp_path)
    journal.save_session(SessionRecord("s", "r", "l", "me", "k", True, "2026-11-21T09:00:00+00:00", "Ben"))
    journal.save_round(RoundRecord("spoken", "s", 1, "a-bell", "A bell", "2026-11-21T09:10:00+00:00"))
    journal.save_attempt("spoken", "me", "markdown", "## Numbers\n\n```\n900\n```", 0, 0)
    journal.close()
    assert command.main(argparse.Namespace(action="show", id="spoken")) == 0
    assert "## My notes\n\n````markdown\n## Numbers\n\n```\n900\n```\n````\n" in capsys.readouterr().out
