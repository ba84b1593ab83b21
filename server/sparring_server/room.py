"""A session as a state machine: commands in, numbered events out. Pure: no sockets, no clock of its own, no disk.

A state is a value. `handle` and `tick` return the next state and the events that lead to it, so that the caller can
store them first and announce them after (commit, then memory, then announce).

    lobby -> focus -> break -> focus -> ... -> reveal -> walkthrough -> wrap-up -> lobby of the next round
                                                                             any phase -> ended
"""

from dataclasses import dataclass

import msgspec

from sparring_server.protocol import limits, messages
from sparring_server.protocol.messages import AnyChange, AnyCommand, Event
from sparring_server.protocol.view import Format, Member, Phase, Plan, Role, RoomView, Timer

MINUTE_MS = 60_000

_WRITING = (Phase.FOCUS, Phase.BREAK)
_AFTER_REVEAL = (Phase.REVEAL, Phase.WALKTHROUGH, Phase.WRAP_UP)


class Refusal(Exception):
    """A command that cannot be carried out now. The message is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state after a command or a bell, and what happened, oldest first. No events: nothing changed."""

    view: RoomView
    events: tuple[Event, ...]


def handle(view: RoomView, member_id: str, role: Role, command: AnyCommand, now_ms: int) -> Outcome:
    """Carry out one member's command at server time `now_ms`. Raises `Refusal`.

    CatchUp and TimePing ask for something and change nothing; they are answered by the caller.
    """
    turn = _Turn(view, member_id, now_ms)
    if isinstance(command, messages.Join):
        turn.join(command, role)
        return turn.outcome()
    if role == "observer":
        raise Refusal("You are watching this session. Only the two partners can change it.")
    if view.member(member_id) is None:
        raise Refusal("Join the session first.")
    if view.phase is Phase.ENDED:
        raise Refusal("This session has ended. Everything is in your journal.")
    turn.carry_out(command)
    return turn.outcome()


def tick(view: RoomView, now_ms: int) -> Outcome:
    """Ring every bell that is due at `now_ms`, each at its own deadline, so that late ticks bend no time."""
    turn = _Turn(view, "", now_ms)
    while (deadline := next_deadline_ms(turn.view)) is not None and deadline <= now_ms:
        turn.at_ms = deadline
        turn.ring()
    return turn.outcome()


def next_deadline_ms(view: RoomView) -> int | None:
    """The server time at which `tick` has something to do, or None."""
    return view.timer.deadline_ms if view.timer else None


class _Turn:
    """One command's or bell's work: a state that advances, and the events on the way."""

    def __init__(self, view: RoomView, by: str, at_ms: int) -> None:
        self.view = view
        self.by = by
        self.at_ms = at_ms
        self._events: list[Event] = []

    def outcome(self) -> Outcome:
        return Outcome(self.view, tuple(self._events))

    def _happened(self, change: AnyChange, **fields: object) -> None:
        number = self.view.number + 1
        self.view = msgspec.structs.replace(self.view, number=number, **fields)
        self._events.append(Event(number, self.at_ms, self.by, change, self.view))

    # Commands.

    def carry_out(self, command: AnyCommand) -> None:
        match command:
            case messages.SetPlan():
                self._set_plan(command.plan)
            case messages.PickProblem():
                self._only_in(Phase.LOBBY, words="The problem can be changed before the first block only.")
                if command.problem != self.view.problem:
                    self._happened(messages.ProblemPicked(command.problem), problem=command.problem)
            case messages.Start():
                self._start()
            case messages.Pause():
                self._pause()
            case messages.Resume():
                self._resume()
            case messages.Extend():
                self._extend()
            case messages.Skip():
                self._skip()
            case messages.Stuck():
                self._only_in(*_WRITING, words="Stuck is for the focus blocks.")
                self._mark_stuck(command.on)
            case messages.Reveal():
                self._mark_ready(command.ready)
            case messages.StartWalkthrough():
                self._start_walkthrough(command.speaker)
            case messages.StopWalkthrough():
                self._stop_walkthrough()
            case messages.GiveFeedback():
                self._give_feedback(command)
            case messages.Say():
                self._happened(messages.Said(command.text))
            case messages.WrapUp():
                self._only_in(Phase.REVEAL, Phase.WALKTHROUGH, words="The wrap-up comes after the reveal.")
                self._enter(Phase.WRAP_UP, speaker=None)
            case messages.NextRound():
                self._next_round()
            case messages.End():
                self._enter(Phase.ENDED, timer=None, speaker=None)
            case _:
                raise Refusal("This command changes nothing in a session.")

    def join(self, command: messages.Join, role: Role) -> None:
        """Take a seat. Whether there is one was decided at the door, with the token."""
        member = Member(self.by, command.name.strip() or "Somebody", role)
        others = tuple(other for other in self.view.members if other.id != self.by)
        if member in self.view.members:
            return
        known = self.view.member(self.by)
        if known is None:
            members = (*self.view.members, member)
        else:
            members = tuple(member if other is known else other for other in self.view.members)
        names = {other.name for other in others if other.role == "member"}
        if role == "member" and member.name in names:
            # Two partners of one name could not be told apart on screen.
            member = Member(member.id, f"{member.name} (2)"[: limits.MAX_NAME_LENGTH], role)
            members = tuple(member if other.id == self.by else other for other in members)
            if member == known:
                return
        self._happened(messages.MemberJoined(member), members=members)

    def _set_plan(self, plan: Plan) -> None:
        self._only_in(Phase.LOBBY, words="The plan can be changed in the lobby only.")
        if plan != self.view.plan:
            self._happened(messages.PlanChanged(plan), plan=plan)

    def _start(self) -> None:
        view = self.view
        if view.timer and view.timer.is_waiting:
            timer = Timer(view.timer.total_ms, deadline_ms=self.at_ms + (view.timer.remaining_ms or 0))
            self._happened(messages.TimerStarted(), timer=timer)
            return
        self._only_in(Phase.LOBBY, words="The session has already started.")
        if view.problem is None:
            raise Refusal("Pick a problem first.")
        if view.plan.format is Format.SOLO and len(view.partners) > 1:
            raise Refusal("Solo is for one, and both of you are here. Choose another format.")
        if view.plan.format is not Format.SOLO and len(view.partners) < limits.MEMBERS_PER_ROOM:
            raise Refusal("Your partner has not joined yet. To begin alone, choose the solo format.")
        blind = view.plan.format in (Format.SIDE_BY_SIDE, Format.SOLO)
        self._enter_block(1, bell=False, running=True, revealed=not blind)

    def _pause(self) -> None:
        timer = self.view.timer
        if timer is None or timer.deadline_ms is None:
            raise Refusal("No clock is running.")
        left = max(0, timer.deadline_ms - self.at_ms)
        self._happened(messages.TimerPaused(), timer=Timer(timer.total_ms, remaining_ms=left, paused_by=self.by))

    def _resume(self) -> None:
        timer = self.view.timer
        if timer is None or timer.remaining_ms is None or timer.is_waiting:
            raise Refusal("The clock is not paused.")
        self._happened(
            messages.TimerResumed(), timer=Timer(timer.total_ms, deadline_ms=self.at_ms + timer.remaining_ms)
        )

    def _extend(self) -> None:
        timer = self.view.timer
        if timer is None:
            raise Refusal("No clock is running.")
        if timer.total_ms + limits.EXTEND_MS > limits.MAX_TIMER_MS:
            raise Refusal("This phase is long enough. Take a break.")
        more = msgspec.structs.replace(
            timer,
            total_ms=timer.total_ms + limits.EXTEND_MS,
            deadline_ms=None if timer.deadline_ms is None else timer.deadline_ms + limits.EXTEND_MS,
            remaining_ms=None if timer.remaining_ms is None else timer.remaining_ms + limits.EXTEND_MS,
        )
        self._happened(messages.TimerExtended(), timer=more)

    def _skip(self) -> None:
        self._only_in(Phase.BREAK, words="Only a break can be skipped. To finish a block early, both press Reveal.")
        self._enter_block(self.view.block + 1, bell=False, running=True)

    def _mark_stuck(self, on: bool) -> None:
        stuck = _with(self.view.stuck, self.by, on)
        if stuck != self.view.stuck:
            self._happened(messages.StuckMarked(on), stuck=stuck)

    def _mark_ready(self, ready: bool) -> None:
        self._only_in(*_WRITING, words="There is nothing to reveal now.")
        marked = _with(self.view.ready, self.by, ready)
        if marked == self.view.ready:
            return
        self._happened(messages.ReadyMarked(ready), ready=marked)
        if {partner.id for partner in self.view.partners} <= set(marked):
            self._reveal(bell=False)

    def _start_walkthrough(self, speaker: str) -> None:
        self._only_in(Phase.REVEAL, Phase.WALKTHROUGH, words="Walkthroughs come after the reveal.")
        if speaker not in {partner.id for partner in self.view.partners}:
            raise Refusal("Only one of the two partners can give a walkthrough.")
        if self.view.phase is Phase.REVEAL:
            self._enter(Phase.WALKTHROUGH, timer=None)
        if speaker != self.view.speaker:
            self._happened(messages.WalkthroughStarted(speaker), speaker=speaker)

    def _stop_walkthrough(self) -> None:
        speaker = self.view.speaker
        if self.view.phase is not Phase.WALKTHROUGH or speaker is None:
            raise Refusal("Nobody is giving a walkthrough.")
        spoken = _with(self.view.spoken, speaker, True)
        self._happened(messages.WalkthroughStopped(speaker), speaker=None, spoken=spoken)
        waiting = [partner.id for partner in self.view.partners if partner.id not in spoken]
        if waiting:
            self._happened(messages.WalkthroughStarted(waiting[0]), speaker=waiting[0])
        else:
            self._enter(Phase.WRAP_UP)

    def _give_feedback(self, command: messages.GiveFeedback) -> None:
        self._only_in(*_AFTER_REVEAL, words="Feedback comes after the reveal.")
        given = _with(self.view.feedback_from, self.by, True)
        change = messages.FeedbackGiven(self.view.round, dict(command.scores), command.text)
        self._happened(change, feedback_from=given)

    def _next_round(self) -> None:
        self._only_in(Phase.WRAP_UP, words="Another round begins after the wrap-up.")
        if self.view.round >= limits.MAX_ROUNDS:
            raise Refusal("This session has had enough rounds. Start a new one next Saturday.")
        self._enter(
            Phase.LOBBY, round=self.view.round + 1, block=0, problem=None, timer=None, revealed=False,
            stuck=(), ready=(), speaker=None, spoken=(), feedback_from=(),
        )  # fmt: skip

    # Bells and phases.

    def ring(self) -> None:
        """The clock of the phase has run down."""
        if self.view.phase is Phase.BREAK:
            self._enter_block(self.view.block + 1, bell=True, running=self.view.plan.auto_start_focus)
        elif self.view.block < self.view.plan.blocks:
            plan = self.view.plan
            total = plan.break_minutes * MINUTE_MS
            self._enter(Phase.BREAK, bell=True, timer=self._timer(total, plan.auto_start_break), stuck=())
        else:
            self._reveal(bell=True)

    def _enter_block(self, block: int, *, bell: bool, running: bool, **fields: object) -> None:
        total = self.view.plan.focus_minutes * MINUTE_MS
        self._enter(Phase.FOCUS, bell=bell, block=block, timer=self._timer(total, running), **fields)

    def _reveal(self, *, bell: bool) -> None:
        if not self.view.revealed:
            self._happened(messages.Revealed(bell), revealed=True)
        self._enter(Phase.REVEAL, bell=bell, timer=None, stuck=())

    def _enter(self, phase: Phase, *, bell: bool = False, **fields: object) -> None:
        round_number = fields.get("round", self.view.round)
        block = fields.get("block", self.view.block)
        assert isinstance(round_number, int)
        assert isinstance(block, int)
        by, self.by = self.by, "" if bell else self.by
        self._happened(messages.PhaseChanged(phase, round_number, block, bell), phase=phase, **fields)
        self.by = by

    def _timer(self, total_ms: int, running: bool) -> Timer:
        if running:
            return Timer(total_ms, deadline_ms=self.at_ms + total_ms)
        return Timer(total_ms, remaining_ms=total_ms)

    def _only_in(self, *phases: Phase, words: str) -> None:
        if self.view.phase not in phases:
            raise Refusal(words)


def _with(marked: tuple[str, ...], member_id: str, on: bool) -> tuple[str, ...]:
    others = tuple(other for other in marked if other != member_id)
    if not on:
        return others
    return marked if member_id in marked else (*others, member_id)
