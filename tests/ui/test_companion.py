"""The port for the browser: what it takes, and what it refuses, over real connections."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from sparring.ui import companion
from sparring.ui.companion import MAX_BODY_BYTES, MAX_HEAD_BYTES, MAX_VISITS, CompanionListener

TASK = {
    "name": "Sharing a Melon",
    "group": "Local - Round 1",
    "url": "https://example.org/melon",
    "interactive": False,
    "memoryLimit": 64,
    "timeLimit": 1000,
    "tests": [{"input": "8\n", "output": "YES\n"}],
    "testType": "single",
    "input": {"type": "stdin"},
    "output": {"type": "stdout"},
    "languages": {"java": {"mainClass": "Main"}},
    "batch": {"id": "a-b", "size": 1},
}


@pytest.fixture
def listener(qtbot: QtBot) -> Iterator[CompanionListener]:
    made = CompanionListener()
    made.start(0)
    yield made
    made.stop()
    qtbot.waitUntil(lambda: not made._visits)


Ask = Callable[..., str]


def request(
    port: int, *, method: str = "POST", path: str = "/", body: bytes = b"", leave_out: str = "", **headers: str | None
) -> bytes:
    """A request as the extension would send it, but for what is said."""
    given = {
        "Host": f"localhost:{port}",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Origin": "moz-extension://1b2c",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value is not None)
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body


def post(port: int, task: dict[str, Any] | None = None, **changes: Any) -> bytes:
    return request(port, body=json.dumps((task or TASK) | changes).encode())


@pytest.fixture
def ask(qtbot: QtBot, listener: CompanionListener) -> Ask:
    """Send bytes over a connection of their own, and wait for the whole answer."""

    def send(data: bytes, *more: bytes) -> str:
        answers: list[bytes] = []

        def talk() -> None:
            with socket.create_connection(("127.0.0.1", listener.port), 10) as connection:
                try:
                    for piece in (data, *more):
                        connection.sendall(piece)
                    answer = b""
                    while received := connection.recv(65536):
                        answer += received
                except OSError as error:
                    answer = f"cut: {type(error).__name__}".encode()
                answers.append(answer)

        thread = threading.Thread(target=talk)
        thread.start()
        qtbot.waitUntil(lambda: not thread.is_alive(), timeout=10_000)
        thread.join()
        return answers[0].decode()

    return send


def status(answer: str) -> int:
    return int(answer.split()[1]) if answer.startswith("HTTP/1.1 ") else 0


def test_a_post_of_the_extension_is_told_and_answered(qtbot: QtBot, listener: CompanionListener, ask: Ask) -> None:
    with qtbot.waitSignal(listener.came) as came:
        answer = ask(post(listener.port))
    assert status(answer) == 200
    assert "access-control" not in answer.casefold()
    assert came.args is not None
    draft = came.args[0].draft
    assert (draft.title, draft.source, draft.time_limit_s) == ("Sharing a Melon", "https://example.org/melon", 1.0)


def test_it_may_come_in_pieces(listener: CompanionListener, ask: Ask) -> None:
    came = []
    listener.came.connect(came.append)
    whole = post(listener.port)
    assert status(ask(*(whole[at : at + 7] for at in range(0, len(whole), 7)))) == 200
    assert len(came) == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"Host": "evil.example:10043"}, 421),
        ({"Host": "localhost"}, 421),
        ({"Host": None}, 421),
        ({"Host": "localhost:1"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:3000"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": None}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content_Type": "application/json; charset=utf-8"}, 422),
        ({"method": "GET"}, 405),
        ({"method": "OPTIONS"}, 405),
        ({"method": "PUT"}, 405),
        ({"path": "/other"}, 404),
        ({"path": "http://localhost/"}, 404),
        ({"Content_Length": None}, 411),
        ({"Content_Length": "-1"}, 411),
        ({"Content_Length": "²"}, 411),
        ({"Content_Length": "9" * 30}, 413),
        ({"Content_Length": str(MAX_BODY_BYTES + 1)}, 413),
        ({"Transfer_Encoding": "chunked"}, 411),
        ({"X": "y" * MAX_HEAD_BYTES}, 431),
        ({"Origin": None}, 422),
        ({"Origin": "chrome-extension://abc"}, 422),
    ],
    ids=str,
)
def test_who_may_speak_and_how(listener: CompanionListener, ask: Ask, changes: dict[str, Any], expected: int) -> None:
    came = []
    listener.came.connect(came.append)
    if changes.get("Host") == "localhost:1" and listener.port == 1:
        pytest.skip("the port happens to be the wrong one")
    answer = ask(request(listener.port, body=b"{}", **changes))
    assert (status(answer), came) == (expected, [])
    assert "access-control" not in answer.casefold()


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n",
        b"hello\r\n\r\n",
        b"POST / HTTP/9.9\r\n\r\n",
        b"POST /\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST / HTTP/1.1\r\n: x\r\n\r\n",
        b"POST / HTTP/1.1\r\n folded\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + b"a: b\r\n" * 500 + b"\r\n",
    ],
)
def test_what_is_no_request_is_refused(listener: CompanionListener, ask: Ask, data: bytes) -> None:
    assert 400 <= status(ask(data)) < 600


@pytest.mark.parametrize(
    "body", [b"", b"[", b"[1]", b'{"name": 3}', b"\xff\xfe", b"[" * 5000, b'{"name": "x"}', b"null"]
)
def test_a_body_that_is_no_problem_is_refused_in_words(
    qtbot: QtBot, listener: CompanionListener, ask: Ask, body: bytes
) -> None:
    with qtbot.waitSignal(listener.refused) as refused:
        answer = ask(request(listener.port, body=body))
    assert status(answer) == 422
    assert refused.args is not None
    assert len(refused.args[0]) > 20


def test_a_body_at_the_limit_is_taken_and_one_beyond_is_not(listener: CompanionListener, ask: Ask) -> None:
    long = json.dumps(TASK).encode()
    fits = long + b" " * (MAX_BODY_BYTES - len(long))
    assert status(ask(request(listener.port, body=fits))) == 200
    assert status(ask(request(listener.port, body=fits + b" "))) in (413, 0)


def test_who_is_slow_is_cut(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, listener: CompanionListener, ask: Ask
) -> None:
    monkeypatch.setattr(companion, "VISIT_MS", 50)
    whole = post(listener.port)
    # It never sends the rest, and waits.
    assert ask(whole[:-5]) in ("", "cut: ConnectionResetError")
    assert ask(b"POST / HT") in ("", "cut: ConnectionResetError")
    qtbot.waitUntil(lambda: not listener._visits)
    assert status(ask(whole)) == 200


def test_more_connections_than_it_takes_are_cut_and_the_others_go_on(qtbot: QtBot, listener: CompanionListener) -> None:
    idle = [socket.create_connection(("127.0.0.1", listener.port), 10) for _ in range(MAX_VISITS)]
    qtbot.waitUntil(lambda: len(listener._visits) == MAX_VISITS)
    with socket.create_connection(("127.0.0.1", listener.port), 10) as another:
        another.setblocking(False)

        def is_cut() -> bool:
            try:
                return another.recv(1) == b""
            except BlockingIOError:
                return False
            except OSError:
                return True

        qtbot.waitUntil(is_cut)
    with qtbot.waitSignal(listener.came):
        idle[0].sendall(post(listener.port))
    for connection in idle:
        connection.close()
    qtbot.waitUntil(lambda: not listener._visits)


def test_a_contest_comes_in_posts_that_belong_together(qtbot: QtBot, listener: CompanionListener, ask: Ask) -> None:
    came = []
    listener.came.connect(came.append)
    for number in range(3):
        ask(post(listener.port, name=f"Problem {number}", batch={"id": "one", "size": 3}))
    assert [(one.draft.title, one.batch, one.batch_size) for one in came] == [
        (f"Problem {number}", "one", 3) for number in range(3)
    ]


def test_without_room_a_post_is_refused(qtbot: QtBot) -> None:
    made = CompanionListener(has_room=lambda: False)
    made.start(0)
    with socket.create_connection(("127.0.0.1", made.port), 10) as connection, qtbot.assertNotEmitted(made.came):
        connection.sendall(post(made.port))
        connection.setblocking(False)
        answer = bytearray()

        def has_answer() -> bool:
            try:
                answer.extend(connection.recv(4096))
            except BlockingIOError:
                pass
            return b"503" in answer

        qtbot.waitUntil(has_answer)
    made.stop()
    qtbot.waitUntil(lambda: not made._visits)


def test_a_port_that_is_taken_is_said(qtbot: QtBot, listener: CompanionListener) -> None:
    other = CompanionListener()
    with qtbot.waitSignal(other.changed):
        other.start(listener.port)
    assert other.port == 0
    assert other.trouble.startswith(f"Port {listener.port} cannot be listened on: another program uses it already.")


def test_it_listens_on_this_machine_only_and_stops(qtbot: QtBot) -> None:
    made = CompanionListener()
    made.start(0)
    port = made.port
    assert made._server is not None
    assert made._server.serverAddress().isLoopback()
    made.stop()
    assert made.port == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), 5)
