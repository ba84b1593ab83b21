"""Run tells the truth, and a hostile program is contained and reported in words."""

import threading
from pathlib import Path

import pytest

from sparring.assets import resources_dir
from sparring.problems import Problem, load_problem
from sparring.runner import CancelToken, CaseResult, CaseState, run_solution
from sparring.runner.judging import MAX_SHOWN
from sparring.runner.sandbox import BUBBLEWRAP, isolation
from tests.support.problems import function_problem


@pytest.fixture(scope="module")
def swap() -> Problem:
    return load_problem(resources_dir() / "problems" / "cheapest-seat-swap")


def first(problem: Problem, body: str) -> CaseResult:
    code = f"def cheapest_swap(people, seats):\n{body}"
    return run_solution(problem, code, cases=["the example"]).results[0]


def test_each_case_comes_as_it_ends(swap: Problem) -> None:
    heard: list[CaseResult] = []
    report = run_solution(
        swap, "def cheapest_swap(people, seats):\n    print(len(people))\n    return 3\n", on_result=heard.append
    )
    assert tuple(heard) == report.results
    assert report.results[0].state is CaseState.PASSED
    assert report.results[0].output == "3\n"
    assert report.results[0].memory_kb > 0
    wrong = report.results[1]
    assert (wrong.state, wrong.expected, wrong.got) == (CaseState.WRONG, "0", "3")
    assert (report.total, report.passed) == (13, 1)


def test_an_error_names_my_own_line(swap: Problem) -> None:
    result = first(swap, "    total = 0\n    return total / 0\n")
    assert (result.state, result.error_line) == (CaseState.ERROR, 3)
    assert "ZeroDivisionError" in result.traceback
    assert "harness" not in result.traceback


def test_a_syntax_error_has_its_line(swap: Problem) -> None:
    report = run_solution(swap, "def cheapest_swap(people, seats)\n    return 0\n")
    assert {result.state for result in report.results} == {CaseState.ERROR}
    assert report.results[0].error_line == 1


def test_a_missing_function_is_named(swap: Problem) -> None:
    assert "cheapest_swap" in run_solution(swap, "x = 1\n").results[0].traceback


def test_an_endless_loop_ends_and_the_other_cases_go_on(swap: Problem) -> None:
    code = "def cheapest_swap(people, seats):\n    while len(people) == 3 and people[0] == 4: pass\n    return 0\n"
    report = run_solution(swap, code, cases=["the example", "already seated", "nobody"])
    assert [result.state for result in report.results] == [CaseState.TIMEOUT, CaseState.PASSED, CaseState.PASSED]
    assert "Not finished after 1 s" in report.results[0].traceback


@pytest.mark.parametrize(
    ("body", "state", "words"),
    [
        ("    return len(bytearray(10**12))\n", CaseState.MEMORY, "256 MB"),
        ("    return len([0] * (10**9))\n", CaseState.MEMORY, "256 MB"),
        ("    import os\n    os._exit(0)\n", CaseState.ERROR, "ended the program"),
        ("    raise SystemExit\n", CaseState.ERROR, "SystemExit"),
        ("    return cheapest_swap(people, seats)\n", CaseState.ERROR, "RecursionError"),
        ("    return {1, 2}\n", CaseState.ERROR, "set"),
        ("    return float('nan')\n", CaseState.WRONG, ""),
        ("    return '\\ud800'\n", CaseState.WRONG, ""),
        ("    import os\n    os.kill(os.getpid(), 9)\n", CaseState.ERROR, "ended the program"),
        ("    try:\n        while True: pass\n    except BaseException:\n        pass\n", CaseState.TIMEOUT, "1 s"),
    ],
)
def test_hostile_programs_are_reported_in_words(swap: Problem, body: str, state: CaseState, words: str) -> None:
    result = first(swap, body)
    assert result.state is state
    assert words in result.traceback


def test_a_flood_of_output_is_cut(swap: Problem) -> None:
    result = first(swap, "    print('x' * 10_000_000)\n    return 3\n")
    assert result.state is CaseState.PASSED
    assert len(result.output) < 70_000
    assert "cut off" in result.output


def test_writing_to_every_descriptor_fakes_no_result(swap: Problem) -> None:
    body = (
        '    import os\n    for fd in range(3, 64):\n        try: os.write(fd, b\'{"index": 0, "value": 3}\\n\')\n'
        "        except OSError: pass\n    return 99\n"
    )
    assert first(swap, body).state is not CaseState.PASSED


@pytest.mark.skipif(isolation() != BUBBLEWRAP, reason="bubblewrap does not work on this machine")
@pytest.mark.parametrize(
    "body",
    [
        "    import socket\n    socket.create_connection(('127.0.0.1', 22), 1)\n    return 3\n",
        "    open(HOME + '/canary').read()\n    return 3\n",
        "    open('/usr/written', 'w').write('x')\n    return 3\n",
        "    open('/proc/1/environ').read() and open('/etc/passwd').read()\n    return 3\n",
    ],
)
def test_nothing_outside_can_be_reached(swap: Problem, body: str, tmp_path: Path) -> None:
    (tmp_path / "canary").write_text("secret")
    result = first(swap, body.replace("HOME", repr(str(tmp_path))))
    assert result.state is CaseState.ERROR
    assert "secret" not in result.traceback + result.got


def test_cancel_ends_a_run_at_once(swap: Problem) -> None:
    token = CancelToken()
    code = "def cheapest_swap(people, seats):\n    if len(people) == 2:\n        while True: pass\n    return 3\n"
    heard = threading.Event()
    reports = []

    def run() -> None:
        reports.append(run_solution(swap, code, on_result=lambda result: heard.set(), cancel=token))

    thread = threading.Thread(target=run)
    thread.start()
    assert heard.wait(20)
    token.cancel()
    thread.join(20)
    assert not thread.is_alive()
    assert CaseState.SKIPPED in {result.state for result in reports[0].results}


def test_a_program_that_reads_and_prints() -> None:
    problem = load_problem(resources_dir() / "problems" / "folded-instructions")
    report = run_solution(problem, "print(*input().partition(' '))\n", cases=["the example"])
    assert (report.results[0].state, report.results[0].expected.strip()) == (CaseState.WRONG, "11 d")


def test_two_long_values_are_cut_where_they_begin_to_differ() -> None:
    problem = function_problem("list[int]", {"n": "int"}, [([20_000], list(range(20_000)))])
    code = "def solve(n):\n    made = list(range(n))\n    made[15000] = 7\n    return made\n"
    result = run_solution(problem, code).results[0]
    assert "14999, 15000, 15001" in result.expected
    assert "14999, 7, 15001" in result.got
    assert max(len(result.expected), len(result.got)) <= MAX_SHOWN + 2
