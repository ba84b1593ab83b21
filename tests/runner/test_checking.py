"""A problem's own checker: sandboxed, apart from the solution, and never the reason for a false word about it."""

import threading
from typing import Any

import pytest

from sparring.runner import CancelToken, CaseResult, CaseState, checking, run_solution
from sparring.runner.sandbox import BUBBLEWRAP, isolation
from tests.support.problems import function_problem, printing_problem

SPLIT = """
def check(arguments, expected, got):
    print("a checker may print")
    n, = arguments
    if len(got) != 2:
        return f"two numbers are wanted, not {len(got)}"
    return sum(got) == n
"""


def judged(checker: str, returned: str = "n", returns: str = "int") -> CaseResult:
    problem = function_problem(returns, {"n": "int"}, [([6], {"int": 6}.get(returns, []))], checker=checker)
    return run_solution(problem, f"def solve(n):\n    return {returned}\n").results[0]


def test_each_answer_is_judged_by_itself() -> None:
    problem = function_problem("list[int]", {"n": "int"}, [([6], [2, 4]), ([7], [3, 4]), ([8], [4, 4])], checker=SPLIT)
    report = run_solution(problem, "def solve(n):\n    return [n - 1, 1] if n < 7 else [n] if n < 8 else [8, 8]\n")
    assert [result.state for result in report.results] == [CaseState.PASSED, CaseState.WRONG, CaseState.WRONG]
    assert [result.traceback for result in report.results] == ["", "two numbers are wanted, not 1", ""]
    assert report.results[0].got == "[5, 1]"


def test_a_result_of_another_type_never_reaches_it() -> None:
    result = judged("def check(arguments, expected, got):\n    return True\n", "'six'")
    assert result.state is CaseState.WRONG
    assert "int is expected" in result.traceback


@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        ("linked_list[int]", [1, 2], "[1, 2]"),
        ("tree[int]", [1, None, 2], "[1, None, 2]"),
        ("tuple[int, int]", [1, 2], "(1, 2)"),
        ("graph", {"0": [0]}, "{0: [0]}"),
        ("map[int, linked_list[int]]", {"3": [1]}, "{3: [1]}"),
    ],
)
def test_it_sees_plain_values(kind: str, value: Any, seen: str) -> None:
    checker = "def check(arguments, expected, got):\n    return repr((arguments, expected, got))\n"
    problem = function_problem(kind, {"it": kind}, [([value], value)], checker=checker)
    result = run_solution(problem, "def solve(it):\n    return it\n").results[0]
    assert result.traceback == f"(({seen},), {seen}, {seen})"


def test_it_judges_what_is_printed() -> None:
    checker = "def check(arguments, expected, got):\n    return int(got) % int(arguments) == int(expected)\n"
    problem = printing_problem([("7\n", "0\n"), ("5\n", "0\n")], checker=checker)
    report = run_solution(problem, "print(14)\n")
    assert [result.state for result in report.results] == [CaseState.PASSED, CaseState.WRONG]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("return 1 / 0", "ZeroDivisionError"),
        ("return 1", "neither true, false nor a text"),
        ("return None", "neither true, false nor a text"),
        ("return {'passed': True}", "neither true, false nor a text"),
        ("__import__('os')._exit(0)", "ended the program"),
        ("return bytearray(10**12)", "memory"),
        ("return object()", "no value of the expected kind"),
        ("import sys; sys.exit(0)", "SystemExit"),
        ("import subprocess; subprocess.run(['true'])", "Error"),
    ],
)
def test_its_failure_is_not_the_solvers(body: str, words: str) -> None:
    result = judged(f"def check(arguments, expected, got):\n    {body}\n")
    assert result.state is CaseState.ERROR
    assert result.traceback.startswith("This problem's own checker failed")
    assert words in result.traceback


def test_an_endless_one_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "CHECK_SECONDS", 0.5)
    assert "did not finish" in judged("def check(arguments, expected, got):\n    while True: pass\n").traceback


@pytest.mark.skipif(isolation() != BUBBLEWRAP, reason="bubblewrap does not work on this machine")
@pytest.mark.parametrize(
    "body", ["open('/etc/passwd')", "__import__('socket').create_connection(('127.0.0.1', 22), 1)"]
)
def test_it_is_sandboxed_as_well(body: str) -> None:
    assert "Error" in judged(f"def check(arguments, expected, got):\n    {body}\n    return True\n").traceback


def test_a_solution_cannot_reach_it() -> None:
    # What a solution leaves in its own interpreter is nowhere in the checker's.
    checker = (
        "import builtins\nimport os\nbefore = os.getpid()\n"
        "def check(arguments, expected, got):\n    return not hasattr(builtins, 'mine') and expected == got\n"
    )
    problem = function_problem("int", {"n": "int"}, [([1], 1)], checker=checker)
    code = "import builtins\nbuiltins.mine = 1\ndef check(*rest):\n    return True\ndef solve(n):\n    return 2\n"
    assert run_solution(problem, code).results[0].state is CaseState.WRONG
    assert run_solution(problem, code.replace("return 2", "return n")).results[0].state is CaseState.PASSED


def test_the_time_of_the_checker_is_not_the_solutions() -> None:
    checker = "import time\ndef check(arguments, expected, got):\n    time.sleep(0.7)\n    return True\n"
    problem = function_problem("int", {"n": "int"}, [([1], 1), ([2], 2)], checker=checker, time_limit_s=0.6)
    report = run_solution(problem, "import time\ndef solve(n):\n    if n == 2: time.sleep(5)\n    return n\n")
    assert [result.state for result in report.results] == [CaseState.PASSED, CaseState.TIMEOUT]


def test_cancelling_ends_a_checker() -> None:
    token = CancelToken()
    problem = function_problem(
        "int", {"n": "int"}, [([1], 1), ([2], 2)],
        checker="def check(arguments, expected, got):\n    while got == 2: pass\n    return True\n",
    )  # fmt: skip
    heard = threading.Event()
    reports = []
    thread = threading.Thread(
        target=lambda: reports.append(
            run_solution(problem, "def solve(n):\n    return n\n", on_result=lambda _: heard.set(), cancel=token)
        )
    )
    thread.start()
    assert heard.wait(20)
    token.cancel()
    thread.join(5)
    assert not thread.is_alive()
    assert [result.state for result in reports[0].results] == [CaseState.PASSED, CaseState.SKIPPED]
