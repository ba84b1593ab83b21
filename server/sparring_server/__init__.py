"""The sync server: it relays, orders commands, keeps time and guards doors."""

__version__ = "0.1.0"
