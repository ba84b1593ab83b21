"""What the screen shows, and what it tells."""

from dataclasses import dataclass, field

EXPECTED, NAME, HIDDEN = -1, -2, -3
"""Columns of the table of cases beside the inputs, which are 0, 1, …"""


@dataclass(frozen=True)
class ReportView:
    """What an import brought, in words: one line for each problem, and why the others did not come."""

    words: str = ""
    came_in: tuple[tuple[str, str], ...] = ()
    """(title, notes)."""
    left_out: tuple[tuple[str, str], ...] = ()
    """(name, why)."""
    id: str = ""
    """Of the import, so that it can be undone; empty if nothing came in."""


@dataclass(frozen=True)
class FilesState:
    """Of the page for folders and zip files."""

    busy: str = ""
    done: int = 0
    total: int = 0
    report: ReportView = ReportView()
    error: str = ""


@dataclass(frozen=True)
class PasteFields:
    """What a person typed or pasted."""

    text: str = ""
    link: str = ""
    signature: str = ""
    examples: str = ""
    title: str = ""
    topics: str = ""
    difficulty: str = ""
    """"easy", "medium", "hard", or empty for what was found; likewise `mode`: "function" or "program"."""
    mode: str = ""


@dataclass(frozen=True)
class CaseRow:
    """A row of the table."""

    name: str
    inputs: tuple[str, ...]
    expected: str
    hidden: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class TroubleRow:
    """Something that was not understood. A press on it goes to `line` of the field `source`, or to that case."""

    source: str
    line: int
    words: str
    is_fatal: bool = True


@dataclass(frozen=True)
class PastePreview:
    """What was understood."""

    is_empty: bool = True
    title: str = ""
    mode: str = "function"
    signature: str = ""
    difficulty: str = "medium"
    topics: str = ""
    columns: tuple[str, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    statement: str = field(default="", repr=False)
    notes: tuple[str, ...] = ()
    troubles: tuple[TroubleRow, ...] = ()
    can_be_kept: bool = False


@dataclass(frozen=True)
class PostRow:
    """A problem that came from the browser."""

    id: int
    title: str
    group: str
    """The contest or course that it is from."""
    words: str
    statement: str = field(default="", repr=False)
    notes: tuple[str, ...] = ()
    batch_words: str = ""
    """How many of its contest have come; empty for a single one."""


@dataclass(frozen=True)
class BrowserState:
    """Of the page for the browser."""

    is_on: bool = False
    port: int = 0
    words: str = ""
    error: str = ""
    posts: tuple[PostRow, ...] = ()
    chosen: int = -1
    """The id of the post that is looked at."""


@dataclass(frozen=True)
class EarlierRow:
    """An earlier import."""

    id: str
    words: str
    details: str
    report: ReportView = ReportView()


@dataclass(frozen=True)
class BringInState:
    """All of the screen but the preview, which comes by itself."""

    way: str = "paste"
    """"files", "paste", "browser" or "earlier"."""
    files: FilesState = FilesState()
    browser: BrowserState = BrowserState()
    earlier: tuple[EarlierRow, ...] = ()
    kept: ReportView = ReportView()
    """What was kept last, by pasting or from the browser."""
    is_busy: bool = False
    in_lobby: bool = False
    """What is kept is suggested to both at once."""
