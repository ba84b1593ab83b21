"""The states of a session's screens, made of what the room, the presence and the keeper know. No Qt."""

from dataclasses import dataclass, field

from sparring.journal import ClaimMade, RoundRecord
from sparring.live.presence import Activity
from sparring.live.session import LiveSession
from sparring.problems import Problem
from sparring.problems.choosing import Choice
from sparring.ui.keeper import SessionKeeper
from sparring.ui.screens.chooser import Suggestion
from sparring.ui.screens.invite import SEND_ONLY
from sparring.ui.screens.lobby import LobbyState, PlanFields
from sparring.ui.screens.session import Claim, HintRow, PartnerState, SessionState
from sparring.ui.screens.walkthrough import WalkthroughState
from sparring.ui.screens.wrapup import Thought, WrapUpState
from sparring.ui.session.choosing import Version
from sparring.ui.session.desk import DeskView
from sparring.ui.session.talk import Inbox
from sparring_server.protocol.invite import Invite
from sparring_server.protocol.view import Format, Phase, RoomView

FAIR_LINK_MS, POOR_LINK_MS = 160, 640
_WRITING = (Phase.FOCUS, Phase.BREAK)
_NONE, _HERE = Version("none"), Version("here")


@dataclass(frozen=True)
class Seen:
    """What this seat knows at a moment, beside the room's state."""

    view: RoomView
    problem: Problem | None
    activity: Activity | None
    """The partner's."""
    is_partner_typing: bool
    link: str
    now_ms: float
    partner_writes_in: str = ""
    """What the partner says that they write in, as people call it."""
    is_recording: bool = False
    microphone_words: str = ""
    feedback_sent: bool = False
    partner_feedback: str = ""
    unsaved: int = 0
    """Changes of mine that have waited for the server for a while."""
    desk: DeskView = field(default_factory=DeskView)
    my_work: RoundRecord | None = None
    """What each of the two has solved in this round, if anything."""
    their_work: RoundRecord | None = None


@dataclass(frozen=True)
class Bench:
    """What there is to choose from at this seat, and how it stands with what is suggested."""

    choices: tuple[Choice, ...] = ()
    version: Version = _NONE
    partner_told: bool = False
    can_ask_again: bool = False


def role_of(view: RoomView, member: str) -> str:
    """What a member is in a mock interview."""
    if view.plan.format is not Format.MOCK or view.interviewer is None or view.phase not in _WRITING:
        return ""
    return "interviewer" if view.interviewer == member else "candidate"


def is_undecided(view: RoomView) -> bool:
    """Whether a problem is suggested for the next interview to which somebody has not agreed."""
    return view.phase is Phase.BREAK and bool(view.awaited())


def speaker_of(view: RoomView) -> str | None:
    """Whose walkthrough it is; between two of them, whose is next."""
    if view.speaker is not None or view.phase is not Phase.WALKTHROUGH or not view.spoken:
        return view.speaker
    return next((solver for solver in view.solvers if solver not in view.spoken), None)


def lobby_state(seen: Seen, session: LiveSession, bench: Bench) -> LobbyState:
    """The lobby."""
    view, partner = seen.view, session.partner
    missing = _missing(seen, session, bench.version)
    plan = view.plan
    fields = PlanFields(
        plan.north_star, plan.call_link, plan.format, plan.focus_minutes, plan.break_minutes, plan.blocks,
        plan.auto_start_focus, plan.auto_start_break, plan.swap_roles,
    )  # fmt: skip
    interviewer = view.interviewer or view.default_interviewer
    return LobbyState(
        invite_link=session.invite.link,
        invite_note=invite_words(session),
        me=session.seat.name,
        partner=partner.name if partner else "",
        partner_online=seen.activity is not None,
        plan=fields,
        problems=bench.choices,
        chosen=view.problem.id if view.problem else "",
        suggestion=_suggestion(seen, session, bench),
        partner_told=bench.partner_told,
        can_start=not missing,
        hint=missing,
        round=view.round,
        can_remove=view.keyholder == session.seat.member and len(view.members) > 1,
        interviewer="me" if interviewer == session.seat.member else "partner",
    )


def invite_words(session: LiveSession) -> str:
    """What to know of the link."""
    if session.has_old_invite:
        return "This link was changed while you were away and opens nothing any more. Ask for the new one."
    return f"{encryption_words(session.invite)} {SEND_ONLY}"


def encryption_words(invite: Invite) -> str:
    """What the link promises about who can listen."""
    if not invite.tls:
        return "Not encrypted on its way to the server."
    return "Encrypted on its way to the server."


def _missing(seen: Seen, session: LiveSession, version: Version) -> str:
    """What has to happen before the block can begin; nothing if it can."""
    view, partner = seen.view, session.partner
    if view.problem is None:
        return "Pick a problem first."
    if partner is None and view.plan.format is not Format.SOLO:
        return "Your partner has not joined yet."
    if version.state == "lacked":
        return "Your app does not have this problem."
    if version.state != "here":
        return version.words or "Looking whether your app has this problem."
    return _awaited(seen, session)


def _awaited(seen: Seen, session: LiveSession) -> str:
    """Whose word is awaited; a partner who is not connected is not waited for."""
    me, partner = session.seat.member, session.partner
    present = {me, partner.id} if partner and seen.activity is not None else {me}
    awaited = [one.id for one in seen.view.awaited(present)]
    if me in awaited:
        return "Agree, or suggest another one."
    return f"{partner.name} has not agreed yet." if awaited and partner else ""


def _suggestion(seen: Seen, session: LiveSession, bench: Bench) -> Suggestion:
    view, me, version = seen.view, session.seat.member, bench.version
    if view.problem is None:
        return Suggestion()
    partner = session.partner
    return Suggestion(
        title=view.problem.title,
        minutes=seen.problem.suggested_minutes if seen.problem else 0,
        by="me" if view.suggested_by in ("", me) else "partner",
        i_agree=me in view.agreed or not view.suggested_by,
        partner_agrees=partner is not None and (partner.id in view.agreed or not view.suggested_by),
        can_agree=version.state == "here",
        note=version.words,
        can_ask_again=bench.can_ask_again,
    )


def work_state(seen: Seen, session: LiveSession, inbox: Inbox, version: Version = _HERE) -> SessionState:
    """The session's screen."""
    view, problem, me = seen.view, seen.problem, session.seat.member
    role = role_of(view, me)
    is_writing = view.phase in _WRITING
    names = {member.id: member.name for member in view.members}
    timer = view.timer
    # What an interviewer knows from the start, both may read once the work is done.
    shows_all = problem is not None and (role == "interviewer" or view.phase is Phase.REVEAL)
    details = ""
    if problem is not None and view.shows_details_to(me):
        details = " · ".join((problem.difficulty, *problem.topics))
    partner = session.partner
    claims = {one.member: Claim(one.time, one.space) for one in view.complexities}
    undecided = is_undecided(view)
    title = (problem.title if problem else "") if undecided else (view.problem.title if view.problem else "")
    return SessionState(
        title=title,
        statement=problem.statement if problem else "",
        round=view.round,
        format=view.plan.format,
        phase=view.phase,
        role=role,
        north_star=view.plan.north_star,
        details=details,
        wants_details=me in view.details,
        partner_wants_details=bool(partner and partner.id in view.details),
        can_hide_details=is_writing and role != "interviewer" and problem is not None,
        # What would be given now would be given of the suggested problem.
        hints=() if undecided else _hints(view, problem, me, role),
        awaits_agreement=undecided,
        is_oral=problem is not None and problem.is_oral,
        follow_ups=problem.follow_ups if shows_all and problem else "",
        editorial=problem.editorial if shows_all and problem else "",
        rubric=tuple((one.name, one.strong) for one in problem.rubric) if shows_all and problem else (),
        chat=inbox.lines,
        unread=inbox.unread,
        me=session.seat.name,
        partner=_partner(seen, session, claims.get(partner.id, Claim()) if partner else Claim()),
        block=view.block,
        blocks=view.plan.blocks,
        running=bool(timer and timer.is_running),
        waiting=bool(timer and timer.is_waiting),
        paused_by=names.get(timer.paused_by or "", "") if timer else "",
        blind=not view.revealed,
        my_ready=me in view.ready,
        my_stuck=me in view.stuck,
        not_compared=_not_compared(seen, session),
        my_claim=claims.get(me, Claim()),
        completes=session.presence.mine.completion,
        link=seen.link,
        unsaved=seen.unsaved if view.revealed else 0,
        has_scratch=seen.desk.has_scratch,
        languages=seen.desk.languages if role != "interviewer" else (),
        language=seen.desk.language,
        scratch_language=seen.desk.scratch_language,
        partner_language=seen.desk.partner_language,
        can_pick=view.plan.format is Format.MOCK and view.plan.swap_roles and view.phase is Phase.BREAK,
        suggestion=_suggested_next(seen, session, version),
        can_agree=bool(view.suggested_by) and me not in view.agreed and version.state == "here",
    )


def _suggested_next(seen: Seen, session: LiveSession, version: Version) -> str:
    """In the break of a mock: how it stands with the next interview's problem."""
    view, me, partner = seen.view, session.seat.member, session.partner
    if not view.suggested_by or view.problem is None:
        return ""
    if version.words:
        return version.words
    if me not in view.agreed:
        return f"{partner.name if partner else 'Your partner'} suggests “{view.problem.title}” for the next interview."
    if view.awaited():
        name = partner.name if partner else "Your partner"
        words = _awaited(seen, session) or f"{name} is offline. The next interview can begin without their word."
        suggests = "You suggest" if view.suggested_by == me else f"{name} suggests"
        return f"{suggests} “{view.problem.title}”. {words}"
    return f"Both of you agreed to “{view.problem.title}”."


def _not_compared(seen: Seen, session: LiveSession) -> str:
    """Why the solutions of a mock's two interviews are not compared; nothing where they are."""
    view, mine, theirs = seen.view, seen.my_work, seen.their_work
    if view.plan.format is not Format.MOCK or view.phase is not Phase.REVEAL:
        return ""
    name = session.partner.name if session.partner else "your partner"
    if mine is None or theirs is None:
        return "" if mine is theirs else f"Not compared: only {'you were' if mine else f'{name} was'} interviewed."
    if mine.problem_id == theirs.problem_id:
        return ""
    return f"Not compared: {name} solved “{theirs.problem_title}”, you “{mine.problem_title}”."


def _hints(view: RoomView, problem: Problem | None, me: str, role: str) -> tuple[HintRow, ...]:
    ladder = problem.hints if problem else ()
    reader = view.candidate if role == "interviewer" else me
    told = {hint.number: hint.text for hint in view.hints if hint.to == reader}
    rows = []
    for number in range(1, max(len(ladder), *told, 0) + 1 if told else len(ladder) + 1):
        own = ladder[number - 1] if number <= len(ladder) else ""
        is_shown = number in told or role == "interviewer"
        rows.append(HintRow(number, (told.get(number) or own) if is_shown else "", number in told))
    return tuple(rows)


def _partner(seen: Seen, session: LiveSession, claim: Claim) -> PartnerState:
    partner, activity = session.partner, seen.activity
    return PartnerState(
        partner.name if partner else "",
        activity is not None,
        partner_note(seen, session),
        activity_words(seen, partner.id if partner else ""),
        link_words(activity),
        activity is None or activity.completion,
        bool(partner and partner.id in seen.view.ready),
        claim,
    )


def partner_note(seen: Seen, session: LiveSession) -> str:
    """What the partner does, in a word or two."""
    partner, activity = session.partner, seen.activity
    if partner is not None and partner.id in seen.view.stuck:
        return "stuck"
    if activity is None:
        return "offline"
    if activity.running:
        return "running tests"
    if seen.is_partner_typing:
        return "drawing" if activity.writing_board else "typing"
    return "away" if activity.away else ""


def link_words(activity: Activity | None) -> str:
    """How good the partner's connection is; nothing while it is good."""
    if activity is None or activity.round_trip_ms <= FAIR_LINK_MS:
        return ""
    return "slow link" if activity.round_trip_ms <= POOR_LINK_MS else "poor link"


def activity_words(seen: Seen, partner: str) -> str:
    """What the veil says: how much, never what."""
    activity = seen.activity
    if activity is None:
        return "The clock goes on. Pause it if you want to wait." if partner and seen.view.phase in _WRITING else ""
    if role_of(seen.view, partner) == "interviewer":
        return ""
    parts = [seen.partner_writes_in] if seen.partner_writes_in else []
    if activity.lines:
        parts.append("1 line" if activity.lines == 1 else f"{activity.lines} lines")
    if activity.total:
        parts.append(f"{activity.passed} of {activity.total} passing")
    if activity.last_run_ms:
        minutes = int((seen.now_ms - activity.last_run_ms) / 60_000)
        parts.append("ran just now" if minutes < 1 else f"last run {minutes} min ago")
    hints = sum(hint.to == partner for hint in seen.view.hints)
    if hints:
        parts.append("1 hint" if hints == 1 else f"{hints} hints")
    return " · ".join(parts)


def walkthrough_state(seen: Seen, session: LiveSession) -> WalkthroughState:
    """The walkthrough."""
    view, partner = seen.view, session.partner
    speaks = speaker_of(view)
    speaker = "" if speaks is None else "me" if speaks == session.seat.member else "partner"
    explains_theirs = speaker == "partner" and view.plan.format is not Format.PAIR
    return WalkthroughState(
        view.problem.title if view.problem else "", session.seat.name, partner.name if partner else "", speaker,
        seen.is_recording, seen.microphone_words, seen.feedback_sent, view.plan.format is Format.SOLO, seen.link,
        seen.problem is not None and seen.problem.is_oral,
        seen.desk.partner_language if explains_theirs else seen.desk.language,
    )  # fmt: skip


def wrap_up_state(seen: Seen, keeper: SessionKeeper) -> WrapUpState | None:
    """The wrap-up; None before there is a round."""
    current, proposal = keeper.round, keeper.proposal()
    if current is None:
        return None
    mine, theirs = (keeper.claims.get((keeper.number, whose), ClaimMade()) for whose in ("me", "partner"))
    return WrapUpState(
        current.problem_title, proposal.rating if proposal else "", proposal.reason if proposal else "",
        current.struggle, current.tags, current.takeaway,
        tuple(Thought(one.id, one.text, one.decision) for one in keeper.thoughts), seen.partner_feedback,
        asks_rating=proposal is not None, my_claim=Claim(mine.time, mine.space).words,
        partner_claim=Claim(theirs.time, theirs.space).words, partner=keeper.record.partner,
    )  # fmt: skip
