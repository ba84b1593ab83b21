"""What the two write to each other: kept in order, and counted until it was looked at."""

from sparring.live.session import LiveSession
from sparring.ui.screens.session import ChatLine
from sparring.ui.screens.session.guide import NUDGES
from sparring_server.protocol import messages

NUDGE_WORDS = {kind: words for kind, words, _ in NUDGES}
MAX_LINES = 300


class Inbox:
    """Chat and nudges of a session, oldest first."""

    def __init__(self, session: LiveSession) -> None:
        self._session = session
        self.lines: tuple[ChatLine, ...] = ()
        self.unread = 0

    def take(self, event: messages.Event, *, seen: bool) -> ChatLine | None:
        """The line that an event is, if it is one; `seen` if the talk is on screen."""
        match event.change:
            case messages.Said(text=text):
                words = text
            case messages.Nudged(kind=kind):
                words = NUDGE_WORDS.get(kind, kind)
            case _:
                return None
        is_mine = event.by == self._session.seat.member
        member = event.view.member(event.by)
        line = ChatLine("You" if is_mine else member.name if member else "Somebody", words, is_mine)
        self.lines = (*self.lines, line)[-MAX_LINES:]
        if not is_mine and not seen:
            self.unread += 1
        return line

    def look(self) -> None:
        """Everything has been seen."""
        self.unread = 0
