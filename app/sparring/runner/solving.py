"""A solution as a task for a child, and what to say when it breaks its child."""

from typing import Any

from sparring.problems import Case, Problem
from sparring.runner.channel import Broken, Ended, OutOfTime
from sparring.runner.child import Child, Task
from sparring.runner.judging import out_of_memory, out_of_time
from sparring.runner.languages import Language
from sparring.runner.report import CaseState

GRACE_SECONDS = 0.05
BREAKS = (OutOfTime, Ended, Broken)
"""What `Child.ask` raises: that child is of no use any more."""


def is_program(problem: Problem, language: Language) -> bool:
    """Whether a process is started for each case. Python's programs share one, as functions do."""
    return problem.signature is None and language.name != "python"


def task_of(problem: Problem, code: str, language: Language, *, listens: bool = False) -> Task:
    """What a child does that answers for a solution."""
    signature, memory_mb = problem.signature, problem.memory_limit_mb
    if signature is None:
        return Task(code, None, (), ["any"], memory_mb, listens=listens)
    parameters = tuple(kind.spec() for _, kind in signature.parameters)
    return Task(code, signature.name, parameters, signature.returns.spec(), memory_mb, language.name, listens)


def work_of(problem: Problem, case: Case) -> dict[str, Any]:
    """What a child gets of a case; never the answer."""
    return {"stdin": case.stdin} if problem.signature is None else {"arguments": case.arguments}


def how_it_ended(problem: Problem, child: Child, error: Exception) -> tuple[CaseState, str] | None:
    """What is to be said of the case that ended its child with one of `BREAKS`; nothing if it had not begun."""
    if isinstance(error, Broken):
        return CaseState.ERROR, str(error)
    if not child.has_begun:
        return None
    if isinstance(error, OutOfTime):
        return CaseState.TIMEOUT, out_of_time(problem)
    if child.ran_out_of_memory():
        return CaseState.MEMORY, out_of_memory(problem)
    return CaseState.ERROR, child.started.end_in_words()


def of_another(words: str) -> str:
    """The same words about code of the problem's own, which is not "your code"."""
    return words.replace("Your code", "it")
