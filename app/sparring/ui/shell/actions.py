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
    ActionSpec("skip", "Skip the break", "Ctrl+Shift+K", "session"),
    ActionSpec("park", "Park a thought", "Ctrl+Shift+P", "session"),
    ActionSpec("fold-statement", "Fold the statement", "Ctrl+B", "session"),
    ActionSpec("fold-partner", "Fold the partner's pane", "Ctrl+Shift+B", "session"),
    ActionSpec("leave-editor", "Leave the editor", "Ctrl+Tab", "session"),
    ActionSpec("record", "Record my walkthrough", "Ctrl+Shift+R", "walkthrough"),
    ActionSpec("marker", "Set a marker", "Ctrl+M", "walkthrough"),
    ActionSpec("undo", "Undo my last edit", "Ctrl+Z", "editor"),
    ActionSpec("redo", "Redo", "Ctrl+Shift+Z", "editor"),
    ActionSpec("comment", "Comment lines", "Ctrl+/", "editor"),
    ActionSpec("rate-again", "Rate: again", "Alt+1", "wrap-up"),
    ActionSpec("rate-hard", "Rate: hard", "Alt+2", "wrap-up"),
    ActionSpec("rate-good", "Rate: good", "Alt+3", "wrap-up"),
    ActionSpec("rate-easy", "Rate: easy", "Alt+4", "wrap-up"),
)
_BY_ID = {action.id: action for action in ACTIONS}


def key_of(action_id: str) -> str:
    """The key of an action."""
    return _BY_ID[action_id].key
