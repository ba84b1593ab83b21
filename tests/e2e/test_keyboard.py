"""Ana has only a keyboard: a whole session with nothing but keys sent to what has the focus."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.formats import PROBLEM
from demo.player import Player

MOST_TABS = 40
CODE = "def shortest_path(graph, source, target):\nreturn 0\n"
EXPECTED_CODE = "def shortest_path(graph, source, target):\n    return 0\n"


@pytest.fixture
def players(tmp_path: Path) -> Iterator[tuple[Player, Player]]:
    started = Player("Ana", tmp_path / "Ana", tmp_path), Player("Ben", tmp_path / "Ben", tmp_path)
    for player in started:
        player.sit_down()
    yield started
    for player in started:
        player.end()


def tab_to(player: Player, name: str, *, back: bool = False) -> None:
    """Press Tab until the focus is there; everything on the way must be visible and have words for a screen reader.

    An editor keeps Tab for itself: there it is Ctrl+Tab.
    """
    on_the_way: list[str] = []
    for _ in range(MOST_TABS):
        here = player.do("focus")
        assert here["visible"], here
        assert here["spoken"], here
        if here["name"] == name:
            return
        on_the_way.append(here["name"])
        shift = "Shift+" if back else ""
        player.press(f"Ctrl+{shift}Tab" if here["kind"] == "CodeEditor" else f"{shift}Tab")
    pytest.fail(f"Tab never comes to {name}; it went {' > '.join(on_the_way)}")


def must_be_at(player: Player, *names: str) -> None:
    assert player.focus() in names


def test_a_whole_session_by_keyboard(players: tuple[Player, Player]) -> None:
    ana, ben = players
    meet(ana, ben)
    choose(ana, ben)
    write_and_run(ana)
    talk(ana, ben)
    reveal_and_compare(ana, ben)
    explain(ana, ben)
    finish(ana)
    assert [player.close() for player in (ben, ana)] == [0, 0]


def meet(ana: Player, ben: Player) -> None:
    must_be_at(ana, "my-name")
    ana.type("Ana")
    ana.press("Ctrl+N")
    ana.wait("invite-link", screen="session/lobby")
    # The invite is the first thing to do.
    must_be_at(ana, "copy-link")
    ana.press("Space")
    ana.wait("copy-link", "Copied")
    ben.do("write", name="my-name", text="Ben")
    ben.do("write", name="invite-link-input", text=ana.read("invite-link"))
    ben.click("join-session")
    ben.wait(screen="session/lobby")
    ana.wait("partner-name", "Ben")


def choose(ana: Player, ben: Player) -> None:
    tab_to(ana, "north-star")
    ana.type("Say it out loud")
    tab_to(ana, "problem-search")
    ana.type("tolls")
    tab_to(ana, "problem-list")
    ana.press("Down", "Return")
    ben.wait("suggested-title", "tolls")
    # His app looks first whether it has this problem.
    ben.do("wait", name="agree", enabled=True)
    ben.press("Ctrl+Y")
    ana.do("wait", name="start-block", enabled=True)
    must_be_at(ana, "problem-list")
    tab_to(ana, "start-block")
    ana.press("Space")
    ana.wait(screen="session/work")


def write_and_run(ana: Player) -> None:
    # The block begins, and one writes.
    must_be_at(ana, "my-editor")
    ana.wait("my-editor", "def shortest_path")
    ana.press("Ctrl+A")
    ana.type(CODE)
    assert ana.read("my-editor").rstrip() == EXPECTED_CODE.rstrip()
    ana.press("Ctrl+Return")
    ana.wait("run-summary", "passed")
    must_be_at(ana, "my-editor")
    ana.press("F6")
    tab_to(ana, "case-list")
    ana.press("Home")
    first = ana.read("case-detail")
    ana.press("Down")
    assert ana.read("case-detail") != first
    ana.press("Ctrl+Alt+1")
    must_be_at(ana, "my-editor")
    ana.press("Ctrl+Tab")
    assert ana.focus() != "my-editor"


def talk(ana: Player, ben: Player) -> None:
    ana.press("Ctrl+P")
    ana.wait("clock-words", "paused by Ana")
    ana.press("Ctrl+Alt+H")
    must_be_at(ana, "hint-1")
    ana.press("Space")
    ana.wait("hint-list", "Which town's toll")
    # That button is gone; the next hint is where the hands are.
    ana.wait("hint-2")
    must_be_at(ana, "hint-2")
    ana.press("Ctrl+Alt+C")
    must_be_at(ana, "chat-line")
    ana.type("Hello Ben\n")
    ben.wait("messages-waiting", "1 waiting")
    must_be_at(ana, "chat-line")
    ana.press("Ctrl+Shift+P")
    must_be_at(ana, "thought")
    ana.type("Later\n")
    must_be_at(ana, "chat-line")
    ana.press("Ctrl+K")
    must_be_at(ana, "palette-query")
    ana.type("sketch board")
    ana.press("Return")
    must_be_at(ana, "board-canvas")
    ana.press("R", "Return")
    ana.type("Heap")
    ana.press("Return")
    must_be_at(ana, "board-canvas")
    assert "Box Heap" in ana.do("accessible", name="board-canvas")
    ana.press("Ctrl+Alt+1")
    must_be_at(ana, "my-editor")


def reveal_and_compare(ana: Player, ben: Player) -> None:
    ben.do("code", name="my-editor", text="theirs = 1", delay_ms=0)
    ana.press("Ctrl+R")
    ben.wait("veil-hint", "Ana is ready")
    ben.click("reveal")
    ana.wait("to-walkthrough")
    must_be_at(ana, "my-editor")
    ana.wait("partner-editor", "theirs = 1")
    ana.press("F7")
    ana.wait("difference-words", "1 of")
    ana.press("Ctrl+Alt+1")
    tab_to(ana, "claim-time", back=True)
    ana.type("O(1)")
    ana.press("Tab")
    must_be_at(ana, "claim-space")
    ana.type("O(1)")
    ana.press("Return")
    ben.wait("partner-claim", "Time O(1) · Space O(1)")
    ana.press("Ctrl+Alt+K")
    must_be_at(ana, "scratch-editor")
    ana.wait("scratch-editor", "theirs = 1")


def explain(ana: Player, ben: Player) -> None:
    ana.press("Ctrl+Alt+W")
    ana.wait(screen="session/walkthrough")
    must_be_at(ana, "notes")
    ana.type("It is constant.")
    ben.wait("notes", "It is constant.")
    tab_to(ana, "score-communication-1")
    ana.press("Right", "Right", "Space")
    tab_to(ana, "feedback-text")
    ana.type("Clear.")
    tab_to(ana, "send-feedback")
    ana.press("Space")
    ana.wait("send-feedback", "Sent")
    must_be_at(ana, "send-feedback")
    ana.press("Ctrl+Alt+D")
    ana.wait("turn", "Ben explains")
    ana.press("Ctrl+Alt+W")
    ana.wait(screen="session/wrapup")


def finish(ana: Player) -> None:
    must_be_at(ana, "rate-again", "rate-hard", "rate-good", "rate-easy")
    ana.press("Alt+2")
    tab_to(ana, "takeaway")
    ana.type("Read the examples.")
    tab_to(ana, "finish-session")
    ana.press("Space")
    ana.wait("detail-title", PROBLEM, screen="journal")
    must_be_at(ana, "journal-list")
    assert ana.read("detail-mine").rstrip() == EXPECTED_CODE.rstrip()
