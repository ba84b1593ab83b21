"""My steps on a board, so that they can be taken back and done again.

A step is taken back only where the board still holds what the step left there: what the partner has changed since
stays as it is. pycrdt's own undo manager cannot promise that (see docs/decisions/0005-the-board-keeps-its-own-undo.md).
"""

from collections import deque
from dataclasses import dataclass, field

from sparring.live.board.elements import Element

MAX_STEPS = 500
"""What can be taken back; older steps are forgotten."""


@dataclass(slots=True)
class Step:
    """One gesture: by element, what was there before it and what it left. None is no element."""

    group: str = ""
    """Steps in a row with the same name here are one, for keys that repeat."""
    changes: dict[str, tuple[Element | None, Element | None]] = field(default_factory=dict)

    def record(self, element_id: str, before: Element | None, after: Element | None) -> None:
        """Note one change; several of the same element become one."""
        first = self.changes[element_id][0] if element_id in self.changes else before
        self.changes[element_id] = (first, after)
        if first == after:
            del self.changes[element_id]


class History:
    """Steps to take back and steps to do again."""

    def __init__(self) -> None:
        self._done: deque[Step] = deque(maxlen=MAX_STEPS)
        self._undone: list[Step] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def push(self, step: Step) -> None:
        """A gesture has ended. What was undone before it cannot be done again."""
        if not step.changes:
            return
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last is not None and step.group and step.group == last.group:
            for element_id, (before, after) in step.changes.items():
                last.record(element_id, before, after)
            if not last.changes:
                self._done.pop()
            return
        self._done.append(step)

    def pop_done(self) -> Step | None:
        return self._done.pop() if self._done else None

    def pop_undone(self) -> Step | None:
        return self._undone.pop() if self._undone else None

    def push_undone(self, step: Step) -> None:
        if step.changes:
            self._undone.append(step)

    def push_redone(self, step: Step) -> None:
        """Like `push`, but what else was undone can still be done again."""
        if step.changes:
            self._done.append(step)
