"""What an evening side by side must have left in both journals."""

import wave
from pathlib import Path

from sparring.journal import Journal, RoundFilter

NOTES = ("Invariant: a town that leaves the heap is final.", "Stale entries are skipped, not decreased.")
HEARD = 1_000
"""A sample this loud, of 32,767, is speech and not noise."""


def check(homes: dict[str, Path], texts: dict[str, str]) -> list[str]:
    """What is wrong with the journals, in words; nothing if they agree with the screens and with each other."""
    faults = []
    for name, other in (("ana", "ben"), ("ben", "ana")):
        journal = Journal.open(homes[name])
        try:
            found = journal.rounds(RoundFilter(text="tolls", struggled=True))
            detail = journal.round_detail(found[0].id) if found else None
            if detail is None:
                faults.append(f"{name}'s journal does not find the struggled problem")
                continue
            for what, kept, expected in (
                ("own code", detail.my_code, texts[name]),
                ("partner's code", detail.partner_code, texts[other]),
                ("notes", detail.notes, texts["notes"]),
            ):
                if kept != expected:
                    faults.append(f"{name}'s journal has other {what} than the screen")
            if not journal.tape(detail.round.session):
                faults.append(f"{name}'s tape is empty")
            faults.extend(
                f"{name}'s recording {recording.path} is silent"
                for recording in detail.recordings
                if _loudest(homes[name] / recording.path) < HEARD
            )
        finally:
            journal.close()
    if not all(line in texts["notes"] for line in NOTES) and sorted("".join(NOTES)) != sorted(
        texts["notes"].replace("\n", "")
    ):
        faults.append("the shared notes lack something that was typed")
    return faults


def _loudest(path: Path) -> int:
    """The loudest sample of a recording."""
    with wave.open(str(path)) as recording:
        samples = memoryview(recording.readframes(recording.getnframes())).cast("h")
    return max(map(abs, samples), default=0)
