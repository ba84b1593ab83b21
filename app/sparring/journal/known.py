"""What this version knows, apart from the migrations themselves: most starts have none to apply."""

KNOWN = frozenset(
    {
        "create_journal", "find_rounds_by_number", "list_rounds_from_an_index", "keep_each_interview",
        "keep_what_was_said_and_drawn", "find_what_was_said", "keep_each_event_once",
        "keep_own_cases_and_languages",
    }
)  # fmt: skip
"""Every migration of this version; a file with others was written by a newer one."""
