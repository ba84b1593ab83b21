"""Paste: the form at the left, what was understood at the right, one button to keep it."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from sparring.ui.screens.bringing_in.paste_form import PasteForm
from sparring.ui.screens.bringing_in.preview import Preview
from sparring.ui.screens.bringing_in.state import PasteFields, PastePreview, TroubleRow
from sparring.ui.shell.actions import bind_action, bind_button, key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import Elided, button, column, finish, row

KEEP, KEEP_FOR_BOTH = "Keep on my shelf", "Keep and suggest to both"


class PastePage(QWidget):
    """See the module."""

    fields_changed = Signal(object)
    """`PasteFields`: read them, and show a `PastePreview`."""
    cell_corrected = Signal(int, int, str, str)
    case_added = Signal()
    case_removed = Signal(int)
    keep_requested = Signal()
    clear_requested = Signal()

    def __init__(self, *, in_steps: bool = False) -> None:
        super().__init__()
        self._chosen = PasteFields()
        self._preview_state = PastePreview()
        self.rest = self._build()
        """What is still to be built, part by part."""
        if not in_steps:
            finish(self.rest)

    def _build(self) -> Iterator[None]:
        """Each part is made where it stays, as those of the session's screen are."""
        columns, left, right = QSplitter(Qt.Orientation.Horizontal), QWidget(), QWidget()
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(1)
        for holder in (left, right):
            columns.addWidget(holder)
        layout = column(columns, spacing=GRID * 4)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.form = PasteForm()
        self.form.changed.connect(self._tell)
        held = column(self.form)
        held.setContentsMargins(0, 0, GRID * 6, 0)
        left.setLayout(held)
        yield
        self.preview = Preview()
        self.preview.field_changed.connect(self._choose)
        self.preview.cell_corrected.connect(self.cell_corrected)
        self.preview.trouble_chosen.connect(self._go_to)
        self.preview.add_requested.connect(self.case_added)
        self.preview.remove_requested.connect(self.case_removed)
        held = column(self.preview)
        held.setContentsMargins(GRID * 6, 0, 0, 0)
        right.setLayout(held)
        columns.setSizes([GRID * 120, GRID * 150])
        yield
        self._keep = button(KEEP, "keep-pasted", "primary", key_words(key_of("keep-problem")))
        self._keep.clicked.connect(self._keep_it)
        self._clear = button("Clear", "clear-paste", "quiet", key_words(key_of("clear-paste")), "Clear the form")
        self._clear.clicked.connect(self.clear_requested)
        self._hint = Elided("", "dim", "paste-hint")
        bar = row(self._keep, self._hint, self._clear)
        bar.setStretch(1, 1)
        layout.addLayout(bar)
        bind_button(self, "keep-problem", self._keep, "what was pasted is no problem yet", anywhere=True)
        bind_button(self, "clear-paste", self._clear, anywhere=True)
        bind_button(self, "add-case", self.preview.add, anywhere=True)
        bind_button(self, "remove-case", self.preview.remove, anywhere=True)
        bind_action(
            self, "next-trouble", self.preview.next_trouble, lambda: bool(self._preview_state.troubles), anywhere=True
        )
        for action, made in (("add-case", self.preview.add), ("remove-case", self.preview.remove)):
            made.setToolTip(f"{made.accessibleName()} ({key_words(key_of(action))})")
        self.show_preview(PastePreview())

    def home(self) -> QWidget:
        """Where a hand would go first."""
        return self.form.text

    @property
    def fields(self) -> PasteFields:
        """What was typed, pasted and chosen."""
        form = self.form
        return replace(
            self._chosen, text=form.text.toPlainText(), link=form.link.text(), signature=form.signature.toPlainText(),
            examples=form.examples.toPlainText(),
        )  # fmt: skip

    def show_preview(self, state: PastePreview, *, is_busy: bool = False, in_lobby: bool = False) -> None:
        """Show what was understood of the fields as they were told last."""
        self._preview_state = state
        self.preview.show_preview(state)
        self._keep.setEnabled(state.can_be_kept and not is_busy)
        words = KEEP_FOR_BOTH if in_lobby else KEEP
        self._keep.setText(words)
        self._keep.setAccessibleName(words)
        self._clear.setEnabled(not state.is_empty)
        self._hint.setText(_hint(state))

    def clear(self) -> None:
        """Empty the form, and forget what was chosen in the preview."""
        self._chosen = PasteFields()
        self.form.clear()
        self.form.tell_now()
        self.form.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        self.fields_changed.emit(self.fields)

    def _choose(self, name: str, value: str) -> None:
        """Something is wanted otherwise than it was understood."""
        if name == "signature":
            # It takes the way of a pasted one, so that there is one place for it.
            self.form.signature.setPlainText(value)
            self.form.tell_now()
            return
        self._chosen = replace(self._chosen, **{name: value})
        self._tell()

    def _go_to(self, trouble: TroubleRow) -> None:
        if trouble.source == "cases":
            self.preview.pages.set_value("cases")
            self.preview.show_page("cases")
            self.preview.table.choose(trouble.line - 1)
            self.preview.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        found = self.form.field_of(trouble.source)
        go_to = getattr(found, "go_to", None)
        if go_to is not None and trouble.line:
            go_to(trouble.line)
        found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_it(self) -> None:
        # A last word that was not told yet is told before, whatever it makes of the problem.
        self.form.tell_now()
        self.keep_requested.emit()


def _hint(state: PastePreview) -> str:
    if state.is_empty or state.can_be_kept:
        return ""
    found = next((one.words for one in state.troubles if one.is_fatal), "")
    return f"Before it can be kept: {found}" if found else "No case can be used yet."
