"""Evidence over opinion: a proposal for the struggle rating from what happened. One key changes it."""

from dataclasses import dataclass
from typing import Literal

Rating = Literal["again", "hard", "good", "easy"]

QUICK_PART = 0.4
"""Of the planned focus time: solved within this, without trouble, is easy."""
MANY_FAILED_RUNS = 4
MANY_NUDGES = 3
"""In an interview without code: who needed so many was led to the answer."""


@dataclass(frozen=True)
class Evidence:
    """What the tape says about my round."""

    passed_all: bool
    first_pass_ms: int | None
    """When all cases passed for the first time, in ms of the round."""
    failed_runs: int
    stuck_marks: int
    focus_ms: int
    """The planned focus time."""
    hints: int = 0
    """Rungs of the ladder that I saw."""
    is_oral: bool = False
    """Whether it was answered aloud, and there was nothing to run."""


@dataclass(frozen=True)
class Proposal:
    """A rating and the reason, in words."""

    rating: Rating
    reason: str


def propose_struggle(evidence: Evidence) -> Proposal:
    """The proposed rating of a round."""
    facts = []
    if evidence.failed_runs:
        facts.append(f"{evidence.failed_runs} failed run{'s' if evidence.failed_runs > 1 else ''}")
    if evidence.stuck_marks:
        facts.append("stuck once" if evidence.stuck_marks == 1 else f"stuck {evidence.stuck_marks} times")
    if evidence.hints:
        facts.append("1 hint" if evidence.hints == 1 else f"{evidence.hints} hints")
    if evidence.is_oral:
        if not facts:
            return Proposal("good", "without a hint, never stuck")
        return Proposal("again" if evidence.hints >= MANY_NUDGES else "hard", ", ".join(facts))
    if not evidence.passed_all or evidence.first_pass_ms is None:
        return Proposal("again", ", ".join(["not all cases passed", *facts]))
    minutes = max(1, round(evidence.first_pass_ms / 60_000))
    facts.insert(0, f"passed after {minutes} min")
    reason = ", ".join(facts)
    if evidence.failed_runs >= MANY_FAILED_RUNS or evidence.stuck_marks or evidence.hints:
        return Proposal("hard", reason)
    if not evidence.failed_runs and evidence.first_pass_ms <= QUICK_PART * evidence.focus_ms:
        return Proposal("easy", reason)
    return Proposal("good", reason)
