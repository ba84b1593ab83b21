"""One command's or bell's work on a room: a state that advances, and the events on the way. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

import msgspec

from sparring_server.protocol.messages import AnyChange, Event
from sparring_server.protocol.view import Phase, RoomView

WRITING = (Phase.FOCUS, Phase.BREAK)
AFTER_REVEAL = (Phase.REVEAL, Phase.WALKTHROUGH, Phase.WRAP_UP)


class Refusal(Exception):
    """A command that cannot be carried out now. The message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state after a command or a bell, and what happened, oldest first. No events: nothing changed."""

    view: RoomView
    events: tuple[Event, ...]


class Turn:
    """See the module. `by` is the member whose command it is, empty for the clock; `at_ms` is server time.

    `present` are the members who are connected; None stands for everybody.
    """

    def __init__(self, view: RoomView, by: str, at_ms: int, present: Collection[str] | None = None) -> None:
        self.view = view
        self.by = by
        self.at_ms = at_ms
        self.present = present
        self._events: list[Event] = []

    def outcome(self) -> Outcome:
        return Outcome(self.view, tuple(self._events))

    def happened(self, change: AnyChange, **fields: object) -> None:
        """Take the state's new `fields`, and number the event that tells of them."""
        number = self.view.number + 1
        self.view = msgspec.structs.replace(self.view, number=number, **fields)
        self._events.append(Event(number, self.at_ms, self.by, change, self.view))

    def only_in(self, *phases: Phase, words: str) -> None:
        """Refuse in any other phase, in these words."""
        if self.view.phase not in phases:
            raise Refusal(words)


def marked(members: tuple[str, ...], member_id: str, on: bool) -> tuple[str, ...]:
    """These members with, or without, this one."""
    others = tuple(other for other in members if other != member_id)
    if not on:
        return others
    return members if member_id in members else (*others, member_id)
