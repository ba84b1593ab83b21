"""Rounds in a few words, as lists show them."""

from datetime import datetime

from sparring.journal import RoundSummary


def day_words(iso: str) -> str:
    """A stored time as a day, in this machine's time zone."""
    when = datetime.fromisoformat(iso).astimezone()
    return f"{when.day} {when:%B %Y}"


def format_words(format_: str, role: str) -> str:
    """How a round was worked on, and my part in it."""
    roles = {"candidate": "you answered", "interviewer": "you asked", "both": "you answered and asked"}
    formats = {"side-by-side": "side by side", "mock": "mock interview", "pair": "pair", "solo": "solo"}
    return ", ".join(word for word in (formats.get(format_, ""), roles.get(role, "")) if word)


def round_words(one: RoundSummary) -> str:
    """A round in a few words."""
    struggle = {"again": "struggled", "hard": "hard", "good": "good", "easy": "easy"}.get(one.struggle, "")
    parts = [day_words(one.started_at), f"with {one.partner}" if one.partner else "alone", one.outcome, struggle]
    return " · ".join(part for part in parts if part)
