"""My solution against the accepted one on drawn cases: the smallest that fails is shown, the right one blamed."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from sparring.problems import Case, Problem, Solution, SolutionKind
from sparring.runner import (
    LANGUAGES,
    CancelToken,
    CaseState,
    Generator,
    GeneratorError,
    RunnerError,
    StressOutcome,
    StressProgress,
    StressReport,
    stress,
    with_answer,
)
from sparring.runner.toolchains import toolchain
from tests.support.problems import function_problem, printing_problem

DRAWS = "def generate(random, size):\n    return [[random.randint(-9, 9) for _ in range(size)]]\n"
LARGEST = "def solve(items):\n    return max(items)\n"
needs_node = pytest.mark.skipif(not toolchain(LANGUAGES["javascript"]).is_ready, reason="there is no node here")
needs_gcc = pytest.mark.skipif(not toolchain(LANGUAGES["cpp"]).is_ready, reason="there is no g++ here")


def made(
    generator: str | None = DRAWS, accepted: str = LARGEST, *, checker: str | None = None, time_limit_s: float = 2.0
) -> Problem:
    problem = function_problem("int", {"items": "list[int]"}, [([[1]], 1)], checker=checker, time_limit_s=time_limit_s)
    solutions = (Solution("accepted", SolutionKind.ACCEPTED, accepted),)
    return replace(problem, generator=generator, solutions=solutions)


def tried(problem: Problem, body: str, *, max_cases: int = 60, seed: int = 4) -> StressReport:
    return stress(problem, f"def solve(items):\n{body}", max_cases=max_cases, seed=seed)


@pytest.fixture
def short_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each failure costs a process."""
    monkeypatch.setattr("sparring.runner.stressing.SHRINK_CASES", 3)
    monkeypatch.setattr("sparring.runner.stressing.ENOUGH", 3)


def test_what_agrees_is_said_to_agree() -> None:
    report = tried(made(), "    return sorted(items)[-1]\n")
    assert (report.outcome, report.tried, report.failing, report.case) == (StressOutcome.AGREED, 60, None, None)
    assert report.words == "Your solution and the accepted one agree on 60 drawn cases."


def test_the_smallest_failing_case_is_shown() -> None:
    # Wrong as soon as nothing is positive: one number does.
    report = tried(made(), "    best = 0\n    for item in items: best = max(best, item)\n    return best\n")
    assert report.outcome is StressOutcome.FAILED
    assert report.failing is not None
    assert report.case is not None
    (items,) = report.case.arguments
    assert len(items) == 1
    assert items[0] < 0
    assert report.case.expected == items[0]
    assert (report.failing.state, report.failing.got, report.failing.expected) == (CaseState.WRONG, "0", str(items[0]))
    assert report.words == "Your solution gives another answer than the accepted one."


def test_what_fails_only_when_it_is_large_is_made_smaller() -> None:
    report = tried(made(), "    return max(items) if len(items) < 12 else 99\n")
    assert report.case is not None
    assert len(report.case.arguments[0]) == 12


def test_the_same_seed_is_the_same_test() -> None:
    body = "    return items[0]\n"
    one, two, other = (tried(made(), body, seed=seed) for seed in (7, 7, 8))
    assert one.case is not None
    assert one.case == two.case
    assert (one.seed, other.seed) == (7, 8)
    # It is a case as any other: run by itself it fails as well.
    assert with_answer(made(), one.case.wanting()) == one.case


@pytest.mark.parametrize(
    ("body", "state", "words"),
    [
        ("    return 1 // 0\n", CaseState.ERROR, "ends with an error"),
        ("    import os\n    os._exit(3)\n", CaseState.ERROR, "ends with an error"),
        ("    return bytearray(10**12)\n", CaseState.MEMORY, "too much memory"),
        ("    return 'x'\n", CaseState.WRONG, "another answer"),
        ("    import sys, os\n    os.write(4, b'mine')\n    return 1\n", CaseState.ERROR, "ends with an error"),
    ],
)
@pytest.mark.usefixtures("short_search")
def test_every_way_to_fail_counts(body: str, state: CaseState, words: str) -> None:
    report = tried(made(), body, max_cases=5)
    assert report.failing is not None
    assert report.failing.state is state
    assert words in report.words


@pytest.mark.usefixtures("short_search")
def test_one_that_does_not_end_is_shown() -> None:
    report = tried(made(time_limit_s=0.1), "    while len(items) > 2: pass\n    return max(items)\n", max_cases=30)
    assert report.failing is not None
    assert report.failing.state is CaseState.TIMEOUT
    assert "in time" in report.words


def test_what_is_kept_between_calls_is_named() -> None:
    report = tried(made(), "    seen.append(1)\n    return max(items) if len(seen) < 9 else 99\nseen = []\n")
    assert report.outcome is StressOutcome.FAILED
    assert "keeps something from one call to the next" in report.words


@pytest.mark.parametrize(
    ("generator", "words"),
    [
        ("def generate(random, size):\n    return 1 // 0\n", "ZeroDivisionError"),
        ("def generate(random, size):\n    return [1]\n", "items: list[int] is expected, an int was found"),
        ("def generate(random, size):\n    return [[1], [2]]\n", "a list of 1 arguments is expected"),
        ("def generate(random, size):\n    return [[1.5]]\n", "items[0]: int is expected"),
        ("def generate(random, size):\n    return 'x'\n", "a list of 1 arguments"),
        ("def generate(random, size):\n    return [{1, 2}]\n", "no value of the expected kind"),
        ("def generate(random, size):\n    import os\n    os._exit(0)\n", "it ended the program"),
        ("def generate(random, size):\n    return [bytearray(10**12)]\n", "512 MB"),
        ("def generate(random, size):\n    return [[float('nan')]]\n", "items[0]: int is expected"),
    ],
)
def test_a_faulty_generator_is_named_and_nobody_else(generator: str, words: str) -> None:
    report = tried(made(generator), "    return 0\n")
    assert (report.outcome, report.tried, report.failing) == (StressOutcome.FAULTY, 0, None)
    assert "own generator failed (size 1, seed" in report.words
    assert "your code is not to blame" in report.words
    assert words in report.words


@pytest.mark.parametrize(
    ("accepted", "words"),
    [
        ("def solve(items):\n    return 1 // 0\n", "ZeroDivisionError"),
        ("def solve(items):\n    return 'x'\n", "the result: int is expected"),
        ("def solve(items):\n    import os\n    os._exit(0)\n", "ended the program"),
        ("def solve(items):\n    return bytearray(10**12)\n", "256 MB"),
    ],
)
def test_a_faulty_accepted_solution_is_named(accepted: str, words: str) -> None:
    report = tried(made(accepted=accepted), "    return 0\n")
    assert (report.outcome, report.failing) == (StressOutcome.FAULTY, None)
    assert "The accepted solution failed" in report.words
    assert words in report.words
    assert "Your code" not in report.words
    with pytest.raises(RunnerError, match="The accepted solution failed"):
        with_answer(made(accepted=accepted), Case("mine", hidden=False, arguments=([1],)))


def test_a_checker_judges_and_its_failure_is_its_own() -> None:
    any_item = "def check(arguments, expected, got):\n    return got in arguments[0]\n"
    assert tried(made(checker=any_item), "    return items[0]\n").outcome is StressOutcome.AGREED
    broken = "def check(arguments, expected, got):\n    return 1 // 0\n"
    report = tried(made(checker=broken), "    return items[0]\n")
    assert report.outcome is StressOutcome.FAULTY
    assert "own checker failed" in report.words


def test_the_random_of_a_generator_is_a_real_one() -> None:
    drawn = (
        "def generate(random, size):\n    items = list(range(size))\n    random.shuffle(items)\n    return [items]\n"
    )
    generator = Generator(made(drawn), CancelToken())
    try:
        cases = [generator.draw(seed, size) for seed, size in ((1, 9), (1, 9), (2, 9), (1, 100))]
    finally:
        generator.close()
    assert cases[0] == cases[1]
    assert cases[0].arguments != cases[2].arguments
    assert [len(case.arguments[0]) for case in cases] == [9, 9, 9, 100]


def test_large_cases_may_be_written_in_few_words() -> None:
    drawn = "def generate(random, size):\n    return [{'$repeat': [[7], 1000 * size]}]\n"
    assert tried(made(drawn), "    return items[-1]\n", max_cases=5).outcome is StressOutcome.AGREED


def test_a_generator_cannot_see_my_code_or_the_answers() -> None:
    spies = (
        "import os, sys\ndef generate(random, size):\n"
        "    frame = sys._getframe()\n    while 'job' not in frame.f_locals: frame = frame.f_back\n"
        "    assert frame.f_locals['job']['code'].count('max') == 1\n    return [[size]]\n"
    )
    assert tried(made(spies), "    return max(items)\n", max_cases=3).outcome is StressOutcome.AGREED


def test_cancelling_ends_it_at_once() -> None:
    token = CancelToken()
    progress: list[StressProgress] = []

    def heard(one: StressProgress) -> None:
        progress.append(one)
        token.cancel()

    report = stress(made(), LARGEST, on_progress=heard, cancel=token)
    assert (report.outcome, report.words) == (StressOutcome.CANCELLED, "")
    assert (progress[0].tried, progress[0].size, progress[0].is_shrinking) == (1, 1, False)


def test_cancelling_before_it_begins_starts_nothing() -> None:
    token = CancelToken()
    token.cancel()
    assert stress(made(), LARGEST, cancel=token).outcome is StressOutcome.CANCELLED


def test_a_problem_without_a_generator_says_so() -> None:
    with pytest.raises(GeneratorError, match="has no generator"):
        stress(made(None), LARGEST)
    with pytest.raises(RunnerError, match="no accepted solution"):
        stress(replace(made(), solutions=()), LARGEST)


@needs_node
def test_my_solution_may_be_in_javascript() -> None:
    right = "function solve(items) { return Math.max(...items); }"
    assert stress(made(), right, language="javascript", max_cases=20).outcome is StressOutcome.AGREED
    wrong = "function solve(items) { return items.sort()[items.length - 1]; }"
    report = stress(made(), wrong, language="javascript", seed=1)
    assert report.case is not None
    assert len(report.case.arguments[0]) == 2


SUMS = replace(
    printing_problem([("1 2", "3")]),
    generator="def generate(random, size):\n    return ' '.join(str(random.randint(-9, 9)) for _ in range(size))\n",
    solutions=(Solution("accepted", SolutionKind.ACCEPTED, "print(sum(map(int, input().split())))"),),
)


def test_programs_that_print_are_compared_as_texts() -> None:
    assert stress(SUMS, "print(eval('+'.join(input().split())))", max_cases=20).outcome is StressOutcome.AGREED
    report = stress(SUMS, "a, *b = map(int, input().split())\nprint(a + sum(map(abs, b)))", max_cases=60, seed=2)
    assert report.case is not None
    assert report.failing is not None
    assert len(report.case.stdin.split()) == 2
    assert (
        report.failing.expected.strip() == report.case.stdout.strip() == str(sum(map(int, report.case.stdin.split())))
    )


@needs_gcc
def test_cancelling_while_it_is_compiled_is_no_fault_of_the_code() -> None:
    token = CancelToken()
    watch, watched = token.watch, []

    def cancelling(kill: Callable[[], None]) -> None:
        watch(kill)
        watched.append(kill)
        token.cancel()

    token.watch = cancelling  # type: ignore[method-assign]
    report = stress(SUMS, "int main() {}", language="cpp", cancel=token)
    assert len(watched) == 1
    assert (report.outcome, report.tried, report.words) == (StressOutcome.CANCELLED, 0, "")


@needs_gcc
@pytest.mark.usefixtures("short_search")
def test_my_program_may_be_compiled() -> None:
    first = '#include <cstdio>\nint main() { int a; scanf("%d", &a); printf("%d", a); }'
    report = stress(SUMS, first, language="cpp", max_cases=30, seed=1)
    assert report.failing is not None
    assert report.failing.state is CaseState.WRONG
    broken = stress(SUMS, "int main() { return x; }", language="cpp")
    assert (broken.outcome, broken.tried) == (StressOutcome.NOT_COMPILED, 0)
    assert "was not declared" in broken.words


def test_a_report_can_be_kept_as_a_case_of_ones_own() -> None:
    report = tried(made(), "    return items[0]\n")
    assert report.case is not None
    assert json.loads(json.dumps(report.case.arguments)) == list(report.case.arguments)
