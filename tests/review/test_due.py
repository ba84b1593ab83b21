"""When a problem is due again, by its last rating."""

from datetime import UTC, datetime, timedelta

import pytest

from sparring.review.due import is_due

SATURDAY = datetime(2026, 11, 14, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rating", "days", "due"),
    [
        ("again", 2, False),
        ("again", 3, True),
        ("hard", 5, False),
        ("hard", 6, True),
        ("good", 99, False),
        ("", 99, False),
    ],
)
def test_a_struggle_is_due_some_days_later(rating: str, days: int, due: bool) -> None:
    assert is_due(rating, SATURDAY.isoformat(timespec="milliseconds"), SATURDAY + timedelta(days=days)) is due
