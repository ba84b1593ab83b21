"""Signatures in the languages in which pages show them."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sparring.problems.importing.pasting.foreign_types import ForeignTypeError, read_type
from sparring.problems.importing.pasting.signatures import SignatureError, read_signature, signature_words, starts_code

PAIR = "pair_sum(nums: list[int], target: int) -> list[int]"
OPEN_PAIR = "pair_sum(nums: list[number], target: number) -> list[number]"
SIGNATURES = {
    "python": ("def pair_sum(nums: List[int], target: int) -> List[int]:\n    pass", PAIR),
    "python without a body": ("def pair_sum(nums: list[int], target: int) -> list[int]", PAIR),
    "python in a class": ("class Solution:\n    def pairSum(self, nums: List[int], target: int) -> List[int]:\n", PAIR),
    "python on several lines": (
        "def pair_sum(\n    nums: list[int],\n    target: int,\n) -> list[int]:\n    ...",
        PAIR,
    ),
    "python with :type": (
        'class Solution(object):\n    def pairSum(self, nums, target):\n        """\n        :type nums: List[int]\n'
        '        :type target: int\n        :rtype: List[int]\n        """\n',
        PAIR,
    ),
    "jsdoc": (
        "/**\n * @param {number[]} nums\n * @param {number} target\n * @return {number[]}\n */\n"
        "var pairSum = function(nums, target) {\n\n};",
        OPEN_PAIR,
    ),
    "typescript": ("function pairSum(nums: number[], target: number): number[] {\n};", OPEN_PAIR),
    "typescript arrow": ("const pairSum = (nums: Array<number>, target: number): number[] => {", OPEN_PAIR),
    "c++": ("class Solution {\npublic:\n    vector<int> pairSum(vector<int>& nums, int target) {\n    }\n};", PAIR),
    "c++ prototype": ("std::vector<long long> pairSum(const std::vector<int>& nums, int target);", PAIR),
    "java": ("class Solution {\n    public int[] pairSum(int[] nums, int target) {\n    }\n}", PAIR),
    "java static": ("public static List<Integer> pairSum(List<Integer> nums, final int target)", PAIR),
    "c#": ("public class Solution {\n    public IList<int> PairSum(int[] nums, int target) {", PAIR),
    "go": ("func pairSum(nums []int, target int) []int {\n}", PAIR),
    "rust": ("impl Solution {\n    pub fn pair_sum(nums: Vec<i32>, target: i32) -> Vec<i32> {\n    }\n}", PAIR),
    "kotlin": ("class Solution {\n    fun pairSum(nums: IntArray, target: Int): IntArray {", PAIR),
    "swift": ("class Solution {\n    func pairSum(_ nums: [Int], _ target: Int) -> [Int] {", PAIR),
    "c": ("int* pairSum(int* nums, int numsSize, int target, int* returnSize) {\n}", PAIR),
    "c texts": (
        "char ** names(char * s, int** grid, int gridSize, int* gridColSize, struct ListNode* head);",
        "names(s: string, grid: list[list[int]], head: linked_list[int]) -> list[string]",
    ),
    "ours": (PAIR, PAIR),
    "no types": ("def pair_sum(nums, target):", "pair_sum(nums: any, target: any) -> any"),
    "defaults": ("def f(a: int, b: int = 3, c='x'):", "f(a: int, b: int, c: any) -> any"),
    "nothing": ("f() -> bool", "f() -> bool"),
    "void": ("void turn(vector<vector<int>>& grid)", "turn(grid: list[list[int]]) -> void"),
    "nodes": (
        "# Definition for a binary tree node.\n# class TreeNode:\n#     def __init__(self, val=0):\n#         pass\n"
        "class Solution:\n    def depth(self, root: Optional[TreeNode], head: 'Optional[ListNode]') -> Optional[int]:",
        "depth(root: tree[int], head: linked_list[int]) -> optional[int]",
    ),
    "c++ nodes": (
        "/**\n * struct ListNode {\n *     int val;\n *     ListNode *next;\n"
        " *     ListNode(int x) : val(x), next(nullptr) {}\n"
        " * };\n */\nclass Solution {\npublic:\n    ListNode* join(vector<ListNode*>& lists, TreeNode* root) {",
        "join(lists: list[linked_list[int]], root: tree[int]) -> linked_list[int]",
    ),
    "rust nodes": (
        "pub fn low(root: Option<Rc<RefCell<TreeNode>>>, head: Option<Box<ListNode>>) -> bool {",
        "low(root: tree[int], head: linked_list[int]) -> bool",
    ),
    "maps and tuples": (
        "def f(m: Dict[str, List[float]], t: Tuple[int, str], u: tuple[int, ...], s: set[str])"
        " -> dict[int, bool] | None:",
        "f(m: map[string, list[float]], t: tuple[int, string], u: list[int], s: list[string])"
        " -> optional[map[int, bool]]",
    ),
    "java maps": (
        "Map<String, List<Integer>> by(Character[] letters)",
        "by(letters: list[string]) -> map[string, list[int]]",
    ),
    "go maps": ("func f(a, b int, m map[string][]int) bool {", "f(a: int, b: int, m: map[string, list[int]]) -> bool"),
    "a keyword as a name": ("int count(int from, string lambda)", "count(from_: int, lambda_: string) -> int"),
    "two names that become one": ("int f(int aB, int a_b)", "f(a_b: int, a_b_2: int) -> int"),
}


@pytest.mark.parametrize(("text", "words"), SIGNATURES.values(), ids=SIGNATURES)
def test_a_signature_of_any_language_is_read(text: str, words: str) -> None:
    assert signature_words(read_signature(text)) == words


def test_a_new_name_is_told() -> None:
    assert read_signature("int pairSum(int a)").notes == ("The function is called pair_sum here, and not pairSum.",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hello", "no function"),
        ("", "no function"),
        ("def f(a, b", "never closed"),
        ("def f(*args):", "any number"),
        ("def f(a: Widget) -> int:", "Widget"),
        ("return solve(a);", "no function"),
        (
            "class LRU:\n    def __init__(self, n: int):\n    def get(self, k: int) -> int:\n"
            "    def put(self, k: int):",
            "class",
        ),
        ("f(" + ", ".join(f"a{number}: int" for number in range(30)) + ")", "more than 20"),
        ("int 変数(int a)", "no function"),
    ],
)
def test_what_is_no_signature_is_said_with_what_would_help(text: str, words: str) -> None:
    with pytest.raises(SignatureError, match=words):
        read_signature(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unsigned", "int"),
        ("unsigned long long", "int"),
        ("char *", "string"),
        ("string?", "optional[string]"),
        ("number | null", "number"),
        ("int | float", "float"),
        ("int[][]", "list[list[int]]"),
        ("[[Int]]", "list[list[int]]"),
        ("[String: Int]", "map[string, int]"),
        ("[i32; 3]", "list[int]"),
        ("&[&str]", "list[string]"),
        ("[3]int", "list[int]"),
        ("pair<int,int>", "tuple[int, int]"),
        ("Promise", None),
        ("", None),
        ("list[", None),
        ("graph[weighted]", "graph[weighted]"),
        ("Record<string, number[]>", "map[string, list[number]]"),
        ("list", "list[any]"),
        ("int[3]", "list[int]"),
    ],
)
def test_types_of_many_languages(text: str, words: str | None) -> None:
    if words is None:
        with pytest.raises(ForeignTypeError):
            read_type(text)
    else:
        assert str(read_type(text)) == words


@settings(max_examples=40)
@given(st.text(alphabet="def f(a:int,b[]<>)->=*&{}\n|?\"'/#.@ vx", max_size=120))
def test_any_text_is_a_signature_or_an_error_in_words(text: str) -> None:
    with contextlib.suppress(SignatureError):
        words = signature_words(read_signature(text))
        # What the preview shows can be pasted into the field again.
        if "void" not in words:
            assert signature_words(read_signature(words)) == words
    starts_code(text)
