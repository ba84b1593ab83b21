"""A session as a state machine: commands in, numbered events out. Pure: no sockets, no clock of its own, no disk.

A state is a value. `handle` and `tick` return the next state and the events that lead to it, so that the caller can
store them first and announce them after (commit, then memory, then announce).

    lobby -> focus -> break -> focus -> ... -> reveal -> walkthrough -> wrap-up -> lobby of the next round
                                                                             any phase -> ended

In a mock interview the roles swap at the end of a block. What moves no phase (roles, hints, nudges, claims) is in
`asides`; how a problem is chosen is in `choosing`; what is left of a member who is removed is in `leaving`.
"""

from collections.abc import Collection

import msgspec

from sparring_server import asides, choosing, leaving
from sparring_server.protocol import limits, messages
from sparring_server.protocol.messages import AnyCommand
from sparring_server.protocol.view import Format, Member, Phase, Plan, Role, RoomView, Timer
from sparring_server.turn import AFTER_REVEAL, WRITING, Outcome, Refusal, Turn, marked

__all__ = ["MINUTE_MS", "Outcome", "Refusal", "handle", "next_deadline_ms", "tick"]

MINUTE_MS = 60_000


def handle(
    view: RoomView, member_id: str, role: Role, command: AnyCommand, now_ms: int, present: Collection[str] | None = None
) -> Outcome:
    """Carry out one member's command at server time `now_ms`. Raises `Refusal`.

    `present` are the members who are connected; without it, everybody is.

    CatchUp and TimePing ask for something and change nothing; they are answered by the caller.
    """
    turn = _Turn(view, member_id, now_ms, present)
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


class _Turn(Turn):
    """A turn with every command and bell of a session."""

    # Commands.

    def carry_out(self, command: AnyCommand) -> None:
        match command:
            case messages.SetPlan():
                self._set_plan(command.plan)
            case messages.PickProblem():
                choosing.pick(self, command.problem)
            case messages.Agree():
                self._agree(command)
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
                self.only_in(*WRITING, words="Stuck is for the focus blocks.")
                self._mark_stuck(command.on)
            case messages.Reveal():
                self._mark_ready(command.ready)
            case messages.StartWalkthrough():
                self._start_walkthrough(command.speaker)
            case messages.StopWalkthrough():
                self._stop_walkthrough()
            case messages.GiveFeedback():
                self._give_feedback(command)
            case (
                messages.SetRoles()
                | messages.GiveHint()
                | messages.TakeHint()
                | messages.ShowDetails()
                | messages.ClaimComplexity()
                | messages.Nudge()
            ):
                asides.carry_out(self, command)
            case messages.Say():
                self.happened(messages.Said(command.text))
            case messages.WrapUp():
                self.only_in(Phase.REVEAL, Phase.WALKTHROUGH, words="The wrap-up comes after the reveal.")
                self._enter(Phase.WRAP_UP, speaker=None)
            case messages.NextRound():
                self._next_round()
            case messages.RotateInvite():
                self._rotate_invite(command.remove)
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
        self.happened(messages.MemberJoined(member), members=members)
        if known is None and role == "member":
            leaving.take_over(self, member.id)

    def _rotate_invite(self, removed: str) -> None:
        was_speaking = removed == self.view.speaker
        leaving.rotate_invite(self, removed)
        if was_speaking:
            self._let_next_speak()

    def _set_plan(self, plan: Plan) -> None:
        self.only_in(Phase.LOBBY, words="The plan can be changed in the lobby only.")
        if plan != self.view.plan:
            interviewer = self.view.interviewer if plan.format is Format.MOCK else None
            self.happened(messages.PlanChanged(plan), plan=plan, interviewer=interviewer)

    def _agree(self, command: messages.Agree) -> None:
        choosing.agree(self, command)
        if self._is_overdue and not self.view.awaited():
            self._enter_block(self.view.block + 1, bell=False, running=self.view.plan.auto_start_focus)

    def _start(self) -> None:
        view = self.view
        if self._is_overdue:
            self._enter_block(view.block + 1, bell=False, running=True)
            return
        if view.timer and view.timer.is_waiting:
            timer = Timer(view.timer.total_ms, deadline_ms=self.at_ms + (view.timer.remaining_ms or 0))
            self.happened(messages.TimerStarted(), timer=timer)
            return
        self.only_in(Phase.LOBBY, words="The session has already started.")
        if view.problem is None:
            raise Refusal("Pick a problem first.")
        if view.plan.format is Format.SOLO and len(view.partners) > 1:
            raise Refusal("Solo is for one, and both of you are here. Choose another format.")
        if view.plan.format is not Format.SOLO and len(view.partners) < limits.MEMBERS_PER_ROOM:
            raise Refusal("Your partner has not joined yet. To begin alone, choose the solo format.")
        if view.plan.format is Format.MOCK:
            asides.take_roles(self)
        blind = view.plan.format in (Format.SIDE_BY_SIDE, Format.SOLO)
        self._enter_block(1, bell=False, running=True, revealed=not blind)

    def _pause(self) -> None:
        timer = self.view.timer
        if timer is None or timer.deadline_ms is None:
            raise Refusal("No clock is running.")
        left = max(0, timer.deadline_ms - self.at_ms)
        self.happened(messages.TimerPaused(), timer=Timer(timer.total_ms, remaining_ms=left, paused_by=self.by))

    def _resume(self) -> None:
        timer = self.view.timer
        if timer is None or timer.remaining_ms is None or timer.is_waiting:
            raise Refusal("The clock is not paused.")
        self.happened(messages.TimerResumed(), timer=Timer(timer.total_ms, deadline_ms=self.at_ms + timer.remaining_ms))

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
        self.happened(messages.TimerExtended(), timer=more)

    def _skip(self) -> None:
        self.only_in(Phase.BREAK, words="Only a break can be skipped. To finish a block early, both press Reveal.")
        self._enter_block(self.view.block + 1, bell=False, running=True)

    def _mark_stuck(self, on: bool) -> None:
        stuck = marked(self.view.stuck, self.by, on)
        if stuck != self.view.stuck:
            self.happened(messages.StuckMarked(on), stuck=stuck)

    def _mark_ready(self, ready: bool) -> None:
        self.only_in(*WRITING, words="There is nothing to reveal now.")
        all_ready = marked(self.view.ready, self.by, ready)
        if all_ready == self.view.ready:
            return
        self.happened(messages.ReadyMarked(ready), ready=all_ready)
        if not {partner.id for partner in self.view.partners} <= set(all_ready):
            return
        if self._swaps_roles and self.view.phase is Phase.FOCUS and self.view.block < self.view.plan.blocks:
            # This interview is over; the other one is still to come.
            self._begin_break(bell=False)
        else:
            self._reveal(bell=False)

    def _start_walkthrough(self, speaker: str) -> None:
        self.only_in(Phase.REVEAL, Phase.WALKTHROUGH, words="Walkthroughs come after the reveal.")
        if speaker not in {partner.id for partner in self.view.partners}:
            raise Refusal("Only one of the two partners can give a walkthrough.")
        if self.view.phase is Phase.REVEAL:
            self._enter(Phase.WALKTHROUGH, timer=None)
        if speaker != self.view.speaker:
            self.happened(messages.WalkthroughStarted(speaker), speaker=speaker)

    def _stop_walkthrough(self) -> None:
        speaker = self.view.speaker
        if self.view.phase is not Phase.WALKTHROUGH or speaker is None:
            raise Refusal("Nobody is giving a walkthrough.")
        spoken = marked(self.view.spoken, speaker, True)
        self.happened(messages.WalkthroughStopped(speaker), speaker=None, spoken=spoken)
        self._let_next_speak()

    def _let_next_speak(self) -> None:
        waiting = [solver for solver in self.view.solvers if solver not in self.view.spoken]
        if waiting:
            self.happened(messages.WalkthroughStarted(waiting[0]), speaker=waiting[0])
        else:
            self._enter(Phase.WRAP_UP)

    def _give_feedback(self, command: messages.GiveFeedback) -> None:
        self.only_in(*AFTER_REVEAL, words="Feedback comes after the reveal.")
        given = marked(self.view.feedback_from, self.by, True)
        change = messages.FeedbackGiven(self.view.round, dict(command.scores), command.text)
        self.happened(change, feedback_from=given)

    def _next_round(self) -> None:
        self.only_in(Phase.WRAP_UP, words="Another round begins after the wrap-up.")
        if self.view.round >= limits.MAX_ROUNDS:
            raise Refusal("This session has had enough rounds. Start a new one next Saturday.")
        self._enter(
            Phase.LOBBY, round=self.view.round + 1, block=0, problem=None, timer=None, revealed=False,
            stuck=(), ready=(), speaker=None, spoken=(), feedback_from=(),
            interviewer=None, candidates=(), hints=(), complexities=(), latest_nudges=(),
        )  # fmt: skip

    # Bells and phases.

    def ring(self) -> None:
        """The clock of the phase has run down."""
        if self.view.phase is Phase.BREAK and self.view.awaited():
            # The next interview's problem is not settled, so the break lasts until it is.
            self.by = ""
            total_ms = self.view.timer.total_ms if self.view.timer else 0
            self.happened(messages.TimerPaused(), timer=Timer(total_ms, remaining_ms=0))
        elif self.view.phase is Phase.BREAK:
            self._enter_block(self.view.block + 1, bell=True, running=self.view.plan.auto_start_focus)
        elif self.view.block < self.view.plan.blocks:
            self._begin_break(bell=True)
        else:
            self._reveal(bell=True)

    @property
    def _is_overdue(self) -> bool:
        """Whether a break is over, and only an agreement was missing."""
        timer = self.view.timer
        return self.view.phase is Phase.BREAK and timer is not None and timer.is_waiting and timer.remaining_ms == 0

    @property
    def _swaps_roles(self) -> bool:
        return self.view.plan.format is Format.MOCK and self.view.plan.swap_roles

    def _begin_break(self, *, bell: bool) -> None:
        plan = self.view.plan
        timer = self._timer(plan.break_minutes * MINUTE_MS, plan.auto_start_break)
        ready = () if self._swaps_roles else self.view.ready
        self._enter(Phase.BREAK, bell=bell, timer=timer, stuck=(), ready=ready)
        if self._swaps_roles:
            asides.swap_roles(self)

    def _enter_block(self, block: int, *, bell: bool, running: bool, **fields: object) -> None:
        choosing.demand_agreement(self)
        total = self.view.plan.focus_minutes * MINUTE_MS
        if self.view.candidate is not None:
            fields["candidates"] = marked(self.view.candidates, self.view.candidate, True)
        self._enter(Phase.FOCUS, bell=bell, block=block, timer=self._timer(total, running), **fields)

    def _reveal(self, *, bell: bool) -> None:
        if not self.view.revealed:
            self.happened(messages.Revealed(bell), revealed=True)
        self._enter(Phase.REVEAL, bell=bell, timer=None, stuck=())

    def _enter(self, phase: Phase, *, bell: bool = False, **fields: object) -> None:
        round_number = fields.get("round", self.view.round)
        block = fields.get("block", self.view.block)
        assert isinstance(round_number, int)
        assert isinstance(block, int)
        by, self.by = self.by, "" if bell else self.by
        fields = {**choosing.NOTHING_SUGGESTED, **fields}
        self.happened(messages.PhaseChanged(phase, round_number, block, bell), phase=phase, **fields)
        self.by = by

    def _timer(self, total_ms: int, running: bool) -> Timer:
        if running:
            return Timer(total_ms, deadline_ms=self.at_ms + total_ms)
        return Timer(total_ms, remaining_ms=total_ms)
