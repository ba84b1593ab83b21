"""Starter code made of a signature, and the comment that says what a node is."""

from sparring.problems.model import Problem, Signature
from sparring.problems.structures import GraphOf, LinkedListOf, TreeOf, has_nodes
from sparring.problems.value_types import BOOL, FLOAT, INT, STRING, ListOf, MapOf, OptionalOf, TupleOf, ValueType

_NODES = {
    "python": (
        "# A linked list is its first node, or None: ListNode(val=0, next=None)",
        "# A tree is its root, or None: TreeNode(val=0, left=None, right=None)",
    ),
    "javascript": (
        "// A linked list is its first node, or null: new ListNode(val = 0, next = null)",
        "// A tree is its root, or null: new TreeNode(val = 0, left = null, right = null)",
    ),
}
_JAVASCRIPT: dict[ValueType, str] = {INT: "number", FLOAT: "number", BOOL: "boolean", STRING: "string"}
_READS_INPUT = {
    "python": "import sys\n\ntext = sys.stdin.read()\n",
    "javascript": 'const text = require("fs").readFileSync(0, "utf8");\n',
    "cpp": "#include <iostream>\n\nint main() {\n    \n}\n",
    "java": "import java.util.Scanner;\n\npublic class Main {\n    public static void main(String[] args) {\n"
    "        Scanner input = new Scanner(System.in);\n    }\n}\n",
    "go": 'package main\n\nimport (\n\t"bufio"\n\t"fmt"\n\t"os"\n)\n\nfunc main() {\n'
    "\tinput := bufio.NewReader(os.Stdin)\n\tfmt.Fscan(input)\n}\n",
    "rust": "use std::io::{self, Read};\n\nfn main() {\n    let mut text = String::new();\n"
    "    io::stdin().read_to_string(&mut text).unwrap();\n}\n",
}
"""What a program begins with; it compiles as it is."""


def node_comment(signature: Signature | None, language: str, code: str = "") -> str:
    """What a solution must know of the nodes it gets, as far as `code` does not speak of them; may be empty."""
    if signature is None or language not in _NODES:
        return ""
    kinds = [has_nodes(kind) for kind in (signature.returns, *(kind for _, kind in signature.parameters))]
    comment = ""
    for place, name in enumerate(("ListNode", "TreeNode")):
        if any(kind[place] for kind in kinds) and name not in code:
            comment += f"{_NODES[language][place]}\n"
    return f"{comment}\n" if comment else ""


def starter_of(problem: Problem, language: str) -> str:
    """What an empty editor begins with; nothing in a language that nobody has written one for."""
    if language in problem.starters:
        return problem.starters[language]
    is_known = language in _READS_INPUT if problem.signature is None else language in _NODES
    return made_starter(problem.signature, language) if is_known else ""


def made_starter(signature: Signature | None, language: str) -> str:
    """The function with its types and nothing in it, or the line that reads the input."""
    if signature is None:
        return _READS_INPUT[language]
    names = ", ".join(name for name, _ in signature.parameters)
    comment = node_comment(signature, language)
    if language == "python":
        return f"{comment}def {signature.name}({names}):\n    ...\n"
    rows = [f" * @param {{{javascript_type(kind)}}} {name}" for name, kind in signature.parameters]
    rows.append(f" * @return {{{javascript_type(signature.returns)}}}")
    listed = "\n".join(rows)
    return f"{comment}/**\n{listed}\n */\nfunction {signature.name}({names}) {{\n}}\n"


def javascript_type(kind: ValueType) -> str:
    """A type as JSDoc writes it."""
    match kind:
        case ListOf(item):
            inner = javascript_type(item)
            return f"({inner})[]" if "|" in inner else f"{inner}[]"
        case TupleOf(items):
            return f"[{', '.join(map(javascript_type, items))}]"
        case MapOf(key, value):
            return f"Map<{javascript_type(key)}, {javascript_type(value)}>"
        case GraphOf(is_weighted):
            return "Map<number, [number, number][]>" if is_weighted else "Map<number, number[]>"
        case OptionalOf(inner_type):
            return f"{javascript_type(inner_type)} | null"
        case LinkedListOf():
            return "ListNode | null"
        case TreeOf():
            return "TreeNode | null"
    return _JAVASCRIPT[kind]
