"""A generator is proved: what it draws fits the signature, and the accepted solutions agree on it."""

from dataclasses import replace

import pytest

from sparring.cli.drawing import generator_fault
from sparring.problems import Problem, Solution, SolutionKind
from sparring.runner import LANGUAGES, CancelToken, stressing
from sparring.runner.toolchains import toolchain
from tests.support.problems import function_problem, printing_problem

NEXT = "def solve(n):\n    return n + 1\n"
needs_node = pytest.mark.skipif(not toolchain(LANGUAGES["javascript"]).is_ready, reason="there is no Node.js here")


def with_generator(problem: Problem, returned: str | None, *solutions: Solution) -> Problem:
    generator = None if returned is None else f"def generate(random, size):\n    return {returned}\n"
    return replace(problem, generator=generator, solutions=solutions)


def accepted(code: str, language: str = "python", name: str = "accepted") -> Solution:
    return Solution(name, SolutionKind.ACCEPTED, code, language)


def next_number(returned: str | None, *others: Solution, first: str = NEXT) -> Problem:
    return with_generator(function_problem("int", {"n": "int"}, [([1], 2)]), returned, accepted(first), *others)


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        ("[str(size)]", "n: int is expected, a string was found"),
        ("[size] * 2", "a list of 1 arguments is expected"),
        ("[1 // (size - 1)]", "ZeroDivisionError"),
        ("[-1]", "AssertionError"),
    ],
)
def test_what_does_not_fit_or_has_no_answer_is_a_fault_of_the_generator(returned: str, words: str) -> None:
    fault = generator_fault(next_number(returned, first="def solve(n):\n    assert n >= 0\n    return n + 1\n"))
    assert fault.startswith("made-here/generator.py: ")
    assert words in fault


@needs_node
def test_solutions_that_disagree_are_shown_with_the_case() -> None:
    script = accepted("const solve = (n) => (n < 13 ? n + 1 : 0);", "javascript")
    fault = generator_fault(next_number("[min(13, size + 9)]", accepted(NEXT, name="accepted_two"), script))
    wanted = "is said to be accepted, but the drawn case 13 is wrong: 0 instead of 14"
    assert fault == f"made-here/solutions/accepted.js: {wanted}"


@pytest.mark.parametrize("returned", ["[size]", None])
def test_a_single_solution_is_enough(returned: str | None) -> None:
    assert generator_fault(next_number(returned)) == ""


def test_a_solution_that_takes_too_long_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stressing, "SHRINK_CASES", 0)
    problem = next_number("[size]", accepted("def solve(n):\n    while True: pass\n", name="accepted_two"))
    fault = generator_fault(replace(problem, time_limit_s=0.1))
    wanted = "is said to be accepted, but the drawn case 1 is timeout: Not finished after 0.1 s."
    assert fault == f"made-here/solutions/accepted_two.py: {wanted}"


def test_a_program_reads_what_is_drawn() -> None:
    code = accepted("print(int(input()) + 1)")
    problem = printing_problem([("1\n", "2\n")])
    assert generator_fault(with_generator(problem, "f'{size}\\n'", code)) == ""
    off = accepted("n = int(input())\nprint(n + (n < 5))", name="accepted_two")
    assert "the drawn case '5\\n' is wrong: 5" in generator_fault(
        with_generator(problem, "f'{min(5, size)}\\n'", code, off)
    )


def test_who_cancels_hears_of_no_fault() -> None:
    token = CancelToken()
    token.cancel()
    assert generator_fault(next_number("[str(size)]"), token) == ""
