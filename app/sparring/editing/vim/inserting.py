"""Insert and replace mode: what is typed there is the editor's, but `.` and counts have to know it."""

from dataclasses import dataclass, field

from sparring.editing.languages import Language
from sparring.editing.model import Edit, apply_edits
from sparring.editing.vim import insertion, lines
from sparring.editing.vim.lines import after, before, line_start, line_stop, snapped
from sparring.editing.vim.values import MAX_INSERTED, Command, Mode, Outcome, Shape, is_named

MAX_KEYS = 100_000
"""Keys of one insert mode that are remembered."""
_ARROWS = ("<Left>", "<Right>", "<Up>", "<Down>")
MOVING = frozenset(
    (*_ARROWS, "<Home>", "<End>", "<PageUp>", "<PageDown>", "<C-Left>", "<C-Right>", "<C-Home>", "<C-End>")
)
TYPING = frozenset(("<BS>", "<C-h>", "<Del>", "<CR>", "<C-j>", "<C-m>", "<Tab>", "<Space>", "<C-w>", "<C-u>"))


@dataclass(frozen=True, slots=True)
class Repeat:
    """A whole change, with what was typed in it."""

    command: Command
    shape: Shape | None = None
    keys: tuple[str, ...] = ()


@dataclass(slots=True)
class Insertion:
    """What has been typed since insert or replace mode began."""

    command: Command
    shape: Shape | None = None
    copies: int = 1
    opened: bool = False
    indented: bool = False
    """The line began with blanks that nobody typed."""
    keys: list[str] = field(default_factory=list)
    overtyped: list[tuple[str, int]] = field(default_factory=list)
    """In replace mode, what stood where each key typed something, and how much it typed."""

    def feed(self, key: str) -> None:
        """Remember what a key types."""
        if (key in TYPING or not is_named(key)) and len(self.keys) < MAX_KEYS:
            self.keys.append(key)

    def moved(self) -> None:
        """The cursor went elsewhere: what is typed from now on is an insertion of its own."""
        self.command, self.shape = Command("R" if self.command.action == "R" else "i"), None
        self.copies, self.opened, self.indented = 1, False, False
        self.keys.clear()
        self.overtyped.clear()

    @property
    def leaves_blanks(self) -> bool:
        """Whether the cursor may stand after an indentation that was of no use."""
        return self.keys[-1] in ("<CR>", "<C-j>", "<C-m>") if self.keys else self.indented

    @property
    def repeat(self) -> Repeat:
        return Repeat(self.command, self.shape, tuple(self.keys))


def left(text: str, at: int) -> int:
    """Where the cursor is after leaving insert mode: one to the left, in the same line."""
    return before(text, at) if at > line_start(text, at) else at


def finishing(text: str, at: int, done: Insertion, language: Language) -> Edit | None:
    """What is still to be done when the mode is left.

    An indentation of no use goes; a count writes the same again, each time in a line of its own if lines were opened,
    and in replace mode over what stands there.
    """
    indent = lines.indent_of(text, at)
    start = at
    if done.leaves_blanks and line_start(text, at) + len(indent) == at == line_stop(text, at):
        start, indent = line_start(text, at), ""
    once = insertion.typed(indent, len(indent), done.keys, language).inserted
    if done.opened:
        once = "\n" + indent + once
    copies = once * (done.copies - 1) if len(once) * done.copies <= MAX_INSERTED else ""
    stop = at
    if done.command.action == "R":
        stop = _overtyped(text, at, copies)
    return Edit(start, stop, copies) if start < stop or copies else None


def _overtyped(text: str, at: int, inserted: str) -> int:
    """How far replace mode goes when it types this."""
    stop = at
    for character in inserted:
        if character != "\n" and not lines.at_line_end(text, stop):
            stop = after(text, stop)
    return stop


def overtype(now: Insertion, key: str, text: str, at: int, language: Language) -> Edit | None:
    """What a key does in replace mode; None if it types nothing."""
    typed = {"<CR>": "\n", "<Tab>": "\t", "<Space>": " "}.get(key, key)
    if is_named(typed):
        return None
    now.feed(key)
    stop = _overtyped(text, at, typed)
    if typed == "\n":
        typed += insertion.indentation(text[line_start(text, at) : at], language)
    elif typed == "\t":
        typed = insertion.tab(text, at, language)
    now.overtyped.append((text[at:stop], len(typed)))
    return Edit(at, stop, typed)


def overtype_back(now: Insertion, text: str, at: int) -> Edit:
    """Backspace in replace mode brings back what was there; before that it only goes left."""
    if not now.overtyped:
        return Edit(left(text, at), left(text, at), "")
    original, length = now.overtyped.pop()
    now.feed("<BS>")
    return Edit(snapped(text, at - length), at, original)


def typed_again(text: str, outcome: Outcome, repeat: Repeat, language: Language) -> Outcome:
    """A repeated change as a whole: what its command did, then what was typed in it."""
    between = apply_edits(text, outcome.edits)
    typed = insertion.typed(between, outcome.cursor, repeat.keys, language)
    if outcome.mode is Mode.REPLACE:
        typed = typed._replace(stop=_overtyped(between, typed.start, typed.inserted))
    edit, between = _composed(between, outcome.edits[0] if outcome.edits else None, typed)
    at = typed.start + len(typed.inserted)
    again = Insertion(repeat.command, None, outcome.copies, outcome.opened, outcome.indented, list(repeat.keys))
    finish = finishing(between, at, again, language)
    if finish:
        edit, between = _composed(between, edit, finish)
        at = finish.start + len(finish.inserted)
    edits = () if edit.start == edit.stop and not edit.inserted else (edit,)
    return Outcome(left(between, at), edits)


def _composed(between: str, first: Edit | None, second: Edit) -> tuple[Edit, str]:
    """One edit for two, of which the second is in terms of the text between them; and the text after both."""
    last = apply_edits(between, [second])
    if first is None:
        return second, last
    grown = len(first.inserted) - (first.stop - first.start)
    start, stop = min(first.start, second.start), max(first.start + len(first.inserted), second.stop)
    inserted = last[start : stop + len(second.inserted) - (second.stop - second.start)]
    return Edit(start, stop - grown, inserted), last
