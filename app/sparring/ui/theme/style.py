"""The stylesheet of a theme, and who decides which theme it is."""

from typing import Literal

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from sparring.assets import resources_dir
from sparring.ui.theme.tokens import GRID, HEADING_PX, INK, PAPER, RADIUS, SMALL_PX, TEXT_PX, TITLE_PX, Theme

Choice = Literal["system", "ink", "paper"]


def interface_font() -> QFont:
    """Inter where present, else the platform's."""
    font = QFont("Inter") if "Inter" in QFontDatabase.families() else QApplication.font()
    font.setPixelSize(TEXT_PX)
    return font


def clock_font(pixels: int) -> QFont:
    """For clocks: figures of one width, so that they do not wobble."""
    font = QFont(interface_font())
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def current_theme() -> Theme:
    """The theme that the app wears now, read from its palette; for widgets that are made after it was chosen."""
    return INK if QGuiApplication.palette().color(QPalette.ColorRole.Window).name() == INK.background else PAPER


def stylesheet(theme: Theme) -> str:
    """The look of every widget, from the tokens."""
    t = theme
    icons = (resources_dir() / "icons").as_posix()
    return f"""
    QWidget {{ color: {t.text}; font-size: {TEXT_PX}px; outline: 0; }}
    QMainWindow, QWidget[role="page"], QScrollArea, QScrollArea > QWidget > QWidget {{ background: {t.background}; }}
    QWidget[role="panel"] {{ background: {t.panel}; border: 1px solid {t.hairline}; border-radius: {RADIUS}px; }}
    QWidget[role="bar"] {{ background: {t.background}; border: 0; border-bottom: 1px solid {t.hairline}; }}
    QWidget[role="rail"] {{ background: {t.background}; border: 0; border-right: 1px solid {t.hairline}; }}
    QWidget[role="strip"] {{ background: {t.raised}; border: 0; }}
    QLabel {{ background: transparent; }}
    QLabel[role="title"] {{ font-size: {TITLE_PX}px; font-weight: 600; }}
    QLabel[role="heading"] {{ font-size: {HEADING_PX}px; font-weight: 600; }}
    QLabel[role="me"] {{ color: {t.me}; font-weight: 600; }}
    QLabel[role="partner"] {{ color: {t.partner}; font-weight: 600; }}
    QLabel[role="small"] {{ font-size: {SMALL_PX}px; font-weight: 600; color: {t.dim}; }}
    QLabel[role="dim"] {{ color: {t.dim}; }}
    QLabel[role="error"] {{ color: {t.wrong}; }}
    QLabel[role="passed"] {{ color: {t.passed}; }}
    QLabel[role="chip"] {{ color: {t.dim}; border: 1px solid {t.hairline}; border-radius: 9px;
        padding: 1px 9px; font-size: {SMALL_PX}px; }}
    QFrame[role="hairline"] {{ background: {t.hairline}; border: 0; max-height: 1px; min-height: 1px; }}
    QPushButton {{ background: transparent; border: 1px solid {t.hairline}; border-radius: {RADIUS}px;
        padding: {GRID + 3}px {GRID * 4}px; font-weight: 500; }}
    QPushButton:hover {{ background: {t.raised}; }}
    QPushButton:disabled {{ color: {t.disabled}; }}
    QPushButton:checked {{ background: {t.raised}; border-color: {t.me}; color: {t.me}; }}
    QPushButton:focus {{ border: 2px solid {t.me}; padding: {GRID + 2}px {GRID * 4 - 1}px; }}
    QPushButton:checked:focus {{ border-color: {t.text}; }}
    QPushButton[role="primary"] {{ background: {t.me}; color: {t.on_accent}; border: 1px solid {t.me};
        font-weight: 600; }}
    QPushButton[role="primary"]:disabled {{ background: {t.raised}; color: {t.dim}; border-color: {t.hairline}; }}
    QPushButton[role="primary"]:focus {{ border: 2px solid {t.text}; }}
    QPushButton[role="partner"] {{ color: {t.partner}; border: 1px solid {t.partner}; }}
    QPushButton[role="partner"]:checked {{ background: {t.partner}; color: {t.background}; }}
    QPushButton[role="tab"] {{ border: 0; border-bottom: 2px solid transparent; border-radius: 0; color: {t.dim};
        padding: {GRID}px {GRID * 2}px; }}
    QPushButton[role="tab"]:hover {{ color: {t.text}; background: transparent; }}
    QPushButton[role="tab"]:checked {{ background: transparent; color: {t.text}; border-bottom: 2px solid {t.me}; }}
    QPushButton[role="tab"]:focus {{ color: {t.text}; background: {t.raised}; border: 2px solid {t.text}; }}
    QPushButton[role="quiet"] {{ border: 1px solid transparent; color: {t.dim}; padding: {GRID}px {GRID * 2}px; }}
    QPushButton[role="quiet"]:hover {{ color: {t.text}; }}
    QPushButton[role="quiet"]:disabled {{ color: {t.disabled}; }}
    QPushButton[role="quiet"]:focus {{ border: 2px solid {t.me}; padding: {GRID - 1}px {GRID * 2 - 1}px; }}
    QPushButton[role="chip"] {{ border-radius: 13px; color: {t.dim}; padding: {GRID}px {GRID * 3}px; }}
    QPushButton[role="chip"]:checked {{ color: {t.me}; border-color: {t.me}; background: {t.raised}; }}
    QPushButton[role="chip"]:disabled {{ color: {t.disabled}; }}
    QPushButton[role="chip"]:focus {{ border: 2px solid {t.me}; padding: {GRID - 1}px {GRID * 3 - 1}px; }}
    QPushButton[role="chip"]:checked:focus {{ border-color: {t.text}; }}
    QPushButton[role="entry"] {{ border: 2px solid transparent; border-radius: {RADIUS // 2}px; font-weight: 500;
        padding: {GRID - 2}px {GRID}px; text-align: left; }}
    QPushButton[role="entry"]:focus {{ border-color: {t.me}; }}
    QToolButton[role="rail"] {{ border: 2px solid transparent; border-radius: {RADIUS}px; color: {t.dim};
        padding: {GRID}px 0 2px 0; font-size: {SMALL_PX}px; }}
    QToolButton[role="rail"]:hover {{ color: {t.text}; }}
    QToolButton[role="rail"]:checked {{ background: {t.raised}; color: {t.text}; }}
    QToolButton[role="rail"]:disabled {{ color: {t.disabled}; }}
    QToolButton[role="rail"]:focus {{ border-color: {t.me}; }}
    QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {{ background: {t.panel}; border: 1px solid {t.hairline};
        border-radius: {RADIUS}px; padding: {GRID + 2}px {GRID * 2}px; selection-background-color: {t.me};
        selection-color: {t.on_accent}; }}
    QLineEdit, QPlainTextEdit, QTextEdit {{ placeholder-text-color: {t.dim}; }}
    QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {{
        border: 2px solid {t.me}; padding: {GRID + 1}px {GRID * 2 - 1}px; }}
    QLineEdit:read-only {{ background: {t.background}; }}
    QPlainTextEdit[role="code"] {{ background: {t.background}; border: 0; border-top: 2px solid {t.background};
        border-radius: 0; padding: 0; }}
    QPlainTextEdit[role="code"]:focus {{ border: 0; border-top: 2px solid {t.me}; padding: 0; }}
    QTextBrowser {{ background: {t.background}; border: 2px solid transparent; padding: 0; }}
    QTextBrowser:focus {{ border: 2px solid {t.me}; padding: 0; }}
    QListView {{ background: transparent; border: 2px solid transparent; border-radius: {RADIUS}px; outline: 0; }}
    QListView::item {{ padding: {GRID * 2}px {GRID}px; border-bottom: 1px solid {t.hairline}; }}
    QListView::item:selected {{ background: {t.raised}; color: {t.text}; }}
    QListView[role="compact"]::item {{ padding: {GRID}px; }}
    QListView:focus {{ border-color: {t.me}; }}
    QListView[role="palette"] {{ border: 0; border-radius: 0; }}
    QListView[role="palette"]::item {{ border: 0; padding: 0; }}
    QTableView {{ background: {t.panel}; border: 1px solid {t.hairline}; border-radius: {RADIUS}px;
        selection-background-color: {t.raised}; selection-color: {t.text}; }}
    QTableView:focus {{ border: 2px solid {t.me}; }}
    QTableView::item {{ padding: 0 {GRID * 2}px; border-bottom: 1px solid {t.hairline}; }}
    QTableView::item:focus {{ background: {t.raised}; border: 1px solid {t.me}; }}
    QTableView QLineEdit {{ border-radius: 0; padding: 0 {GRID}px; }}
    QTableView QLineEdit:focus {{ padding: 0 {GRID - 1}px; }}
    QHeaderView {{ background: transparent; }}
    QHeaderView::section, QTableCornerButton::section {{ background: transparent; color: {t.dim}; border: 0;
        border-bottom: 1px solid {t.hairline}; padding: {GRID}px {GRID * 2}px; font-size: {SMALL_PX}px;
        font-weight: 600; }}
    QHeaderView::section:vertical {{ padding: 0 {GRID}px; min-width: {GRID * 5}px; }}
    QWidget[role="drop"] {{ background: {t.panel}; border: 2px dashed {t.hairline}; border-radius: {RADIUS}px; }}
    QWidget[role="drop"][lit="true"] {{ border-color: {t.me}; background: {t.raised}; }}
    QLineEdit[face="code"], QPlainTextEdit[face="code"] {{
        font-family: "JetBrains Mono", "SF Mono", "Cascadia Code", "DejaVu Sans Mono", monospace; }}
    QProgressBar {{ background: {t.hairline}; border: 0; border-radius: 2px; max-height: 4px; min-height: 4px; }}
    QProgressBar::chunk {{ background: {t.me}; border-radius: 2px; }}
    QScrollArea {{ border: 0; }}
    QFrame[role="overlay"] {{ background: {t.panel}; border: 1px solid {t.hairline};
        border-radius: {RADIUS + GRID}px; }}
    QFrame[role="overlay"] QScrollArea, QFrame[role="overlay"] QScrollArea > QWidget > QWidget {{
        background: {t.panel}; }}
    QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{ background: transparent; border: 0; padding: 0; }}
    /* Qt gives the padding of a spin box to nobody; in the middle its number needs none. */
    QSpinBox {{ qproperty-alignment: AlignCenter; }}
    QComboBox::drop-down, QSpinBox::up-button, QSpinBox::down-button {{ background: transparent; border: 0;
        width: {GRID * 5}px; }}
    QComboBox::down-arrow, QSpinBox::down-arrow {{ image: url("{icons}/chevron-down.svg"); width: 12px; height: 12px; }}
    QSpinBox::up-arrow {{ image: url("{icons}/chevron-up.svg"); width: 12px; height: 12px; }}
    QComboBox QAbstractItemView {{ background: {t.panel}; border: 1px solid {t.hairline}; }}
    QSplitter::handle {{ background: {t.hairline}; }}
    QSplitter::handle:horizontal {{ width: 1px; }} QSplitter::handle:vertical {{ height: 1px; }}
    QScrollBar:vertical {{ background: transparent; width: 8px; }}
    QScrollBar:horizontal {{ background: transparent; height: 8px; }}
    QScrollBar::handle {{ background: {t.hairline}; border-radius: 4px; min-height: 24px; min-width: 24px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{ background: none;
        border: none; width: 0; height: 0; }}
    QProgressBar {{ background: {t.hairline}; border: 0; border-radius: 3px; }}
    QProgressBar::chunk {{ background: {t.me}; border-radius: 3px; }}
    QSlider::groove:horizontal {{ background: {t.hairline}; height: 4px; border-radius: 2px; }}
    QSlider::handle:horizontal {{ background: {t.me}; width: 12px; margin: -4px 0; border-radius: 6px; }}
    QSlider:focus {{ border: 2px solid {t.me}; border-radius: {RADIUS}px; }}
    QCheckBox {{ spacing: {GRID * 2}px; border: 2px solid transparent; border-radius: {RADIUS // 2}px;
        padding: 2px {GRID}px 2px 2px; }}
    QCheckBox::indicator, QTableView::indicator {{
        width: 14px; height: 14px; border: 1px solid {t.dim}; border-radius: {GRID}px; }}
    QCheckBox::indicator:checked, QTableView::indicator:checked {{ background: {t.me}; border-color: {t.me};
        image: url("{icons}/check-{t.name}.svg"); }}
    QCheckBox:focus, QRadioButton:focus {{ border-color: {t.me}; }}
    QRadioButton {{ spacing: {GRID * 2}px; border: 2px solid transparent; border-radius: {RADIUS // 2}px;
        padding: 2px {GRID}px 2px 2px; }}
    QRadioButton::indicator {{ width: 14px; height: 14px; border: 1px solid {t.dim}; border-radius: 8px; }}
    QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 5px solid {t.me}; }}
    QMenu {{ background: {t.panel}; border: 1px solid {t.hairline}; padding: {GRID}px; }}
    QMenu::item {{ padding: {GRID}px {GRID * 4}px; }}
    QMenu::item:selected {{ background: {t.raised}; }}
    QMenu::item:disabled {{ color: {t.disabled}; }}
    QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.hairline}; padding: {GRID}px; }}
    """


class ThemeController(QObject):
    """Applies a theme to the whole app, and follows the system where asked to."""

    changed = Signal(object)
    """The `Theme` is now this."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice: Choice = "system"
        self.theme = PAPER
        # The palette that the system gives follows its scheme, and asking for that itself would wake `Qt`.
        app.setPalette(QPalette())
        found, roles = app.palette(), QPalette.ColorRole
        self._system_is_dark = found.color(roles.WindowText).lightness() > found.color(roles.Window).lightness()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    def choose(self, choice: Choice) -> None:
        """Ink, paper, or whatever the system uses."""
        self._choice = choice
        self._apply()

    def _follow(self, scheme: "QtCore.Qt.ColorScheme") -> None:
        self._system_is_dark = scheme == QtCore.Qt.ColorScheme.Dark
        self._apply()

    def _apply(self) -> None:
        by_system = INK if self._system_is_dark else PAPER
        self.theme = {"ink": INK, "paper": PAPER}.get(self._choice, by_system)
        palette = QPalette()
        for role, colour in (
            (QPalette.ColorRole.Window, self.theme.background),
            (QPalette.ColorRole.Base, self.theme.panel),
            (QPalette.ColorRole.Text, self.theme.text),
            (QPalette.ColorRole.WindowText, self.theme.text),
            (QPalette.ColorRole.ButtonText, self.theme.text),
            (QPalette.ColorRole.PlaceholderText, self.theme.dim),
            (QPalette.ColorRole.Highlight, self.theme.me),
            (QPalette.ColorRole.Link, self.theme.me),
        ):
            palette.setColor(role, QColor(colour))
        self._app.setPalette(palette)
        self._app.setFont(interface_font())
        self._app.setStyleSheet(stylesheet(self.theme))
        self.changed.emit(self.theme)
