"""A problem's `checker.py`, in a sandboxed process of its own: a solution can neither see it nor speak with it."""

from typing import Any

from sparring.problems import Case, Problem
from sparring.problems.structures import GraphOf, LinkedListOf, TreeOf
from sparring.problems.value_types import ListOf, MapOf, OptionalOf, Spec, TupleOf, ValueType
from sparring.runner.channel import Ended, OutOfTime
from sparring.runner.child import Task
from sparring.runner.kept import KeptChild
from sparring.runner.report import CancelToken, CaseState
from sparring.runner.solving import BREAKS, of_another

CHECK_SECONDS = 10.0
"""For one answer."""
MEMORY_MB = 512
MAX_REASON = 1_000
_ANYTHING: Spec = ["any"]
_TEXT: Spec = ["string"]


class Checker:
    """Starts its process with the first answer that is checked. Close it at the end."""

    def __init__(self, problem: Problem, token: CancelToken) -> None:
        if problem.checker is None:
            raise ValueError(f"{problem.id} has no checker")
        self._problem = problem
        self.has_failed = False
        """Whether it ever could not say whether an answer is right."""
        signature = problem.signature
        if signature is None:
            specs = (_TEXT, _TEXT, _TEXT)
        else:
            given: Spec = ["tuple", *(_plain(kind) for _, kind in signature.parameters)]
            specs = (given, _plain(signature.returns), _plain(signature.returns))
        self._kept = KeptChild(Task(problem.checker, "check", specs, _ANYTHING, MEMORY_MB), token)

    def is_right(self, case: Case, got: Any) -> tuple[CaseState, str]:
        """See `judging.Checks`. Raises `RunnerError` if no process can be started."""
        state, words = self._say(case, got)
        self.has_failed = self.has_failed or state is CaseState.ERROR
        return state, words

    def close(self) -> None:
        """End the process, if there is one."""
        self._kept.close()

    def _say(self, case: Case, got: Any) -> tuple[CaseState, str]:
        if self._problem.signature is None:
            arguments = [case.stdin, case.stdout, got]
        else:
            arguments = [case.arguments, case.expected, got]
        try:
            record, _ = self._kept.ask({"arguments": arguments}, CHECK_SECONDS)
        except BREAKS as error:
            self.close()
            ended = {OutOfTime: f"it did not finish within {CHECK_SECONDS:g} s", Ended: "it ended the program"}
            return _failed(ended.get(type(error), str(error)))
        if record.get("memory"):
            return _failed(f"it needs more than {MEMORY_MB} MB of memory")
        if "error" in record:
            return _failed(str(record["error"])[:MAX_REASON])
        said = record.get("value")
        if said is True:
            return CaseState.PASSED, ""
        if said is False:
            return CaseState.WRONG, ""
        if isinstance(said, str):
            return CaseState.WRONG, said[:MAX_REASON]
        return _failed(f"check() returned {said!r:.80}, which is neither true, false nor a text")


def _failed(words: str) -> tuple[CaseState, str]:
    return CaseState.ERROR, f"This problem's own checker failed, your answer may well be right: {of_another(words)}"


def _plain(kind: ValueType) -> Spec:
    """The type without nodes: a checker reads linked lists and trees as lists, as they are written in tests.json."""
    match kind:
        case LinkedListOf(item) | ListOf(item):
            return ["list", _plain(item)]
        case TreeOf(item):
            return ["list", ["optional", _plain(item)]]
        case TupleOf(items):
            return ["tuple", *map(_plain, items)]
        case MapOf(key, value):
            return ["map", key.spec(), _plain(value)]
        case OptionalOf(inner):
            return ["optional", _plain(inner)]
        case GraphOf():
            return kind.spec()
    return kind.spec()
