"""Kattis packages, legacy and 2025-09: what becomes a problem, what does not, and how that is said."""

from pathlib import Path
from typing import Any

import pytest

from sparring.problems import Comparison, ProblemError, SolutionKind, load_problem
from sparring.problems.files import Folder
from sparring.problems.importing import ProblemDraft, import_from
from sparring.problems.importing.kattis import is_package, read_package
from sparring.problems.importing.yaml_files import MAX_YAML_BYTES, read_yaml
from tests.support.importing import PRINT_DOUBLE, write_package


def read(tmp_path: Path, **options: Any) -> ProblemDraft:
    (draft,) = read_package(write_package(tmp_path / "twice", **options))
    return draft


def test_a_package_of_2025(tmp_path: Path) -> None:
    head = """
problem_format_version: 2025-09
type: pass-fail
name: {sv: Dubbelt, en: "Twice"}
credits: {authors: [Ann, Ben]}
source: {name: A Contest, url: "https://example.org/contest"}
license: cc by-sa
keywords: [doubling, sums]
constants: {most: 100}
limits: {time_limit: 1.5, memory: 512}
"""
    files = {
        "statement/problem.sv.md": "Skriv ut dubbla talet.",
        "data/secret/test_group.yaml": "output_validator_args: [case_sensitive, float_tolerance, '1e-6']",
        "solution/solution.en.md": "Add it to itself.",
        "submissions/wrong_answer/same.py": "print(input())\n",
        "submissions/time_limit_exceeded/sleeps.py": "while True: pass\n",
        "submissions/accepted/Fast.java": "package x;\npublic class Fast { Fast() {} }\n",
    }
    statement = (
        "statement/problem.en.md",
        "Print twice the number, at most {{most}}.\n\n![a](a.png)\n\n{{nextsample}}\n",
    )
    folder = write_package(tmp_path / "twice", head=head, statement=statement, files=files)
    report = import_from(folder, tmp_path / "shelf", tmp_path / "records")
    problem = load_problem(tmp_path / "shelf" / report.came_in[0].id)
    assert (problem.id, problem.title, problem.signature) == ("twice", "Twice", None)
    assert (problem.time_limit_s, problem.memory_limit_mb) == (1.5, 512)
    assert problem.comparison == Comparison(1e-6, 1e-6, case_sensitive=True)
    assert problem.topics == ("kattis", "doubling", "sums")
    assert problem.source == "https://example.org/contest"
    assert problem.editorial.strip() == "Add it to itself."
    assert [(case.name, case.hidden, case.stdin, case.stdout) for case in problem.cases] == [
        ("sample/1", False, "4\n", "8\n"),
        ("secret/group/1-zero", True, "0\n", "0\n"),
    ]
    assert "at most 100" in problem.statement
    assert "nextsample" not in problem.statement
    assert "Input:\n\n```\n4\n```\n\nOutput:\n\n```\n8\n```" in problem.statement
    assert "By Ann, Ben; From A Contest; Licence: cc by-sa." in problem.statement
    assert {(one.file, one.kind) for one in problem.solutions} == {
        ("solutions/accepted_twice.py", SolutionKind.ACCEPTED),
        ("solutions/accepted_fast.java", SolutionKind.ACCEPTED),
        ("solutions/wrong_same.py", SolutionKind.WRONG),
        ("solutions/slow_sleeps.py", SolutionKind.SLOW),
    }
    (java,) = (one.code for one in problem.solutions if one.language == "java")
    assert java == "\npublic class Main { Main() {} }\n"
    assert "a picture was left out of the statement" in report.came_in[0].notes


def test_a_legacy_package(tmp_path: Path) -> None:
    head = "name: Twice\nauthor: Ann\nvalidator_flags: float_absolute_tolerance 1e-4 space_change_sensitive\n"
    statement = (
        "problem_statement/problem.en.tex",
        "\\problemname{Twice}\nPrint $2\\cdot n$.\n\\section*{Input}\nOne.\n",
    )
    draft = read(tmp_path, head=head, statement=statement, files={".timelimit": "3\n"})
    assert draft.statement.startswith("Print 2· n.\n\n## Input\n\nOne.")
    assert draft.comparison == Comparison(absolute_tolerance=1e-4, space_sensitive=True)
    assert draft.time_limit_s == 3


def test_a_zipped_package(tmp_path: Path) -> None:
    import zipfile

    folder = write_package(tmp_path / "twice")
    with zipfile.ZipFile(tmp_path / "twice.kattis", "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, path.relative_to(tmp_path))
    report = import_from(tmp_path / "twice.kattis", tmp_path / "shelf", tmp_path / "records")
    assert [one.id for one in report.came_in] == ["twice"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"head": "name: x\nvalidation: custom\n"}, "its own output validator|own output validator"),
        ({"head": "name: x\nvalidation: custom interactive\n"}, "is interactive, which is not supported"),
        ({"head": "name: x\ntype: [interactive, multi-pass]\n"}, "is interactive"),
        ({"head": "name: x\ntype: multi-pass\n"}, "is multi-pass"),
        ({"head": "name: x\ntype: submit-answer\n"}, "is submit-answer"),
        ({"files": {"output_validator/check.py": "exit(42)"}}, "own output validator"),
        ({"head": "name: x\nvalidator_flags: float_tolerance lots\n"}, "float_tolerance is no number"),
        ({"head": "name: x\nvalidator_flags: float_tolerance\n"}, "float_tolerance is no number"),
        ({"statement": ("statement/problem.en.pdf", "%PDF")}, "no statement in Markdown or LaTeX"),
        ({"statement": ("statement/problem.en.md", " \n")}, "is empty"),
        ({"head": "- a list\n"}, "must be a map"),
        ({"head": "name: 'x\n"}, "problem.yaml: line"),
        ({"head": "name: x\n\tlimits: 3\n"}, "problem.yaml: line 2"),
        ({"files": {"data/secret/test_group.yaml": "a: [\n"}}, "test_group.yaml: line"),
        ({"files": {"submissions/submissions.yaml": "{{}}: 3"}}, "submissions.yaml"),
    ],
)
def test_what_is_not_supported_is_refused_in_words(tmp_path: Path, options: dict[str, Any], words: str) -> None:
    with pytest.raises(ProblemError, match=words):
        read(tmp_path, **options)


def test_a_package_without_cases_is_refused(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "twice")
    for path in folder.rglob("*.ans"):
        path.unlink()
    with pytest.raises(ProblemError, match="none with an input and an answer"):
        list(read_package(folder))


def test_large_and_odd_cases_are_left_out_and_said(tmp_path: Path) -> None:
    folder = write_package(tmp_path / "twice")
    secret = folder / "data" / "secret"
    for name, size in (("huge", 2_000_000), ("half", 500_000), ("other", 500_000), ("third", 500_000)):
        (secret / f"{name}.in").write_text("1" * size)
        (secret / f"{name}.ans").write_text("2")
    (secret / "lonely.in").write_text("1")
    (secret / "binary.in").write_bytes(b"\xff\xfe")
    (secret / "binary.ans").write_text("2")
    (secret / "link.in").symlink_to("/etc/hostname")
    (secret / "link.ans").write_text("2")
    (draft,) = read_package(folder)
    assert [case.name for case in draft.cases] == [
        "sample/1", "secret/half", "secret/third", "secret/group/1-zero"
    ]  # fmt: skip
    assert any(note.startswith("2 of 7 cases did not come along") and "secret/huge" in note for note in draft.notes)
    assert "an input without an .ans file did not come along (secret/lonely)" in draft.notes
    assert any("binary.in: is not UTF-8" in note for note in draft.notes)


@pytest.mark.parametrize(
    "name", ["data", "data/sample", "data/secret", "statement", "submissions", "submissions/accepted"]
)
def test_no_folder_of_it_is_a_link(tmp_path: Path, name: str) -> None:
    folder = write_package(tmp_path / "twice")
    (folder / name).rename(tmp_path / "elsewhere")
    (folder / name).symlink_to(tmp_path / "elsewhere")
    report = import_from(folder, tmp_path / "shelf", tmp_path / "records")
    said = [*(note for one in report.came_in for note in one.notes), *(left.why for left in report.left_out)]
    assert any("is a link, and links are not followed" in words for words in said)
    for path in tmp_path.glob("shelf/*/tests.json"):
        assert name.removeprefix("data/") not in path.read_text()


def test_submissions_that_cannot_come_are_counted(tmp_path: Path) -> None:
    files = {
        "submissions/accepted/old.py": "print 'twice'\n",
        "submissions/accepted/other.hs": "main = interact id\n",
        "submissions/accepted/many/main.py": PRINT_DOUBLE,
        "submissions/run_time_error/crash.py": "1 / 0\n",
        **{f"submissions/accepted/same{number}.cpp": "int main() {}\n" for number in range(5)},
    }
    draft = read(tmp_path, files=files)
    assert [one.language for one in draft.solutions] == ["python", "cpp", "cpp"]
    (note,) = (note for note in draft.notes if "submissions" in note)
    assert note == (
        "of 10 submissions 3 came along, and not 1 of several files, 1 in Python 2, or broken, 1 in another language,"
        " 1 of another verdict, 3 more that are accepted"
    )


def test_submissions_yaml_says_another_verdict(tmp_path: Path) -> None:
    rules = """
accepted/{slow,lazy}.py: {permitted: [AC, TLE], required: [TLE]}
mixed/w*.py: {permitted: [AC, WA, RTE], required: [WA]}
/wrong_answer: {permitted: [AC]}
mixed: {message: nothing}
"""
    names = ("accepted/lazy.py", "mixed/wrong.py", "mixed/odd.py", "wrong_answer/right.py")
    files = {"submissions/submissions.yaml": rules} | {f"submissions/{name}": PRINT_DOUBLE for name in names}
    draft = read(tmp_path, files=files)
    assert {(one.name, one.kind) for one in draft.solutions} == {
        ("twice", SolutionKind.ACCEPTED),
        ("right", SolutionKind.ACCEPTED),
        ("wrong", SolutionKind.WRONG),
        ("lazy", SolutionKind.SLOW),
    }


@pytest.mark.parametrize(
    ("limits", "seconds", "memory"),
    [
        ("", 5.0, 2048),
        ("limits: {time_limit: 600, memory: 100000}", 60.0, 4096),
        ("limits: {time_limit: 0.01, memory: 1}", 0.1, 16),
        ("limits: {time_limit: yes, memory: plenty}", 5.0, 2048),
        ("limits: {memory: .nan}", 5.0, 2048),
        ("limits: 3", 5.0, 2048),
    ],
)
def test_limits_are_brought_within_ours(tmp_path: Path, limits: str, seconds: float, memory: int) -> None:
    draft = read(tmp_path, head=f"name: Twice\n{limits}\n")
    assert (draft.time_limit_s, draft.memory_limit_mb) == (seconds, memory)


def test_a_contest_is_no_package(tmp_path: Path) -> None:
    (tmp_path / "problem.yaml").write_text("name: x\n")
    assert not is_package(tmp_path)


LAUGHS = "a: &a [1, 1]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, after in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LAUGHS, "line 2: aliases are not read here"),
        ("a: &x {b: 1}\nc: {<<: *x}\n", "line 2: aliases are not read here"),
        ("a: !!python/object/apply:os.system ['touch sprung']", "line 1: could not determine a constructor"),
        ("a: !!binary 'no'", "is no YAML|line 1"),
        ("[" * 60_000, "nested too deep"),
        ("- " * 30_000, "nested too deep"),
        ("a: 2026-99-99", "is no YAML"),
        ("a: \x07", "is no YAML"),
        ("? [a]\n: b", "line 1"),
        ("x" * (MAX_YAML_BYTES + 1), "is larger than"),
        ("3", "must be a map"),
    ],
)
def test_strange_yaml_is_refused_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "x.yaml").write_text(text)
    with pytest.raises(ProblemError, match=words) as caught:
        read_yaml(Folder(tmp_path), "x.yaml")
    assert len(str(caught.value)) < 500


def test_plain_yaml_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: [1, {b: c}]\n3: yes\n")
    assert read_yaml(Folder(tmp_path), "x.yaml") == {"a": [1, {"b": "c"}], "3": True}
    (tmp_path / "x.yaml").write_text("# nothing\n")
    assert read_yaml(Folder(tmp_path), "x.yaml") == {}
