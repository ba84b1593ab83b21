"""Qt's pool of painting threads is not woken for what an editor paints."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in /proc")
PAINT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from sparring.ui.painting_threads import paint_on_one_thread
if sys.argv[1] == "one":
    paint_on_one_thread()
application = QApplication([])
editor = QPlainTextEdit("some code\\n" * 100)
editor.resize(800, 700)
editor.show()
application.processEvents()
editor.grab()
names = [(task / "comm").read_text().strip() for task in Path("/proc/self/task").iterdir()]
print(sum("pooled" in name for name in names))
"""


def pooled_threads(which: str) -> int:
    environment = {name: value for name, value in os.environ.items() if name != "QT_NO_GUI_THREADPOOL"}
    done = subprocess.run(
        [sys.executable, "-c", PAINT, which],
        env={**environment, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return int(done.stdout)


def test_nothing_is_painted_in_a_pool_of_threads() -> None:
    assert pooled_threads("one") == 0


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="Qt has no pool on one core")
def test_qt_would_paint_in_one() -> None:
    assert pooled_threads("many") > 0
