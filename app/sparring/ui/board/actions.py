"""Every key of the board, in one table: the canvas obeys it, the tool bar shows it, the guide is tested against it."""

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from sparring.ui.shell.actions import ActionSpec

BOARD_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("tool-select", "Select and move", "V", "board"),
    ActionSpec("tool-pen", "Pen", "P", "board"),
    ActionSpec("tool-box", "Box", "R", "board"),
    ActionSpec("tool-ellipse", "Ellipse", "O", "board"),
    ActionSpec("tool-arrow", "Arrow", "A", "board"),
    ActionSpec("tool-text", "Text", "T", "board"),
    ActionSpec("tool-eraser", "Eraser", "E", "board"),
    ActionSpec("undo", "Undo my last step", "Ctrl+Z", "board"),
    ActionSpec("redo", "Redo my step", "Ctrl+Shift+Z", "board"),
    ActionSpec("enter", "Drop a shape, or edit the label", "Return", "board"),
    ActionSpec("label", "Edit the label", "F2", "board"),
    ActionSpec("grow-child", "Grow a child below", "Ctrl+Return", "board"),
    ActionSpec("grow-sibling", "Grow a sibling", "Ctrl+Shift+Return", "board"),
    ActionSpec("link", "Link to another shape", "Ctrl+L", "board"),
    ActionSpec("select-all", "Select all", "Ctrl+A", "board"),
    ActionSpec("delete", "Delete the selected", "Delete", "board"),
    ActionSpec("next", "Next element", "Tab", "board"),
    ActionSpec("previous", "Previous element", "Shift+Tab", "board"),
    ActionSpec("left", "Move left", "Left", "board"),
    ActionSpec("right", "Move right", "Right", "board"),
    ActionSpec("up", "Move up", "Up", "board"),
    ActionSpec("down", "Move down", "Down", "board"),
    ActionSpec("narrower", "Make narrower", "Shift+Left", "board"),
    ActionSpec("wider", "Make wider", "Shift+Right", "board"),
    ActionSpec("lower", "Make lower", "Shift+Up", "board"),
    ActionSpec("higher", "Make higher", "Shift+Down", "board"),
    ActionSpec("zoom-in", "Zoom in", "Ctrl++", "board"),
    ActionSpec("zoom-out", "Zoom out", "Ctrl+-", "board"),
    ActionSpec("zoom-reset", "Zoom to 100 %", "Ctrl+0", "board"),
    ActionSpec("zoom-fit", "Show everything", "Ctrl+9", "board"),
    ActionSpec("escape", "Cancel, then let go", "Esc", "board"),
)
_ALSO = {"Ctrl+Y": "redo", "Backspace": "delete", "Ctrl+=": "zoom-in"}
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_BY_KEY = {
    QKeySequence(key).toString(_PORTABLE): action_id
    for key, action_id in ({action.key: action.id for action in BOARD_ACTIONS} | _ALSO).items()
}
_BY_ID = {action.id: action for action in BOARD_ACTIONS}


def spec(action_id: str) -> ActionSpec:
    """An action by its id."""
    return _BY_ID[action_id]


def action_of(event: QKeyEvent) -> str:
    """The id of what a pressed key does on the board, or an empty string."""
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key == Qt.Key.Key_Enter:
        key = Qt.Key.Key_Return
    elif key == Qt.Key.Key_Plus:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    pressed = QKeySequence(QKeyCombination(modifiers, key))
    return _BY_KEY.get(pressed.toString(_PORTABLE), "")
