"""Facts about our dependencies that the pins stand on."""

import asyncio
import sys

import PySide6
import qasync
from PySide6.QtWidgets import QApplication


def test_timers_do_not_eat_references_of_none(qapp: QApplication) -> None:
    """PySide6 6.12.0 drops one of None with each killTimer, and aborts after some thousand; hence the pin."""
    assert PySide6.__version_info__[:2] == (6, 11)
    loop = qasync.QEventLoop(qapp, already_running=False)
    before = sys.getrefcount(None)

    async def many_timers() -> None:
        for _ in range(2_000):
            await asyncio.sleep(0)

    loop.run_until_complete(many_timers())
    assert sys.getrefcount(None) > before - 1_500
    loop.close()
