"""One live session from one seat: connection, server clock, documents, presence. No Qt, and of ours only the wire."""
