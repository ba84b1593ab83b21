"""Text dragged into an editor: one change of the model, wherever it came from."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDropEvent

from sparring.editing import Change, Edit, Selection, shift
from sparring.live import positions

if TYPE_CHECKING:
    from sparring.ui.editor.code_editor import CodeEditor


def drop(editor: "CodeEditor", event: QDropEvent) -> None:
    """Put the text where it was let go, and select it there.

    Qt would take the dragged text away and put it back in the middle of one edit block, in which widget and model
    are not the same.
    """
    dropped = positions.clean(event.mimeData().text())
    if not dropped or editor.isReadOnly():
        event.ignore()
        return
    units = editor.cursorForPosition(event.position().toPoint()).position()
    place = positions.code_points_from_utf16(editor.text, units)
    edits = [Edit(place, place, dropped)]
    main = editor.selections[0]
    is_move = event.dropAction() == Qt.DropAction.MoveAction and event.source() in (editor, editor.viewport())
    if is_move:
        if main.start <= place <= main.stop:
            # Back where it was.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            return
        edits = sorted([*edits, Edit(main.start, main.stop, "")])
    start = shift(place, edits, after_insertion=False)
    editor.apply(Change(tuple(edits), (Selection(start, start + len(dropped)),)))
    event.acceptProposedAction()
    editor.setFocus()
