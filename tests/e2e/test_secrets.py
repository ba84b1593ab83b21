"""What the system shows of an app and of all it starts: no argument, variable or log line holds a secret."""

import contextlib
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from demo.player import Player
from sparring_server.protocol.invite import parse_invite
from tests.server.test_no_secret_is_told import assert_untold, proc

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Player]:
    player = Player("Ana", tmp_path / "Ana", tmp_path, {"SPARRING_SERVER_ACCESS_KEY": "a-key-from-my-shell"})
    player.sit_down()
    yield player
    player.end()


def descendants(pid: int) -> Iterator[int]:
    """Everything that was started by this process, and by those."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                yield int(child)
                yield from descendants(int(child))


def test_nothing_that_the_app_starts_is_told_a_secret(ana: Player, tmp_path: Path) -> None:
    ana.do("write", name="my-name", text="Ana")
    ana.click("start-session")
    ana.do("wait", screen="session/lobby", name="invite-link")
    invite = parse_invite(ana.read("invite-link"))
    assert invite.pin
    home = tmp_path / "Ana"
    with contextlib.closing(sqlite3.connect(home / "journal.db")) as journal:
        (key,) = journal.execute("select member_key from session").fetchone()
    secrets = [invite.secret, key]
    started = list(descendants(ana.process_id))
    hosted = [pid for pid in started if b"sparring_server" in proc(pid, "cmdline")]
    assert len(hosted) == 1
    for pid in (ana.process_id, *started):
        assert_untold(proc(pid, "cmdline") + proc(pid, "environ"), secrets, f"process {proc(pid, 'cmdline')!r}")
    # What is set in a shell for other servers goes no further than to the app.
    assert b"a-key-from-my-shell" not in proc(hosted[0], "environ")
    assert b"SPARRING_HOME" in proc(hosted[0], "environ")
    private = (home / "hosting" / "certificate.pem").read_text().splitlines()[1]
    rooms = b"".join(path.read_bytes() for path in home.glob("rooms.db*"))
    assert invite.room.encode() in rooms
    for where, told in (("the rooms' file", rooms), ("the app's log", (tmp_path / "Ana.log").read_bytes())):
        assert_untold(told, [*secrets, private], where)
    assert (home / "hosting" / "certificate.pem").stat().st_mode & 0o077 == 0
    assert ana.close() == 0
