"""What the room tells, as it goes onto the tape."""

from sparring.tape import events as tape_events
from sparring_server.protocol import messages


def as_taped(event: messages.Event) -> tape_events.AnyTapeEvent | None:
    """The tape's event for one of the room's; None for what the tape does not hold."""
    match event.change:
        case messages.PhaseChanged(phase=phase, block=block, bell=bell):
            return tape_events.Phase(phase, block, bell)
        case messages.StuckMarked(on=on):
            return tape_events.Stuck(on)
        case messages.Revealed(bell=bell):
            return tape_events.Reveal(bell)
        case messages.TimerPaused():
            return tape_events.Clock("paused")
        case messages.TimerResumed() | messages.TimerStarted():
            return tape_events.Clock("started")
        case messages.TimerExtended():
            return tape_events.Clock("extended")
        case messages.WalkthroughStarted(speaker=speaker):
            return tape_events.Walkthrough(speaker, True)
        case messages.WalkthroughStopped(speaker=speaker):
            return tape_events.Walkthrough(speaker, False)
        case messages.RolesSet(interviewer=interviewer):
            return tape_events.Roles(interviewer, False)
        case messages.RolesSwapped(interviewer=interviewer):
            return tape_events.Roles(interviewer, True)
        case messages.HintGiven(number=number, text=text):
            return tape_events.Hint(number, text)
        case messages.HintTaken(number=number):
            return tape_events.Hint(number, "")
        case messages.ComplexityClaimed(time=time, space=space):
            return tape_events.Complexity(time, space)
        case messages.Nudged(kind=kind):
            return tape_events.Nudge(kind)
        case messages.DetailsWanted(on=on):
            return tape_events.Details(on)
        case messages.MemberJoined(member=member):
            return tape_events.Member(member.name, True)
        case _:
            return None
