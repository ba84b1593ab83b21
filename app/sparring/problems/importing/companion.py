"""What the browser extension Competitive Companion sends: one problem as JSON, made into a draft.

The extension posts the name, group and address of a problem, its limits and its sample tests; statement, topics and
difficulty are not among them, so the draft's statement says where they can be read.
"""

import re
from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec

from sparring.problems.importing.draft import ProblemDraft, one_line
from sparring.problems.importing.pasting.heading import cleaned
from sparring.problems.loader import MAX_LINK
from sparring.problems.model import Case

KIND = "competitive-companion"
MAX_TESTS = 100
MAX_BATCH = 100
TIME_LIMITS_S = (0.1, 60.0)
MEMORY_LIMITS_MB = (16, 4096)
_LINK = re.compile(r"https?://[^\s/]\S*")


class PostError(ValueError):
    """What came is no problem that can be kept; the message is for people."""


class _Test(msgspec.Struct):
    input: str
    output: str


class _End(msgspec.Struct):
    """Where a program reads from or writes to."""

    type: str = ""
    file_name: Annotated[str, msgspec.Meta(max_length=200)] = msgspec.field(name="fileName", default="")


class _Batch(msgspec.Struct):
    id: Annotated[str, msgspec.Meta(max_length=200)] = ""
    size: Annotated[int, msgspec.Meta(ge=1, le=MAX_BATCH)] = 1


class _Task(msgspec.Struct):
    """The fields that we use; others are passed over, as the extension adds some now and then."""

    name: str
    group: str = ""
    url: str = ""
    interactive: bool = False
    memory_limit: float = msgspec.field(name="memoryLimit", default=256)
    time_limit: float = msgspec.field(name="timeLimit", default=2000)
    tests: list[_Test] = msgspec.field(default_factory=list)
    test_type: str = msgspec.field(name="testType", default="single")
    input: _End = msgspec.field(default_factory=_End)
    output: _End = msgspec.field(default_factory=_End)
    languages: Any = None
    batch: _Batch = msgspec.field(default_factory=_Batch)


@dataclass(frozen=True)
class CompanionPost:
    """One problem that came from the browser, and what is to be said about it."""

    draft: ProblemDraft
    group: str = ""
    """The contest or course that it is from."""
    batch: str = ""
    batch_size: int = 1
    """How many problems are sent together."""
    notes: tuple[str, ...] = field(default=())


def read_post(body: bytes) -> CompanionPost:
    """The problem in a post. Raises `PostError`."""
    try:
        task = msgspec.json.decode(body, type=_Task)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PostError(f"What came from the browser is no problem that Sparring can read ({error}).") from error
    title = one_line(cleaned(task.name))
    if not title:
        raise PostError("What came from the browser has no name.")
    if task.interactive:
        raise PostError(f"{title} is interactive: its judge answers while the program runs. Sparring cannot play that.")
    cases = tuple(
        Case(f"sample {number}", False, stdin=_data(test.input), stdout=_data(test.output))
        for number, test in enumerate(task.tests[:MAX_TESTS], 1)
        if test.input.strip() or test.output.strip()
    )
    if not cases:
        raise PostError(f"{title} came without a sample test, so nothing could be run. Paste it with its examples.")
    group, notes = one_line(cleaned(task.group)), tuple(_notes(task))
    link = task.url if _LINK.fullmatch(task.url) and len(task.url) <= MAX_LINK else ""
    draft = ProblemDraft(
        title=title,
        statement=_statement(title, group, link, cases),
        cases=cases,
        topics=("imported",),
        source=link,
        time_limit_s=_between(task.time_limit / 1000, *TIME_LIMITS_S),
        memory_limit_mb=int(_between(task.memory_limit, *MEMORY_LIMITS_MB)),
        notes=notes,
    )
    return CompanionPost(draft, group, task.batch.id, task.batch.size, notes)


def _data(text: str) -> str:
    """What a program reads or prints: as it is, with the line ends of ours."""
    return text.replace("\r\n", "\n")


def _notes(task: _Task) -> list[str]:
    notes = []
    if len(task.tests) > MAX_TESTS:
        notes.append(f"Of {len(task.tests)} tests the first {MAX_TESTS} were taken.")
    for end, does in ((task.input, "reads from"), (task.output, "writes to")):
        if end.type in ("file", "regex"):
            name = f" {one_line(end.file_name)}" if end.file_name else ""
            notes.append(f"There, the program {does} a file{name}; here it uses standard input and output.")
    if task.test_type == "multiNumber":
        notes.append("Its input begins with the number of tests that follow.")
    if not TIME_LIMITS_S[0] <= task.time_limit / 1000 <= TIME_LIMITS_S[1]:
        notes.append(f"Its time limit of {task.time_limit:g} ms is beyond what Sparring keeps to.")
    return notes


def _statement(title: str, group: str, link: str, cases: tuple[Case, ...]) -> str:
    """The extension sends no statement: where it can be read, and the samples."""
    origin = f" of *{_escaped(group)}*" if group else ""
    where = f"\n\nThe statement is at <{link}>." if link else "\n\nIts statement did not come along."
    samples = "\n\n".join(
        f"**{case.name.capitalize()}**\n\n{_fenced(case.stdin)}\n\nprints\n\n{_fenced(case.stdout)}"
        for case in cases[:3]
    )
    return f"**{_escaped(title)}**{origin}: a program that reads standard input and prints.{where}\n\n{samples}"


def _fenced(text: str) -> str:
    fence = "````" if "```" in text else "```"
    return f"{fence}text\n{text.rstrip()}\n{fence}"


def _escaped(text: str) -> str:
    return re.sub(r"([\\*_`\[\]<>#])", r"\\\1", text)


def _between(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))
