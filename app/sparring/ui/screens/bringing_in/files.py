"""A folder or a zip file: chosen or dropped, with progress, cancel and a report."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from sparring.ui.screens.bringing_in.report import ReportPanel
from sparring.ui.screens.bringing_in.state import FilesState, ReportView
from sparring.ui.shell.actions import bind_button, key_of, key_words
from sparring.ui.theme import GRID
from sparring.ui.widgets import Elided, button, column, label, row

WORDS = (
    "Folders and zip files of Sparring, Exercism’s canonical data or a clone of its Python track, and Kattis problem "
    "packages. What it is, is found by looking. Nothing of it is run but reference solutions, in the sandbox."
)
ZIP_FILTER = "Archives (*.zip *.kattis);;All files (*)"
PANEL_HEIGHT = GRID * 56


class _DropPanel(QWidget):
    """Takes one folder or file that is dropped on it."""

    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self.setObjectName("drop-panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_path(event):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._light(False)
        if path := _dropped_path(event):
            event.acceptProposedAction()
            self.dropped.emit(path)

    def _light(self, on: bool) -> None:
        self.setProperty("lit", on)
        self.style().unpolish(self)
        self.style().polish(self)


class FilesPage(QWidget):
    """See the module."""

    import_requested = Signal(str)
    cancel_requested = Signal()
    undo_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._state = FilesState()
        self._folder = button(
            "Choose a folder…", "choose-folder", "primary", key_words(key_of("choose-folder")), "Choose a folder"
        )
        self._folder.clicked.connect(self._choose_folder)
        self._zip = button("Choose a zip file…", "choose-zip", "", key_words(key_of("choose-zip")), "Choose a zip file")
        self._zip.clicked.connect(self._choose_zip)
        self._panel = self._make_panel()
        self._busy = Elided("", "dim", "import-busy")
        self._bar = QProgressBar()
        self._bar.setObjectName("import-progress")
        self._bar.setAccessibleName("How much has been read")
        self._bar.setTextVisible(False)
        self._cancel = button("Cancel", "cancel-import", "", key_words(key_of("cancel-import")), "Cancel the import")
        self._cancel.clicked.connect(self.cancel_requested)
        self._progress = QWidget()
        line = row(column(self._busy, self._bar, spacing=GRID), self._cancel, spacing=GRID * 4)
        line.setStretch(0, 1)
        self._progress.setLayout(line)
        self._error = label("", "error", "import-error", wrap=True)
        self._report = ReportPanel("import-report", "What came in and what did not")
        self._undo = button("Undo this import", "undo-import", "", key_words(key_of("undo-import")))
        self._undo.clicked.connect(lambda: self.undo_requested.emit(self._state.report.id))
        layout = column(self._panel, self._progress, self._error, self._report, row(self._undo, 0), spacing=GRID * 4)
        layout.setStretch(3, 1)
        # Keeps what is there at the top while there is no report to fill the page.
        layout.addStretch(0)
        self.setLayout(layout)
        for action, pressed in (
            ("choose-folder", self._folder), ("choose-zip", self._zip), ("cancel-import", self._cancel),
            ("undo-import", self._undo),
        ):  # fmt: skip
            bind_button(self, action, pressed, anywhere=True)
        self.show_state(self._state)

    def _make_panel(self) -> QWidget:
        panel = _DropPanel()
        panel.dropped.connect(self._dropped)
        heading = label("Drop a folder or a zip file here", "heading")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = label(WORDS, "dim", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setFixedWidth(GRID * 140)
        body = column(0, heading, row(0, words, 0), GRID, row(0, self._folder, self._zip, 0), 0, spacing=GRID * 3)
        body.setContentsMargins(GRID * 6, GRID * 4, GRID * 6, GRID * 4)
        panel.setLayout(body)
        panel.setFixedHeight(PANEL_HEIGHT)
        return panel

    def home(self) -> QWidget:
        """Where a hand would go first."""
        return self._cancel if self._state.busy else self._folder

    def show_state(self, state: FilesState) -> None:
        """Show how far it is, or what came of it."""
        had_focus = any(one.hasFocus() for one in (self._folder, self._zip, self._cancel))
        self._state = state
        self._progress.setVisible(bool(state.busy))
        self._busy.setText(state.busy)
        self._bar.setRange(0, max(state.total, 0))
        self._bar.setValue(state.done)
        for part in (self._folder, self._zip):
            part.setEnabled(not state.busy)
        self._panel.setAcceptDrops(not state.busy)
        self._error.setText(state.error)
        self._error.setVisible(bool(state.error))
        has_report = state.report != ReportView()
        self._report.setVisible(has_report)
        self._report.show_report(state.report)
        self._undo.setVisible(bool(state.report.id) and not state.busy)
        if had_focus and self.isVisible():
            self.home().setFocus(Qt.FocusReason.OtherFocusReason)

    def _dropped(self, path: str) -> None:
        if not self._state.busy:
            self.import_requested.emit(path)

    def _choose_folder(self) -> None:
        if path := QFileDialog.getExistingDirectory(self, "A folder with problems"):
            self.import_requested.emit(path)

    def _choose_zip(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "A zip file with problems", "", ZIP_FILTER)
        if path:
            self.import_requested.emit(path)


def _dropped_path(event: QDropEvent) -> str:
    """The one folder or file that is dragged; empty for anything else."""
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return ""
    path = Path(urls[0].toLocalFile())
    return str(path) if path.exists() else ""
