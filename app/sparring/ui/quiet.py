"""Keeps to the log what Qt's audio back ends say on standard error when there is no sound server."""

import contextlib
import logging
from collections.abc import Iterator

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

log = logging.getLogger(__name__)


def _keep(kind: QtMsgType, context: QMessageLogContext, words: str | None) -> None:
    log.debug("%s", words)


@contextlib.contextmanager
def quiet_qt() -> Iterator[None]:
    """For the first use of QtMultimedia: a machine without sound is no fault."""
    before = qInstallMessageHandler(_keep)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
