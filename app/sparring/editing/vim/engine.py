"""Vim's keys over a text that somebody else owns: one key in, one response out."""

from collections.abc import Callable
from dataclasses import replace

from sparring.editing.languages import Language
from sparring.editing.model import Change, Edit, Selection, apply_edits
from sparring.editing.vim import insertion, visual
from sparring.editing.vim.commands import REPEATABLE, place
from sparring.editing.vim.grammar import OPERATORS, Unfinished, parse
from sparring.editing.vim.inserting import (
    MOVING,
    Insertion,
    Repeat,
    finishing,
    left,
    overtype,
    overtype_back,
    typed_again,
)
from sparring.editing.vim.lines import after, at_column, at_line_end, on_character, snapped, start_of_line
from sparring.editing.vim.perform import on_span, perform, perform_visual, selected
from sparring.editing.vim.registers import NAMES, Registers
from sparring.editing.vim.values import (
    CannotError,
    Command,
    Memory,
    Mode,
    Moment,
    Outcome,
    Response,
    Shape,
    is_named,
)

ESCAPES = frozenset(("<Esc>", "<C-[>"))
_FOREIGN = ("<C-", "<A-", "<M-", "<D-", "<S-", "<F")
"""How names of keys begin that are the app's if they are not Vim's."""
_CHANGING = frozenset("xXsSdDcCR><~uUJpPrIA") | frozenset(("gu", "gU", "g~", "gc", "gJ"))
"""Commands of visual mode that `.` repeats."""


class Vim:
    """One editor's Vim. It keeps registers, marks, the last change and the last search, but never the text.

    In normal mode the selection is a bare cursor before the character that the cursor is on. In insert mode it is the
    editor's. In visual mode it covers exactly what is taken: see `visual`. A selection that something else made, the
    mouse say, is visual mode's from the next key on.
    """

    def __init__(
        self,
        read_clipboard: Callable[[], str] = str,
        write_clipboard: Callable[[str], None] = lambda text: None,
    ) -> None:
        self._mode = Mode.NORMAL
        self._memory = Memory(Registers(read_clipboard, write_clipboard))
        self._keys: list[str] = []
        self._unfinished = Unfinished()
        self._insertion: Insertion | None = None
        self._last: Repeat | None = None
        self._column: tuple[int, int] | None = None
        # What was shown last, with the anchor and the cursor that it stood for: at a text's end both are not always
        # to be read from the selection alone.
        self._shown: tuple[Selection, int, int] | None = None
        self._last_visual: tuple[Mode, tuple[int, int], tuple[int, int]] | None = None

    @property
    def mode(self) -> Mode:
        return Mode.COMMAND if self._unfinished.prompt else self._mode

    @property
    def pending(self) -> str:
        """What has been typed of an unfinished command."""
        if self._unfinished.prompt:
            return self._unfinished.prompt + self._unfinished.line
        return "".join(self._keys)

    @property
    def highlighted(self) -> str:
        """The pattern whose matches are to be shown; empty after :noh."""
        return self._memory.pattern if self._memory.highlighted else ""

    def reset(self) -> None:
        """Back to normal mode in another text: marks go, registers, searches and the last change stay."""
        self._mode = Mode.NORMAL
        self._forget_keys()
        self._insertion = self._column = self._shown = self._last_visual = None
        self._memory.marks.clear()

    def key(self, key: str, text: str, selection: Selection, language: Language) -> Response:
        """What a key does: a printable character as typed, or a name in angle brackets."""
        if self._mode is Mode.INSERT:
            return self._insert_key(key, text, selection, language)
        if self._mode is Mode.REPLACE:
            return self._replace_key(key, text, selection, language)
        moment = self._moment(text, selection, language)
        if key in ESCAPES:
            return self._escape(moment)
        self._keys.append(key)
        parsed = parse(self._keys, visual=self._mode.is_visual)
        if isinstance(parsed, Unfinished):
            self._unfinished = parsed
            return Response(True)
        self._forget_keys()
        if parsed is None:
            return Response(not (is_named(key) and key.startswith(_FOREIGN)))
        try:
            return self._respond(moment, self._performed(moment, parsed))
        except CannotError as cannot:
            return Response(True, message=str(cannot))

    def settle(self, text: str, selection: Selection) -> Selection:
        """The selection to show after something else than a key moved it: the mouse, an undo, another command.

        A bare cursor is normal mode's, a selection is visual mode's; in insert mode what is typed next is an insertion
        of its own. An undo gives its place as a bare cursor. A partner's edits need no settling.
        """
        self._forget_keys()
        if self._insertion is not None:
            self._insertion.moved()
            return selection
        if selection.is_empty:
            self._mode = Mode.NORMAL
            return Selection.at(on_character(text, selection.head))
        if not self._mode.is_visual:
            self._mode = Mode.VISUAL
        return selection

    def leave(self, text: str, selection: Selection) -> Selection:
        """Back to normal mode from what was selected before the last key: the text cannot be changed, it turned out."""
        self._insertion = None
        self._mode = Mode.NORMAL
        return self.settle(text, Selection.at(visual.decode(text, selection)[1]))

    def typed(self, inserted: str, deleted: int = 0) -> None:
        """In insert mode something else than a key typed: a completion, an input method, the clipboard.

        `deleted` characters before the cursor went first. `.` will type the same.
        """
        if self._insertion is not None:
            for key in ["<BS>"] * deleted + list(inserted):
                self._insertion.feed(key)

    def cursor(self, text: str, selection: Selection) -> int:
        """The position of the character that the cursor is on, to paint a block there."""
        if self._mode.is_visual:
            return self._decoded(text, selection)[1]
        return on_character(text, selection.head) if self._mode is Mode.NORMAL else snapped(text, selection.head)

    # Normal and visual mode.

    def _forget_keys(self) -> None:
        self._keys = []
        self._unfinished = Unfinished()

    def _decoded(self, text: str, selection: Selection) -> tuple[int, int]:
        if self._shown is not None and self._shown[0] == selection:
            return snapped(text, self._shown[1]), snapped(text, self._shown[2])
        return visual.decode(text, selection)

    def _moment(self, text: str, selection: Selection, language: Language) -> Moment:
        selection = Selection(snapped(text, selection.anchor), snapped(text, selection.head))
        shown = self._shown is not None and self._shown[0] == selection
        if self._mode is Mode.NORMAL and not selection.is_empty:
            self._mode, self._shown = Mode.VISUAL, None
        elif self._mode.is_visual and selection.is_empty and not shown:
            self._mode = Mode.NORMAL
        if self._mode.is_visual:
            anchor, cursor = self._decoded(text, selection)
        else:
            anchor, cursor = None, on_character(text, selection.head)
        column = self._column[1] if self._column and self._column[0] == cursor else None
        return Moment(text, cursor, language, self._memory, self._mode, anchor, column)

    def _escape(self, moment: Moment) -> Response:
        if self._keys:
            self._forget_keys()
            return Response(True)
        self._remember_visual(moment)
        return self._respond(moment, Outcome(moment.cursor))

    def _remember_visual(self, moment: Moment) -> None:
        if moment.anchor is None:
            return
        text, marks = moment.text, self._memory.marks
        self._last_visual = (moment.mode, place(text, moment.anchor), place(text, moment.cursor))
        marks["<"] = place(text, min(moment.anchor, moment.cursor))
        marks[">"] = place(text, max(moment.anchor, moment.cursor))

    def _performed(self, moment: Moment, command: Command) -> Outcome:
        if command.action == ".":
            return self._again(moment, command.count)
        if command.action == "gv":
            return self._reselected(moment)
        if command.action == "gi":
            return self._inserted_last(moment, command)
        if not moment.is_visual:
            outcome = perform(moment, command)
            if command.action in REPEATABLE or (command.action in OPERATORS and command.action != "y"):
                self._note(command, None, outcome)
            return outcome
        self._remember_visual(moment)
        outcome = perform_visual(moment, command)
        if command.action in _CHANGING:
            self._note(command, visual.shape_of(moment.text, selected(moment, command)), outcome)
        return outcome

    def _note(self, command: Command, shape: Shape | None, outcome: Outcome) -> None:
        """Remember a change for `.`; one that goes on in insert mode is remembered when that ends."""
        if outcome.mode in (Mode.INSERT, Mode.REPLACE):
            self._insertion = Insertion(command, shape, outcome.copies, outcome.opened, outcome.indented)
        else:
            self._last = Repeat(command, shape)

    def _again(self, moment: Moment, count: int | None) -> Outcome:
        if self._last is None:
            raise CannotError
        if count is not None:
            self._last = replace(self._last, command=replace(self._last.command, count=count))
        command, shape = self._last.command, self._last.shape
        if shape is None:
            outcome = perform(moment, command)
        else:
            as_visual = replace(moment, anchor=moment.cursor)
            outcome = on_span(as_visual, command, visual.spanned(moment.text, moment.cursor, shape))
        if outcome.mode in (Mode.INSERT, Mode.REPLACE):
            return typed_again(moment.text, outcome, self._last, moment.language)
        return outcome

    def _at(self, text: str, marked: tuple[int, int]) -> int:
        return at_column(text, start_of_line(text, marked[0]), marked[1])

    def _reselected(self, moment: Moment) -> Outcome:
        if self._last_visual is None:
            raise CannotError
        mode, anchor, cursor = self._last_visual
        self._remember_visual(moment)
        return Outcome(self._at(moment.text, cursor), mode=mode, anchor=self._at(moment.text, anchor))

    def _inserted_last(self, moment: Moment, command: Command) -> Outcome:
        marked = self._memory.marks.get("^")
        at = moment.cursor
        if marked is not None:
            at = self._at(moment.text, marked)
            at = at if at_line_end(moment.text, at) or marked[1] == 0 else after(moment.text, at)
        self._insertion = Insertion(Command("i", count=command.count), copies=command.count or 1)
        return Outcome(at, mode=Mode.INSERT)

    def _respond(self, moment: Moment, outcome: Outcome) -> Response:
        text = apply_edits(moment.text, outcome.edits) if outcome.edits else moment.text
        self._mode = outcome.mode
        if outcome.mode.is_visual:
            anchor = snapped(text, outcome.anchor or 0)
            cursor = snapped(text, outcome.cursor)
            selection = visual.encode(text, outcome.mode, anchor, cursor)
            self._shown = (selection, anchor, cursor)
        else:
            cursor = (on_character if outcome.mode is Mode.NORMAL else snapped)(text, outcome.cursor)
            selection = Selection.at(cursor)
            self._shown = None
        self._column = None if outcome.column is None else (cursor, outcome.column)
        change = Change(outcome.edits, (selection,)) if outcome.edits else None
        shown = None if outcome.ask else selection
        return Response(True, change, shown, outcome.ask, outcome.count, outcome.message)

    # Insert and replace mode.

    def _insert_key(self, key: str, text: str, selection: Selection, language: Language) -> Response:
        insertion_now = self._insertion = self._insertion or Insertion(Command("i"))
        at = snapped(text, selection.head)
        if key in ESCAPES:
            return self._leave(text, at, language)
        if self._keys:
            return self._insert_register(key, at)
        if key == "<C-r>":
            self._keys = [key]
            return Response(True)
        if key in MOVING:
            insertion_now.moved()
            return Response(False)
        insertion_now.feed(key)
        if key in ("<C-w>", "<C-u>", "<C-h>") and selection.is_empty:
            if key == "<C-h>":
                start = insertion.step_before(text, at, language)
            else:
                start = (insertion.word_before if key == "<C-w>" else insertion.line_before)(text, at)
            return _changed(Edit(start, at, ""), start)
        return Response(False)

    def _insert_register(self, key: str, at: int) -> Response:
        self._forget_keys()
        if key not in NAMES:
            return Response(True)
        inserted = self._memory.registers.get(key).text
        self.typed(inserted)
        return _changed(Edit(at, at, inserted), at + len(inserted))

    def _leave(self, text: str, at: int, language: Language) -> Response:
        """Back to normal mode: a count is carried out, an indentation of no use goes."""
        done = self._insertion
        assert done is not None, "there is an insertion in insert mode"
        self._last, self._insertion, self._mode = done.repeat, None, Mode.NORMAL
        self._forget_keys()
        edit = finishing(text, at, done, language)
        if edit:
            text = apply_edits(text, [edit])
            at = edit.start + len(edit.inserted)
        self._memory.marks["^"] = place(text, at)
        selection = Selection.at(on_character(text, left(text, at)))
        return Response(True, Change((edit,), (selection,)) if edit else None, selection)

    def _replace_key(self, key: str, text: str, selection: Selection, language: Language) -> Response:
        insertion_now = self._insertion = self._insertion or Insertion(Command("R"))
        at = snapped(text, selection.head)
        if key in ESCAPES:
            return self._leave(text, at, language)
        if key in MOVING:
            insertion_now.moved()
            return Response(False)
        if key in ("<BS>", "<C-h>"):
            back = overtype_back(insertion_now, text, at)
            return _changed(back, back.start)
        edit = overtype(insertion_now, key, text, at, language)
        if edit is None:
            return Response(key in ("<C-w>", "<C-u>"))
        return _changed(edit, edit.start + len(edit.inserted))


def _changed(edit: Edit, cursor: int) -> Response:
    selection = Selection.at(cursor)
    if edit.start == edit.stop and not edit.inserted:
        return Response(True, selection=selection)
    return Response(True, Change((edit,), (selection,)), selection)
