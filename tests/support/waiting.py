"""Wait for events, never for time."""

import asyncio
from collections.abc import Callable
from typing import Any

PATIENCE_SECONDS = 30.0
"""Only a failing test waits so long."""


async def until(condition: Callable[[], Any], *signals: Any, what: str = "") -> None:
    """Return once `condition` holds; it is looked at again whenever one of the psygnal `signals` fires."""
    woken = asyncio.Event()

    def wake(*_: object) -> None:
        woken.set()

    for signal in signals:
        signal.connect(wake)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not condition():
                await woken.wait()
                woken.clear()
    except TimeoutError:
        raise AssertionError(f"waited in vain for {what or condition}") from None
    finally:
        for signal in signals:
            signal.disconnect(wake)
