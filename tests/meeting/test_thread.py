"""The thread for meetings: work is handed over, cancelled and ended."""

import asyncio
import threading
from concurrent.futures import CancelledError

import pytest

from sparring.meeting.thread import MeetingThread


async def where() -> str:
    return threading.current_thread().name


async def forever(begun: threading.Event, cleaned: threading.Event) -> None:
    try:
        begun.set()
        await asyncio.Event().wait()
    finally:
        cleaned.set()


def test_work_runs_elsewhere_and_cleans_up_when_it_is_cancelled() -> None:
    thread = MeetingThread()
    assert thread.run(where()).result(10) == "sparring-meeting"
    for end in (lambda made: made.cancel(), lambda made: thread.close()):
        begun, cleaned = threading.Event(), threading.Event()
        made = thread.run(forever(begun, cleaned))
        assert begun.wait(10)
        end(made)
        assert cleaned.wait(10)
        with pytest.raises(CancelledError):
            made.result(10)
    thread.close()
    with pytest.raises(RuntimeError):
        thread.run(where())


def test_one_that_never_worked_closes() -> None:
    MeetingThread().close()
