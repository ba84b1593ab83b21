"""A problem's `generator.py`, in a sandboxed process of its own: it draws cases that only it knows to be valid."""

from typing import Any

from sparring.problems import Case, Problem
from sparring.problems.expanding import ExpansionError, expand
from sparring.problems.value_types import Mismatch
from sparring.runner.channel import Ended, OutOfTime
from sparring.runner.child import Task
from sparring.runner.kept import KeptChild
from sparring.runner.report import CancelToken, RunnerError
from sparring.runner.solving import BREAKS, of_another

GENERATE_SECONDS = 10.0
"""For one case."""
MEMORY_MB = 512
MAX_SIZE = 100
MAX_STDIN_BYTES = 1_048_576
MAX_REASON = 1_000

# Behind the generator, so that the numbers of its own lines stay what they are.
_DRAW = """

def _sparring_draw(seed, size):
    import random

    return generate(random.Random(seed), size)
"""


class GeneratorError(RunnerError):
    """The problem's own generator failed; the message says so, and that no solution is to blame."""


class Generator:
    """Starts its process with the first case that is drawn. Close it at the end."""

    def __init__(self, problem: Problem, token: CancelToken) -> None:
        if problem.generator is None:
            raise GeneratorError(f"{problem.title} has no generator, so no further cases can be drawn.")
        self._problem = problem
        task = Task(problem.generator + _DRAW, "_sparring_draw", (["int"], ["int"]), ["any"], MEMORY_MB)
        self._kept = KeptChild(task, token)

    def draw(self, seed: int, size: int) -> Case:
        """A case of that size, without its answer; the same for the same numbers. Raises `GeneratorError`."""
        where = f"size {size}, seed {seed}"
        try:
            record, _ = self._kept.ask({"arguments": [seed, size]}, GENERATE_SECONDS)
        except BREAKS as error:
            self.close()
            ended = {OutOfTime: f"it did not finish within {GENERATE_SECONDS:g} s", Ended: "it ended the program"}
            raise _fault(where, ended.get(type(error), str(error))) from error
        if record.get("memory"):
            raise _fault(where, f"it needs more than {MEMORY_MB} MB of memory")
        if "error" in record:
            raise _fault(where, str(record["error"])[:MAX_REASON])
        try:
            return self._case(f"drawn with {where}", expand(record.get("value")))
        except (ExpansionError, Mismatch) as error:
            raise _fault(where, str(error)[:MAX_REASON]) from error

    def close(self) -> None:
        """End the process, if there is one."""
        self._kept.close()

    def _case(self, name: str, drawn: Any) -> Case:
        signature = self._problem.signature
        if signature is None:
            if not isinstance(drawn, str):
                raise Mismatch("a text for standard input is expected")
            if len(drawn.encode("utf-8", "surrogatepass")) > MAX_STDIN_BYTES:
                raise Mismatch(f"the text is larger than {MAX_STDIN_BYTES:,} bytes")
            return Case(name, hidden=False, stdin=drawn)
        if not isinstance(drawn, list) or len(drawn) != len(signature.parameters):
            raise Mismatch(f"a list of {len(signature.parameters)} arguments is expected")
        pairs = zip(drawn, signature.parameters, strict=True)
        return Case(name, hidden=False, arguments=tuple(kind.from_json(value, which) for value, (which, kind) in pairs))


def _fault(where: str, words: str) -> GeneratorError:
    return GeneratorError(
        f"This problem's own generator failed ({where}), your code is not to blame: {of_another(words)}"
    )
