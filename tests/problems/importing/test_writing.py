"""A draft becomes a problem that can be read back, or nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.problems import (
    Bank,
    Case,
    Comparison,
    Criterion,
    ProblemError,
    Signature,
    SolutionKind,
    load_problem,
    parse_type,
)
from sparring.problems.importing import (
    AlreadyThereError,
    DraftSolution,
    ProblemDraft,
    ShelfError,
    problem_id,
    write_problem,
)
from sparring.problems.importing.draft import one_line
from sparring.problems.importing.writing import ROOM_FOR_CASES, fitted, that_fit
from sparring.problems.loader import MAX_CASES
from tests.support.importing import content

SIGNATURE = Signature("add", (("a", parse_type("int")), ("b", parse_type("list[string]"))), parse_type("float"))
CASES = (Case("two", True, (1, ["x"]), 2.0), Case("two", True, (2, []), 2.0))


def draft(title: str = "Add them", **changes: object) -> ProblemDraft:
    return replace(ProblemDraft(title, "Add them up.", CASES, SIGNATURE), **changes)  # type: ignore[arg-type]


def test_all_of_a_draft_is_in_the_folder(tmp_path: Path) -> None:
    code = "def add(a, b):\n    return a + len(b)\n"
    whole = draft(
        topics=("lists", 'quoted "words"'),
        source="https://example.org/add?x=1",
        time_limit_s=0.5,
        memory_limit_mb=64,
        suggested_minutes=10,
        comparison=Comparison(absolute_tolerance=0.1, relative_tolerance=1e-9),
        hints=("First.", "Then\n---\nmore."),
        editorial="In O(n).",
        follow_ups="And if there are many?",
        rubric=(Criterion("Reading", "Says it \\ back."),),
        solutions=(
            DraftSolution(SolutionKind.ACCEPTED, "python", code),
            DraftSolution(SolutionKind.ACCEPTED, "python", code, "The Second One!"),
            DraftSolution(SolutionKind.WRONG, "javascript", "const add = (a, b) => a;", "wrong"),
        ),
        starters={"python": "def add(a, b):\n    pass\n"},
    )
    problem = load_problem(write_problem(whole, tmp_path / "shelf"))
    assert (problem.id, problem.title, problem.source) == ("add-them", "Add them", "https://example.org/add?x=1")
    assert problem.topics == ("lists", 'quoted "words"')
    assert (problem.time_limit_s, problem.memory_limit_mb, problem.suggested_minutes) == (0.5, 64, 10)
    assert problem.comparison == Comparison(absolute_tolerance=0.1, relative_tolerance=1e-9)
    assert problem.hints == ("First.", "Then\n***\nmore.")
    assert problem.rubric[0].strong == "Says it \\ back."
    assert problem.signature == SIGNATURE
    assert [(case.name, case.hidden, case.arguments) for case in problem.cases] == [
        ("two", False, (1, ["x"])),
        ("two (2)", False, (2, [])),
    ]
    assert {solution.file for solution in problem.solutions} == {
        "solutions/accepted.py", "solutions/accepted_the_second_one.py", "solutions/wrong.js"
    }  # fmt: skip
    assert problem.starter == "def add(a, b):\n    pass\n"


def test_what_nobody_knows_says_so(tmp_path: Path) -> None:
    problem = load_problem(write_problem(draft(), tmp_path))
    assert problem.hints == ("No hints came with this problem.",)
    assert "No editorial came" in problem.editorial
    assert "No follow-up questions came" in problem.follow_ups
    assert any("No rubric came" in one.strong for one in problem.rubric)
    assert problem.starter == "def add(a, b):\n    ...\n"
    assert problem.solutions == ()
    assert not problem.complexity_matters


def test_a_program_that_prints(tmp_path: Path) -> None:
    cases = (Case("a", False, stdin="1\r\n\x00é", stdout="2\n"),)
    printing = ProblemDraft("Print", "Print it.", cases, comparison=Comparison(case_sensitive=True))
    problem = load_problem(write_problem(printing, tmp_path))
    assert problem.signature is None
    assert problem.cases[0].stdin == "1\r\n\x00é"
    assert problem.comparison.case_sensitive


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Two Fer", "two-fer"),
        ("Ann's  Ünïque -- list!", "anns-unique-list"),
        ("数独", "problem"),
        ("../../etc", "etc"),
        ("x" * 500, "x" * 60),
        ("", "problem"),
    ],
)
def test_an_id_comes_from_the_title(title: str, expected: str) -> None:
    assert problem_id(title) == expected


def test_another_problem_of_the_same_title_gets_a_number(tmp_path: Path) -> None:
    write_problem(draft(), tmp_path)
    before = content(tmp_path)
    with pytest.raises(AlreadyThereError, match="add-them"):
        write_problem(draft(), tmp_path)
    assert content(tmp_path) == before
    assert write_problem(draft(statement="Another."), tmp_path).name == "add-them-2"
    with pytest.raises(AlreadyThereError, match="add-them-2"):
        write_problem(draft(statement="Another."), tmp_path)
    assert write_problem(draft("Elsewhere"), tmp_path, taken={"elsewhere"}).name == "elsewhere-2"
    assert Bank({"mine": tmp_path}).errors == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"cases": ()}, "1 to 500"),
        ({"cases": (Case("a", False, (1, ["x"]), "text"),)}, "float is expected"),
        ({"cases": (Case("a", False, (1, ["x"]), float("nan")),)}, "cannot be written down"),
        ({"cases": (Case("a", False, (1, {1, 2}), 1.0),)}, "cannot be written down"),
        ({"statement": " "}, "statement.md: is empty"),
        ({"topics": ()}, "'topics'"),
        ({"source": "javascript:alert(1)"}, "'source' must be a link"),
        ({"source": "https://x/ y"}, "'source' must be a link"),
        ({"time_limit_s": 1e9}, "'time_limit_s' must be between"),
        ({"solutions": (DraftSolution(SolutionKind.ACCEPTED, "cobol", "X"),)}, "'cobol' is none of the languages"),
        ({"solutions": (DraftSolution(SolutionKind.ACCEPTED, "python", "def sub(): ..."),)}, "does not define add()"),
        ({"checker": "1 +"}, "checker.py: line 1"),
    ],
)
def test_what_is_no_problem_leaves_nothing(tmp_path: Path, wrong: dict[str, object], words: str) -> None:
    with pytest.raises(ProblemError) as caught:
        write_problem(draft(**wrong), tmp_path)
    assert words in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_shelf_that_is_no_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ShelfError, match="cannot be written"):
        write_problem(draft(), tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"


def test_what_does_not_fit_is_left_out_and_said() -> None:
    sizes = [10, ROOM_FOR_CASES // 2, ROOM_FOR_CASES // 2, 2_000_000, 5]
    cases = tuple(Case(str(number), number > 1, stdin="x" * size, stdout="") for number, size in enumerate(sizes))
    small, notes = fitted(ProblemDraft("Print", "Print.", cases))
    assert [case.name for case in small.cases] == ["0", "1", "4"]
    assert notes[0] == "the case '3' was left out: it is larger than a case may be"
    assert notes[1].startswith("1 of 5 cases did not come along")
    large = [(True, size) for size in (900_000, *[10_000] * 90, 600_000)]
    assert that_fit(large) == [*range(1, 45), 91]
    many = ProblemDraft("Many", "Many.", tuple(Case(str(n), True, stdin="", stdout="") for n in range(MAX_CASES + 3)))
    assert len(fitted(many)[0].cases) == MAX_CASES
    assert fitted(draft()) == (draft(), ()) or fitted(draft())[1] == ()


@settings(max_examples=25)
@given(st.text(), st.text(), st.text(max_size=100))
def test_any_text_is_kept_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, title: str, statement: str, name: str
) -> None:
    shelf = tmp_path_factory.mktemp("shelf")
    made = draft(one_line(title), statement=statement, topics=(name,), cases=(Case(name, False, (1, [name]), 1.0),))
    try:
        problem = load_problem(write_problem(made, shelf))
    except ProblemError:
        assert list(shelf.iterdir()) == []
    else:
        assert problem.title == one_line(title)
        assert problem.statement.split() == statement.encode("utf-8", "replace").decode().split()
