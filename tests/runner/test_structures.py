"""Lists, trees and graphs reach a solution as what it expects, in both languages, and come back as lists."""

from typing import Any

import pytest

from sparring.runner import LANGUAGES, CaseState, run_solution
from sparring.runner.toolchains import toolchain
from tests.support.problems import function_problem

needs_node = pytest.mark.skipif(not toolchain(LANGUAGES["javascript"]).is_ready, reason="there is no Node.js here")
both = pytest.mark.parametrize("language", ["python", pytest.param("javascript", marks=needs_node)])

REVERSE = {
    "python": """
def solve(head):
    print(head)
    made = None
    while head:
        made, head = ListNode(head.val, made), head.next
    return made
""",
    "javascript": """
function solve(head) {
  console.log(head);
  let made = null;
  for (; head; head = head.next) made = new ListNode(head.val, made);
  return made;
}
""",
}
MIRROR = {
    "python": """
def solve(root):
    if root:
        root.left, root.right = solve(root.right), solve(root.left)
    return root
""",
    "javascript": """
function solve(root) {
  if (root) [root.left, root.right] = [solve(root.right), solve(root.left)];
  return root;
}
""",
}
TIE_LIST = {
    "python": "def solve(head):\n    head.next.next = head\n    return head\n",
    "javascript": "function solve(head) { head.next.next = head; return head; }",
}
TIE_TREE = {
    "python": "def solve(root):\n    root.left.left = root\n    return root\n",
    "javascript": "function solve(root) { root.left.left = root; return root; }",
}
PASS_ON = {"python": "def solve(value):\n    return value\n", "javascript": "const solve = (value) => value;"}


@both
def test_a_linked_list_is_reversed(language: str) -> None:
    problem = function_problem("linked_list[int]", {"head": "linked_list[int]"}, [([[1, 2, 3]], [3, 2, 1]), ([[]], [])])
    report = run_solution(problem, REVERSE[language], language=language)
    assert report.passed == 2, report
    assert (report.results[0].got, report.results[0].output) == ("[3, 2, 1]", "ListNode(1 → 2 → 3)\n")


@both
def test_a_tree_is_mirrored(language: str) -> None:
    cases: list[tuple[list[Any], Any]] = [([[1, 2, 3, None, 4]], [1, 3, 2, None, None, 4]), ([[]], [])]
    report = run_solution(
        function_problem("tree[int]", {"root": "tree[int]"}, cases), MIRROR[language], language=language
    )
    assert report.passed == 2, report


@both
@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [("linked_list[int]", TIE_LIST, "circle after 2 nodes"), ("tree[int]", TIE_TREE, "one node twice")],
)
def test_a_structure_tied_to_itself_is_a_clear_error(
    language: str, kind: str, code: dict[str, str], words: str
) -> None:
    result = run_solution(function_problem(kind, {"it": kind}, [([[1, 2]], [])]), code[language], language=language)
    assert result.results[0].state is CaseState.ERROR
    assert words in result.results[0].traceback


@both
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("int", 2**70),
        ("list[int]", [2**53 - 1, 2**53, -(2**53) - 1]),
        ("float", 1e300),
        ("float", 3),
        ("float", -0.1),
        ("bool", False),
        ("string", 'naïve 🦉 \u2028 \ud800 " \\ \n'),
        ("optional[string]", None),
        ("tuple[int, string]", [1, "a"]),
        ("map[int, list[int]]", {"10": [1], "-2": [], "0": [3]}),
        ("map[string, int]", {"__proto__": 1, "constructor": 2, "": 3}),
        ("graph", {"0": [1, 1], "1": [0]}),
        ("graph[weighted]", {"0": [[0, -3]]}),
        ("list[linked_list[string]]", [["a"], [], ["b", "c"]]),
        ("tuple[tree[int], linked_list[linked_list[int]]]", [[1, None, 2], [[1], []]]),
        ("map[string, optional[list[tree[bool]]]]", {"a": [[True]], "b": None}),
        ("linked_list[int]", list(range(50_000))),
        ("tree[int]", [1, *[None, 1] * 20_000]),
    ],
)
def test_every_kind_of_value_goes_in_and_out_whole(language: str, kind: str, value: Any) -> None:
    report = run_solution(
        function_problem(kind, {"value": kind}, [([value], value)]), PASS_ON[language], language=language
    )
    assert report.passed == 1, report.results[0]


@both
@pytest.mark.parametrize(
    ("returns", "given_kind", "value", "words"),
    [
        ("int", "string", "3", "int is expected, a string was found"),
        ("int", "bool", True, "a bool was found"),
        ("int", "float", 3.5, "a float was found"),
        ("list[int]", "int", 3, "list[int] is expected, an int was found"),
        ("list[int]", "list[string]", ["a"], "the result[0]: int is expected"),
        ("string", "optional[string]", None, "null was found"),
        ("graph", "map[int, list[int]]", {"0": [7]}, "no key of the graph"),
    ],
)
def test_a_result_of_another_type_is_wrong_and_says_so(
    language: str, returns: str, given_kind: str, value: Any, words: str
) -> None:
    sample: Any = {"int": 1, "list[int]": [], "string": "", "graph": {}}[returns]
    problem = function_problem(returns, {"value": given_kind}, [([value], sample)])
    result = run_solution(problem, PASS_ON[language], language=language).results[0]
    assert result.state is CaseState.WRONG
    assert words in result.traceback
