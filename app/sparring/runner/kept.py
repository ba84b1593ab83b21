"""Children and programs that are kept ready for one question after another: a checker, a generator, a solution."""

from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from sparring.problems import Case, Problem
from sparring.runner.channel import Budget
from sparring.runner.child import Child, Task
from sparring.runner.judging import out_of_time
from sparring.runner.languages import Language
from sparring.runner.programs import Program
from sparring.runner.report import CancelToken, CaseState, RunnerError
from sparring.runner.solving import BREAKS, GRACE_SECONDS, how_it_ended, is_program, task_of, work_of


class KeptChild:
    """Starts its process with the first question, and a new one after a failure. Close it at the end."""

    def __init__(self, task: Task, token: CancelToken) -> None:
        self._task, self._token = task, token
        self._asked = 0
        self.child: Child | None = None

    def ask(self, question: dict[str, Any], seconds: float) -> tuple[dict[str, Any], float]:
        """See `Child.ask`. After what that raises, `close` comes first. Raises `RunnerError` without a process."""
        if self.child is None:
            self.child = Child.start(self._task, Budget())
            self._token.watch(self.child.kill)
        self.child.give(Budget())
        self._asked += 1
        return self.child.ask(self._asked, question, seconds)

    def close(self) -> None:
        """End the process, if there is one."""
        if self.child is not None:
            self._token.forget(self.child.kill)
            self.child.close()
            self.child = None


@dataclass(frozen=True)
class Answer:
    """What a solution gave for a case: a record for `judge`, or how it ended instead."""

    record: dict[str, Any]
    wall_ms: float = 0.0
    ended: tuple[CaseState, str] | None = None


class Solver:
    """A solution that is asked case by case; a context manager. Entering may raise `CompileError` and `RunnerError`."""

    def __init__(self, problem: Problem, code: str, language: Language, token: CancelToken) -> None:
        self._problem, self._token = problem, token
        self._stack = ExitStack()
        self._program: Program | None = None
        self._kept = KeptChild(task_of(problem, code, language), token)
        if is_program(problem, language):
            self._program = Program(problem, language, code, token)

    def __enter__(self) -> "Solver":
        with ExitStack() as stack:
            if self._program is not None:
                stack.enter_context(self._program).compile()
            stack.callback(self._kept.close)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def solve(self, case: Case, seconds: float | None = None) -> Answer:
        """Its answer, in the problem's time if no other is given. Raises `RunnerError` if nothing starts."""
        limit = self._problem.time_limit_s if seconds is None else seconds
        try:
            if self._program is not None:
                return Answer(*self._program.run(case, limit))
            return Answer(*self._kept.ask(work_of(self._problem, case), limit + GRACE_SECONDS))
        except BREAKS as error:
            if self._program is not None:
                return Answer({}, ended=(CaseState.TIMEOUT, out_of_time(self._problem)))
            child = self._kept.child
            ended = None if child is None else how_it_ended(self._problem, child, error)
            self._kept.close()
            if ended is None and not self._token.is_cancelled:
                raise RunnerError(
                    "The program that runs your code does not start. Is its installation whole?"
                ) from error
            return Answer({}, ended=ended or (CaseState.SKIPPED, ""))

    def start_anew(self) -> None:
        """Forget all that earlier cases left behind in its process."""
        self._kept.close()
