"""The pipes to a child, with this test as the child: what is taken for true, what is late, and what ends it."""

import contextlib
import json
import os
import select
from collections.abc import Iterator
from typing import Any

import pytest

from sparring.runner import CaseState, run_solution
from sparring.runner import channel as channels
from sparring.runner.channel import Broken, Budget, Channel, Ended, OutOfTime, TooMuch
from sparring.runner.child import MAX_AHEAD, Child, Task
from sparring.runner.outlet import Outlet
from sparring.runner.wires import Polled, Threaded, now
from tests.support.problems import function_problem

LONG = 60.0


class Ends:
    """A channel, and the child's ends of it."""

    def __init__(self, kind: type[Polled | Threaded]) -> None:
        self.work, work = os.pipe()
        results, self.results = os.pipe()
        self.is_killed = False
        self.channel = Channel(kind(results, work), b"n", Budget(), lambda: self.is_killed)

    def say(self, fields: Any, nonce: bytes = b"n") -> None:
        os.write(self.results, nonce + json.dumps(fields).encode() + b"\n")

    def take(self, seconds: float = LONG) -> Any:
        return self.channel.take(now() + seconds)


@pytest.fixture(params=[Polled, Threaded] if hasattr(select, "poll") else [Threaded])
def ends(request: pytest.FixtureRequest) -> Iterator[Ends]:
    made = Ends(request.param)
    yield made
    # As a child's ends are closed when it has ended.
    for descriptor in (made.work, made.results):
        with contextlib.suppress(OSError):
            os.close(descriptor)
    made.channel.close()


def test_records_come_in_their_order(ends: Ends) -> None:
    before = now()
    ends.say({"a": 1})
    ends.say({"b": 2})
    first, second = ends.take(), ends.take()
    assert (first.fields, second.fields) == ({"a": 1}, {"b": 2})
    assert first.earliest <= before <= first.latest <= now()


def test_what_was_there_in_time_is_not_late_because_nobody_looked(ends: Ends) -> None:
    deadline = now()
    ends.say({"a": 1})
    # The deadline has passed, but nobody saw the pipe empty since.
    assert ends.channel.take(deadline).fields == {"a": 1}


def test_where_nothing_was_said_the_time_is_over(ends: Ends) -> None:
    with pytest.raises(OutOfTime):
        ends.take(0)
    ends.say({"a": 1})
    with pytest.raises(OutOfTime):
        ends.take(-1000)


def test_a_killed_child_has_ended_at_once(ends: Ends) -> None:
    ends.is_killed = True
    with pytest.raises(Ended):
        ends.take()


def test_what_was_said_before_the_end_is_heard_first(ends: Ends) -> None:
    ends.say({"a": 1})
    os.close(ends.results)
    os.close(ends.work)
    # Nobody reads this any more, which is no reason not to listen.
    ends.channel.put(b"0 {}\n")
    assert ends.take().fields == {"a": 1}
    with pytest.raises(Ended):
        ends.take()
    ends.work, ends.results = os.pipe()


def test_a_large_line_is_sent_while_another_is_read(ends: Ends) -> None:
    line = b"x" * 3_000_000 + b"\n"
    ends.channel.put(line)
    read = bytearray()
    while len(read) < len(line):
        ends.say({"read": len(read)})
        assert ends.take().fields == {"read": len(read)}
        os.set_blocking(ends.work, False)
        try:
            read += os.read(ends.work, 1_048_576)
        except BlockingIOError:
            continue
    assert bytes(read) == line
    # A thread that has written says so a moment later.
    while ends.channel.unsent:
        ends.say({"left": ends.channel.unsent})
        ends.take()


@pytest.mark.parametrize(
    "line",
    [
        b'{"a": 1}\n',
        b'x{"a": 1}\n',
        b"n\n",
        b"n[]\n",
        b'n{"a": 1} x\n',
        b'n{"a": 1}{"b": 2}\n',
        b"n{\xff}\n",
        b"n" + b"[" * 100_000 + b"\n",
        b"\n",
        b"mine",
    ],
)
def test_what_is_no_record_ends_it(ends: Ends, line: bytes) -> None:
    os.set_blocking(ends.results, False)
    os.write(ends.results, line)
    with pytest.raises(Broken, match="something of its own"):
        ends.take()


def test_a_record_without_end_ends_it(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "MAX_RECORD_BYTES", 1_000)
    os.write(ends.results, b'n{"a": "' + b"x" * 2_000)
    with pytest.raises(Broken):
        ends.take()


def test_a_budget_is_spent_by_what_is_taken(ends: Ends) -> None:
    ends.channel.budget = Budget(60)
    ends.say({"a": "x" * 40})
    ends.say({"a": "y" * 40})
    assert ends.take().fields["a"][0] == "x"
    with pytest.raises(TooMuch):
        ends.take()


def test_prints_are_told_between_records(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sparring.runner.outlet.SECONDS_BETWEEN_CALLS", 0.0)
    told: list[tuple[str, str]] = []
    ends.channel.outlet = Outlet(lambda case, text: told.append((case, text)))
    ends.channel.outlet.begin("mine")
    ends.say({"printed": "h\u00c3\u00b6her"})
    ends.say({"index": 0})
    assert ends.take().fields == {"index": 0}
    ends.say({"printed": "!"})
    with pytest.raises(OutOfTime):
        ends.take(0)
    assert "".join(text for _, text in told) in ("höher", "höher!")
    assert ends.channel.outlet.text_of("mine") == "höher!"


def test_cases_go_ahead_as_long_as_there_is_room() -> None:
    task = Task("def solve(n):\n    return n\n", "solve", (["int"],), ["int"], 256)
    child = Child.start(task, Budget())
    try:
        upcoming = iter(range(500))
        ahead = 0
        for index in range(500):
            while child.has_room and (number := next(upcoming, None)) is not None:
                child.offer(number, {"arguments": [number]})
                ahead = max(ahead, number - index + 1)
            record, wall_ms = child.ask(index, {"arguments": [index]}, LONG)
            assert record["value"] == index
            assert 0 <= record["elapsed_ms"] <= wall_ms
        assert ahead == MAX_AHEAD
    finally:
        child.close()


def test_a_large_case_goes_alone() -> None:
    child = Child.start(
        Task("def solve(n):\n    return len(n)\n", "solve", (["list", ["int"]],), ["int"], 256), Budget()
    )
    try:
        assert child.has_room
        child.offer(0, {"arguments": [list(range(100_000))]})
        assert not child.has_room
        assert child.ask(0, {}, LONG)[0]["value"] == 100_000
        child.offer(1, {"arguments": [[]]})
        with pytest.raises(ValueError, match="was not offered in this order"):
            child.ask(2, {"arguments": [[]]}, LONG)
    finally:
        child.close()


def test_who_says_that_it_took_too_long_is_believed() -> None:
    problem = function_problem("int", {"n": "int"}, [([1], 1), ([2], 2)], time_limit_s=1)
    code = (
        "import json, os, sys\ndef solve(n):\n    frame = sys._getframe()\n"
        "    while 'nonce' not in frame.f_locals: frame = frame.f_back\n"
        "    line = json.dumps({'index': n - 1, 'value': n, 'elapsed_ms': 5000 if n == 1 else 0})\n"
        "    os.write(frame.f_locals['results'], frame.f_locals['nonce'] + line.encode() + b'\\n')\n"
    )
    report = run_solution(problem, code)
    assert report.results[0].state is CaseState.TIMEOUT


def test_five_hundred_cases_have_each_its_own_result() -> None:
    problem = function_problem("list[int]", {"n": "int"}, [([n], [n, n * n]) for n in range(500)])
    report = run_solution(problem, "def solve(n):\n    return [n, n * n] if n != 250 else []\n")
    assert report.passed == 499
    assert [result.name for result in report.results] == [str(n) for n in range(500)]
    assert report.results[250].state is CaseState.WRONG


def test_a_case_that_ends_its_child_is_the_one_that_is_named() -> None:
    problem = function_problem("int", {"n": "int"}, [([n], n) for n in range(200)])
    code = "import os\ndef solve(n):\n    if n in (7, 8, 150): os._exit(5)\n    return n\n"
    report = run_solution(problem, code)
    failed = {result.name: result.traceback for result in report.results if result.state is not CaseState.PASSED}
    assert failed == dict.fromkeys(("7", "8", "150"), "Your code ended the program (exit code 5).")
