"""Qt paints in the thread of the interface alone.

Qt hands parts of larger areas over to a pool of threads and waits for them, for each line of text that is painted anew.
What a window of ours paints is small: waking two threads takes longer than to paint, and where other programs keep the
cores busy, one waits for them besides (docs/decisions/0019-painting-on-one-thread.md).
"""

import os

VARIABLE = "QT_NO_GUI_THREADPOOL"
"""Qt asks once whether this is set, when it paints first."""


def paint_on_one_thread() -> None:
    """From now on: to be called before anything is painted."""
    os.environ[VARIABLE] = "1"
