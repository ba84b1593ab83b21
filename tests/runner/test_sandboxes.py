"""Each system's sandbox: which is chosen, what it is called, and what it says of itself.

What belongs to macOS is looked at as far as Linux can: the profile's text. Of Windows the layouts and the calls are
looked at here; `test_windows.py` runs it, where there is one.
"""

import sys
from pathlib import Path
from typing import Any

import pytest

from sparring.runner import run_solution, sandbox
from sparring.runner.box import Box, Sandbox
from sparring.runner.bubblewrap import Bubblewrap
from sparring.runner.inside import interpreter
from sparring.runner.sandbox import LimitsOnly, sandboxes
from sparring.runner.seatbelt import PRIVATE, SandboxExec, profile
from sparring.runner.windows import JobObject
from tests.support.problems import function_problem

ALL = (Bubblewrap(), SandboxExec(), JobObject(), LimitsOnly())


@pytest.mark.parametrize(
    ("platform", "kinds"),
    [
        ("linux", [Bubblewrap, LimitsOnly]),
        ("darwin", [SandboxExec, LimitsOnly]),
        ("win32", [JobObject]),
        ("freebsd14", [LimitsOnly]),
    ],
)
def test_each_system_has_its_own(platform: str, kinds: list[type[Sandbox]]) -> None:
    assert [type(one) for one in sandboxes(platform)] == kinds


def test_none_of_another_system_works_here() -> None:
    assert sys.platform == "linux"
    assert not SandboxExec().works()
    assert not JobObject().works()
    assert LimitsOnly().works()
    assert type(sandbox.best()) in (Bubblewrap, LimitsOnly)


@pytest.mark.parametrize("one", ALL, ids=lambda one: type(one).__name__)
def test_each_says_what_it_keeps_and_what_it_leaves(one: Sandbox) -> None:
    assert one.words == f"Your code is {one.label}. {one.keeps} {one.leaves}"
    for sentence in (one.keeps, one.leaves):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    # Whoever is not kept out is warned in plain words.
    is_warned = "run only what you would run yourself" in one.leaves
    assert is_warned == one.label.startswith("not sandboxed") == (not one.holds)


def test_their_labels_differ_and_are_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "running-code.md").read_text(encoding="utf-8")
    assert len({one.label for one in ALL}) == len(ALL)
    for one in ALL:
        assert one.label in page
        assert one.keeps in page
        assert one.leaves in page


def test_a_run_says_which_it_had(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = function_problem("int", {"n": "int"}, [([1], 1)])
    assert run_solution(problem, "def solve(n):\n    return n\n").isolation == sandbox.best().words
    monkeypatch.setattr(sandbox, "best", LimitsOnly)
    report = run_solution(problem, "def solve(n):\n    return n\n")
    assert report.passed == 1
    assert "It can read and change your files" in report.isolation


# macOS.


def test_the_profile_forbids_network_writing_and_what_is_private() -> None:
    rules = profile(Box(-1)).splitlines()
    assert rules[:2] == ["(version 1)", "(allow default)"]
    assert "(deny network*)" in rules
    assert "(deny process-fork)" in rules
    assert "(deny signal)" in rules
    assert {"(deny appleevent-send)", "(deny lsopen)", "(deny job-creation)"} < set(rules)
    assert [rule for rule in rules if rule.startswith("(allow file-write*")] == [
        '(allow file-write* (literal "/dev/null"))'
    ]
    for place in PRIVATE:
        assert f'(deny file-read-data (subpath "{place}"))' in rules
    # Of rules that meet, the last one counts.
    last_denied = max(number for number, rule in enumerate(rules) if rule.startswith("(deny file-read-data"))
    assert rules.index(f'(allow file-read-data (subpath "{Path(interpreter()).parent}"))') > last_denied


def test_the_profile_lets_a_compiler_write_in_its_folder_and_start_others() -> None:
    box = Box(-1, visible=(Path("/opt/tool"),), folder=Path("/private/var/folders/x/sparring-1"), is_writable=True)
    rules = profile(box).splitlines()
    assert '(allow file-read-data (subpath "/opt/tool"))' in rules
    assert '(allow file-write* (subpath "/private/var/folders/x/sparring-1"))' in rules
    assert rules.index('(deny file-write* (subpath "/"))') < len(rules) - 1
    assert "(deny process-fork)" not in rules


def test_no_path_ends_its_own_quotes() -> None:
    rules = profile(Box(-1, visible=(Path('/opt/a") (allow network*) (literal "\\'),)))
    assert '(subpath "/opt/a\\") (allow network*) (literal \\"\\\\")' in rules
    assert all(line.startswith("(") and line.count("(") == line.count(")") for line in rules.splitlines()[:5])


def test_the_command_begins_with_the_tool_and_the_profile() -> None:
    box = Box(-1)
    assert SandboxExec().command(box, ["python", "-c", ""]) == [
        "/usr/bin/sandbox-exec",
        "-p",
        profile(box),
        "python",
        "-c",
        "",
    ]


class Forms:
    """Reads a profile as the language of its rules is read: lists, names and texts, with nothing left over."""

    def __init__(self, text: str) -> None:
        self._text, self._place = text, 0

    def all(self) -> list[Any]:
        forms = []
        while self._skip_blank():
            forms.append(self._form())
        return forms

    def _skip_blank(self) -> bool:
        while self._place < len(self._text) and self._text[self._place].isspace():
            self._place += 1
        return self._place < len(self._text)

    def _next(self) -> str:
        self._place += 1
        return self._text[self._place - 1]

    def _form(self) -> Any:
        first = self._next()
        if first == "(":
            items = []
            while self._skip_blank() and self._text[self._place] != ")":
                items.append(self._form())
            assert self._next() == ")"
            return items
        if first == '"':
            letters = []
            while (letter := self._next()) != '"':
                letters.append(self._next() if letter == "\\" else letter)
            return ["text", "".join(letters)]
        assert first not in ");"
        name = first
        while (
            self._place < len(self._text) and not self._text[self._place].isspace() and self._text[self._place] != ")"
        ):
            name += self._next()
        return name


@pytest.mark.parametrize(
    "path",
    [
        "/Users/Anna Maria/py thon",
        '/Users/a"b/c',
        "/Users/a\\",
        '/Users/a\\" (allow network*) (literal "x',
        "/Users/(a) ;b",
        "/Users/日本\n(allow default)",
    ],
)
@pytest.mark.parametrize("is_writable", [False, True])
def test_the_profile_is_well_formed_whatever_a_path_is_called(path: str, is_writable: bool) -> None:
    rules = Forms(profile(Box(visible=(Path(path),), folder=Path(path), is_writable=is_writable))).all()
    assert rules[0] == ["version", "1"]
    for rule in rules[1:]:
        assert isinstance(rule, list)
        assert rule[0] in ("allow", "deny")
        assert all(isinstance(one, list) and one[0] in ("subpath", "literal", "target") for one in rule[2:])
    assert ["allow", "file-read-data", ["subpath", ["text", path]]] in rules
    assert (["allow", "file-write*", ["subpath", ["text", path]]] in rules) is is_writable
    assert [rule for rule in rules if "network*" in rule] == [["deny", "network*"]]
    assert rules.count(["allow", "default"]) == 1
