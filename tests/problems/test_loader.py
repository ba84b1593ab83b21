"""A problem folder is proved or refused with the file and the field."""

import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring.assets import resources_dir
from sparring.problems import Bank, Comparison, ProblemError, load_bank, load_problem, open_problem
from sparring.problems.comparing import same_output, same_value

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)

CURRICULUM = (
    "arrays and hashing", "two pointers", "sliding window", "stack", "binary search", "linked lists", "trees", "tries",
    "heaps", "backtracking", "graphs", "weighted graphs", "one-dimensional dynamic programming",
    "two-dimensional dynamic programming", "greedy", "intervals", "mathematics", "bits", "machine learning",
)  # fmt: skip


def test_the_bank_is_whole() -> None:
    # Its cases are written out, and proved, by `make bank`.
    bank = Bank({"starter": resources_dir() / "problems"})
    assert len(bank.problems) >= 78
    taught = Counter(topic for problem in bank.problems.values() for topic in problem.topics)
    assert [topic for topic in CURRICULUM if taught[topic] < 3] == []
    assert sum(problem.signature is None for problem in bank.problems.values()) >= 3
    for problem in bank.problems.values():
        assert len(problem.cases) >= 12
        assert len(problem.hints) >= 3
        kinds = {"accepted", "wrong", "slow"} if problem.complexity_matters else {"accepted", "wrong"}
        assert {solution.kind for solution in problem.solutions} >= kinds
        assert problem.generator is not None
    assert bank.errors == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "cheapest-seat-swap"
    shutil.copytree(resources_dir() / "problems" / "cheapest-seat-swap", copy)
    return copy


def break_toml(folder: Path, old: str, new: str) -> None:
    path = folder / "problem.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "Cheapest seat swap"', "", "'title' is missing"),
        ('difficulty = "easy"', 'difficulty = "nice"', "'difficulty' must be one of"),
        ('id = "cheapest-seat-swap"', 'id = "other"', "the folder is"),
        ("suggested_minutes = 20", 'suggested_minutes = "long"', "must be a whole number"),
        ("time_limit_s = 1.0", "time_limit_s = 0", "between 0.1 and 60"),
        ('returns = "int"', 'returns = "integer"', "is not a type"),
        ("[signature]", "[signature", "problem.toml"),
    ],
)
def test_a_wrong_field_is_named(folder: Path, old: str, new: str, words: str) -> None:
    break_toml(folder, old, new)
    with pytest.raises(ProblemError, match=r"problem\.toml") as caught:
        load_problem(folder)
    assert words in str(caught.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "editorial.md").unlink()
    with pytest.raises(ProblemError, match=r"editorial\.md: the file is missing"):
        load_problem(folder)


def test_a_link_is_not_followed(folder: Path) -> None:
    (folder / "hints.md").unlink()
    (folder / "hints.md").symlink_to("/etc/hostname")
    with pytest.raises(ProblemError, match="links are not followed"):
        load_problem(folder)


def test_broken_json_has_its_line(folder: Path) -> None:
    (folder / "tests.json").write_text('[\n{"name": }\n]')
    with pytest.raises(ProblemError, match=r"tests\.json: line 2"):
        load_problem(folder)


def test_a_huge_repeat_is_refused(folder: Path) -> None:
    case = {"name": "x", "hidden": False, "arguments": [{"$repeat": [[1], 10**12]}, []], "expected": 0}
    (folder / "tests.json").write_text(json.dumps([case]))
    with pytest.raises(ProblemError, match="too much"):
        load_problem(folder)


def test_one_bad_folder_does_not_hide_the_others(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    bank = load_bank(tmp_path)
    assert list(bank.problems) == ["cheapest-seat-swap"]
    assert "broken/problem.toml" in bank.errors[0]


def test_a_bank_reads_a_folder_when_it_is_asked_for(folder: Path, tmp_path: Path) -> None:
    bank = Bank({"mine": tmp_path, "received": tmp_path / "none"}, optional=("received",))
    summary = bank.summaries["cheapest-seat-swap"]
    assert (summary.shelf, summary.title, summary.folder) == ("mine", "Cheapest seat swap", folder)
    assert bank.errors == ()
    assert bank.problems[summary.id] is bank.problems[summary.id]


def test_what_cannot_be_read_is_as_if_it_was_not_there(folder: Path, tmp_path: Path) -> None:
    bank = Bank({"mine": tmp_path, "received": tmp_path / "none"})
    assert "none: the problems cannot be read" in bank.errors[0]
    (folder / "hints.md").unlink()
    assert "cheapest-seat-swap" in bank.summaries
    assert bank.problems.get("cheapest-seat-swap") is None
    assert "cheapest-seat-swap/hints.md: the file is missing" in bank.errors[1]
    assert not bank.summaries


def test_a_bank_notices_what_came_and_what_went(folder: Path, tmp_path: Path) -> None:
    bank = Bank({"mine": tmp_path})
    before = bank.problems[folder.name]
    break_toml(folder, "Cheapest seat swap", "Another title")
    bank.refresh()
    assert before.title == "Cheapest seat swap"
    assert bank.problems[folder.name].title == bank.summaries[folder.name].title == "Another title"
    shutil.rmtree(folder)
    bank.refresh()
    assert not bank.problems


def test_a_large_case_is_written_out_when_it_is_wanted(folder: Path) -> None:
    case = {"name": "x", "hidden": False, "arguments": [{"$range": [0, 3]}, {"$range": [10**9]}], "expected": 0}
    (folder / "tests.json").write_text(json.dumps([case]))
    problem = open_problem(folder)
    for _ in range(2):
        with pytest.raises(ProblemError, match=r"tests.json: 'case 1: arguments' is wrong: .*too much"):
            _ = problem.cases[0].arguments


@given(values)
def test_every_value_is_the_same_as_itself(value: Any) -> None:
    assert same_value(value, json.loads(json.dumps(value)), Comparison())


@given(st.lists(st.integers(), max_size=6), st.randoms())
def test_order_matters_only_where_it_does(items: list[int], random: Any) -> None:
    mixed = list(items)
    random.shuffle(mixed)
    assert same_value(items, mixed, Comparison(unordered=True))
    assert same_value(items, mixed, Comparison()) == (items == mixed)


@pytest.mark.parametrize(
    ("expected", "got", "same"),
    [(1, True, False), (0, False, False), (1, 1.0, False), (None, 0, False), ("a", "A", False), ([1], [1, 1], False)],
)
def test_values_of_other_kinds_differ(expected: Any, got: Any, same: bool) -> None:
    assert same_value(expected, got, Comparison()) is same


def test_outputs_are_compared_token_by_token() -> None:
    assert same_output("11 d\n", "  11\td", Comparison())
    assert same_output("YES", "yes", Comparison())
    assert not same_output("YES", "yes", Comparison(case_sensitive=True))
    assert not same_output("a b", "a  b", Comparison(space_sensitive=True))
    assert same_output("0.5", "0.5000001", Comparison(absolute_tolerance=1e-6))
    assert not same_output("0.5", "0.51", Comparison(absolute_tolerance=1e-6))


def test_a_generator_is_read_and_not_run(folder: Path) -> None:
    code = "def generate(random, size):\n    return [[size], [size]]\n\nraise SystemExit\n"
    (folder / "generator.py").write_text(code)
    assert load_problem(folder).generator == code
    (folder / "generator.py").unlink()
    assert load_problem(folder).generator is None


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def generate(size, random): ...\n", r"generate\(\) must begin with the parameters random, size"),
        ("def draw(random, size): ...\n", r"does not define generate\(\)"),
        ("def generate(random, size)\n", "line 1"),
        ("", r"does not define generate\(\)"),
    ],
)
def test_a_generator_of_another_shape_is_refused(folder: Path, code: str, words: str) -> None:
    (folder / "generator.py").write_text(code)
    with pytest.raises(ProblemError, match=rf"generator\.py: .*{words}"):
        load_problem(folder)
