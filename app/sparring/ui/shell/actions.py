"""Every action of the app with its key, in one table; a test fails when one is missing from the user's guide."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionSpec:
    """What it is called, where it works and which key does it."""

    id: str
    words: str
    key: str
    where: str


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("go-today", "Go to Today", "Ctrl+1", "everywhere"),
    ActionSpec("go-session", "Go to the session", "Ctrl+2", "everywhere"),
    ActionSpec("go-journal", "Go to the journal", "Ctrl+3", "everywhere"),
    ActionSpec("go-settings", "Go to the settings", "Ctrl+4", "everywhere"),
    ActionSpec("shortcuts", "Show all keys", "F1", "everywhere"),
    ActionSpec("run", "Run my code", "Ctrl+Return", "session"),
    ActionSpec("reveal", "Ready to reveal", "Ctrl+R", "session"),
    ActionSpec("stuck", "I am stuck", "Ctrl+U", "session"),
    ActionSpec("pause", "Pause or resume the clock", "Ctrl+P", "session"),
    ActionSpec("extend", "Two more minutes", "Ctrl+E", "session"),
    ActionSpec("skip", "Skip the break", "Ctrl+Shift+S", "session"),
    ActionSpec("park", "Park a thought", "Ctrl+Shift+P", "session"),
    ActionSpec("fold-statement", "Fold the statement", "Ctrl+B", "session"),
    ActionSpec("fold-partner", "Fold the partner's pane", "Ctrl+Shift+B", "session"),
    ActionSpec("leave-editor", "Leave the editor", "Ctrl+Tab", "session"),
    ActionSpec("record", "Record my walkthrough", "Ctrl+Shift+R", "walkthrough"),
    ActionSpec("marker", "Set a marker", "Ctrl+M", "walkthrough"),
    ActionSpec("undo", "Undo my last edit", "Ctrl+Z", "editor"),
    ActionSpec("redo", "Redo", "Ctrl+Shift+Z", "editor"),
    ActionSpec("comment", "Comment lines", "Ctrl+/", "editor"),
    ActionSpec("indent", "Indent lines", "Ctrl+]", "editor"),
    ActionSpec("unindent", "Unindent lines", "Ctrl+[", "editor"),
    ActionSpec("line-up", "Move lines up", "Alt+Up", "editor"),
    ActionSpec("line-down", "Move lines down", "Alt+Down", "editor"),
    ActionSpec("duplicate", "Duplicate lines", "Alt+Shift+Down", "editor"),
    ActionSpec("delete-line", "Delete lines", "Ctrl+Shift+K", "editor"),
    ActionSpec("next-occurrence", "Select the next occurrence too", "Ctrl+D", "editor"),
    ActionSpec("all-occurrences", "Select all occurrences", "Ctrl+Shift+L", "editor"),
    ActionSpec("cursor-above", "Add a cursor above", "Ctrl+Alt+Up", "editor"),
    ActionSpec("cursor-below", "Add a cursor below", "Ctrl+Alt+Down", "editor"),
    ActionSpec("split-lines", "A cursor at the end of each line", "Alt+Shift+I", "editor"),
    ActionSpec("select-paste", "Select what was pasted", "Ctrl+Alt+V", "editor"),
    ActionSpec("find", "Find", "Ctrl+F", "editor"),
    ActionSpec("replace", "Find and replace", "Ctrl+H", "editor"),
    ActionSpec("find-next", "Next match", "F3", "editor"),
    ActionSpec("find-previous", "Previous match", "Shift+F3", "editor"),
    ActionSpec("go-to-line", "Go to a line", "Ctrl+G", "editor"),
    ActionSpec("complete", "Complete", "Ctrl+Space", "editor"),
    ActionSpec("soft-wrap", "Wrap long lines", "Alt+Z", "editor"),
    ActionSpec("whitespace", "Show spaces and tabs", "Alt+Shift+Z", "editor"),
    ActionSpec("zoom-in", "Larger code", "Ctrl+=", "editor"),
    ActionSpec("zoom-out", "Smaller code", "Ctrl+-", "editor"),
    ActionSpec("zoom-usual", "Code in its usual size", "Ctrl+0", "editor"),
    ActionSpec("rate-again", "Rate: again", "Alt+1", "wrap-up"),
    ActionSpec("rate-hard", "Rate: hard", "Alt+2", "wrap-up"),
    ActionSpec("rate-good", "Rate: good", "Alt+3", "wrap-up"),
    ActionSpec("rate-easy", "Rate: easy", "Alt+4", "wrap-up"),
)
_BY_ID = {action.id: action for action in ACTIONS}


def key_of(action_id: str) -> str:
    """The key of an action."""
    return _BY_ID[action_id].key
