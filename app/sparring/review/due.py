"""When a problem should be taken again: a simple rule from its last rating, until there is a schedule.

What was rated "again" is due after three days and "hard" after six, so that a struggle of one Saturday is due on the
next; "good" and "easy" are not due by themselves. A later rating replaces an earlier one.
"""

from datetime import datetime, timedelta

DUE_AFTER = {"again": timedelta(days=3), "hard": timedelta(days=6)}


def is_due(rating: str, rated_at: str, now: datetime) -> bool:
    """Whether a problem is due that was rated last so and then (ISO 8601 with its zone, as the journal writes it)."""
    wait = DUE_AFTER.get(rating)
    return wait is not None and datetime.fromisoformat(rated_at) + wait <= now
