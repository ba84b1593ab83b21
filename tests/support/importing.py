"""Folders in the formats of strangers, as small as they can be; what is in them is made up for the tests."""

import json
from pathlib import Path
from typing import Any

ADD = "def add_up(numbers, start=0):\n    return start + sum(numbers)\n"
PRINT_DOUBLE = "print(2 * int(input()))\n"


def canonical_case(description: str, given: dict[str, Any], expected: Any, **more: Any) -> dict[str, Any]:
    return {"uuid": f"id of {description}", "description": description, "property": "addUp", "input": given,
            "expected": expected} | more  # fmt: skip


def write_canonical(folder: Path, cases: Any, *, text: str = "Add the numbers up.\n") -> Path:
    """An exercise of the problem specifications."""
    folder.mkdir(parents=True)
    (folder / "description.md").write_text(text)
    (folder / "metadata.toml").write_text('title = "Add Up"\nblurb = "Add."\n')
    data = cases if isinstance(cases, str) else json.dumps({"exercise": folder.name, "cases": cases})
    (folder / "canonical-data.json").write_text(data)
    return folder


def write_exercise(track: Path, tests: str, *, example: str = ADD, slug: str = "add-up", difficulty: int = 2) -> Path:
    """An exercise of a Python track, and the track around it; `tests` are the methods of its test class."""
    folder = track / "exercises" / "practice" / slug
    for name in (".docs", ".meta"):
        (folder / name).mkdir(parents=True)
    entry = {"slug": slug, "name": "Add Up", "difficulty": difficulty, "practices": ["list-methods"]}
    (track / "config.json").write_text(json.dumps({"language": "Python", "exercises": {"practice": [entry]}}))
    files = {"solution": ["add_up.py"], "test": ["add_up_test.py"], "example": [".meta/example.py"]}
    (folder / ".meta" / "config.json").write_text(json.dumps({"files": files}))
    (folder / ".meta" / "example.py").write_text(example)
    (folder / ".docs" / "instructions.md").write_text("# Instructions\n\nAdd the numbers up.\n")
    (folder / "add_up.py").write_text("def add_up(numbers, start=0):\n    pass\n")
    body = "\n".join(f"    {line}" if line else "" for line in tests.strip("\n").split("\n"))
    head = "import unittest\n\nfrom add_up import add_up\n\nSEVEN = 7\n\n\nclass AddUpTest(unittest.TestCase):\n"
    (folder / "add_up_test.py").write_text(f"{head}{body}\n")
    return folder


def write_package(
    folder: Path,
    *,
    head: str = "name: Twice\nlimits:\n  time_limit: 1\n",
    statement: tuple[str, str] = ("statement/problem.en.md", "Print twice the number.\n"),
    files: dict[str, str] | None = None,
) -> Path:
    """A Kattis package that asks for twice a number."""
    whole = {
        "problem.yaml": head,
        statement[0]: statement[1],
        "data/sample/1.in": "4\n",
        "data/sample/1.ans": "8\n",
        "data/secret/group/1-zero.in": "0\n",
        "data/secret/group/1-zero.ans": "0\n",
        "submissions/accepted/twice.py": PRINT_DOUBLE,
        **(files or {}),
    }
    for name, text in whole.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """Every file below, hidden ones as well: to see that nothing changed or was left behind."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
