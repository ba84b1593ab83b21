"""Small problems in memory, and small folders on disk."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sparring.problems import Bank, Case, Comparison, Difficulty, Mode, Problem, ProblemSummary, Signature, parse_type

FILES = {
    "statement.md": "Give back the number that comes next.",
    "hints.md": "Look.\n---\nLook again.\n---\nAdd one.\n",
    "editorial.md": "Add one, in O(1).",
    "follow-ups.md": "And for large numbers?",
    "rubric.toml": '[[criterion]]\nname = "Reading"\nstrong = "Says what comes next."\n',
    "starter.py": "def solve(n):\n    ...\n",
    "solutions/accepted.py": "def solve(n):\n    return n + 1\n",
}


def function_problem(
    returns: str,
    parameters: dict[str, str],
    cases: Sequence[tuple[list[Any], Any]],
    *,
    checker: str | None = None,
    comparison: Comparison | None = None,
    time_limit_s: float = 2.0,
    memory_limit_mb: int = 256,
) -> Problem:
    """A problem that asks for `solve`; its cases, given as in tests.json, are called "0", "1", …"""
    kinds = tuple((name, parse_type(text)) for name, text in parameters.items())
    signature = Signature("solve", kinds, parse_type(returns))
    made = tuple(
        Case(
            str(number),
            False,
            tuple(kind.from_json(value, name) for value, (name, kind) in zip(given, kinds, strict=True)),
            signature.returns.from_json(expected, "result"),
        )
        for number, (given, expected) in enumerate(cases)
    )
    return _problem(signature, made, checker, comparison, time_limit_s, memory_limit_mb)


def printing_problem(
    cases: Sequence[tuple[str, str]],
    *,
    checker: str | None = None,
    time_limit_s: float = 2.0,
    memory_limit_mb: int = 256,
) -> Problem:
    """A problem that reads standard input; its cases are called "0", "1", …"""
    made = tuple(Case(str(number), False, stdin=given, stdout=wanted) for number, (given, wanted) in enumerate(cases))
    return _problem(None, made, checker, None, time_limit_s, memory_limit_mb)


def _problem(
    signature: Signature | None,
    cases: tuple[Case, ...],
    checker: str | None,
    comparison: Comparison | None,
    time_limit_s: float,
    memory_limit_mb: int,
) -> Problem:
    return Problem(
        id="made-here",
        title="Made here",
        difficulty=Difficulty.EASY,
        topics=("tests",),
        signature=signature,
        comparison=comparison or Comparison(),
        time_limit_s=time_limit_s,
        memory_limit_mb=memory_limit_mb,
        suggested_minutes=20,
        statement="…",
        cases=cases,
        hints=("…",),
        editorial="…",
        follow_ups="…",
        rubric=(),
        starters={"python": ""},
        solutions=(),
        checker=checker,
    )


class MemoryBank(Bank):
    """A bank whose problems stand in no folder."""

    def hold(self, problem: Problem, shelf: str = "starter") -> None:
        """Put a problem on a shelf, in the place of one with its id."""
        mode = Mode.STDIN if problem.signature is None else Mode.FUNCTION
        summary = ProblemSummary(
            problem.id, problem.title, problem.difficulty, problem.topics, problem.suggested_minutes, mode,
            shelf=shelf, folder=Path(problem.id),
        )  # fmt: skip
        self._on_shelves = {**self._on_shelves, problem.id: summary}
        self.summaries, self._known[problem.id] = self._with_preferred(), problem

    def drop(self) -> None:
        """Hold nothing."""
        self._on_shelves = self.summaries = {}
        self._known = {}


def write_folder(
    shelf: Path,
    *,
    name: str = "next-number",
    title: str = "Next number",
    signature: str = 'name = "solve"\nparameters = [["n", "int"]]\nreturns = "int"',
    head: str = "",
    tests: Any = None,
    files: dict[str, str] | None = None,
) -> Path:
    """A problem folder; whole and right unless the test says otherwise."""
    folder = shelf / name
    (folder / "solutions").mkdir(parents=True)
    (folder / "problem.toml").write_text(
        f'id = "{name}"\ntitle = "{title}"\ndifficulty = "easy"\ntopics = ["tests"]\n{head}\n[signature]\n{signature}\n'
    )
    if tests is None:
        tests = [
            {"name": f"from {number}", "hidden": number > 0, "arguments": [number], "expected": number + 1}
            for number in range(12)
        ]
    (folder / "tests.json").write_text(tests if isinstance(tests, str) else json.dumps(tests))
    for file, text in {**FILES, **(files or {})}.items():
        (folder / file).write_text(text)
    return folder


PROMPT_FILES = {
    "statement.md": "Design a bell for a school of nine hundred, with three buildings and a timetable that changes on"
    " feast days. Who rings it, who hears it, and what happens in a power cut?\n",
    "hints.md": "What is it for?\n---\nWho pays?\n---\nWhat breaks?\n",
    "editorial.md": "A strong answer counts the rings first. " + "It then says what breaks and who mends it. " * 14,
    "follow-ups.md": "- And at night?\n- And for the deaf?\n- And in ten years?\n",
    "rubric.toml": "".join(
        f'[[criterion]]\nname = "{name}"\nstrong = "{strong}"\n'
        for name, strong in (
            ("Numbers", "Estimates before drawing."), ("Failure", "Plays a power cut."), ("People", "Asks who hears."),
        )
    ),
}  # fmt: skip


def write_prompt(
    shelf: Path,
    *,
    name: str = "a-bell",
    title: str = "A bell",
    topics: str = "system design",
    head: str = "",
    files: dict[str, str] | None = None,
) -> Path:
    """The folder of an oral prompt; whole and right unless the test says otherwise."""
    folder = shelf / name
    folder.mkdir(parents=True)
    (folder / "problem.toml").write_text(
        f'id = "{name}"\ntitle = "{title}"\nmode = "oral"\ndifficulty = "easy"\ntopics = ["{topics}"]\n{head}\n'
    )
    for file, text in {**PROMPT_FILES, **(files or {})}.items():
        path = folder / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return folder
