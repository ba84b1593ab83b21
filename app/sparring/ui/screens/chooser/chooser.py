"""Finding a problem: a search, filters, an order, the list, and chance."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QListView, QPushButton, QWidget

from sparring.problems.choosing import (
    Choice,
    Kind,
    Order,
    Wanted,
    choose,
    difficulties_of,
    in_order,
    surprise,
    topics_of,
)
from sparring.ui.screens.chooser.rows import ChoiceDelegate, ChoiceRows
from sparring.ui.shell.actions import bind_action, bind_button, key_of
from sparring.ui.theme import GRID, Theme
from sparring.ui.widgets import button, column, field, hairline, label, row

MARK_WORDS = {
    "new-to-both": ("New to both", "Only problems that are new to both of us"),
    "new-to-me": ("New to me", "Only problems that are new to me"),
    "struggled": ("Struggled", "Only problems that I struggled with"),
    "due": ("Due", "Only problems that are due for review"),
}
_KINDS: tuple[tuple[str, Kind], ...] = (
    ("Any kind", ""), ("Coding", "coding"), ("Interview", "oral"),
)  # fmt: skip
_ORDERS: tuple[tuple[str, Order], ...] = (
    ("By title", "title"), ("Shortest first", "minutes"), ("Due first", "due"), ("Longest ago first", "longest ago"),
)  # fmt: skip
_NOT_TOLD = "Your partner's app has not said yet what they have seen."


class Chooser(QWidget):
    """See the module. `show_choices` brings it up to date; what is typed and filtered stays."""

    chosen = Signal(str)
    """The id of a problem that somebody wants to suggest."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: Sequence[Choice] = ()
        self._in_order: list[Choice] = []
        self._suggested, self._partner_told = "", False
        self._turned_down: list[str] = []
        self._search = field("problem-search", "Search problems", "Search problems")
        self._search.textChanged.connect(self._list)
        self._search.returnPressed.connect(lambda: self._choose(0))
        self._details = QCheckBox("Show topics and difficulty")
        self._details.setObjectName("show-topics")
        self._details.setAccessibleName("Show topics and difficulty")
        self._details.toggled.connect(self._list)
        self._topic = self._combo("filter-topic", "Topic")
        self._difficulty = self._combo("filter-difficulty", "Difficulty")
        self._kind = self._combo("filter-kind", "Coding problems or interview questions")
        self._order = self._combo("sort-problems", "Order of the problems")
        for combo, entries in ((self._kind, _KINDS), (self._order, _ORDERS)):
            for words, value in entries:
                combo.addItem(words, value)
        self._marks = {name: self._chip(name, *words) for name, words in MARK_WORDS.items()}
        self._count = label("", "dim", "problem-count")
        self._clear = button("Show all", "clear-filters", "quiet", key_of("clear-filters"))
        self._clear.clicked.connect(self.clear_filters)
        self._surprise = button("Surprise us", "surprise", "", key_of("surprise"))
        self._surprise.setToolTip(f"One of those listed, by chance, and none of your last five ({key_of('surprise')})")
        self._surprise.clicked.connect(lambda _: self.surprise())
        self._rows = ChoiceRows(self)
        self._view = self._make_view()
        for combo in (self._topic, self._difficulty, self._kind):
            combo.currentIndexChanged.connect(self._list)
        self._order.currentIndexChanged.connect(self._sort)
        found = row(self._search, self._surprise)
        found.setStretch(0, 1)
        body = column(
            found,
            row(self._topic, self._difficulty, self._kind, self._order, 0),
            row(*self._marks.values(), self._details, 0, spacing=GRID * 2),
            hairline(), self._view, row(self._count, 0, self._clear),
        )  # fmt: skip
        body.setStretch(4, 1)
        self.setLayout(body)
        self._list()

    def _combo(self, name: str, accessible: str) -> QComboBox:
        made = QComboBox()
        made.setObjectName(name)
        made.setAccessibleName(accessible)
        made.setToolTip(f"{accessible} ({key_of(name)})")
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(11)
        return made

    def _chip(self, name: str, words: str, accessible: str) -> QPushButton:
        made = button(words, name, "chip", key_of(name), accessible=accessible)
        made.setCheckable(True)
        made.toggled.connect(self._list)
        return made

    def _make_view(self) -> QListView:
        made = QListView()
        made.setObjectName("problem-list")
        made.setAccessibleName("Problems")
        made.setUniformItemSizes(True)
        made.setMouseTracking(True)
        made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setModel(self._rows)
        self._delegate = ChoiceDelegate(made, self._rows)
        made.setItemDelegate(self._delegate)
        made.clicked.connect(lambda index: self._choose(index.row()))
        made.activated.connect(lambda index: self._choose(index.row()))
        return made

    def bind_keys(self, screen: QWidget) -> None:
        """Give each part its key, anywhere on this screen."""
        bind_action(screen, "find-problem", self._find, anywhere=True)
        for combo in (self._topic, self._difficulty, self._kind, self._order):
            bind_action(screen, combo.objectName(), partial(self._open, combo), combo.isEnabled, anywhere=True)
        for name, chip in self._marks.items():
            bind_button(screen, name, chip, _NOT_TOLD if name == "new-to-both" else "", anywhere=True)
        for name, pressed in (
            ("show-topics", self._details), ("clear-filters", self._clear), ("surprise", self._surprise),
        ):  # fmt: skip
            bind_button(screen, name, pressed, "Nothing is listed, or all is." if name != "show-topics" else "",
                        anywhere=True)  # fmt: skip

    def _find(self) -> None:
        self._search.setFocus()
        self._search.selectAll()

    def _open(self, combo: QComboBox) -> None:
        combo.setFocus()
        combo.showPopup()

    @property
    def view(self) -> QListView:
        """The list itself."""
        return self._view

    def set_theme(self, theme: Theme) -> None:
        """Paint the rows in these colours."""
        self._delegate.theme = theme
        self._view.viewport().update()

    # What is shown.

    def show_choices(self, choices: Sequence[Choice], suggested: str, *, partner_told: bool) -> None:
        """These problems, of which one may be suggested. The same again costs nothing."""
        is_same = choices is self._choices or choices == self._choices
        if is_same and (suggested, partner_told) == (self._suggested, self._partner_told):
            return
        is_new_suggestion = suggested != self._suggested
        self._suggested, self._partner_told = suggested, partner_told
        if not is_same:
            self._choices = choices
            self._in_order = in_order(choices, self._order.currentData())
            self._offer(self._topic, "Any topic", topics_of(choices))
            self._offer(self._difficulty, "Any difficulty", difficulties_of(choices))
            self._kind.setVisible(any(one.is_oral for one in choices))
        new_to_both = self._marks["new-to-both"]
        new_to_both.setEnabled(partner_told)
        new_to_both.setToolTip(
            f"{MARK_WORDS['new-to-both'][1]} ({key_of('new-to-both')})" if partner_told else _NOT_TOLD
        )
        self._list()
        if is_new_suggestion:
            self._go_to(suggested)

    def _offer(self, combo: QComboBox, anything: str, values: Sequence[str]) -> None:
        before = combo.currentData()
        combo.blockSignals(True)
        combo.clear()
        combo.addItem(anything, "")
        for value in values:
            combo.addItem(value, value)
        combo.setCurrentIndex(max(0, combo.findData(before or "")))
        combo.blockSignals(False)

    def _sort(self, *_: object) -> None:
        self._in_order = in_order(self._choices, self._order.currentData())
        self._list()

    @property
    def wanted(self) -> Wanted:
        """The filters as they are."""
        marks = {name for name, chip in self._marks.items() if chip.isChecked() and chip.isEnabled()}
        return Wanted(
            self._search.text(), self._topic.currentData() or "", self._difficulty.currentData() or "",
            self._kind.currentData() or "", frozenset(marks), self._details.isChecked(),
        )  # fmt: skip

    def clear_filters(self) -> None:
        """Show all problems again; topics stay as hidden as they are."""
        for combo in (self._topic, self._difficulty, self._kind):
            combo.setCurrentIndex(0)
        for chip in self._marks.values():
            chip.setChecked(False)
        self._search.clear()

    def _list(self, *_: object) -> None:
        wanted = self.wanted
        current = self._view.currentIndex()
        was_at = self._rows.listed[current.row()].id if 0 <= current.row() < len(self._rows.listed) else ""
        listed = choose(self._in_order, wanted)
        self._rows.show(
            listed, chosen=self._suggested, shows_details=wanted.shows_details, partner_told=self._partner_told
        )
        self._go_to(was_at or self._suggested)
        total = len(self._choices)
        self._count.setText(f"{len(listed):,} of {total:,} problems" if len(listed) < total else f"{total:,} problems")
        self._clear.setEnabled(len(listed) < total)
        self._surprise.setEnabled(bool(listed))

    def _go_to(self, problem_id: str) -> None:
        index = self._rows.place_of(problem_id)
        if index.isValid():
            self._view.setCurrentIndex(index)

    # What is chosen.

    def _choose(self, number: int) -> None:
        if 0 <= number < len(self._rows.listed):
            self.chosen.emit(self._rows.listed[number].id)

    def surprise(self, seed: int | None = None) -> None:
        """Suggest one of those listed by chance; pressed again it is another one. With a seed always the same."""
        found = surprise(self._rows.listed, (*self._turned_down, self._suggested), seed)
        if found is None:
            # All that is left has had its turn.
            self._turned_down.clear()
            found = surprise(self._rows.listed, (self._suggested,), seed)
        if found is None:
            self._count.setText("Nothing here but what is suggested and your last five.")
            return
        self._turned_down.append(found.id)
        self.chosen.emit(found.id)
