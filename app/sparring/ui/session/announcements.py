"""What a screen reader says of a session: each change of the room at most once, and none that is long past."""

from collections.abc import Callable

from sparring_server.protocol import messages
from sparring_server.protocol.view import Format, Phase, RoomView

RECENT_MS = 10_000
"""What was missed while offline is on the screen; saying all of it would drown what happens now."""


class Announcements:
    """Calls `say(words, at_once)` for what a room tells; `me` is this seat's member."""

    def __init__(self, me: str, say: Callable[[str, bool], object]) -> None:
        self._me, self._say = me, say
        self._heard = 0

    def happened(self, event: messages.Event, server_now_ms: float) -> None:
        """An event of the room; it may be heard again after a reconnect."""
        if event.number <= self._heard:
            return
        self._heard = event.number
        if abs(server_now_ms - event.at_ms) < RECENT_MS:
            words = words_of(event, self._me)
            if words:
                self._say(words, isinstance(event.change, messages.PhaseChanged))


def words_of(event: messages.Event, me: str) -> str:
    """What is said of an event at this seat; nothing of most."""
    view, change = event.view, event.change
    who = view.member(event.by)
    name = who.name if who else "Your partner"
    is_mine = event.by == me
    match change:
        case messages.PhaseChanged(bell=bell):
            return _phase_words(view, bell=bell)
        case messages.ProblemPicked() if view.problem is not None and view.suggested_by and not is_mine:
            return f"{name} suggests “{view.problem.title}”."
        case messages.AgreementMarked(on=on) if view.problem is not None:
            does = ("agree" if is_mine else "agrees") if on else ("no longer agree" if is_mine else "no longer agrees")
            settled = " Both of you agree." if on and len(view.partners) > 1 and not view.awaited() else ""
            return f"{'You' if is_mine else name} {does} with “{view.problem.title}”.{settled}"
        case messages.ReadyMarked(ready=ready) if not is_mine:
            if ready and {one.id for one in view.partners} <= set(view.ready):
                # The end of the block follows, and says so.
                return ""
            if view.plan.format is Format.MOCK:
                return f"{name} says that this interview is over." if ready else f"{name} wants to go on."
            return f"{name} is ready to reveal." if ready else f"{name} is no longer ready to reveal."
    return ""


def _phase_words(view: RoomView, *, bell: bool) -> str:
    waits = view.timer is not None and view.timer.is_waiting
    match view.phase:
        case Phase.FOCUS:
            over = "The break is over. " if bell else ""
            return f"{over}Block {view.block} {'waits to be started' if waits else 'begins'}."
        case Phase.BREAK:
            return f"The block is over. Time for a break{', once it is started' if waits else ''}."
        case Phase.REVEAL:
            up = "Time is up. " if bell else ""
            is_veiled = view.plan.format in (Format.SIDE_BY_SIDE, Format.SOLO)
            return f"{up}{'The veil is lifted.' if is_veiled else 'The work of this round is over.'}"
    return ""
