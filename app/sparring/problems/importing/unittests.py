"""Reads cases out of a unittest file by its syntax, `self.assertEqual(function(literal, …), literal)`; runs nothing."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sparring.problems.importing.literals import NotLiteral, value_of

MAX_ASSERTIONS = 2_000
_EQUAL = (
    "assertEqual",
    "assertEquals",
    "assertListEqual",
    "assertTupleEqual",
    "assertDictEqual",
    "assertSequenceEqual",
    "assertMultiLineEqual",
    "assertIs",
    "assertCountEqual",
    "assertAlmostEqual",
)
_SINGLE = {"assertTrue": True, "assertFalse": False, "assertIsNone": None}
_USUAL_PLACES = 7
"""What assertAlmostEqual rounds to if nothing is said."""


@dataclass(frozen=True)
class FoundCall:
    """A function called with known values, and what it must give."""

    name: str
    function: str
    positional: tuple[Any, ...]
    named: tuple[tuple[str, Any], ...]
    expected: Any
    is_unordered: bool = False
    tolerance: float | None = None


@dataclass(frozen=True)
class Missed:
    """A test that is no such call, and why."""

    name: str
    why: str


@dataclass
class _Call:
    """A call that was given a name before it was compared."""

    node: ast.Call
    known: dict[str, Any] = field(default_factory=dict)


def read_tests(tree: ast.Module) -> list[FoundCall | Missed]:
    """Every assertion of the file's test methods, in their order."""
    functions, modules = _imported(tree)
    found: list[FoundCall | Missed] = []
    constants = _constants(tree)
    for group in tree.body:
        if not isinstance(group, ast.ClassDef):
            continue
        for method in group.body:
            if isinstance(method, ast.FunctionDef) and method.name.startswith("test"):
                found += _Method(method, functions, modules, constants).read()
            if len(found) > MAX_ASSERTIONS:
                return found[:MAX_ASSERTIONS]
    return found


def _imported(tree: ast.Module) -> tuple[dict[str, str], set[str]]:
    """Names that a module gave, with the names they have there; and names of modules."""
    functions: dict[str, str] = {}
    modules: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module not in (None, "unittest", "pytest"):
            functions |= {one.asname or one.name: one.name for one in node.names}
        elif isinstance(node, ast.Import):
            modules |= {one.asname or one.name for one in node.names}
    return functions, modules


def _constants(tree: ast.Module) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            try:
                known[node.targets[0].id] = value_of(node.value, known)
            except NotLiteral:
                continue
    return known


class _Method:
    def __init__(
        self, method: ast.FunctionDef, functions: dict[str, str], modules: set[str], constants: dict[str, Any]
    ) -> None:
        self._body = method.body
        self._name = method.name.removeprefix("test").strip("_").replace("_", " ") or method.name
        self._functions, self._modules = functions, modules
        self._known: dict[str, Any] = dict(constants)

    def read(self) -> Iterator[FoundCall | Missed]:
        for node in self._body:
            try:
                found = self._statement(node)
            except NotLiteral:
                found = Missed(self._name, "its values are not written out")
            if found is not None:
                yield found
            if isinstance(found, Missed):
                # What follows may depend on what was not understood.
                return

    def _statement(self, node: ast.stmt) -> FoundCall | Missed | None:
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                return None
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call) if self._function(call) is not None:
                self._known[name] = _Call(call, dict(self._known))
                return None
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                self._known[name] = self._value(value)
                return None
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=value):
                self._unpack(targets, self._value(value))
                return None
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=method)) as call):
                return self._assertion(method, call)
            case ast.With(items=[ast.withitem(context_expr=ast.Call(func=ast.Attribute(attr=method)))]) if (
                method.startswith("assertRaises")
            ):
                return Missed(self._name, "it expects an error, and a function here gives a result")
            case ast.For() | ast.With() | ast.While():
                return Missed(self._name, "it tests in a loop or block")
        return Missed(self._name, "its statements are none that are understood without running them")

    def _unpack(self, targets: list[ast.expr], values: Any) -> None:
        if not isinstance(values, tuple | list) or len(values) != len(targets):
            raise NotLiteral
        for target, value in zip(targets, values, strict=True):
            if not isinstance(target, ast.Name):
                raise NotLiteral
            self._known[target.id] = value

    def _assertion(self, method: str, call: ast.Call) -> FoundCall | Missed:
        arguments = [*call.args, *(one.value for one in call.keywords if one.arg in ("first", "second"))]
        if method == "assertRaises":
            return Missed(self._name, "it expects an error, and a function here gives a result")
        if method in _SINGLE and arguments:
            return self._found(arguments[0], _SINGLE[method])
        if method not in _EQUAL or len(arguments) < 2:
            return Missed(self._name, f"its check ({method[:40]}) is none that is understood without running it")
        first, second = arguments[:2]
        if self._called(first) is None and self._called(second) is not None:
            first, second = second, first
        tolerance = self._tolerance(call, arguments[2:]) if method == "assertAlmostEqual" else None
        return self._found(first, self._value(second), method == "assertCountEqual", tolerance)

    def _tolerance(self, call: ast.Call, further: list[ast.expr]) -> float:
        named = {one.arg: one.value for one in call.keywords}
        if "delta" in named:
            return float(self._value(named["delta"]))
        places = named.get("places") or (further[0] if further else None)
        count = self._value(places) if places is not None else _USUAL_PLACES
        if not isinstance(count, int) or not 0 <= count <= 15:
            raise NotLiteral
        return float(0.5 * 10**-count)

    def _found(
        self, node: ast.expr, expected: Any, is_unordered: bool = False, tolerance: float | None = None
    ) -> FoundCall | Missed:
        called = self._called(node)
        if called is None:
            return Missed(self._name, "what it checks is no plain call of a function")
        call, known = called
        if any(isinstance(one, ast.Starred) for one in call.args) or any(one.arg is None for one in call.keywords):
            raise NotLiteral
        positional = tuple(_checked(value_of(one, known)) for one in call.args)
        named = tuple((str(one.arg), _checked(value_of(one.value, known))) for one in call.keywords)
        name = self._function(call) or ""
        return FoundCall(self._name, name, positional, named, expected, is_unordered, tolerance)

    def _called(self, node: ast.expr) -> tuple[ast.Call, dict[str, Any]] | None:
        if isinstance(node, ast.Call) and self._function(node) is not None:
            return node, self._known
        if isinstance(node, ast.Name) and isinstance(self._known.get(node.id), _Call):
            kept = self._known[node.id]
            return kept.node, kept.known
        return None

    def _function(self, call: ast.Call) -> str | None:
        match call.func:
            case ast.Name(id=name):
                return self._functions.get(name)
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in self._modules:
                return name
        return None

    def _value(self, node: ast.expr) -> Any:
        return _checked(value_of(node, self._known))


def _checked(value: Any) -> Any:
    """A value, unless it is the result of a call that nobody ran."""
    if isinstance(value, _Call):
        raise NotLiteral
    if isinstance(value, list | tuple):
        for item in value:
            _checked(item)
    elif isinstance(value, dict):
        for item in value.values():
            _checked(item)
    return value
