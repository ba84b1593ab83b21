"""In haste, a proof goes no further than it must; who cancels has none."""

from pathlib import Path

import pytest

from sparring.cli import proving
from sparring.cli.proving import Proof, prove, prove_strangers
from sparring.problems import load_problem
from sparring.runner import CancelToken, CaseState, RunReport, run_solution
from tests.support.problems import write_folder


@pytest.fixture
def run_states(monkeypatch: pytest.MonkeyPatch) -> list[list[CaseState]]:
    """The states of the cases of each run, as they come."""
    states: list[list[CaseState]] = []

    def run(*arguments: object, **options: object) -> RunReport:
        report = run_solution(*arguments, **options)  # type: ignore[arg-type]
        states.append([result.state for result in report.results])
        return report

    monkeypatch.setattr(proving, "run_solution", run)
    return states


def test_haste_ends_with_the_first_case_that_tells(tmp_path: Path, run_states: list[list[CaseState]]) -> None:
    wrong = "def solve(n):\n    return n + 1 if n < 3 else 0\n"
    files = {"solutions/accepted.py": wrong, "solutions/wrong_late.py": wrong}
    problem = load_problem(write_folder(tmp_path, files=files))
    proof = prove(problem, is_hasty=True)
    assert proof == Proof(
        ("next-number/solutions/accepted.py: is said to be accepted, but the case 'from 3' is wrong: 0 instead of 4",),
        (),
    )
    assert prove(problem) == proof
    told = [CaseState.PASSED] * 3 + [CaseState.WRONG]
    assert [states[:4] for states in run_states] == [told] * 4
    assert {tuple(states[5:]) for states in run_states[:2]} == {(CaseState.SKIPPED,) * 7}
    assert CaseState.SKIPPED not in run_states[2]


def test_who_cancels_runs_nothing_more(tmp_path: Path, run_states: list[list[CaseState]]) -> None:
    cancel = CancelToken()
    cancel.cancel()
    assert prove_strangers(load_problem(write_folder(tmp_path)), cancel=cancel) == Proof((), ())
    assert run_states == []


SLOW = "def solve(n):\n    while n in (1, 2, 3): pass\n    return n + 1\n"


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (SLOW, ""),
        (
            SLOW.replace("n + 1", "n + 1 + (n > 8)"),
            "is said to be slow, but the case 'from 9' is wrong: 11 instead of 10",
        ),
        (SLOW.replace("n in (1, 2, 3)", "False"), "is said to be slow, but every case ends within its time and memory"),
    ],
)
def test_once_a_solution_was_slow_the_rest_is_hurried(
    tmp_path: Path, run_states: list[list[CaseState]], code: str, fault: str
) -> None:
    head = "time_limit_s = 0.6"
    problem = load_problem(write_folder(tmp_path, head=head, files={"solutions/slow_one.py": code}))
    proof = prove(problem)
    assert proof.faults == ((f"next-number/solutions/slow_one.py: {fault}",) if fault else ())
    first, rest = run_states[-2:]
    if code is SLOW:
        assert (len(first), first[:3]) == (12, [CaseState.PASSED, CaseState.TIMEOUT, CaseState.SKIPPED])
        assert (len(rest), rest[:2]) == (10, [CaseState.TIMEOUT, CaseState.TIMEOUT])
        assert CaseState.SKIPPED not in rest
