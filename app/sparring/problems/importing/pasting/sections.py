"""Cuts a problem's text into its parts: prose, examples, constraints, hints, and the code to start with."""

from dataclasses import dataclass, field
from typing import Literal

from sparring.problems.importing.pasting.calls import call_example, doctest_call
from sparring.problems.importing.pasting.labels import (
    Label,
    inline_labels,
    is_fence,
    is_prose,
    label_of,
    names_both,
)
from sparring.problems.importing.pasting.literals import outside, plain
from sparring.problems.importing.pasting.model import Source
from sparring.problems.importing.pasting.signatures import starts_code

BlockKind = Literal["prose", "data", "constraints", "hint", "follow-up", "code"]
State = Literal["prose", "example", "input", "output", "explanation", "constraints", "hint", "follow-up", "code"]
_ONE_COLUMN = "input and output stand in one table here, and which line belongs to which cannot be told"
_PARTS_HELP = "Paste them apart, each under its own line “Input:” or “Output:”."
_DATA_STATES = ("input", "output")


@dataclass
class RawExample:
    """An example as the page has it."""

    input: list[str] = field(default_factory=list)
    output: list[str] = field(default_factory=list)
    line: int = 0
    source: Source = "text"
    is_call: bool = False
    """Written as a call of the function, of which the input has the arguments."""
    call: str = ""
    """The name of that function, if it has one."""
    is_block: bool = False
    """Its data stand in lines of their own, below the label."""
    has_output: bool = False

    @property
    def input_text(self) -> str:
        return _joined(self.input)

    @property
    def output_text(self) -> str:
        return _joined(self.output)


@dataclass
class Block:
    """Lines of one kind, in the order of the page."""

    kind: BlockKind
    lines: list[str]
    line: int


@dataclass
class Page:
    """The parts of a text. `strays` are lines that say nothing we know: (line, text, what would help)."""

    blocks: list[Block] = field(default_factory=list)
    examples: list[RawExample] = field(default_factory=list)
    strays: list[tuple[int, str, str]] = field(default_factory=list)
    describes_input: bool = False
    """It has a section that says in prose what a program reads."""

    def lines_of(self, kind: BlockKind) -> list[str]:
        return [line for block in self.blocks if block.kind == kind for line in block.lines]


def read_page(lines: list[tuple[int, str]], source: Source = "text") -> Page:
    """The parts of some numbered lines. In the field for examples nothing but examples is expected."""
    reader = _Reader(lines, source)
    reader.read()
    return reader.page


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip("\n").rstrip()


class _Reader:
    def __init__(self, lines: list[tuple[int, str]], source: Source) -> None:
        self.page = Page()
        self._lines, self._source = lines, source
        self._only_examples = source == "examples"
        self._in_examples = self._only_examples
        self._state: State = "example" if self._only_examples else "prose"
        self._example: RawExample | None = None
        self._was_blank = True
        self._number = 0
        self._fence_waits = False

    def read(self) -> None:
        for index, (number, line) in enumerate(self._lines):
            self._number = number
            if is_fence(line):
                if self._state not in (*_DATA_STATES, "example"):
                    self._keep(line, "code" if self._state == "code" else "prose")
                continue
            self._line(line, index)
            self._was_blank = not line.strip()
        self._close()

    # One line.

    def _line(self, line: str, index: int) -> None:
        if names_both(line):
            self._close()
            self.page.strays.append((self._number, _ONE_COLUMN, _PARTS_HELP))
            self._state = "prose"
            return
        label = label_of(line)
        if label is not None and self._label(label, line, index):
            return
        if starts_code(line) and not (self._state == "input" and not self._was_blank):
            self._close()
            self._state = "code"
        if self._state == "code":
            self._keep(line, "code")
        elif self._call(line, index):
            self._keep(line, "data")
        else:
            self._plain_line(line)

    def _plain_line(self, line: str) -> None:
        example = self._example
        if self._state == "input" and example is not None:
            example.input.append(line)
            self._keep(line, "data")
        elif self._state == "output" and example is not None:
            self._output_line(example, line)
        elif self._state == "constraints" or self._state == "hint" or self._state == "follow-up":
            self._keep(line, self._state)
        elif self._only_examples and self._state == "example" and line.strip():
            words = "this line belongs to no example"
            self.page.strays.append((self._number, words, "Begin it with “Input:” or “Output:”."))
        else:
            self._keep(line, "prose")

    def _output_line(self, example: RawExample, line: str) -> None:
        has_some = any(part.strip() for part in example.output)
        if has_some and is_prose(line) and (self._was_blank or not example.is_block):
            self._state = "explanation"
            self._keep(line, "prose")
            return
        example.output.append(line)
        self._keep(line, "data")

    # Labels.

    def _label(self, label: Label, line: str, index: int) -> bool:
        """Whether the line was taken as a label."""
        match label.kind:
            case "example":
                return self._example_label(label, line, index)
            case "input":
                return self._input_label(label, line, index)
            case "output":
                return self._output_label(label, line, index)
            case "explanation":
                if self._example is None and self._in_examples:
                    self._keep(line, "prose")
                    return True
                if self._example is None:
                    return False
                self._close()
                self._state = "explanation"
                self._keep(line, "prose")
                return True
        return self._section(label, line)

    def _section(self, label: Label, line: str) -> bool:
        self._close()
        if label.kind in ("constraints", "hint", "follow-up"):
            self._state = label.kind
            if label.kind == "constraints" or label.rest:
                self.page.blocks.append(Block(label.kind, [], self._number))
            if label.rest:
                self._keep(label.rest, label.kind)
            return True
        self._state, self._in_examples = "prose", self._only_examples
        self._keep(line, "prose")
        return True

    def _example_label(self, label: Label, line: str, index: int) -> bool:
        is_example = label_of(label.rest) is not None or self._is_call(label.rest, self._after(index))
        if label.rest and not is_example and (is_prose(label.rest) or not label.has_colon):
            # "Example: [1, 2] -> 3" is one as well; other words are a name.
            return False
        self._close()
        self._state, self._in_examples = "example", True
        self._keep(line, "data" if label.rest else "prose")
        inner = label_of(label.rest)
        if inner is not None and inner.kind != "example":
            self._label(inner, "", index)
        elif label.rest:
            self._call(label.rest, index)
        return True

    def _input_label(self, label: Label, line: str, index: int) -> bool:
        if not label.rest and self._describes(index):
            self._close()
            self.page.describes_input = True
            self._state, self._in_examples = "prose", False
            self._keep(line, "prose")
            return True
        if label.rest and is_prose(label.rest) and not inline_labels(label.rest):
            # "Input: an array of integers" tells what comes in.
            return False
        if label.rest and self._is_call(label.rest, ""):
            return self._call(label.rest, index)
        self._close()
        self._example = RawExample(line=self._number, source=self._source, is_block=not label.rest)
        self._state, self._in_examples = "input", True
        self._keep(line, "data")
        self._parts(label.rest, self._example.input)
        return True

    def _output_label(self, label: Label, line: str, index: int) -> bool:
        example = self._example
        if example is None:
            if not label.rest and self._describes(index):
                self._state = "prose"
                self._keep(line, "prose")
                return True
            return False
        if example.has_output:
            return False
        example.has_output = True
        self._state = "output"
        self._keep(line, "data")
        self._parts(label.rest, example.output)
        return True

    def _parts(self, rest: str, first: list[str]) -> None:
        """What stands behind a label, which may hold further labels."""
        example = self._example
        if not rest or example is None:
            return
        free = set(outside(plain(rest)))
        cuts = [one for one in inline_labels(rest) if one[0] in free or one[1] - 1 in free]
        first.append(rest[: cuts[0][0]] if cuts else rest)
        for number, (_, end, kind) in enumerate(cuts):
            piece = rest[end : cuts[number + 1][0] if number + 1 < len(cuts) else len(rest)].strip()
            if kind == "explanation":
                self._close()
                self._state = "explanation"
                return
            example.has_output = True
            example.output.append(piece)
            self._state = "output"

    def _describes(self, index: int) -> bool:
        """Whether what follows a heading is a sentence about the data rather than data."""
        following = [line for _, line in self._lines[index + 1 : index + 4] if line.strip()]
        return bool(following) and is_prose(following[0]) and label_of(following[0]) is None

    # Calls.

    def _after(self, index: int) -> str:
        return self._lines[index + 1][1] if index + 1 < len(self._lines) else ""

    def _is_call(self, text: str, following: str) -> bool:
        return call_example(text, allow_bare=self._in_examples) is not None or (
            doctest_call(text) is not None and bool(following.strip())
        )

    def _call(self, line: str, index: int) -> bool:
        """Whether a line is an example by itself: `f([2, 7], 9) -> [0, 1]`, or `>>> f(…)` with its result below."""
        if self._state in _DATA_STATES and not (self._example and self._example.has_output):
            return False
        found = call_example(line, allow_bare=self._state == "example")
        opened = doctest_call(line)
        if found is None and opened is None:
            return False
        self._close()
        self._in_examples = True
        name, arguments, result = found if found is not None else (*(opened or ("", "")), "")
        self._example = RawExample([arguments], [result] if result else [], self._number, self._source)
        self._example.is_call, self._example.call, self._example.has_output = True, name, True
        self._state = "output"
        if found is not None:
            self._close()
            self._state = "example" if self._only_examples else "prose"
        return True

    # Keeping.

    def _close(self) -> None:
        """The example is complete, if there is one."""
        example, self._example = self._example, None
        if example is not None:
            self.page.examples.append(example)
        if self._state in _DATA_STATES:
            self._state = "example" if self._only_examples else "prose"

    def _keep(self, line: str, kind: BlockKind) -> None:
        blocks = self.page.blocks
        if not blocks or blocks[-1].kind != kind:
            blocks.append(Block(kind, [], self._number))
        if line or kind != "data":
            blocks[-1].lines.append(line)
