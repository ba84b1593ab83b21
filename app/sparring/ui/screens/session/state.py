"""What the session's screen shows, as values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HintRow:
    """One rung of the ladder. `text` is empty while it is not to be seen here."""

    number: int
    text: str = ""
    is_given: bool = False


@dataclass(frozen=True)
class ChatLine:
    """One line of chat, or a nudge."""

    who: str
    text: str
    is_mine: bool = False


@dataclass(frozen=True)
class Claim:
    """What somebody says their solution costs."""

    time: str = ""
    space: str = ""

    @property
    def words(self) -> str:
        parts = [f"Time {self.time}" if self.time else "", f"Space {self.space}" if self.space else ""]
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class PartnerState:
    """The other one, as far as it shows."""

    name: str = ""
    online: bool = False
    note: str = ""
    """What they do: "typing", "away", "stuck", "running tests", "offline" or nothing."""
    activity: str = ""
    """How much there is behind the veil, in words."""
    link: str = ""
    """How good their connection is."""
    completes: bool = True
    """Whether their editor suggests words."""
    ready: bool = False
    claim: Claim = Claim()


@dataclass(frozen=True)
class SessionState:
    """What the screen shows."""

    title: str = ""
    statement: str = ""
    round: int = 1
    format: str = "side-by-side"
    phase: str = "focus"
    role: str = ""
    """In a mock: "interviewer" or "candidate"."""
    north_star: str = ""
    details: str = ""
    """Difficulty and topics; empty while they are not shown."""
    wants_details: bool = False
    partner_wants_details: bool = False
    can_hide_details: bool = False
    """Whether it is for the two to decide now."""
    hints: tuple[HintRow, ...] = ()
    awaits_agreement: bool = False
    """Whether the next interview's problem is a suggestion: until both agree to it, nobody's hints are shown."""
    is_oral: bool = False
    """Whether it is asked and answered aloud: the editors are for notes, and nothing is run."""
    follow_ups: str = ""
    """With the editorial and the rubric: shown to an interviewer, and at the reveal to both."""
    editorial: str = ""
    rubric: tuple[tuple[str, str], ...] = ()
    """(what is looked at, what a strong answer does)."""
    chat: tuple[ChatLine, ...] = ()
    unread: int = 0
    me: str = ""
    partner: PartnerState = PartnerState()
    block: int = 1
    blocks: int = 1
    running: bool = True
    waiting: bool = False
    paused_by: str = ""
    blind: bool = True
    not_compared: str = ""
    """Why the two solutions are not compared, where they could be looked for side by side."""
    my_ready: bool = False
    my_stuck: bool = False
    my_claim: Claim = Claim()
    completes: bool = True
    link: str = ""
    unsaved: int = 0
    has_scratch: bool = False
    languages: tuple[tuple[str, str], ...] = (("python", "Python"),)
    """(name, title) of what the problem can be solved in; empty where there is nothing to choose."""
    language: str = "python"
    """What my code is written in."""
    scratch_language: str = "python"
    partner_language: str = "python"
    can_pick: bool = False
    """Whether the next interview's problem can be chosen now."""
    suggestion: str = ""
    """How it stands with the next interview's problem, while it is a suggestion."""
    can_agree: bool = False
    """My word for it is awaited."""

    @property
    def is_timed(self) -> bool:
        return self.phase in ("focus", "break")

    @property
    def shows_answer(self) -> bool:
        """Whether what gives the answer away can be read here now."""
        return bool(self.editorial or self.follow_ups or self.rubric)

    @property
    def is_open(self) -> bool:
        """Whether two solutions of one problem can be looked at side by side."""
        is_of_two = self.format in ("side-by-side", "mock") and not self.not_compared
        return self.phase == "reveal" and is_of_two and not self.is_oral
