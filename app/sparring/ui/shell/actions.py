"""Every action of the app with its key, in one table; a test fails when one is missing from the user's guide.

A screen binds what it can do with `bind_action` or `bind_button`. The key, the palette and the sheet of keys all
come from there, so that none of them can promise what another does not know.
"""

from collections.abc import Callable

from msgspec import Struct
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QWidget


class ActionSpec(Struct, frozen=True):
    """What it is called, where it works and which key does it."""

    id: str
    words: str
    key: str
    where: str


EVERYWHERE = "everywhere"

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("palette", "Find any action", "Ctrl+K", "everywhere"),
    ActionSpec("shortcuts", "Show all keys", "F1", "everywhere"),
    ActionSpec("go-today", "Go to Today", "Ctrl+1", "everywhere"),
    ActionSpec("go-session", "Go to the session", "Ctrl+2", "everywhere"),
    ActionSpec("go-journal", "Go to the journal", "Ctrl+3", "everywhere"),
    ActionSpec("go-settings", "Go to the settings", "Ctrl+4", "everywhere"),
    ActionSpec("next-pane", "Go to the next pane", "F6", "everywhere"),
    ActionSpec("previous-pane", "Go to the pane before", "Shift+F6", "everywhere"),
    ActionSpec("full-screen", "Full screen, without the rail", "F11", "everywhere"),
    ActionSpec("bring-in", "Bring in problems", "Ctrl+Shift+I", "everywhere"),
    ActionSpec("notice-act", "Do what the notice offers", "F4", "everywhere"),
    ActionSpec("dismiss-notice", "Dismiss the notice", "Ctrl+Shift+N", "everywhere"),
    ActionSpec("start-session", "Start a session", "Ctrl+N", "today"),
    ActionSpec("join-session", "Join with an invite link", "Ctrl+J", "today"),
    ActionSpec("paste-link", "Paste the invite link", "Ctrl+L", "today"),
    ActionSpec("cancel-start", "Stop connecting", "Esc", "today"),
    ActionSpec("resume-session", "Come back to the session", "Ctrl+Shift+J", "today"),
    ActionSpec("dismiss-resume", "Close the unfinished session", "Ctrl+Shift+W", "today"),
    ActionSpec("copy-link", "Copy the invite link", "Ctrl+Shift+C", "lobby"),
    ActionSpec("choose-way", "Choose for whom the link is", "Alt+W", "lobby"),
    ActionSpec("look-for-ways", "Look again who can reach you, or stop looking", "F5", "lobby"),
    ActionSpec("open-call", "Open the call link", "Ctrl+O", "lobby"),
    ActionSpec("find-problem", "Search the problems", "Ctrl+F", "lobby"),
    ActionSpec("filter-topic", "Choose a topic", "Alt+O", "lobby"),
    ActionSpec("filter-difficulty", "Choose a difficulty", "Alt+F", "lobby"),
    ActionSpec("filter-kind", "Coding problems or interview questions", "Alt+Q", "lobby"),
    ActionSpec("sort-problems", "Sort the problems", "Alt+R", "lobby"),
    ActionSpec("new-to-both", "Only problems new to both", "Alt+B", "lobby"),
    ActionSpec("new-to-me", "Only problems new to me", "Alt+N", "lobby"),
    ActionSpec("struggled", "Only problems I struggled with", "Alt+S", "lobby"),
    ActionSpec("due", "Only problems that are due", "Alt+D", "lobby"),
    ActionSpec("clear-filters", "Show all problems", "Ctrl+Shift+F", "lobby"),
    ActionSpec("show-topics", "Show topics and difficulty, or not", "Alt+T", "lobby"),
    ActionSpec("surprise", "Surprise us", "Ctrl+R", "lobby"),
    ActionSpec("agree", "Agree with the suggestion", "Ctrl+Y", "lobby"),
    ActionSpec("take-back", "I do not agree", "Ctrl+Shift+Y", "lobby"),
    ActionSpec("take-minutes", "Take the problem's minutes", "Ctrl+T", "lobby"),
    ActionSpec("ask-again", "Ask for the problem again", "Ctrl+Shift+R", "lobby"),
    ActionSpec("start-block", "Start the block", "Ctrl+Return", "lobby"),
    ActionSpec("leave-lobby", "Leave the session", "Ctrl+Shift+E", "lobby"),
    ActionSpec("run", "Run my code", "Ctrl+Return", "session"),
    ActionSpec("run-examples", "Run the examples", "Ctrl+Shift+Return", "session"),
    ActionSpec("run-case", "Run the chosen case", "Ctrl+Alt+Return", "session"),
    ActionSpec("run-again", "Run the same cases again", "F5", "session"),
    ActionSpec("stop-run", "Stop the run", "Shift+F5", "session"),
    ActionSpec("add-own-case", "Add a case of my own", "Ctrl+Alt+A", "session"),
    ActionSpec("stress", "Stress test against the accepted solution", "Ctrl+Alt+X", "session"),
    ActionSpec("keep-failing", "Keep the failing case as mine", "Ctrl+Alt+J", "session"),
    ActionSpec("copy-case", "Copy what the case says", "Ctrl+Alt+G", "session"),
    ActionSpec("edit-own-case", "Edit my case", "F2", "console"),
    ActionSpec("remove-own-case", "Remove my case", "Delete", "console"),
    ActionSpec("save-own-case", "Save my case", "Ctrl+S", "console"),
    ActionSpec("choose-language", "Choose the language", "Ctrl+Alt+L", "session"),
    ActionSpec("reveal", "Ready to reveal", "Ctrl+R", "session"),
    ActionSpec("stuck", "I am stuck", "Ctrl+U", "session"),
    ActionSpec("pause", "Pause or resume the clock", "Ctrl+P", "session"),
    ActionSpec("extend", "Two more minutes", "Ctrl+E", "session"),
    ActionSpec("skip", "Skip the break", "Ctrl+Shift+S", "session"),
    ActionSpec("park", "Park a thought", "Ctrl+Shift+P", "session"),
    ActionSpec("fold-statement", "Fold the statement", "Ctrl+B", "session"),
    ActionSpec("fold-partner", "Fold the partner's pane", "Ctrl+Shift+B", "session"),
    ActionSpec("leave-editor", "Leave the editor", "Ctrl+Tab", "session"),
    ActionSpec("leave-editor-back", "Leave the editor, backwards", "Ctrl+Shift+Tab", "session"),
    ActionSpec("show-statement", "Read the problem", "Ctrl+Alt+P", "session"),
    ActionSpec("show-hints", "Go to the hints", "Ctrl+Alt+H", "session"),
    ActionSpec("show-interview", "Read the answer and the rubric", "Ctrl+Alt+I", "session"),
    ActionSpec("show-chat", "Write to my partner", "Ctrl+Alt+C", "session"),
    ActionSpec("show-code", "Go to my code", "Ctrl+Alt+1", "session"),
    ActionSpec("show-scratch", "Go to the scratch pad", "Ctrl+Alt+2", "session"),
    ActionSpec("show-board", "Go to the sketch board", "Ctrl+Alt+3", "session"),
    ActionSpec("nudge-time", "Nudge: 5 more minutes?", "Ctrl+Alt+M", "session"),
    ActionSpec("nudge-reveal", "Nudge: ready to reveal?", "Ctrl+Alt+R", "session"),
    ActionSpec("nudge-hint", "Nudge: need a hint?", "Ctrl+Alt+N", "session"),
    ActionSpec("start-phase", "Start the phase that waits", "Ctrl+Alt+S", "session"),
    ActionSpec("pick-next", "Pick the next interview's problem", "Ctrl+Alt+O", "session"),
    ActionSpec("agree-next", "Agree with the next problem", "Ctrl+Alt+Y", "session"),
    ActionSpec("next-difference", "Next difference", "F7", "session"),
    ActionSpec("previous-difference", "Previous difference", "Shift+F7", "session"),
    ActionSpec("scroll-together", "Scroll together, or not", "Ctrl+Alt+T", "session"),
    ActionSpec("follow", "Follow my partner's cursor", "Ctrl+Alt+F", "session"),
    ActionSpec("copy-theirs", "Copy theirs to the scratch pad", "Ctrl+Alt+K", "session"),
    ActionSpec("to-walkthrough", "To the walkthrough", "Ctrl+Alt+W", "session"),
    ActionSpec("end-session", "End the session for both", "Ctrl+Shift+E", "session"),
    ActionSpec("remove-member", "Remove somebody and change the link", "Ctrl+Shift+M", "session"),
    ActionSpec("record", "Record my walkthrough", "Ctrl+Shift+R", "walkthrough"),
    ActionSpec("marker", "Set a marker", "Ctrl+M", "walkthrough"),
    ActionSpec("turn-done", "This walkthrough is over", "Ctrl+Alt+D", "walkthrough"),
    ActionSpec("send-feedback", "Send my feedback", "Ctrl+Return", "walkthrough"),
    ActionSpec("to-wrap-up", "To the wrap-up", "Ctrl+Alt+W", "walkthrough"),
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
    ActionSpec("another-round", "Another round", "Ctrl+Alt+N", "wrap-up"),
    ActionSpec("finish-session", "Finish the session", "Ctrl+Return", "wrap-up"),
    ActionSpec("keep-thought", "Keep the next parked thought", "Alt+K", "wrap-up"),
    ActionSpec("dismiss-thought", "Dismiss the next parked thought", "Alt+D", "wrap-up"),
    ActionSpec("round-page", "Notes, sketch or talk of the round", "F8", "journal"),
    ActionSpec("way-paste", "Paste a problem", "Alt+1", "bring in"),
    ActionSpec("way-files", "Bring in a folder or zip file", "Alt+2", "bring in"),
    ActionSpec("way-browser", "Take problems from the browser", "Alt+3", "bring in"),
    ActionSpec("way-earlier", "See what came in", "Alt+4", "bring in"),
    ActionSpec("keep-problem", "Keep the problem on my shelf", "Ctrl+Return", "bring in"),
    ActionSpec("next-trouble", "Next thing that was not understood", "F8", "bring in"),
    ActionSpec("add-case", "Add a case", "Ctrl+Shift+A", "bring in"),
    ActionSpec("remove-case", "Take the chosen case out", "Ctrl+Shift+X", "bring in"),
    ActionSpec("clear-paste", "Clear the form", "Ctrl+Alt+X", "bring in"),
    ActionSpec("choose-folder", "Choose a folder", "Ctrl+O", "bring in"),
    ActionSpec("choose-zip", "Choose a zip file", "Ctrl+Shift+O", "bring in"),
    ActionSpec("cancel-import", "Cancel the import", "Ctrl+.", "bring in"),
    ActionSpec("undo-import", "Undo this import", "Ctrl+Alt+Z", "bring in"),
    ActionSpec("undo-kept", "Take away what was kept last", "Ctrl+Alt+U", "bring in"),
    ActionSpec("listen", "Listen to the browser, or not", "Ctrl+L", "bring in"),
    ActionSpec("keep-all-posts", "Keep the whole contest", "Ctrl+Shift+Return", "bring in"),
    ActionSpec("dismiss-post", "Dismiss what came from the browser", "Ctrl+Shift+D", "bring in"),
    ActionSpec("leave-bring-in", "Back to where I was", "Esc", "bring in"),
    ActionSpec("look-for-languages", "Look for languages again", "F5", "settings"),
    ActionSpec("choose-server", "Choose where sessions start", "Ctrl+L", "settings"),
    ActionSpec("test-server", "Test the chosen server", "Ctrl+T", "settings"),
    ActionSpec("remove-server", "Forget the chosen server", "Ctrl+Shift+X", "settings"),
    ActionSpec("new-server", "Type a server's address", "Ctrl+Shift+A", "settings"),
    ActionSpec("add-server", "Remember the server", "Ctrl+Return", "settings"),
    ActionSpec("open-folder", "Open the journal's folder", "Ctrl+O", "settings"),
)
_BY_ID = {action.id: action for action in ACTIONS}


def key_of(action_id: str) -> str:
    """The key of an action."""
    return _BY_ID[action_id].key


def key_words(key: str) -> str:
    """A key as people read it on this platform."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


class Action(QShortcut):
    """An action of the table, bound to a widget: its key, and what the palette does when it is chosen."""

    def __init__(
        self, widget: QWidget, spec: ActionSpec, act: Callable[[], object], enabled: Callable[[], bool], why_not: str
    ) -> None:
        super().__init__(widget)
        self.spec = spec
        self.widget = widget
        self.why_not = why_not
        """Words for the palette while it cannot be done; without them it is left out there."""
        self._act, self._enabled = act, enabled
        self.setAutoRepeat(False)
        self.activated.connect(self.do)

    @property
    def can_do(self) -> bool:
        return self._enabled()

    def do(self) -> None:
        """Do it, if it can be done now."""
        if self._enabled():
            self._act()


def after(first: Callable[[], object], act: Callable[[], object]) -> Callable[[], None]:
    """Does one thing, then the other: to show the place, then to act on it."""

    def both() -> None:
        first()
        act()

    return both


def bind_action(
    widget: QWidget,
    action_id: str,
    act: Callable[[], object],
    enabled: Callable[[], bool] | None = None,
    why_not: str = "",
    *,
    anywhere: bool = False,
    has_shortcut: bool = True,
) -> Action:
    """Let a widget do an action: makes its key, and the palette finds it while the widget is visible.

    The key works while the focus is in the widget; with `anywhere` wherever the focus is in the window. Without
    `has_shortcut` the widget handles the key itself, as the editor does with undo.
    """
    action = Action(widget, _BY_ID[action_id], act, enabled or (lambda: True), why_not)
    action.setProperty("context", "WindowShortcut" if anywhere else "WidgetWithChildrenShortcut")
    if has_shortcut:
        action.setKey(QKeySequence(action.spec.key))
    return action


def bind_button(
    widget: QWidget, action_id: str, pressed: QAbstractButton, why_not: str = "", *, anywhere: bool = False
) -> Action:
    """Let a key and the palette press a button, whenever a hand could: not while it is hidden or disabled."""
    return bind_action(
        widget,
        action_id,
        pressed.click,
        lambda: pressed.isEnabled() and pressed.isVisibleTo(widget),
        why_not,
        anywhere=anywhere,
    )


def visible_actions(window: QWidget, focus: QWidget | None = None) -> list[Action]:
    """What can be found in a window now, in the table's order. Of two editors, the one with the focus counts."""
    found: dict[str, Action] = {}
    for action in window.findChildren(Action):
        if not action.widget.isVisible():
            continue
        near = focus is not None and (action.widget is focus or action.widget.isAncestorOf(focus))
        if near or action.spec.id not in found:
            found[action.spec.id] = action
    return [found[spec.id] for spec in ACTIONS if spec.id in found]
