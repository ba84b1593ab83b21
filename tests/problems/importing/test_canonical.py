"""Exercism's canonical data: what becomes a problem, what does not, and how that is said."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.problems import ProblemError, load_problem
from sparring.problems.importing import ProblemDraft, import_from
from sparring.problems.importing.canonical import read_canonical
from sparring.problems.importing.report import LeftOut
from tests.support.importing import canonical_case, write_canonical


def drafts(folder: Path) -> list[ProblemDraft]:
    found = list(read_canonical(folder))
    assert all(isinstance(one, ProblemDraft) for one in found), found
    return [one for one in found if isinstance(one, ProblemDraft)]


def only(tmp_path: Path, cases: Any) -> ProblemDraft | LeftOut:
    (found,) = read_canonical(write_canonical(tmp_path / "add-up", cases))
    return found


def test_a_property_becomes_a_function(tmp_path: Path) -> None:
    cases = [
        {"description": "small", "cases": [canonical_case("one", {"inputList": [1], "from": "a"}, 1)]},
        canonical_case("none", {"inputList": [], "from": "b"}, 0),
        canonical_case("many", {"inputList": [2, 3], "from": "c"}, 5),
        canonical_case("more", {"inputList": [2, 4], "from": "c"}, 6),
    ]
    folder = write_canonical(tmp_path / "add-up", cases)
    report = import_from(folder, tmp_path / "shelf", tmp_path / "records")
    problem = load_problem(tmp_path / "shelf" / report.came_in[0].id)
    assert (problem.id, problem.title) == ("add-up", "Add Up")
    assert problem.source.endswith("/exercises/add-up")
    assert problem.signature is not None
    assert str(problem.signature.returns) == "int"
    assert [(name, str(kind)) for name, kind in problem.signature.parameters] == [
        ("input_list", "list[int]"),
        ("from_", "string"),
    ]
    assert [(case.name, case.hidden) for case in problem.cases] == [
        ("small one", False), ("none", False), ("many", False), ("more", True)
    ]  # fmt: skip
    assert "add_up(input_list: list[int], from_: string) -> int" in problem.statement
    assert 'add_up([1], "a")\n→ 1' in problem.statement
    assert report.came_in[0].notes == ("no reference solution came with it, so nothing proves its cases",)


def test_what_cannot_come_is_said(tmp_path: Path) -> None:
    draft = only(
        tmp_path,
        [
            canonical_case("good", {"n": 1}, 1),
            canonical_case("better", {"n": 2}, 4),
            canonical_case("twin", {"n": 2}, 4),
            canonical_case("quarrel", {"n": 2}, 5),
            canonical_case("bad", {"n": -1}, {"error": "too small"}),
            canonical_case("lambda", {"n": "(x) => x + 1"}, 1),
        ],
    )
    assert isinstance(draft, ProblemDraft)
    assert [case.name for case in draft.cases] == ["good", "better"]
    words = "1 case was left out: "
    assert set(draft.notes) == {
        f"{words}it is another one's twin ('twin')",
        f"{words}the same arguments gave another result ('quarrel')",
        f"{words}it expects an error, and a function here gives a result ('bad')",
        f"{words}an argument is a function ('lambda')",
    }


def test_a_case_that_was_corrected_is_left_out(tmp_path: Path) -> None:
    draft = only(
        tmp_path,
        [
            canonical_case("wrong", {"n": 1}, 7),
            canonical_case("right", {"n": 1}, 2, reimplements="id of wrong"),
            canonical_case("other", {"n": 2}, 4, scenarios=["big-integers"]),
        ],
    )
    assert isinstance(draft, ProblemDraft)
    assert [(case.name, case.expected) for case in draft.cases] == [("right", 2), ("other", 4)]


def test_each_property_is_a_problem_of_its_own(tmp_path: Path) -> None:
    encode = [canonical_case(f"e{n}", {"n": n}, str(n), property="encode") for n in range(2)]
    decode = [canonical_case(f"d{n}", {"n": str(n)}, n, property="decodeAll") for n in range(2)]
    total = [canonical_case("t", {}, 3, property="total")]
    found = list(read_canonical(write_canonical(tmp_path / "add-up", encode + decode + total)))
    assert [one.title for one in found if isinstance(one, ProblemDraft)] == ["Add Up: encode", "Add Up: decode all"]
    assert [one for one in found if isinstance(one, LeftOut)] == [LeftOut("Add Up: total", "it takes no input")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2], "int"),
        ([1, 2.5], "float"),
        ([True, False], "bool"),
        (["a", ""], "string"),
        ([None, "a"], "optional[string]"),
        ([[], []], "list[int]"),
        ([[1], [1, 2]], "list[int]"),
        ([["a", 1], ["b", 2]], "tuple[string, int]"),
        ([[["a", 1]], []], "list[tuple[string, int]]"),
        ([[[1], None]], "list[optional[list[int]]]"),
        ([{"a": 1}, {}], "map[string, int]"),
        ([{"a": [1]}, {"b": []}], "map[string, list[int]]"),
    ],
)
def test_types_come_from_all_cases(tmp_path: Path, values: list[Any], expected: str) -> None:
    cases = [canonical_case(str(number), {"n": number}, value) for number, value in enumerate([*values, values[0]])]
    draft = only(tmp_path, cases)
    assert isinstance(draft, ProblemDraft)
    assert draft.signature is not None
    assert str(draft.signature.returns) == expected


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([1, "a"], "sometimes a text, sometimes an int"),
        ([True, 1], "sometimes a bool, sometimes an int"),
        ([[1], [[1]]], "sometimes a list, sometimes an int"),
        ([{"a": 1, "b": "x"}], "a map has values of different kinds"),
        ([[1, "a"], ["a", 1, 2]], "sometimes"),
    ],
)
def test_what_has_no_type_is_said(tmp_path: Path, values: list[Any], words: str) -> None:
    cases = [canonical_case(str(number), {"n": number}, value) for number, value in enumerate([*values, values[0]])]
    left = only(tmp_path, cases)
    assert isinstance(left, LeftOut)
    assert "the result is of no type" in left.why
    assert words in left.why


@pytest.mark.parametrize(
    ("floats", "tolerance"), [([0.25, 1.5], 0.005), ([0.5, 1.0], 1e-6), ([0.123456789], 1e-6), ([1, 0.0625], 0.5e-4)]
)
def test_floats_are_right_where_they_are_near(tmp_path: Path, floats: list[float], tolerance: float) -> None:
    cases = [canonical_case(str(number), {"n": number}, value) for number, value in enumerate([*floats, floats[0]])]
    draft = only(tmp_path, cases)
    assert isinstance(draft, ProblemDraft)
    assert draft.comparison.absolute_tolerance == pytest.approx(tolerance)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", "canonical-data.json: line 1"),
        ('{"cases": [\n  NaN]}', "NaN is not JSON"),
        ("[" * 100_000, "nested too deep"),
        ("{}", "a list of 'cases'"),
        ('{"cases": 3}', "a list of 'cases'"),
        ('{"cases": []}', "has no cases"),
        ('{"cases": [3]}', "cases, number 1: must be a map"),
        ('{"cases": [{"description": "x", "cases": [{}]}]}', "x, number 1: must have 'property'"),
        ('{"cases": [{"property": "p", "input": [], "expected": 1}]}', "must have 'property', a map 'input'"),
        ('{"cases": [{"property": "p", "input": {}}]}', "and 'expected'"),
        ('{"cases": [], "cases": []}', "stands twice"),
        ('{"cases": ' + '[{"cases": ' * 30 + "[]" + "}]" * 30 + "}", "nested deeper"),
    ],
)
def test_malformed_data_is_named(tmp_path: Path, data: str, words: str) -> None:
    with pytest.raises(ProblemError) as caught:
        list(read_canonical(write_canonical(tmp_path / "add-up", data)))
    assert words in str(caught.value)
    assert len(str(caught.value)) < 500


def test_what_is_no_text_is_named(tmp_path: Path) -> None:
    folder = write_canonical(tmp_path / "add-up", [])
    (folder / "description.md").write_bytes("Füge zusammen".encode("latin-1"))
    with pytest.raises(ProblemError, match=r"description\.md: is not UTF-8"):
        list(read_canonical(folder))
    (folder / "description.md").unlink()
    with pytest.raises(ProblemError, match="nothing says what to solve"):
        list(read_canonical(folder))


def test_exercises_without_data_and_old_ones_are_told_of(tmp_path: Path) -> None:
    good = [canonical_case("a", {"n": 1}, 1), canonical_case("b", {"n": 2}, 2)]
    write_canonical(tmp_path / "from" / "add-up", good)
    (write_canonical(tmp_path / "from" / "bare", []) / "canonical-data.json").unlink()
    (write_canonical(tmp_path / "from" / "old", good) / ".deprecated").touch()
    report = import_from(tmp_path / "from", tmp_path / "shelf", tmp_path / "records")
    assert [one.id for one in report.came_in] == ["add-up"]
    assert {one.name: one.why for one in report.left_out} == {
        "bare": "has no canonical-data.json, so there are no cases",
        "old": "the exercise is deprecated",
    }


_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.floats(-9, 9), st.text(max_size=3)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


_inputs = st.dictionaries(st.sampled_from(["a", "B c", "in", "$x"]), _json, max_size=2)


@settings(max_examples=20)
@given(st.lists(st.tuples(_inputs, _json), max_size=4))
def test_any_values_come_in_whole_or_are_left_out(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[dict[str, Any], Any]]
) -> None:
    where = tmp_path_factory.mktemp("any")
    cases = [canonical_case(str(number), given, expected) for number, (given, expected) in enumerate(pairs)]
    folder = write_canonical(where / "add-up", json.dumps({"cases": cases}))
    report = import_from(folder, where / "shelf", where / "records")
    for one in report.came_in:
        assert load_problem(where / "shelf" / one.id).cases
    assert len(report.came_in) + len(report.left_out) == 1
