"""What a solution prints is told while it runs: in order, bounded, and of the right case, whatever it tries."""

import threading
from collections.abc import Callable

import pytest

from sparring.problems import Problem
from sparring.runner import LANGUAGES, CancelToken, CaseResult, CaseState, RunReport, run_solution, sandbox
from sparring.runner.outlet import MAX_HEARD, Outlet
from sparring.runner.toolchains import toolchain
from tests.support.problems import function_problem, printing_problem

ASKS = function_problem("int", {"n": "int"}, [([number], number) for number in range(3)], time_limit_s=60)
needs_node = pytest.mark.skipif(not toolchain(LANGUAGES["javascript"]).is_ready, reason="there is no node here")
needs_gcc = pytest.mark.skipif(not toolchain(LANGUAGES["cpp"]).is_ready, reason="there is no g++ here")


def heard_until(
    words: str, problem: Problem, code: str, language: str = "python"
) -> tuple[list[tuple[str, str]], RunReport]:
    """What is told until these words have come; then the run, which would go on for long, is cancelled."""
    heard: list[tuple[str, str]] = []
    token = CancelToken()

    def hear(case: str, text: str) -> None:
        heard.append((case, text))
        if words in "".join(text for _, text in heard):
            token.cancel()

    report = run_solution(problem, code, language=language, on_output=hear, cancel=token)
    return heard, report


FOREVER = {
    "python": "def solve(n):\n    print('first', n)\n    print('höher', flush=True)\n    while n: pass\n    return n\n",
    "javascript": "function solve(n) { console.log('first', n); console.log('höher'); while (n); return n; }",
}


@pytest.mark.parametrize("language", ["python", pytest.param("javascript", marks=needs_node)])
def test_it_comes_while_the_case_still_runs(language: str) -> None:
    heard, report = heard_until("first 1\nhöher\n", ASKS, FOREVER[language], language)
    assert "".join(text for case, text in heard if case == "1") == "first 1\nhöher\n"
    assert [result.state for result in report.results] == [CaseState.PASSED, CaseState.SKIPPED, CaseState.SKIPPED]
    assert report.results[0].output == "first 0\nhöher\n"


def test_and_where_there_is_no_bubblewrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "best", sandbox.LimitsOnly)
    heard, _ = heard_until("first 1\nhöher\n", ASKS, FOREVER["python"])
    assert heard[-1][0] == "1"


PROGRAMS = {
    "python": "print('tick')\nwhile True: pass\n",
    "cpp": '#include <cstdio>\nint main() { puts("tick"); fflush(stdout); for (;;); }',
}


@pytest.mark.parametrize("language", ["python", pytest.param("cpp", marks=needs_gcc)])
def test_a_program_is_heard_as_well(language: str) -> None:
    heard, report = heard_until("tick", printing_problem([("", "")], time_limit_s=60), PROGRAMS[language], language)
    assert "".join(text for _, text in heard).startswith("tick")
    assert report.results[0].state is CaseState.SKIPPED


def test_what_ran_out_of_time_shows_what_it_had_printed() -> None:
    problem = function_problem("int", {"n": "int"}, [([1], 1)], time_limit_s=0.1)
    code = "def solve(n):\n    print('so far')\n    while n: pass\n"
    quiet = run_solution(problem, code).results[0]
    heard = run_solution(problem, code, on_output=lambda case, text: None).results[0]
    assert (quiet.state, quiet.output) == (CaseState.TIMEOUT, "")
    assert (heard.state, heard.output) == (CaseState.TIMEOUT, "so far\n")


def test_quick_cases_cost_no_calls_of_their_own() -> None:
    problem = function_problem("int", {"n": "int"}, [([number], number) for number in range(400)])
    calls: list[tuple[str, str]] = []
    report = run_solution(
        problem,
        "def solve(n):\n    print(n)\n    return n\n",
        on_output=lambda case, text: calls.append((case, text)),
    )
    assert report.passed == 400
    assert [result.output for result in report.results] == [f"{number}\n" for number in range(400)]
    assert len(calls) <= report.elapsed_ms / 50 + 1


def test_a_flood_is_bounded_and_the_result_is_the_same() -> None:
    problem = function_problem("int", {"n": "int"}, [([1], 1)], time_limit_s=30)
    code = "def solve(n):\n    for number in range(30_000): print('line', number)\n    return n\n"
    told: list[str] = []
    heard = run_solution(problem, code, on_output=lambda case, text: told.append(text)).results[0]
    quiet = run_solution(problem, code).results[0]
    assert heard.state is CaseState.PASSED
    assert heard.output == quiet.output
    assert heard.output.startswith("".join(told))
    assert len("".join(told)) <= 65_536


FORGER = """
import json, os, sys, threading
def send(record):
    frame = sys._getframe()
    while "nonce" not in frame.f_locals:
        frame = frame.f_back
    line = frame.f_locals["nonce"] + json.dumps(record).encode() + b"\\n"
    os.write(frame.f_locals["results"], line)
"""


@pytest.mark.parametrize(
    "body",
    [
        "send({'printed': 'x'})",
        "send({'printed': 7})",
        "send({'printed': None})",
        "send({'printed': ''})",
        "send({'printed': '\\u2026'})",
        "while True: send({'printed': 'y' * 3000})",
    ],
)
def test_forged_prints_pass_nothing(body: str) -> None:
    code = f"{FORGER}\ndef solve(n):\n    {body}\n    return n + 1\n"
    told: list[str] = []
    report = run_solution(ASKS, code, cases=["0"], on_output=lambda case, text: told.append(text))
    assert report.results[0].state in (CaseState.WRONG, CaseState.ERROR)
    assert len("".join(told)) <= MAX_HEARD


def test_where_nobody_listens_a_print_on_the_channel_is_forged() -> None:
    report = run_solution(ASKS, f"{FORGER}\ndef solve(n):\n    send({{'printed': 'x'}})\n    return n\n", cases=["0"])
    assert report.results[0].state is CaseState.ERROR
    assert "channel of its results" in report.results[0].traceback


def test_a_thread_that_goes_on_printing_breaks_no_record() -> None:
    code = (
        "import sys, threading\n"
        "def forever(out):\n    while True:\n        try: print('x' * 5_000, file=out)\n"
        "        except ValueError: return\n"
        "def solve(n):\n    if n == 0: threading.Thread(target=forever, args=(sys.stdout,), daemon=True).start()\n"
        "    if n: print('mine')\n    return n\n"
    )
    report = run_solution(ASKS, code, on_output=lambda case, text: None)
    assert [result.state for result in report.results] == [CaseState.PASSED] * 3
    assert [result.output for result in report.results[1:]] == ["mine\n"] * 2


def test_a_destructor_that_prints_is_no_deadlock() -> None:
    code = (
        "import gc\ngc.set_threshold(1)\n"
        "class Loud:\n    def __init__(self): self.me = self\n    def __del__(self): print('gone', flush=True)\n"
        "def solve(n):\n    for _ in range(50): Loud()\n    return n\n"
    )
    report = run_solution(ASKS, code, on_output=lambda case, text: None)
    assert report.passed == 3


def test_what_the_listener_throws_ends_the_run() -> None:
    def fail(case: str, text: str) -> None:
        raise RuntimeError("the window has gone")

    before = threading.active_count()
    with pytest.raises(RuntimeError, match="the window has gone"):
        run_solution(ASKS, FOREVER["python"], on_output=fail)
    assert threading.active_count() == before


@pytest.fixture
def outlet(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[tuple[str, str]]]:
    """Tells of pieces, with or without time between them."""

    def tell(*pieces: bytes, is_time: bool = True) -> list[tuple[str, str]]:
        told: list[tuple[str, str]] = []
        monkeypatch.setattr("sparring.runner.outlet.SECONDS_BETWEEN_CALLS", 0.0 if is_time else 1_000.0)
        made = Outlet(lambda case, text: told.append((case, text)))
        made.begin("a")
        for piece in pieces:
            made.hear(piece)
            made.tell()
        return told

    return tell


def test_no_character_is_torn(outlet: Callable[..., list[tuple[str, str]]]) -> None:
    data = "a€😀é".encode()
    pieces = [data[place : place + 1] for place in range(len(data))]
    assert outlet(*pieces) == [("a", "a"), ("a", "€"), ("a", "😀"), ("a", "é")]
    assert outlet(b"\xff\xfe") == [("a", "��")]


def test_calls_wait_for_their_time(outlet: Callable[..., list[tuple[str, str]]]) -> None:
    assert outlet(b"one", b"two", is_time=False) == []


def test_another_case_begins_anew() -> None:
    told: list[tuple[str, str]] = []
    made = Outlet(lambda case, text: told.append((case, text)))
    made.begin("a")
    assert made.hear(b"x\xe2")
    made.begin("b")
    assert made.hear(b"\x82y")
    assert (made.text_of("a"), made.text_of("b")) == ("", "�y")
    assert not made.hear(b"z" * MAX_HEARD)


def test_results_and_output_come_in_the_order_of_the_cases() -> None:
    events: list[str] = []

    def done(result: CaseResult) -> None:
        events.append(result.name)

    code = "import time\ndef solve(n):\n    print(n)\n    time.sleep(0.06)\n    print(n)\n    return n\n"
    run_solution(ASKS, code, on_result=done, on_output=lambda case, text: events.append(case))
    assert events == sorted(events)
    assert set(events) == {"0", "1", "2"}
