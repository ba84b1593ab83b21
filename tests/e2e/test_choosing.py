"""Two real apps choose a problem together, one of which has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.player import Player
from sparring.problems.digest import digest
from tests.support.problems import write_folder


@pytest.fixture
def players(tmp_path: Path) -> Iterator[tuple[Player, Player]]:
    write_folder(
        tmp_path / "Ben" / "problems", title="The number after this", files={"starter.py": "def solve(n): ...\n"}
    )
    started = [Player(name, tmp_path / name, tmp_path) for name in ("Ana", "Ben")]
    for player in started:
        player.sit_down()
    yield started[0], started[1]
    for player in started:
        player.end()


def test_my_partners_own_problem_comes_over_and_is_worked_on(players: tuple[Player, Player], tmp_path: Path) -> None:
    ana, ben = players
    for player in players:
        player.do("write", name="my-name", text=player.name)
    ana.click("start-session")
    ana.wait("invite-link", screen="session/lobby")
    ben.do("write", name="invite-link-input", text=ana.read("invite-link"))
    ben.click("join-session")
    ben.wait(screen="session/lobby")
    ben.do("write", name="problem-search", text="number after")
    ben.do("pick", name="problem-list", words="The number after this")
    ana.wait("suggested-title", "The number after this")
    ana.do("wait", name="agree", enabled=True)
    assert "kept on your shelf" in ana.do("see")
    mine, kept = tmp_path / "Ben" / "problems" / "next-number", tmp_path / "Ana" / "received-problems" / "next-number"
    assert digest(kept) == digest(mine)
    ana.do("write", name="problem-search", text="number after")
    assert "received" in ana.read("problem-list")
    ana.press("Ctrl+Y")
    ben.do("wait", name="start-block", enabled=True)
    ben.press("Ctrl+Return")
    for player in players:
        player.wait(screen="session/work")
        player.wait("my-editor", "def solve(n)")
    ana.press("Ctrl+Return")
    ana.wait("run-summary", "0 passed")
    assert [player.close() for player in (ben, ana)] == [0, 0]
