"""What this version knows, apart from the migrations themselves: most starts have none to apply."""

KNOWN = frozenset({"create_journal", "find_rounds_by_number", "list_rounds_from_an_index"})
"""Every migration of this version; a file with others was written by a newer one."""
