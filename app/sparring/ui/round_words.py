"""Rounds in a few words, as lists show them."""

from datetime import datetime

from sparring.journal import RoundSummary


def day_words(iso: str) -> str:
    """A stored time as a day, in this machine's time zone."""
    when = datetime.fromisoformat(iso).astimezone()
    return f"{when.day} {when:%B %Y}"


def round_words(one: RoundSummary) -> str:
    """A round in a few words."""
    struggle = {"again": "struggled", "hard": "hard", "good": "good", "easy": "easy"}.get(one.struggle, "")
    parts = [day_words(one.started_at), f"with {one.partner}" if one.partner else "alone", one.outcome, struggle]
    return " · ".join(part for part in parts if part)
