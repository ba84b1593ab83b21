"""What came in, what did not, and why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from sparring.ui.screens.bringing_in.state import ReportView
from sparring.ui.widgets import column, label, row

MAX_LINES = 400
"""Of a report that are shown; the command line tells all."""


class ReportPanel(QWidget):
    """A sentence, and below it a list that can be read with the keyboard."""

    shown = Signal()

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__()
        self._report: ReportView | None = None
        self._words = label("", "heading", f"{name}-words", wrap=True)
        self._list = QTextBrowser()
        self._list.setObjectName(f"{name}-list")
        self._list.setAccessibleName(accessible)
        self._list.setOpenLinks(False)
        self._list.document().setDocumentMargin(0)
        layout = column(row(self._words), self._list)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_report(self, report: ReportView) -> None:
        """Show a report; the place in the same one stays."""
        if report == self._report:
            return
        self._report = report
        self._words.setText(report.words)
        self._words.setVisible(bool(report.words))
        lines = [
            *_section("Came in", report.came_in),
            *_section("Did not come in", report.left_out),
        ]
        shown = lines[:MAX_LINES]
        if len(lines) > MAX_LINES:
            shown.append(f"and {len(lines) - MAX_LINES:,} lines more")
        self._list.setPlainText("\n".join(shown))
        self._list.setVisible(bool(lines))


def _section(heading: str, entries: tuple[tuple[str, str], ...]) -> list[str]:
    if not entries:
        return []
    lines = [f"{heading}:"]
    for name, words in entries:
        lines.append(f"  {name}" + (f" — {words}" if words else ""))
    return [*lines, ""]
