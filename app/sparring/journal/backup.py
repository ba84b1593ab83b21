"""Daily copies of the journal: made whole before they get their name, never made of a damaged file, a week kept."""

import contextlib
import sqlite3
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Future

FOLDER = "backups"
KEPT = 7


def back_up_daily(journal: Path) -> "Future[str] | None":
    """Make today's copy in a thread of its own; None if there is one.

    The result is a sentence for people if there is no good copy, and empty otherwise.
    """
    target = journal.parent / FOLDER / f"journal-{_today()}.db"
    if target.exists():
        return None
    # Late: a day has one copy, and other starts.
    from concurrent.futures import Future

    told: Future[str] = Future()

    def work() -> None:
        try:
            told.set_result(_checked_copy(journal, target))
        except Exception as error:
            told.set_result(
                f"Today's copy of your journal could not be made ({error}). The journal itself is as it was, and so"
                f" are the earlier copies in {target.parent}. Free some space there, then restart Sparring."
            )

    threading.Thread(target=work, name="sparring-backup").start()
    return told


def back_up_before_update(connection: sqlite3.Connection, journal: Path) -> None:
    """A copy as the older version left it. Raises `sqlite3.Error` and `OSError`."""
    _copy(connection, journal.parent / FOLDER / f"journal-{_today()}-before-update.db")


def _checked_copy(journal: Path, target: Path) -> str:
    with contextlib.closing(sqlite3.connect(f"{journal.as_uri()}?mode=ro", uri=True)) as connection:
        (verdict,) = connection.execute("pragma quick_check(1)").fetchone()
        if verdict != "ok":
            return (
                f"The journal {journal} is damaged ({verdict}). It was left as it is. Daily copies of the last week are"
                f" in {target.parent}: close Sparring, move the damaged file away and put a copy in its place."
            )
        _copy(connection, target)
    return ""


def _copy(connection: sqlite3.Connection, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    unfinished = target.with_suffix(".part")
    with contextlib.closing(sqlite3.connect(unfinished)) as copy:
        connection.backup(copy)
    unfinished.chmod(0o600)
    unfinished.replace(target)
    for old in sorted(target.parent.glob("journal-*.db"))[:-KEPT]:
        old.unlink()


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
