"""The proposed rating says what happened."""

import pytest

from sparring.review.ratings import Evidence, Proposal, propose_struggle

MINUTE = 60_000


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        (
            Evidence(False, None, 7, 2, 25 * MINUTE),
            Proposal("again", "not all cases passed, 7 failed runs, stuck 2 times"),
        ),
        (Evidence(True, 19 * MINUTE, 7, 0, 25 * MINUTE), Proposal("hard", "passed after 19 min, 7 failed runs")),
        (Evidence(True, 15 * MINUTE, 1, 0, 25 * MINUTE), Proposal("good", "passed after 15 min, 1 failed run")),
        (Evidence(True, 6 * MINUTE, 0, 0, 25 * MINUTE), Proposal("easy", "passed after 6 min")),
        (Evidence(True, 6 * MINUTE, 0, 0, 25 * MINUTE, 1), Proposal("hard", "passed after 6 min, 1 hint")),
        (
            Evidence(True, 6 * MINUTE, 1, 0, 25 * MINUTE, 3),
            Proposal("hard", "passed after 6 min, 1 failed run, 3 hints"),
        ),
        (Evidence(False, None, 0, 0, 25 * MINUTE, 2), Proposal("again", "not all cases passed, 2 hints")),
        (Evidence(True, 6 * MINUTE, 0, 1, 25 * MINUTE), Proposal("hard", "passed after 6 min, stuck once")),
        # What is answered aloud passes no cases.
        (Evidence(False, None, 0, 0, 25 * MINUTE, is_oral=True), Proposal("good", "without a hint, never stuck")),
        (Evidence(False, None, 0, 1, 25 * MINUTE, 1, is_oral=True), Proposal("hard", "stuck once, 1 hint")),
        (Evidence(False, None, 0, 0, 25 * MINUTE, 3, is_oral=True), Proposal("again", "3 hints")),
    ],
)
def test_proposals(evidence: Evidence, expected: Proposal) -> None:
    assert propose_struggle(evidence) == expected
