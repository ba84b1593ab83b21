"""Ties an editor to a shared text: what I type goes in, what others type comes out, and nothing echoes."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCursor

from sparring.live import positions
from sparring.live.text import SharedText, TextChange
from sparring.ui.editor.code_editor import CodeEditor


class EditorBinding(QObject):
    """While it lives, the widget's text and the document's text are the same at every quiet point.

    The document is the truth. A change of the widget becomes an edit of the document; a change of the document that
    did not come from this widget is applied to it at its own place, so that my cursor, selection and scroll position
    stay where they are in the text.
    """

    def __init__(self, editor: CodeEditor, shared: SharedText) -> None:
        super().__init__(editor)
        self._editor = editor
        self._shared = shared
        self._is_applying = False
        editor.setPlainText(shared.value)
        editor.document().contentsChange.connect(self._typed)
        editor.undo_requested.connect(self._undo)
        editor.redo_requested.connect(self._redo)
        shared.changed.connect(self._changed)

    def detach(self) -> None:
        """Let the two go their own ways."""
        self._editor.document().contentsChange.disconnect(self._typed)
        self._editor.undo_requested.disconnect(self._undo)
        self._editor.redo_requested.disconnect(self._redo)
        self._shared.changed.disconnect(self._changed)
        self.deleteLater()

    def _undo(self) -> None:
        self._shared.undo()

    def _redo(self) -> None:
        self._shared.redo()

    def _typed(self, position: int, removed: int, added: int) -> None:
        """Qt says that at `position` so many UTF-16 units went and so many came.

        Its counts can be larger than the change (an input method, a paragraph's end), so the edit is found by
        comparing what is there now with what the document holds, within the place that Qt names.
        """
        if self._is_applying:
            return
        before = self._shared.value
        raw = self._editor.document().toRawText()
        now = positions.clean(raw)
        if now == before:
            return
        start = _common_prefix(before, now, positions.code_points_from_utf16(before, position))
        kept = _common_suffix(before, now, start)
        self._is_applying = True
        try:
            self._shared.edit(start, len(before) - kept - start, now[start : len(now) - kept])
        finally:
            self._is_applying = False
        if positions.utf16_length(now) != positions.utf16_length(raw):
            # What came in was not clean (CRLF, half a character): show what the document holds.
            self._show(TextChange(raw, now, (), False))

    def _changed(self, change: TextChange) -> None:
        if self._is_applying:
            return
        self._show(change)

    def _show(self, change: TextChange) -> None:
        self._is_applying = True
        try:
            if not change.patches:
                self._editor.setPlainText(change.after)
                return
            text = change.before
            cursor = QTextCursor(self._editor.document())
            scroll = self._editor.verticalScrollBar()
            top = self._editor.firstVisibleBlock()
            cursor.beginEditBlock()
            for patch in change.patches:
                start = positions.utf16_from_code_points(text, patch.position)
                stop = positions.utf16_from_code_points(text, patch.position + patch.deleted)
                cursor.setPosition(start)
                cursor.setPosition(stop, QTextCursor.MoveMode.KeepAnchor)
                self._replace(cursor, patch.inserted)
                text = text[: patch.position] + patch.inserted + text[patch.position + patch.deleted :]
            cursor.endEditBlock()
            if top.isValid():
                scroll.setValue(top.blockNumber())
        finally:
            self._is_applying = False

    def _replace(self, cursor: QTextCursor, inserted: str) -> None:
        mine = self._editor.textCursor()
        at_mine = mine.position() == cursor.selectionStart() and not mine.hasSelection()
        if not at_mine:
            cursor.insertText(inserted)
            return
        # Qt moves a cursor behind what is inserted exactly at it; mine stays before another's words.
        place = mine.position()
        cursor.insertText(inserted)
        mine.setPosition(place)
        self._editor.setTextCursor(mine)


def _common_prefix(before: str, now: str, hint: int) -> int:
    """The length of the common beginning, at most `hint`, which is where the change was."""
    limit = min(len(before), len(now), hint)
    if before[:limit] == now[:limit]:
        return limit
    low = 0
    while low < limit and before[low] == now[low]:
        low += 1
    return low


def _common_suffix(before: str, now: str, start: int) -> int:
    """The length of the common end that does not reach back over `start`."""
    limit = min(len(before), len(now)) - start
    low, high = 0, limit
    while low < high:
        middle = (low + high + 1) // 2
        if before[len(before) - middle :] == now[len(now) - middle :]:
            low = middle
        else:
            high = middle - 1
    return low
