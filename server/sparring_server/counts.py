"""What a server counts while it works; `/metrics` shows it."""


class Counts:
    """Plain numbers since the start, added to on the hot path."""

    __slots__ = ("bells", "commands", "connections", "cuts", "denials", "refusals", "updates", "updates_bytes")

    def __init__(self) -> None:
        self.connections = 0
        self.updates = 0
        self.updates_bytes = 0
        self.commands = 0
        self.refusals = 0
        self.bells = 0
        self.denials = 0
        """Tokens that opened nothing."""
        self.cuts = 0
        """Connections that the server closed for a broken limit or frame, or a slow reader."""
