"""What a server tells: lines for people, or one JSON object a line for programs. Never a secret."""

import json
import logging
import sys
import time
from typing import Any, Literal

WEBSOCKETS = "sparring_server.websockets"
"""Where the websocket library speaks."""
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """`time` (UTC, ISO 8601), `level`, `logger`, `message`, whatever a call gave as `extra`, and `error`."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        entry |= {name: value for name, value in vars(record).items() if name not in _OWN}
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


class WebsocketLog(logging.LoggerAdapter[logging.Logger]):
    """What the websocket library says: strangers' garbage is no error of this server, and must not fill a disk.

    Being no `Logger` it also spares a logger of its own for each connection, which is what the library makes of one.
    """

    _OF_STRANGERS = "WS parser error"

    def __init__(self) -> None:
        super().__init__(logging.getLogger(WEBSOCKETS))

    def log(self, level: int, msg: object, *args: object, **options: Any) -> None:
        if level > logging.DEBUG and str(msg).startswith(self._OF_STRANGERS):
            level = logging.DEBUG
        super().log(level, msg, *args, **options)


def tell(level: str, form: Literal["text", "json"] | str) -> None:
    """Write log lines of this level and above to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    if form == "json":
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # Handshake noise of the websocket library is not the operator's business.
    logging.getLogger(WEBSOCKETS).setLevel(logging.WARNING)
