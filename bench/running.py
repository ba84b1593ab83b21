"""What a press of Run costs: to the first result, over a thousand cases, and to prove the whole bank."""

import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace

from bench.children import ROOT
from bench.figures import Figure
from sparring.assets import resources_dir
from sparring.problems import Case, Problem, SolutionKind, load_problem
from sparring.runner import CaseResult, run_solution
from sparring.runner.inside import interpreter, source

TRIES = 15
WARM_UP = 1
LOOP_TRIES = 5
CASES = 1_000
QUICK = "cheapest-seat-swap"
"""Its solution sorts twice, so with one number each it does nearly nothing."""
OWN = "no-motif-twice-in-a-row"
"""Its own cases, over and over: on average they take less time than those of nine problems in ten, and are small."""
FIRST_GOAL_MS = 60.0
LOOP_GOAL = 1.3
BANK_GOAL_S = 180.0
BARE = ("-I", "-S", "-c", "")

# What a child needs at least: its cases come in, a function is called with each, what it returned goes out.
_LOOP = """
import json, sys
namespace = {}
exec(sys.argv[1], namespace)
solve, (parameters, returns) = namespace[sys.argv[2]], json.loads(sys.argv[3])
for row in json.load(sys.stdin):
    sys.stdout.write(json.dumps(take(returns, solve(*map(make, parameters, row)))) + "\\n")
"""


def first_result(problem: Problem, code: str) -> float:
    """Milliseconds from the press of Run to the first result, sandbox and all."""
    heard: list[float] = []

    def hear(result: CaseResult) -> None:
        heard.append(time.perf_counter())

    begin = time.perf_counter()
    run_solution(problem, code, on_result=hear)
    return (heard[0] - begin) * 1000


def bare_interpreter() -> float:
    """Milliseconds to start an interpreter that does nothing, and to see it end."""
    begin = time.perf_counter()
    subprocess.run([interpreter(), *BARE], check=True)
    return (time.perf_counter() - begin) * 1000


def whole_run(problem: Problem, code: str) -> float:
    """Milliseconds of a run of all cases. Every one passes."""
    begin = time.perf_counter()
    report = run_solution(problem, code)
    elapsed = (time.perf_counter() - begin) * 1000
    if report.passed != report.total:
        raise RuntimeError(f"{problem.id}: {report.passed} of {report.total} cases passed")
    return elapsed


def bare_loop(problem: Problem, code: str) -> float:
    """Milliseconds of a child without a sandbox that calls the function in a loop."""
    signature = problem.signature
    if signature is None:
        raise ValueError(f"{problem.id} has no function")
    specs = json.dumps([[kind.spec() for _, kind in signature.parameters], signature.returns.spec()])
    begin = time.perf_counter()
    rows = json.dumps([case.arguments for case in problem.cases]).encode()
    program = source("harness_shapes.py") + _LOOP
    command = [interpreter(), "-I", "-S", "-c", program, code, signature.name, specs]
    done = subprocess.run(command, input=rows, stdout=subprocess.PIPE, check=True)
    elapsed = (time.perf_counter() - begin) * 1000
    if done.stdout.count(b"\n") != len(problem.cases):
        raise RuntimeError(f"{problem.id}: the bare loop ended early")
    return elapsed


def in_turn(tries: int, *measures: Callable[[], float]) -> list[list[float]]:
    """What each measures, turn and turn about, so that a busy moment of the machine meets all of them."""
    for measure in measures * WARM_UP:
        measure()
    rounds = [[measure() for measure in measures] for _ in range(tries)]
    return [list(column) for column in zip(*rounds, strict=True)]


def first_figures() -> list[Figure]:
    problem, code = _bundled(QUICK)
    problem = replace(problem, cases=problem.cases[:12])
    ours, bare = in_turn(TRIES, lambda: first_result(problem, code), bare_interpreter)
    floor, over = statistics.median(bare), statistics.median(a - b for a, b in zip(ours, bare, strict=True))
    return [
        Figure("running", "a bare isolated interpreter", floor, "ms", "start to end"),
        Figure("running", "Run to first result, 12 cases", statistics.median(ours), "ms", f"bare {floor:.1f} ms"),
        Figure(
            "running", "Run to first result, over the bare interpreter", over, "ms", "sandbox included", FIRST_GOAL_MS
        ),
    ]


def loop_figures() -> list[Figure]:
    problem, code = _bundled(OWN)
    own = itertools.islice(itertools.cycle(problem.cases), CASES)
    cases = tuple(
        Case(str(n), hidden=True, arguments=one.arguments, expected=one.expected) for n, one in enumerate(own)
    )
    problem = replace(problem, cases=cases)
    ours, bare = in_turn(LOOP_TRIES, lambda: whole_run(problem, code), lambda: bare_loop(problem, code))
    ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
    against = f"{statistics.median(bare):.0f} ms in a bare loop"
    rows = [Figure("running", f"{CASES:,} cases of a problem", ratio, "x", against, LOOP_GOAL)]

    quick, quick_code = _bundled(QUICK)
    cases = tuple(Case(str(n), hidden=True, arguments=([n], [2 * n]), expected=n) for n in range(CASES))
    quick = replace(quick, cases=cases)
    ours, bare = in_turn(LOOP_TRIES, lambda: whole_run(quick, quick_code), lambda: bare_loop(quick, quick_code))
    each = statistics.median(a - b for a, b in zip(ours, bare, strict=True)) / CASES * 1000
    against = f"{statistics.median(bare) / CASES * 1000:.0f} µs in a bare loop"
    return [*rows, Figure("running", f"{CASES:,} cases that do nearly nothing, more a case", each, "µs", against)]


def bank_figure() -> list[Figure]:
    begin = time.perf_counter()
    command = [sys.executable, "-m", "sparring", "problems", "check", "--strict", "--jobs", "2"]
    done = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, check=False, text=True)
    elapsed = time.perf_counter() - begin
    rows = done.stdout.splitlines()
    if done.returncode != 0:
        sys.stdout.write(f"  the bank is not proved: {rows[-1] if rows else 'it says nothing'}\n")
    proved = f"{sum(row.startswith('ok') for row in rows)} problems"
    return [Figure("running", "the whole bank proved, 2 at once", elapsed, "s", proved, BANK_GOAL_S)]


def _bundled(name: str) -> tuple[Problem, str]:
    """A problem of the bank with its accepted solution in Python."""
    problem = load_problem(resources_dir() / "problems" / name)
    codes = [one.code for one in problem.solutions if (one.kind, one.language) == (SolutionKind.ACCEPTED, "python")]
    return problem, codes[0]
