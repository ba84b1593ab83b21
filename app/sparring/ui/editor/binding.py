"""Ties an editor to a shared text: what I type goes in, what others type comes out, and nothing echoes."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor

from sparring.editing import Edit, Selection
from sparring.live import positions
from sparring.live.text import Intent, Origin, SharedText, TextChange
from sparring.ui.editor.code_editor import CodeEditor


class EditorBinding(QObject):
    """While it lives, the widget's text and the document's text are the same at every quiet point.

    The document is the truth. What a key does is an edit of the document first, and shown from there; only what Qt
    does by itself (an input method, a drop) is found in the widget and carried over. A change that did not come from
    this widget is applied to it at its own place, so that my cursors, selection and scroll position stay where they
    are in the text.
    """

    def __init__(self, editor: CodeEditor, shared: SharedText) -> None:
        super().__init__(editor)
        self._editor = editor
        self._shared = shared
        self._is_applying = False
        editor.set_model(self)
        editor.document().contentsChange.connect(self._typed)
        editor.undo_requested.connect(self._undo)
        editor.redo_requested.connect(self._redo)
        editor.place_chosen.connect(shared.end_group)
        editor.grouped.connect(shared.group_all)
        shared.changed.connect(self._changed)

    def detach(self) -> None:
        """Let the two go their own ways."""
        self._editor.document().contentsChange.disconnect(self._typed)
        self._editor.undo_requested.disconnect(self._undo)
        self._editor.redo_requested.disconnect(self._redo)
        self._editor.place_chosen.disconnect(self._shared.end_group)
        self._editor.grouped.disconnect(self._shared.group_all)
        self._shared.group_all(False)
        self._shared.changed.disconnect(self._changed)
        self._editor.set_model(None)
        self.deleteLater()

    # The editor's model.

    @property
    def text(self) -> str:
        """The whole text."""
        return self._shared.value

    def replace(self, edits: Sequence[Edit], intent: Intent) -> None:
        """Edits of mine, made by a key or a command."""
        self._shared.replace(edits, intent)

    def _undo(self) -> None:
        self._travel(self._shared.undo)

    def _redo(self) -> None:
        self._travel(self._shared.redo)

    def _travel(self, act: Callable[[], bool]) -> None:
        if self._editor.isReadOnly():
            return
        places: list[int] = []

        def note(change: TextChange) -> None:
            moved = 0
            for start, stop, inserted in change.edits:
                moved += len(inserted) - (stop - start)
                places.append(stop + moved)

        self._shared.changed.connect(note)
        try:
            act()
        finally:
            self._shared.changed.disconnect(note)
        if places:
            # Show what came back.
            self._editor.set_selections((Selection.at(places[-1]),))

    # From the widget.

    def _typed(self, position: int, removed: int, added: int) -> None:
        """Qt says that at `position` so many UTF-16 units went and so many came.

        Its counts can be larger than the change (an input method, a paragraph's end), so what is the same at both
        ends of that place is left alone.
        """
        if self._is_applying:
            return
        before = self._shared.value
        start = positions.code_points_from_utf16(before, position)
        stop = positions.code_points_from_utf16(before, position + removed)
        raw = self._raw(position, position + added)
        now, gone = positions.clean(raw), positions.shown(before[start:stop])
        head = _common_prefix(gone, now)
        tail = _common_suffix(gone, now, head)
        edit = Edit(start + head, stop - tail, now[head : len(now) - tail])
        self._is_applying = True
        try:
            self._shared.replace((edit,), Intent.TYPE if edit.inserted else Intent.DELETE)
        finally:
            self._is_applying = False
        if now != raw.replace("\u2029", "\n") or self._differs():
            # What came in was not clean (CRLF, half a character): show what the document holds.
            self._show_all()

    def _raw(self, start: int, stop: int) -> str:
        document = self._editor.document()
        last = document.characterCount() - 1
        cursor = QTextCursor(document)
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(stop, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def _differs(self) -> bool:
        """A cheap look whether widget and document have drifted apart."""
        return self._editor.document().characterCount() - 1 != positions.utf16_length(self._shared.value)

    # From the document.

    def _changed(self, change: TextChange) -> None:
        if self._is_applying or not change.edits:
            return
        self._is_applying = True
        try:
            self._editor.show_edits(change.before, change.edits, is_mine=change.origin is Origin.EDIT)
        finally:
            self._is_applying = False
        if self._differs():
            self._show_all()

    def _show_all(self) -> None:
        self._is_applying = True
        try:
            self._editor.show_text(self._shared.value)
        finally:
            self._is_applying = False


def _common_prefix(before: str, now: str) -> int:
    low, high = 0, min(len(before), len(now))
    while low < high:
        middle = (low + high + 1) // 2
        if before[:middle] == now[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_suffix(before: str, now: str, start: int) -> int:
    """The length of the common end that does not reach back over `start`."""
    low, high = 0, min(len(before), len(now)) - start
    while low < high:
        middle = (low + high + 1) // 2
        if before[len(before) - middle :] == now[len(now) - middle :]:
            low = middle
        else:
            high = middle - 1
    return low
