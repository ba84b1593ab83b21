"""From the text of a page to a problem: many shapes, each as somebody might paste it."""

from pathlib import Path
from typing import Any

import pytest

from sparring.problems import load_problem
from sparring.problems.importing import write_problem
from sparring.problems.importing.pasting import Pasted, PasteForm, draft_of, read_paste

PAGE = """\
1. Pair Reaching a Total
Solved
Easy
Topics
Companies
Hint
Given a list of integers nums and an integer target, return the places of the two numbers that add up to target.

You can return the answer in any order.

\u00a0

Example 1:

Input: nums = [2,7,11,15], target = 9
Output: [0,1]
Explanation: Because nums[0] + nums[1] == 9, we return [0, 1].
Example 2:

Input: nums = [3,2,4], target = 6
Output: [1,2]
\u00a0

Constraints:

2 <= nums.length <= 10^4
Only one valid answer exists.
\u00a0

Follow-up: Can it be done in one pass?
Hint 1: What is missing after the first number?
Hint 2: Remember what you have seen.
"""
CONTEST = """\
A. Sharing a Melon
time limit per test1 second
memory limit per test64 megabytes
inputstandard input
outputstandard output
Two friends bought a melon of w kilos. They want to share it in even parts.

Input
The first and only line holds the integer number w (1 ≤ w ≤ 100), the weight of the melon.

Output
Print YES, if the friends can share the melon, and NO in the opposite case.

Examples
InputCopy
8
OutputCopy
YES
InputCopy
7
OutputCopy
NO
Note
For example, they can share it in two parts of 2 and 6.
"""


def read(text: str = "", **fields: Any) -> Pasted:
    return read_paste(PasteForm(text, **fields))


def told(pasted: Pasted) -> list[tuple[tuple[str, ...], str]]:
    return [(case.inputs, case.expected) for case in pasted.cases]


def test_a_whole_page_becomes_a_problem_of_our_bank(tmp_path: Path) -> None:
    pasted = read(PAGE, link="https://example.org/problems/pair/", topics="Arrays, hashing, arrays")
    assert (pasted.troubles, pasted.can_be_kept) == ((), True)
    assert pasted.signature_words == "pair_reaching_a_total(nums: list[int], target: int) -> list[int]"
    assert (pasted.topics, pasted.comparison.unordered) == (("arrays", "hashing"), True)
    assert [case.line for case in pasted.cases] == [15, 20]
    problem = load_problem(write_problem(draft_of(pasted), tmp_path))
    assert (problem.id, problem.title, problem.difficulty) == ("pair-reaching-a-total", "Pair Reaching a Total", "easy")
    assert [(case.arguments, case.expected, case.hidden) for case in problem.cases] == [
        (([2, 7, 11, 15], 9), [0, 1], False),
        (([3, 2, 4], 6), [1, 2], False),
    ]
    assert problem.hints == ("What is missing after the first number?", "Remember what you have seen.")
    assert problem.follow_ups.strip() == "Can it be done in one pass?"
    assert problem.source == "https://example.org/problems/pair/"
    assert "Companies" not in problem.statement
    assert "```text\nInput: nums = [2,7,11,15], target = 9\nOutput: [0,1]\n```" in problem.statement
    assert "- Only one valid answer exists." in problem.statement


def test_a_page_of_a_contest_becomes_a_program_that_prints(tmp_path: Path) -> None:
    pasted = read(CONTEST)
    assert (pasted.mode, pasted.troubles) == ("program", ())
    problem = load_problem(write_problem(draft_of(pasted), tmp_path))
    assert (problem.title, problem.signature) == ("Sharing a Melon", None)
    assert (problem.time_limit_s, problem.memory_limit_mb) == (1.0, 64)
    assert [(case.stdin, case.stdout) for case in problem.cases] == [("8\n", "YES\n"), ("7\n", "NO\n")]
    assert "standard input" not in problem.statement
    assert "InputCopy" not in problem.statement
    assert "Print YES" in problem.statement


SHAPES: dict[str, tuple[dict[str, str], str, list[tuple[tuple[Any, ...], Any]]]] = {
    "all on one line": (
        {
            "text": "Depth\nExample: Input: root = [3,9,null] Output: 2 Explanation: It is so.\n"
            "Example 2: Input: root = [] Output: 0"
        },
        "depth(root: tree[int]) -> int",
        [(([3, 9, None],), 2), (([],), 0)],
    ),
    "labels on lines of their own": (
        {"text": "Sum\nExample 1:\nInput:\nnums = [1,2,\n 3]\nk = 2\nOutput:\n5\nExplanation:\nIt is so."},
        "sum(nums: list[int], k: int) -> int",
        [(([1, 2, 3], 2), 5)],
    ),
    "Markdown": (
        {
            "text": '## 12. Longest\n\nGiven `s`.\n\n**Example 1:**\n\n```\nInput: s = "aab"\n'
            'Output: 2\n```\n\n* **Input:** `s = ""`\n* **Output:** `0`'
        },
        "longest(s: string) -> int",
        [(("aab",), 2), (("",), 0)],
    ),
    "HTML's leftovers": (
        {"text": "T\n<strong>Input:</strong> nums = [1,2], s = &quot;a &lt; b&quot;\n<strong>Output:</strong> 3"},
        "t(nums: list[int], s: string) -> int",
        [(([1, 2], "a < b"), 3)],
    ),
    "typographic quotes": (
        {"text": "Turn\nInput: “hello”\nOutput: “olleh”\n\nInput: ‘ab’\nOutput: ‘ba’"},
        "turn(text: string) -> string",
        [(("hello",), "olleh"), (("ab",), "ba")],
    ),
    "texts without quotes": (
        {"text": "Turn\nInput: s = hello there, k = 2\nExpected: olleh"},
        "turn(s: string, k: int) -> string",
        [(("hello there", 2), "olleh")],
    ),
    "arrows between nodes": (
        {"text": "Join two sorted\nMerge two linked lists.\nInput: l1 = 1->2->4, l2 = 1->3\nOutput: 1->1->2->3->4"},
        "join_two_sorted(l1: linked_list[int], l2: linked_list[int]) -> linked_list[int]",
        [(([1, 2, 4], [1, 3]), [1, 1, 2, 3, 4])],
    ),
    "a linked list by its name": (
        {
            "text": "Turn round\nReverse the linked list.\nInput: head = [1,2]\nOutput: [2,1]\n"
            "Input: head = []\nOutput: []"
        },
        "turn_round(head: linked_list[int]) -> linked_list[int]",
        [(([1, 2],), [2, 1]), (([],), [])],
    ),
    "doctests": (
        {"text": "Squares\n>>> squares([1, 2])\n[1, 4]\n>>> squares([])\n[]\n"},
        "squares(values: list[int]) -> list[int]",
        [(([1, 2],), [1, 4]), (([],), [])],
    ),
    "calls with their results": (
        {
            "text": "Double\nWrite double.\ndouble(2) -> 4\ndouble(3) => 6\ndouble(0) // 0\n"
            "assert double(5) == 10\ndouble(1) returns 2"
        },
        "double(n: int) -> int",
        [((2,), 4), ((3,), 6), ((0,), 0), ((5,), 10), ((1,), 2)],
    ),
    "arrows in the field for examples": (
        {
            "text": "",
            "title": "Sum",
            "signature": "def total(xs: list[int]) -> int: ...",
            "examples": "[1,2] -> 3\n[4] => 4\n[] → 0",
        },
        "total(xs: list[int]) -> int",
        [(([1, 2],), 3), (([4],), 4), (([],), 0)],
    ),
    "types of another language before the names": (
        {"text": "T", "examples": "Input: int[] nums = {1,2,3}, int k = 2\nOutput: 5"},
        "t(nums: list[int], k: int) -> int",
        [(([1, 2, 3], 2), 5)],
    ),
    "values without names, by the signature": (
        {"text": "Add\nInput:\n3\n5\nOutput:\n8", "signature": "int add(int a, int b)"},
        "add(a: int, b: int) -> int",
        [((3, 5), 8)],
    ),
    "values between blanks": (
        {"text": "Add\nInput: 3 5\nOutput: 8", "signature": "int add(int a, int b)"},
        "add(a: int, b: int) -> int",
        [((3, 5), 8)],
    ),
    "names in another order": (
        {
            "text": "T\nInput: target = 9, nums = [2,7]\nOutput: [0,1]",
            "signature": "f(nums: list[int], target: int) -> list[int]",
        },
        "f(nums: list[int], target: int) -> list[int]",
        [(([2, 7], 9), [0, 1])],
    ),
    "other names than the signature": (
        {"text": "T\nInput: arr = [2,7], k = 9\nOutput: 1", "signature": "f(nums: list[int], target: int) -> int"},
        "f(nums: list[int], target: int) -> int",
        [(([2, 7], 9), 1)],
    ),
    "the signature stands below the text": (
        {
            "text": "Depth\nInput: root = [1]\nOutput: 1\n\nclass Solution:\n"
            "    def maxDepth(self, root: Optional[TreeNode]) -> int:\n"
        },
        "max_depth(root: tree[int]) -> int",
        [(([1],), 1)],
    ),
    "changes in place": (
        {
            "text": "Turn\nInput: nums = [1,2,3], k = 1\nOutput: [3,1,2]",
            "signature": "def turn(self, nums: List[int], k: int) -> None:",
        },
        "turn(nums: list[int], k: int) -> list[int]",
        [(([1, 2, 3], 1), [3, 1, 2])],
    ),
    "numbers of JavaScript": (
        {
            "text": "T\nInput: a = [1, 2.5], b = 3\nOutput: 6.5",
            "signature": "function f(a: number[], b: number): number {",
        },
        "f(a: list[float], b: int) -> float",
        [(([1, 2.5], 3), 6.5)],
    ),
    "maps, tuples and null": (
        {
            "text": 'T\nInput: m = {\'a\': 1}, rows = [["ada", 3], ["bob", 4]]\nOutput: null\n'
            "Input: m = {}, rows = []\nOutput: 2"
        },
        "t(m: map[string, int], rows: list[tuple[string, int]]) -> optional[int]",
        [(({"a": 1}, [["ada", 3], ["bob", 4]]), None), (({}, []), 2)],
    ),
    "a graph by its neighbours": (
        {"text": "T\nInput: adj = [[1,2],[0],[0]]\nOutput: 3", "signature": "f(adj: graph) -> int"},
        "f(adj: graph) -> int",
        [(({"0": [1, 2], "1": [0], "2": [0]},), 3)],
    ),
    "a label inside a text": (
        {"text": 'T\nInput: text = "x Output: 3", k = 1\nOutput: "don\'t"'},
        "t(text: string, k: int) -> string",
        [(("x Output: 3", 1), "don't")],
    ),
    "hyphens instead of colons": (
        {"text": "T\nTest case 1\nInput - [1,2]\nOutput - 3\nTest case 2\nInput - [4]\nOutput - 4"},
        "t(values: list[int]) -> int",
        [(([1, 2],), 3), (([4],), 4)],
    ),
    "sizes behind names": (
        {"text": "T\nInput: arr[] = {1, 2}, n = 2, mat[2][1] = {{1},{3}}\nOutput: 6"},
        "t(arr: list[int], n: int, mat: list[list[int]]) -> int",
        [(([1, 2], 2, [[1], [3]]), 6)],
    ),
    "calls with reasons": (
        {"text": "Dig\nf(89, 1) should return 1 since 8 + 9 is 17\nf(92, 1) should return -1, because there is none"},
        "f(n: int, n_2: int) -> int",
        [((89, 1), 1), ((92, 1), -1)],
    ),
    "comments behind values": (
        {"text": "T\nInput: nums = [1,2]  // sorted\nOutput: 3  # the sum"},
        "t(nums: list[int]) -> int",
        [(([1, 2],), 3)],
    ),
}


@pytest.mark.parametrize(("fields", "signature", "cases"), SHAPES.values(), ids=SHAPES)
def test_shapes(
    fields: dict[str, str], signature: str, cases: list[tuple[tuple[Any, ...], Any]], tmp_path: Path
) -> None:
    pasted = read(**fields)
    assert pasted.troubles == ()
    assert pasted.signature_words == signature
    assert [(case.arguments, case.expected) for case in pasted.ready] == cases
    problem = load_problem(write_problem(draft_of(pasted), tmp_path))
    assert len(problem.cases) == len(cases)


PROGRAMS = {
    "numbered samples": (
        "Rows\nAdd.\nSample Input 0\n3\n1 2 3\nSample Output 0\n6\nExplanation 0\nAdd them.\n\n"
        "Sample Input 1\n\n2\n5 5\n\nSample Output 1\n\n10\n",
        [("3\n1 2 3\n", "6\n"), ("2\n5 5\n", "10\n")],
    ),
    "the button's word": (
        "A - Sum\nProblem Statement\nRead N numbers from Standard Input.\nSample Input 1\nCopy\n3 4\n"
        "Sample Output 1\nCopy\n7\n",
        [("3 4\n", "7\n")],
    ),
    "a blank line in the data": (
        "Grids\nInput\nThe first line has the number of grids that follow.\nSample Input\n2\n#.\n\n"
        ".#\nSample Output\n1\n\n2\n",
        [("2\n#.\n\n.#\n", "1\n\n2\n")],
    ),
    "words as data": (
        "Greeting\nReads stdin.\nInput:\nAnna Berta\nOutput:\nHello Anna\nHello Berta\n",
        [("Anna Berta\n", "Hello Anna\nHello Berta\n")],
    ),
}


@pytest.mark.parametrize(("text", "cases"), PROGRAMS.values(), ids=PROGRAMS)
def test_programs(text: str, cases: list[tuple[str, str]]) -> None:
    pasted = read(text)
    assert (pasted.mode, pasted.troubles) == ("program", ())
    assert [(case.stdin, case.stdout) for case in pasted.ready] == cases


@pytest.mark.parametrize(
    ("fields", "source", "line", "words"),
    [
        ({"text": "T\nInput: nums = [1, ..., 9]\nOutput: 3\nInput: nums = [1]\nOutput: 3"}, "cases", 1, "left out"),
        ({"text": "T\nInput: nums = [1, 2\nOutput: 3"}, "cases", 1, "never closed"),
        ({"text": "T\nInput: n = 0001011\nOutput: 3"}, "cases", 1, "begins with a zero"),
        ({"text": "T\nInput: nums = [3]\nOutput: 2, nums = [2,_]"}, "cases", 1, "the result: after the value"),
        ({"text": "T\nA line.\nInput: nums = [1]\n\nInput: nums = [2]\nOutput: 3"}, "text", 3, "no output"),
        (
            {"text": "T\nInput: head = [3], pos = 1\nOutput: true", "signature": "f(head: list[int]) -> bool"},
            "text",
            2,
            "pos",
        ),
        ({"text": "T\nInput: a = 1\nOutput: 2", "signature": "f(a: int, b: int) -> int"}, "text", 2, "no value for b"),
        ({"text": "T\nInput: a = 'x'\nOutput: 2", "signature": "f(a: int) -> int"}, "cases", 1, "is no int"),
        ({"text": "T\nInput: a = 1\nOutput: 2\nInput: a = 'x'\nOutput: 3"}, "signature", 0, "cannot be told"),
        ({"text": "T\nInput: a = 1\nOutput: 2", "signature": "f(a: Widget)"}, "signature", 1, "Widget"),
        ({"text": "T", "examples": "what is this\nInput: 3\nOutput: 4"}, "examples", 1, "belongs to no example"),
        ({"text": "T\nSample Input 1\tSample Output 1\n3\t6\n"}, "text", 2, "one table"),
        ({"text": 'Cache\nInput\n["Cache", "put"]\n[[2], [1, 1]]\nOutput\n[null, null]'}, "text", 2, "a class"),
        ({"text": "T\nWords only."}, "examples", 0, "no example"),
        ({"text": "Input: a = 1\nOutput: 2"}, "text", 1, "no title"),
        ({"text": "T\nInput: a = 1\nOutput: 2", "link": "javascript:alert(1)"}, "link", 0, "none that can be kept"),
        ({"text": "T\nInput: a = 1\nOutput: 2\n" + "x" * 70_000}, "text", 0, "60,000"),
    ],
)
def test_what_is_not_understood_is_said_with_its_place(
    fields: dict[str, str], source: str, line: int, words: str
) -> None:
    pasted = read(**fields)
    found = [one for one in pasted.troubles if (one.source, one.line) == (source, line) and words in one.words]
    assert found, pasted.troubles


def test_partial_results_are_kept() -> None:
    pasted = read("T\nInput: nums = [1, ..., 9]\nOutput: 3\nInput: nums = [1]\nOutput: 3")
    assert len(pasted.cases) == 2
    assert [case.name for case in pasted.ready] == ["example 2"]
    assert pasted.can_be_kept
    assert "1 of 2 cases will be left out." in pasted.notes


def test_the_link_gives_a_title_where_the_text_has_none() -> None:
    pasted = read(link="https://example.org/problems/longest-run/description/", examples='Input: s = "0110"\nOutput: 2')
    assert (pasted.title, pasted.can_be_kept) == ("Longest run", True)


def test_tolerance_is_read_from_the_text() -> None:
    pasted = read("P\nInput: x = 2.0, n = 10\nOutput: 1024.0\nAnswers within 10^-5 of the actual one are accepted.")
    assert pasted.comparison.absolute_tolerance == pytest.approx(1e-5)
