"""Both ways to speak with a child, over real pipes; what a channel makes of it is tested in `test_channel.py`."""

import os
import select
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from sparring.runner import wires
from sparring.runner.wires import Polled, Threaded, Wires, now

LONG = 60.0
KINDS = [Polled, Threaded] if hasattr(select, "poll") else [Threaded]
ECHO = """
import os, sys
while piece := os.read(0, 65536):
    view = memoryview(piece)
    while view:
        view = view[os.write(1, view):]
"""


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> type[Polled | Threaded]:
    made: type[Polled | Threaded] = request.param
    return made


class Talk:
    """A real child, and the wires to it."""

    def __init__(self, kind: type[Polled | Threaded], program: str) -> None:
        work, self._work = os.pipe()
        self._results, results = os.pipe()
        self.process = subprocess.Popen([sys.executable, "-I", "-S", "-c", program], stdin=work, stdout=results)
        os.close(work)
        os.close(results)
        self.wires: Wires = kind(self._results, self._work)

    def data(self) -> bytes:
        """The next that it says; nothing at its end."""
        while True:
            piece = self.wires.receive(LONG)
            if piece is not None:
                return piece.data

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.wires.close()


@pytest.fixture
def echo(kind: type[Polled | Threaded]) -> Iterator[Talk]:
    talk = Talk(kind, ECHO)
    yield talk
    talk.close()


def test_what_is_sent_comes_back_whole_and_in_order(echo: Talk) -> None:
    sent = bytes(range(256)) * 12_000
    for start in range(0, len(sent), 500_000):
        echo.wires.send(sent[start : start + 500_000])
    heard = bytearray()
    while len(heard) < len(sent):
        heard += echo.data()
    assert bytes(heard) == sent
    # A thread that has written says so a moment later, and before it writes again.
    echo.wires.send(b"!")
    assert echo.data() == b"!"
    assert echo.wires.unsent <= 1


def test_a_silent_child_is_known_to_be_silent(echo: Talk) -> None:
    begin = now()
    while echo.wires.silent_at < begin:
        assert echo.wires.receive(0.01) is None
    assert echo.wires.silent_at <= now()
    echo.wires.send(b"x")
    said = echo.data()
    assert said == b"x"


def test_a_piece_came_after_the_silence_and_before_it_is_told(echo: Talk) -> None:
    echo.wires.receive(0.01)
    silent_at = echo.wires.silent_at
    echo.wires.send(b"x")
    piece = None
    while piece is None:
        piece = echo.wires.receive(LONG)
    assert silent_at <= piece.latest <= now()


def test_the_end_of_a_child_is_told_after_its_last_words(kind: type[Polled | Threaded]) -> None:
    talk = Talk(kind, "import os\nos.write(1, b'last words')\n")
    try:
        heard = b""
        while data := talk.data():
            heard += data
        assert heard == b"last words"
        # Nobody takes it any more, which is no reason to stop.
        talk.wires.send(b"x" * 3_000_000)
        while talk.wires.unsent:
            talk.wires.receive(0.01)
    finally:
        talk.close()


def test_a_child_that_floods_has_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wires, "MAX_WAITING_BYTES", 200_000)
    talk = Talk(Threaded, "import os\nwhile True: os.write(1, b'x' * 65536)\n")
    made = talk.wires
    assert isinstance(made, Threaded)
    try:
        for _ in range(20):
            assert talk.data()
            assert made._waiting_bytes <= 200_000 + wires.PIECE_BYTES
    finally:
        talk.close()


def test_threads_end_with_their_child() -> None:
    before = set(threading.enumerate())
    talk = Talk(Threaded, "import time\ntime.sleep(1000)\n")
    talk.wires.send(b"x" * 3_000_000)
    started = set(threading.enumerate()) - before
    assert len(started) == 2
    talk.close()
    assert not any(thread.is_alive() for thread in started)


def test_threads_close_what_they_were_given() -> None:
    talk = Talk(Threaded, "")
    talk.close()
    for descriptor in (talk._work, talk._results):
        with pytest.raises(OSError, match=r"descriptor|handle|argument"):
            os.fstat(descriptor)
