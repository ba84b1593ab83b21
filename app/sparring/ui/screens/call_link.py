"""The link of the call beside the session: what both open with one click, and what nobody's browser is sent to."""

from urllib.parse import urlsplit

NO_CALL_LINK = "This cannot be opened. A call's link looks like https://meet.example.org/room"


def call_address(text: str) -> str:
    """The address to open for what somebody typed; empty if it is none.

    It comes from the partner too, so it is a page of the web and nothing else, and its name is what one reads there:
    `https://bank.example@other.example` would open another one.
    """
    cleaned = text.strip()
    if not cleaned or not cleaned.isprintable() or any(letter.isspace() or letter == "\\" for letter in cleaned):
        return ""
    if "://" not in cleaned and ":" not in cleaned.partition("/")[0]:
        cleaned = f"https://{cleaned}"
    try:
        parts = urlsplit(cleaned)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("https", "http") or "@" in parts.netloc or not _is_name(host):
        return ""
    return cleaned


def _is_name(host: str) -> bool:
    """Whether it can be the name or the address of a machine."""
    if ":" in host or host == "localhost":
        return True
    labels = host.rstrip(".").split(".")
    return len(labels) > 1 and all(labels)
