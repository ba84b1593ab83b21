"""Finds and reads a function's signature, in whatever language a page shows it."""

import re
from dataclasses import dataclass

from sparring.problems.importing.pasting.foreign_types import ANY, VOID, ForeignTypeError, read_type
from sparring.problems.importing.pasting.literals import closing, plain, split_top
from sparring.problems.importing.pasting.names import snake
from sparring.problems.model import Signature
from sparring.problems.value_types import STRING, ListOf, Scalar, ValueType

MAX_PARAMETERS = 20
MAX_LENGTH = 6_000
"""Characters of code in which a function is looked for; it stands at the top."""
EXAMPLE = "two_sum(nums: list[int], target: int) -> list[int]"
"""A signature as our preview writes it."""
_NAME = r"[A-Za-z_$][\w$]*"
_STARTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:async\s+)?\bdef\s+({_NAME})\s*(?:\[[^\]]*\])?\(",
        rf"\b(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*({_NAME})\s*(?:<[^>()]*>)?\(",
        rf"\b(?:var|let|const)\s+({_NAME})\s*=\s*(?:async\s+)?(?:function\s*(?:{_NAME})?\s*)?\(",
        rf"\b(?:pub\s+)?(?:fn|fun|func)\s+(?:\([^)]*\)\s*)?({_NAME})\s*(?:<[^>()]*>)?\(",
    )
)
_CALLED = re.compile(rf"(?<![\w$.])({_NAME})\s*\(")
_C_TYPE = re.compile(r"[\w:<>\[\],&* \t]*[\w>\]&*][ \t]*[ \t&*]")
_BARE = re.compile(rf"^\s*({_NAME})\s*\(")
_MODIFIERS = re.compile(
    r"\b(public|private|protected|static|final|inline|virtual|constexpr|extern|override|abstract)\b:?"
)
_NOT_A_TYPE = re.compile(
    r"\b(return|else|new|throw|if|while|for|switch|class|struct|public|private|of|the|a|an|is)\s*$"
)
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*|\"\"\".*?\"\"\"|'''.*?'''", re.DOTALL)
_JSDOC_PARAMETER = re.compile(r"@param\s*\{(.+?)\}\s*\[?(\w+)")
_JSDOC_RETURN = re.compile(r"@returns?\s*\{(.+?)\}")
_PYDOC_PARAMETER = re.compile(r":type\s+(\w+)\s*:\s*(\S.*)")
_PYDOC_RETURN = re.compile(r":rtype\s*:\s*(\S.*)")
_CODE_LINE = re.compile(
    rf"^\s*(class\s+{_NAME}.*[:{{]\s*$|(async\s+)?def\s+{_NAME}\s*\(|(export\s+)?(default\s+)?function\s+{_NAME}\s*\("
    rf"|(var|let|const)\s+{_NAME}\s*=\s*(async\s+)?(function\b|\()|(pub\s+)?fn\s+{_NAME}\s*[(<]|func?\s+{_NAME}\s*\("
    r"|fun\s+\w+\s*\(|impl\s+\w+\s*\{|/\*\*\s*$|public\s+[\w<>\[\], ]+\s+\w+\s*\(|#\s*Definition for)"
)
_SPECIAL = frozenset({"__init__", "main", "constructor"})


class SignatureError(ValueError):
    """A text is no signature; the message says what would help."""


@dataclass(frozen=True)
class FoundSignature:
    """A signature, perhaps with types that are still open, and what was done about it."""

    name: str
    parameters: tuple[tuple[str, ValueType], ...]
    returns: ValueType
    notes: tuple[str, ...] = ()

    @property
    def in_place(self) -> bool:
        """Whether its function returns nothing, and changes its first argument instead."""
        return self.returns is VOID


def starts_code(line: str) -> bool:
    """Whether a line of a page is the beginning of the code that is given to start with."""
    return _CODE_LINE.match(line) is not None


def read_signature(text: str) -> FoundSignature:
    """The first function of a piece of code, or a signature as our preview writes it. Raises `SignatureError`."""
    text = plain(text)[:MAX_LENGTH]
    code = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    code = re.sub(r"\n\s*\n", "\n", code)
    code = re.sub(r"#[^\n]*", "", code) if re.search(r"\bdef\b", code) else code
    found = _with_keyword(code) or _bare(code) or _c_like(code)
    if found is None:
        raise SignatureError(f"no function is found in it; it can be written like {EXAMPLE}")
    parameters, returns, name, notes = found
    parameters, returns = _documented(text, parameters, returns)
    return FoundSignature(_named(name, notes), _distinct(parameters, notes), returns, tuple(notes))


def signature_words(signature: FoundSignature | Signature) -> str:
    """A signature in one line, as `read_signature` reads it."""
    inner = ", ".join(f"{name}: {kind}" for name, kind in signature.parameters)
    return f"{signature.name}({inner}) -> {signature.returns}"


_Parts = tuple[list[tuple[str, ValueType]], ValueType, str, list[str]]


def _with_keyword(code: str) -> _Parts | None:
    """def, function, fn, func, fun: the name stands after the word, and types after the names, if anywhere."""
    matches = sorted(
        (match for start in _STARTS for match in start.finditer(code)), key=lambda match: match.start()
    )  # fmt: skip
    names = [match[1] for match in matches if match[1] not in _SPECIAL]
    if len(names) > 1 and re.search(r"^\s*class\s+(?!Solution)", code, re.MULTILINE):
        raise SignatureError(
            f"it is a class with {len(names)} methods ({', '.join(names[:3])}…); Sparring asks for one function"
        )
    for match in matches:
        if match[1] in _SPECIAL:
            continue
        inside, tail = _bracketed(code, match.end() - 1)
        is_go = re.search(r"\bfunc\b", match[0]) is not None and ":" not in inside
        parameters = _go_parameters(inside) if is_go else _colon_parameters(inside)
        return parameters, _returns(tail, is_go=is_go), match[1], []
    return None


def _bare(code: str) -> _Parts | None:
    match = _BARE.match(code)
    if match is None:
        return None
    inside, tail = _bracketed(code, match.end() - 1)
    return _colon_parameters(inside), _returns(tail, is_go=False), match[1], []


def _c_like(code: str) -> _Parts | None:
    """C++, Java, C#: the type stands before the name."""
    for match in _CALLED.finditer(code):
        begin = max(code.rfind(sign, 0, match.start()) for sign in ";{}\n") + 1
        before = code[begin : match.start()]
        kind = _MODIFIERS.sub(" ", before).strip()
        if not kind or _C_TYPE.fullmatch(before) is None or _NOT_A_TYPE.search(kind) or match[1] in _SPECIAL:
            continue
        inside, _ = _bracketed(code, match.end() - 1)
        parameters = []
        for _, part in split_top(_shielded(inside), ","):
            words = re.match(rf"^(.*?[\s&*>\]])({_NAME})\s*((?:\[\s*\d*\s*\])*)\s*(?:=.*)?$", part.strip(), re.DOTALL)
            if part.strip() and words is None:
                raise SignatureError(f"the parameter “{_open(part).strip()}” is not understood")
            if words is not None:
                parameters.append((words[2], _c_type(_open(words[1]) + "[]" * words[3].count("["))))
        return _without_sizes(parameters), _c_type(kind), match[1], []
    return None


def _c_type(text: str) -> ValueType:
    """C's pointers: `int*` is a list, `char*` a text, a pointer to a node that node."""
    bare = text.replace("const", " ").strip()
    stars = len(bare) - len(bare.rstrip("* "))
    count = bare[-stars:].count("*") if stars else 0
    made = _type(bare)
    if isinstance(made, Scalar):
        for _ in range(count - (made == STRING)):
            made = ListOf(made)
    return made


def _without_sizes(parameters: list[tuple[str, ValueType]]) -> list[tuple[str, ValueType]]:
    """In C, the lengths of lists are given beside them; here a list knows its own."""
    names = {name for name, _ in parameters}
    return [
        (name, kind)
        for name, kind in parameters
        if not (match := re.fullmatch(r"(\w+?)(?:Col|Column)?(?:Size|Sizes)", name))
        or (match[1] not in names and match[1] != "return")
    ]


def _colon_parameters(inside: str) -> list[tuple[str, ValueType]]:
    parameters = []
    for _, part in split_top(_shielded(inside), ","):
        piece = _open(part).strip()
        piece = re.sub(r"^(mut|ref|_)\s+(?=\w)", "", piece)
        name, has_type, kind = piece.partition(":")
        name = name.split("=")[0].strip().rstrip("?")
        if not piece or name in ("self", "&self", "&mut self", "mut self", "cls", "this", "/", "*"):
            continue
        if name.startswith(("*", "...")):
            raise SignatureError(f"“{piece}” stands for any number of arguments; give each its name")
        # Swift has a second name for the caller.
        name = name.split()[-1]
        if re.fullmatch(_NAME, name) is None:
            raise SignatureError(f"the parameter “{piece}” is not understood; write it like nums: list[int]")
        parameters.append((name, _type(_without_default(kind)) if has_type else ANY))
    return parameters


def _go_parameters(inside: str) -> list[tuple[str, ValueType]]:
    """Go: `a, b int, words []string`."""
    parameters: list[tuple[str, ValueType]] = []
    waiting: list[str] = []
    for _, part in split_top(inside, ","):
        words = part.split(None, 1)
        if not words:
            continue
        waiting.append(words[0])
        if len(words) == 2:
            kind = _type(words[1])
            parameters += [(name, kind) for name in waiting]
            waiting = []
    return parameters + [(name, ANY) for name in waiting]


def _returns(tail: str, *, is_go: bool) -> ValueType:
    """What stands after the parameters: `-> T:`, `: T {`, or Go's `T {`."""
    line = tail.split("\n", 1)[0] if "->" not in tail.split("{", 1)[0] else tail.split("{", 1)[0]
    match = re.match(r"\s*->\s*(.+?)\s*(?::\s*(?:\.\.\.|pass|#.*|[^\]|>]*)?)?\s*$", line.split("{", 1)[0].strip() or "")
    if match is not None:
        return _type(match[1].removesuffix(":"))
    if is_go:
        kind = line.split("{", 1)[0].strip()
        return _type(kind) if kind else VOID
    match = re.match(r"\s*:\s*([^={;\n]+?)\s*(?:=>|\{|;|$)", line)
    return _type(match[1]) if match is not None and match[1].strip() not in ("", "pass", "...") else ANY


def _bracketed(code: str, opening: int) -> tuple[str, str]:
    end = closing(code, opening)
    if end < 0:
        raise SignatureError("a bracket of the parameters is never closed")
    return code[opening + 1 : end], code[end + 1 :]


def _shielded(text: str) -> str:
    """Angle brackets as round ones that can be told from others, so that commas inside them do not cut."""
    return text.replace("->", "\x01").replace("=>", "\x02").replace("<", "(\x03").replace(">", "\x04)")


def _open(text: str) -> str:
    return text.replace("(\x03", "<").replace("\x04)", ">").replace("\x01", "->").replace("\x02", "=>")


def _without_default(kind: str) -> str:
    return kind.split("=", 1)[0]


def _type(text: str) -> ValueType:
    try:
        return read_type(text)
    except ForeignTypeError as error:
        raise SignatureError(f"{error}; known are int, float, bool, string, list[…], map[…, …], tree[int]…") from error


def _documented(
    text: str, parameters: list[tuple[str, ValueType]], returns: ValueType
) -> tuple[list[tuple[str, ValueType]], ValueType]:
    """Types that stand in a comment (JSDoc, :type:) where the code itself has none."""
    kinds = {match[2]: match[1] for match in _JSDOC_PARAMETER.finditer(text)}
    kinds |= {match[1]: match[2] for match in _PYDOC_PARAMETER.finditer(text)}
    said = _JSDOC_RETURN.search(text) or _PYDOC_RETURN.search(text)
    made = [(name, _type(kinds[name]) if kind is ANY and name in kinds else kind) for name, kind in parameters]
    return made, _type(said[1]) if returns is ANY and said is not None else returns


def _named(name: str, notes: list[str]) -> str:
    made = snake(name)
    if not made:
        raise SignatureError(f"“{name}” can be no name of a function here; use letters and digits")
    if made != name:
        notes.append(f"The function is called {made} here, and not {name}.")
    return made


def _distinct(parameters: list[tuple[str, ValueType]], notes: list[str]) -> tuple[tuple[str, ValueType], ...]:
    if len(parameters) > MAX_PARAMETERS:
        raise SignatureError(f"it has more than {MAX_PARAMETERS} parameters")
    made: list[tuple[str, ValueType]] = []
    for number, (name, kind) in enumerate(parameters, 1):
        if kind is VOID:
            continue  # f(void)
        own = snake(name) or f"value_{number}"
        while own in (one for one, _ in made):
            own = f"{own}_{number}"
        made.append((own, kind))
    return tuple(made)
