"""A case that somebody types: what is wrong is said, with the field and the place in it."""

import pytest

from sparring.problems import OwnCaseError, answer_text, input_texts, own_case_fields, parse_own_case
from tests.support.problems import function_problem, printing_problem

PROBLEM = function_problem(
    "list[tuple[int, string]]", {"nums": "list[int]", "names": "map[int, string]"}, [([[1], {"1": "a"}], [[1, "a"]])]
)
PRINTS = printing_problem([("1", "2")])


@pytest.mark.parametrize(
    ("inputs", "expected", "field", "words"),
    [
        (("[1, 2", "{}"), "", "nums", "is no JSON: expecting ',' delimiter at column 6."),
        (("[1,\n 2,]", "{}"), "", "nums", "at line 2, column 4."),
        (("['a']", "{}"), "", "nums", "double quotes"),
        (("[True]", "{}"), "", "nums", "true, false and null"),
        (("[NaN]", "{}"), "", "nums", "NaN is no number there"),
        (('[1, "a"]', "{}"), "", "nums", "[1]: int is expected, a string was found"),
        (("", "{}"), "", "nums", "is empty; it must be list[int], as JSON"),
        (("[]", '{"x": "a"}'), "", "names", "'x' is not an int"),
        (("[]", "{}"), "[[1]]", "expected value", "tuple"),
        (("[]", "[" * 100_000), "", "names", "is no JSON"),
        (("[]",), "", "standard input", "has 1 values, but the problem takes 2"),
    ],
)
def test_what_is_wrong_and_where(inputs: tuple[str, ...], expected: str, field: str, words: str) -> None:
    with pytest.raises(OwnCaseError) as error:
        parse_own_case(PROBLEM, "mine", inputs, expected)
    assert error.value.field == field
    assert words in error.value.words


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "two\nlines"])
def test_a_name_is_one_line(name: str) -> None:
    with pytest.raises(OwnCaseError, match="its name"):
        parse_own_case(PROBLEM, name, ("[]", "{}"), "")


def test_a_case_is_written_as_it_was_typed() -> None:
    case = parse_own_case(PROBLEM, " mine ", ("[1, 2]", '{"2": "é"}'), '[[2, "é"]]')
    assert (case.name, case.arguments, case.hidden) == ("mine", ([1, 2], {2: "é"}), False)
    again = parse_own_case(PROBLEM, "mine", input_texts(PROBLEM, case), answer_text(PROBLEM, case))
    assert (again.arguments, again.expected) == (case.arguments, case.expected)


def test_large_values_are_written_in_few_words() -> None:
    case = parse_own_case(PROBLEM, "mine", ('{"$range": [0, 5]}', "{}"), "")
    assert case.arguments[0] == [0, 1, 2, 3, 4]


def test_of_a_program_it_is_text() -> None:
    assert own_case_fields(PRINTS) == (("standard input", "text"),)
    case = parse_own_case(PRINTS, "mine", ("3\n",), "4\n")
    assert (case.stdin, case.stdout) == ("3\n", "4\n")
    with pytest.raises(OwnCaseError, match="standard input: is larger"):
        parse_own_case(PRINTS, "mine", ("x" * 1_100_000,), "")
