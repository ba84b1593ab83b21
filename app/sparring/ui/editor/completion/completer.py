"""Decides when completion asks, what the popup shows of the answer, and which keys are the popup's."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, SignalInstance
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QWidget

from sparring.completion.context import is_code
from sparring.completion.matching import is_attribute, narrowed, prefix_at
from sparring.completion.model import Completion
from sparring.ui.editor.completion.placement import place
from sparring.ui.editor.completion.popup import ROWS, CompletionPopup, SignatureHint
from sparring.ui.editor.completion.process import Completions, CompletionWorker
from sparring.ui.theme import Theme

DEBOUNCE_MS = 60
ENOUGH = 2
"""Letters of a word after which it is completed without being asked."""
PROSE = ("text", "markdown")
"""Languages where words are completed only when asked."""
_CONTROLS = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.MetaModifier)
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
_ACCEPTING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class Completable(Protocol):
    """What completion needs of an editor. Positions are code points, places are pixels of `widget`."""

    @property
    def typed(self) -> SignalInstance:
        """I changed the text, by a key or an input method; emitted after the change."""

    @property
    def cursor_moved(self) -> SignalInstance: ...

    @property
    def scrolled(self) -> SignalInstance: ...

    @property
    def widget(self) -> QWidget:
        """Has the focus while one types."""

    @property
    def text(self) -> str: ...

    @property
    def cursor_position(self) -> int: ...

    @property
    def has_selection(self) -> bool: ...

    @property
    def can_edit(self) -> bool: ...

    @property
    def code_font(self) -> QFont: ...

    def cursor_rect(self) -> QRect: ...

    def replace(self, start: int, stop: int, inserted: str) -> None:
        """Replace `text[start:stop]`, as if typed, and leave the cursor behind what is inserted."""


class _Place(NamedTuple):
    """Where the cursor is, in words: a partner's edits elsewhere change no part of it."""

    head: str
    """The line up to where the word begins."""
    prefix: str
    is_attribute: bool


class Completer(QObject):
    """Completion for one editor, which calls `handle_key` first in its `keyPressEvent`.

    It asks by itself after two letters of a word and after a dot, and on Ctrl+Space. Disabled, as in an interview,
    it shows nothing, asks nothing and starts no process.
    """

    def __init__(self, target: Completable, worker: CompletionWorker) -> None:
        super().__init__(target.widget)
        self._target = target
        self._worker = worker
        self._language = "text"
        self._is_enabled = True
        self._is_insertion = True
        self._is_explicit = False
        self._is_last_resort = False
        self._asked: tuple[int, _Place] | None = None
        self._answer: tuple[Completions, _Place] | None = None
        self._seen: tuple[str, int] = ("", 0)
        self._accepted: tuple[str, int] | None = None
        self._dismissed: str | None = None
        self.popup = CompletionPopup(target.code_font)
        self.popup.chosen.connect(self._accept)
        self.hint = SignatureHint(target.code_font)
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(DEBOUNCE_MS)
        self._debounce.timeout.connect(self._ask)
        worker.completed.connect(self._completed)
        target.typed.connect(self._typed)
        target.cursor_moved.connect(self._cursor_moved)
        target.scrolled.connect(self._place_overlays)
        target.widget.installEventFilter(self)
        self._take_back_overlays()
        # Shown, the overlays belong to whatever window the editor is in then.
        target.widget.destroyed.connect(self.popup.deleteLater)
        target.widget.destroyed.connect(self.hint.deleteLater)

    def set_enabled(self, enabled: bool) -> None:
        """Off is interview mode."""
        self._is_enabled = enabled
        if not enabled:
            self.close()

    def set_language(self, language: str) -> None:
        """The language by its name in `sparring.editing.languages`."""
        self._language = language
        self.close()

    def set_theme(self, theme: Theme) -> None:
        self.popup.set_theme(theme)
        self.hint.set_theme(theme)

    @property
    def is_open(self) -> bool:
        """Whether names or a signature are shown."""
        return self.popup.isVisible() or self.hint.isVisible()

    def complete(self) -> None:
        """Complete here and now."""
        if self._may_complete():
            self._is_explicit = True
            self._dismissed = None
            self._ask()

    def close(self) -> None:
        """Show nothing, and wait for nothing."""
        self._debounce.stop()
        if self._asked is not None:
            self._worker.forget()
        self._asked = self._answer = None
        self._is_explicit = False
        self.popup.hide()
        self.hint.hide()

    # Keys.

    def handle_key(self, event: QKeyEvent) -> bool:
        """Take a key that is completion's own: True means that the editor is done with it."""
        text = event.text()
        self._is_insertion = bool(text) and text.isprintable() and not event.modifiers() & _COMMANDS
        if _asks(event):
            self.complete()
            return True
        if not self._is_ours(event):
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._dismissed = self._here().head
            self.close()
        elif key in _MOVES:
            self.popup.move_selection(_MOVES[Qt.Key(key)])
        else:
            return self._take(is_newline=key != Qt.Key.Key_Tab)
        return True

    def handle_text(self, text: str) -> bool:
        """Nothing that an input method gives is completion's own."""
        return False

    def wants_key(self, event: QKeyEvent) -> bool:
        """Whether a key is completion's before it is a shortcut of the window."""
        return _asks(event) or self._is_ours(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() == Qt.Key.Key_Escape:
            return self.is_open
        return self.popup.isVisible() and (event.key() in _MOVES or event.key() in _ACCEPTING)

    def _take(self, is_newline: bool) -> bool:
        """Accept what is selected; but Enter after a word that is complete already is a new line."""
        chosen = self.popup.selected
        if chosen is None or (is_newline and chosen.name == self._here().prefix):
            self.close()
            return False
        self._accept(chosen)
        return True

    def _accept(self, chosen: Completion) -> None:
        prefix, position = self._here().prefix, self._target.cursor_position
        self.close()
        self._target.replace(position - len(prefix), position, chosen.name)
        self._accepted = (self._target.text, self._target.cursor_position)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self.wants_key(event):
                # Else a shortcut of the window would get it.
                event.accept()
                return True
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.Resize):
            self.close()
            self._take_back_overlays()
        return False

    def _take_back_overlays(self) -> None:
        """So that they do not go with a window that the editor leaves."""
        self.popup.move_into(self._target.widget)
        self.hint.move_into(self._target.widget)

    # When to ask.

    def _may_complete(self) -> bool:
        return self._is_enabled and self._target.can_edit and not self._target.has_selection

    def _here(self) -> _Place:
        text, position = self._target.text, self._target.cursor_position
        prefix = prefix_at(text, position)
        start = position - len(prefix)
        return _Place(text[text.rfind("\n", 0, start) + 1 : start], prefix, is_attribute(text, position))

    def _typed(self) -> None:
        is_insertion, self._is_insertion = self._is_insertion, True
        accepted, self._accepted = self._accepted, None
        if not self._may_complete() or accepted == (self._target.text, self._target.cursor_position):
            return
        here = self._here()
        if here.head != self._dismissed:
            self._dismissed = None
        if self._is_answered(here) or (self._asked is not None and _is_more(here, self._asked[1])):
            return
        if self.is_open or (is_insertion and self._dismissed is None and self._is_enough(here)):
            self._debounce.start()
        else:
            self.close()

    def _is_answered(self, here: _Place) -> bool:
        """What was answered for less of the word holds for more of it, if it was all there is."""
        if self._answer is None:
            return False
        completions, place_then = self._answer
        # After a bracket all names were listed, few of them with details.
        is_detailed = bool(place_then.prefix) or here.is_attribute or self._is_explicit
        return completions.is_whole and is_detailed and _is_more(here, place_then)

    def _is_enough(self, here: _Place) -> bool:
        if self._language in PROSE:
            return False
        is_call = self._language == "python" and not here.prefix and here.head.rstrip(" ").endswith(("(", ","))
        return len(here.prefix) >= ENOUGH or here.is_attribute or is_call

    def _ask(self) -> None:
        self._debounce.stop()
        if not self._may_complete():
            return
        text, position = self._target.text, self._target.cursor_position
        language = self._language
        if language == "python" and not is_code(text, position):
            if not self._is_explicit:
                self.close()
                return
            language = "text"
        self._request(text, position, language)

    def _request(self, text: str, position: int, language: str) -> None:
        self._seen = (text, position)
        self._asked = (self._worker.request(text, position, language), self._here())

    def _completed(self, completions: Completions) -> None:
        if self._asked is None or completions.id != self._asked[0]:
            return
        place_then = self._asked[1]
        self._asked = None
        if not completions.items and self._is_explicit and self._language == "python" and not self._is_last_resort:
            self._is_last_resort = True
            self._request(self._target.text, self._target.cursor_position, "text")
            return
        self._is_last_resort = False
        self._answer = (completions, place_then)
        self._show()

    def _cursor_moved(self) -> None:
        """While something is shown or asked: more of the same word narrows it, a move without a change ends it."""
        if not self.is_open and self._asked is None and self._answer is None:
            return
        text, position = self._target.text, self._target.cursor_position
        if (text, position) == self._seen:
            return
        is_edit = text != self._seen[0]
        self._seen = (text, position)
        if not is_edit or self._target.has_selection:
            self.close()
        elif self._answer is not None:
            self._show()

    # What to show.

    def _show(self) -> None:
        """Show what of the answer fits what is typed by now; the signature stays until there is a newer one."""
        if self._answer is None:
            return
        completions, place_then = self._answer
        here = self._here()
        if here.head != place_then.head:
            self._answer = None
            self._is_explicit = False
            self.popup.hide()
            return
        for overlay in (self.popup, self.hint):
            overlay.set_font(self._target.code_font)
        items = self._fitting(completions.items, here)
        if items:
            self.popup.list_items(items, here.prefix)
        if completions.signature is not None:
            self.hint.tell(completions.signature)
        window = self._target.widget.window()
        for one, is_shown in ((self.popup, bool(items)), (self.hint, completions.signature is not None)):
            one.move_into(window)
            one.setVisible(is_shown)
        self._place_overlays()

    def _fitting(self, items: Sequence[Completion], here: _Place) -> Sequence[Completion]:
        is_early = len(here.prefix) < ENOUGH and not self.popup.isVisible()
        if not self._is_explicit and not here.is_attribute and (is_early or not here.prefix):
            return ()
        fitting = narrowed(items, here.prefix)
        return () if len(fitting) == 1 and fitting[0].name == here.prefix else fitting

    def _place_overlays(self) -> None:
        if not self.is_open:
            return
        widget, line = self._target.widget, self._target.cursor_rect()
        if not widget.rect().intersects(line):
            self.close()
            return
        line.moveTopLeft(widget.mapTo(widget.window(), line.topLeft()))
        width = QFontMetrics(self._target.code_font).horizontalAdvance(self._here().prefix)
        place(self.popup, self.hint, line, width)


def _is_more(here: _Place, then: _Place) -> bool:
    """Whether this is the same word, with at least as much of it typed."""
    return here.head == then.head and here.prefix.startswith(then.prefix)


def _asks(event: QKeyEvent) -> bool:
    # On macOS Qt calls the Control key Meta.
    return event.key() == Qt.Key.Key_Space and event.modifiers() in _CONTROLS
