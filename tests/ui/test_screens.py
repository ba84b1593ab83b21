"""Every screen: named for people and tests, readable in both themes, gentle to what is being typed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from sparring.problems.choosing import Choice
from sparring.ui.screens.console import CaseView
from sparring.ui.screens.journal import JournalScreen
from sparring.ui.screens.lobby import LobbyScreen, LobbyState, PlanFields
from sparring.ui.screens.session import PartnerState, SessionScreen, SessionState
from sparring.ui.screens.settings import SettingsScreen
from sparring.ui.screens.today import TodayScreen, TodayState
from sparring.ui.screens.walkthrough import WalkthroughScreen, WalkthroughState
from sparring.ui.screens.wrapup import Thought, WrapUpScreen, WrapUpState
from sparring.ui.shell.actions import ACTIONS, EVERYWHERE
from sparring.ui.theme import INK, PAPER, Theme

SCREENS = (TodayScreen, LobbyScreen, SessionScreen, WalkthroughScreen, WrapUpScreen, JournalScreen, SettingsScreen)


@pytest.mark.parametrize("make", SCREENS)
def test_whatever_can_be_used_has_a_name(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    screen = make()
    qtbot.addWidget(screen)
    usable = (QAbstractButton, QLineEdit, QPlainTextEdit, QListView, QComboBox)
    for widget in screen.findChildren(QWidget):
        if isinstance(widget, usable) and not widget.objectName().startswith("qt_") and _is_ours(widget):
            assert widget.objectName(), widget
            assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()), (
                widget.objectName()
            )


class ShownWindows(QObject):
    """Notes every widget that becomes a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[QWidget] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.found.append(watched)
        return False


@pytest.mark.parametrize("make", SCREENS)
def test_a_screen_that_is_built_shows_no_window(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    """A part that is shown before it has its place flashes up, and the main window loses the focus."""
    application = QApplication.instance()
    assert application is not None
    watch = ShownWindows()
    application.installEventFilter(watch)
    try:
        qtbot.addWidget(make())
    finally:
        application.removeEventFilter(watch)
    assert watch.found == []


def _is_ours(widget: QWidget) -> bool:
    """Not a part that Qt put into a combo box or a spin box."""
    parent = widget.parent()
    return parent is None or parent.metaObject().className() not in (
        "QComboBox",
        "QSpinBox",
        "QComboBoxPrivateContainer",
    )


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [INK, PAPER], ids=["ink", "paper"])
def test_text_can_be_read(theme: Theme) -> None:
    for text in (
        theme.text, theme.dim, theme.me, theme.partner, theme.passed, theme.wrong, theme.syntax_keyword,
        theme.syntax_name, theme.syntax_string, theme.syntax_number, theme.syntax_comment,
    ):  # fmt: skip
        for behind in (theme.background, theme.panel, theme.raised):
            assert contrast(text, behind) >= 4.5, (text, behind)
    assert contrast(theme.on_accent, theme.me) >= 4.5


@pytest.mark.parametrize("theme", [INK, PAPER], ids=["ink", "paper"])
def test_the_focus_can_be_seen(theme: Theme) -> None:
    for behind in (theme.background, theme.panel, theme.raised):
        assert contrast(theme.me, behind) >= 3
        # Around what is filled with `me`.
        assert contrast(theme.text, behind) >= 3


def test_no_two_actions_of_a_place_share_a_key() -> None:
    assert all(action.key for action in ACTIONS)
    seen: set[tuple[str, str]] = set()
    for action in ACTIONS:
        # The editor stands on the session's screen.
        place = "session" if action.where == "editor" else action.where
        assert not {(action.key, place), (action.key, EVERYWHERE)} & seen, action
        seen.add((action.key, place))


def test_a_remote_change_of_the_plan_leaves_my_typing_alone(qtbot: QtBot) -> None:
    screen = LobbyScreen()
    qtbot.addWidget(screen)
    screen.show_state(LobbyState(plan=PlanFields(north_star="old")))
    screen.show()
    qtbot.waitExposed(screen)
    star, call = screen.findChild(QLineEdit, "north-star"), screen.findChild(QLineEdit, "call-link")
    assert isinstance(star, QLineEdit)
    assert isinstance(call, QLineEdit)
    screen.activateWindow()
    star.setFocus()
    qtbot.waitUntil(star.hasFocus)
    star.selectAll()
    with qtbot.waitSignal(screen.plan_changed, timeout=5_000) as told:
        QTest.keyClicks(star, "mine")
        screen.show_state(LobbyState(plan=PlanFields(north_star="theirs", call_link="https://x.example")))
        assert star.text() == "mine"
    assert told.args[0].north_star == "mine"
    screen.show_state(LobbyState(plan=PlanFields(north_star="mine", call_link="https://x.example")))
    assert call.text() == "https://x.example"


def test_the_invite_link_is_shown_even_where_the_focus_is(qtbot: QtBot) -> None:
    screen = LobbyScreen()
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitExposed(screen)
    screen.activateWindow()
    link = screen.findChild(QLineEdit, "invite-link")
    assert isinstance(link, QLineEdit)
    link.setFocus()
    qtbot.waitUntil(link.hasFocus)
    screen.show_state(LobbyState(invite_link="sparring://somewhere"))
    assert link.text() == "sparring://somewhere"


def test_problems_keep_their_topics_hidden_until_asked(qtbot: QtBot) -> None:
    screen = LobbyScreen()
    qtbot.addWidget(screen)
    rows = (
        Choice("swap", "Swap", "easy", ("greedy",), 20),
        Choice("tolls", "Tolls", "medium", ("graphs",), 25),
    )
    screen.show_state(LobbyState(problems=rows))
    view = screen.findChild(QListView, "problem-list")
    assert isinstance(view, QListView)

    def shown() -> list[str]:
        return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]

    assert not any("graphs" in line for line in shown())
    box = screen.findChild(QAbstractButton, "show-topics")
    assert isinstance(box, QAbstractButton)
    box.click()
    assert "graphs" in shown()[1]
    with qtbot.waitSignal(screen.problem_chosen) as chosen:
        view.activated.emit(view.model().index(0, 0))
    assert chosen.args == ["swap"]


def test_older_news_of_the_plan_does_not_undo_what_i_chose(qtbot: QtBot) -> None:
    """The answer to my first choice comes after I made the second."""
    screen = LobbyScreen()
    qtbot.addWidget(screen)
    screen.show()
    told: list[PlanFields] = []
    screen.plan_changed.connect(told.append)
    screen.show_state(LobbyState(plan=PlanFields()))
    minutes = screen.findChild(QSpinBox, "focus-minutes")
    mock = screen.findChild(QAbstractButton, "format-mock")
    assert isinstance(minutes, QSpinBox)
    assert isinstance(mock, QAbstractButton)
    mock.click()
    minutes.setFocus()
    minutes.selectAll()
    QTest.keyClicks(minutes, "10")
    QTest.keyClick(minutes, Qt.Key.Key_Tab)
    screen.show_state(LobbyState(plan=told[0]))
    assert minutes.value() == 10
    qtbot.waitUntil(lambda: told[-1].focus_minutes == 10)
    screen.show_state(LobbyState(plan=told[-1]))
    theirs = PlanFields(format="pair", focus_minutes=45)
    screen.show_state(LobbyState(plan=theirs))
    assert minutes.value() == 45


def test_what_the_room_refuses_is_not_shown_for_long(qtbot: QtBot) -> None:
    screen = LobbyScreen()
    qtbot.addWidget(screen)
    screen.show_state(LobbyState(plan=PlanFields()))
    mock = screen.findChild(QAbstractButton, "format-mock")
    assert isinstance(mock, QAbstractButton)
    mock.click()
    qtbot.waitUntil(lambda: not mock.isChecked(), timeout=10_000)


def focus(qtbot: QtBot, screen: SessionScreen) -> None:
    """Shortcuts belong to the window that has the focus."""
    qtbot.waitExposed(screen)
    screen.activateWindow()
    screen.mine.editor.setFocus()
    qtbot.waitUntil(screen.mine.editor.hasFocus)


def test_a_veil_shows_activity_and_lifts(qtbot: QtBot) -> None:
    screen = SessionScreen()
    qtbot.addWidget(screen)
    screen.resize(1280, 800)
    screen.show()
    ben = PartnerState("Ben", online=True, note="stuck", activity="21 lines")
    blind = SessionState(title="Tolls", me="Ana", partner=ben)
    screen.show_state(blind)
    veil = screen.partner.veil
    assert veil.isVisible()
    assert not screen.partner.editor.isVisible()
    assert (veil.words.text(), veil.activity.text()) == ("Ben is stuck", "21 lines")
    focus(qtbot, screen)
    with qtbot.waitSignal(screen.partner.reveal_toggled) as toggled:
        QTest.keyClick(screen.mine.editor, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert toggled.args == [True]
    screen.show_state(SessionState(title="Tolls", me="Ana", partner=ben, phase="reveal", blind=False))
    assert screen.partner.editor.isVisible()


def test_a_parked_thought_is_one_key_one_line_and_gone(qtbot: QtBot) -> None:
    screen = SessionScreen()
    qtbot.addWidget(screen)
    screen.show()
    screen.show_state(SessionState())
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    focus(qtbot, screen)
    QTest.keyClick(screen.mine.editor, Qt.Key.Key_P, modifiers)
    thought = screen.findChild(QLineEdit, "thought")
    assert isinstance(thought, QLineEdit)
    with qtbot.waitSignal(screen.thought_parked) as parked:
        QTest.keyClicks(thought, "buy milk")
        QTest.keyClick(thought, Qt.Key.Key_Return)
    assert parked.args == ["buy milk"]
    assert not thought.isVisible()


def test_the_console_tells_case_by_case(qtbot: QtBot) -> None:
    screen = SessionScreen()
    qtbot.addWidget(screen)
    console = screen.mine.console
    console.set_cases([CaseView("one"), CaseView("two")])
    console.begin(["one", "two"])
    assert console.is_running
    console.add_result(CaseView("one", "passed"))
    assert console.summary == "Running… 1 of 2"
    console.add_result(CaseView("two", "wrong", expected="<0>", got="None"))
    console.finish("1 passed, 1 not", "sandboxed")
    detail = console.findChild(QWidget, "case-detail")
    assert "<0>" in detail.toPlainText()
    assert "None" in detail.toPlainText()


def test_a_takeaway_is_told_before_the_session_is_finished(qtbot: QtBot) -> None:
    screen = WrapUpScreen()
    qtbot.addWidget(screen)
    screen.show()
    screen.show_state(WrapUpState("Tolls", "hard", "7 failed runs"))
    takeaway = screen.findChild(QLineEdit, "takeaway")
    finish = screen.findChild(QAbstractButton, "finish-session")
    assert isinstance(takeaway, QLineEdit)
    assert isinstance(finish, QAbstractButton)
    told: list[str] = []
    screen.kept.connect(lambda tags, words: told.append(words))
    screen.finish_requested.connect(lambda: told.append("finished"))
    QTest.keyClicks(takeaway, "invariant first")
    finish.click()
    assert told == ["invariant first", "finished"]


def test_parked_thoughts_are_kept_or_dismissed_one_by_one(qtbot: QtBot) -> None:
    screen = WrapUpScreen()
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitExposed(screen)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    thoughts = {"1": Thought("1", "heaps"), "2": Thought("2", "milk"), "3": Thought("3", "call")}
    told: list[tuple[str, str]] = []

    def decide(key: str, decision: str) -> None:
        told.append((key, decision))
        thoughts[key] = Thought(key, thoughts[key].text, decision)
        screen.show_state(WrapUpState("Tolls", parked=tuple(thoughts.values())))

    screen.thought_decided.connect(decide)
    screen.show_state(WrapUpState("Tolls", parked=tuple(thoughts.values())))
    QTest.keyClick(screen, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(screen, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    dismiss = screen.findChild(QAbstractButton, "dismiss-thought-1")
    assert isinstance(dismiss, QAbstractButton)
    assert dismiss.isChecked()
    assert dismiss.accessibleName() == "Dismiss: milk"
    dismiss.click()
    QTest.keyClick(screen, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert told == [("1", "kept"), ("2", "dismissed"), ("2", ""), ("2", "kept")]
    screen.show_state(WrapUpState("Tolls"))
    assert not dismiss.isVisible()


def test_who_only_asked_is_not_asked_for_a_rating(qtbot: QtBot) -> None:
    screen = WrapUpScreen()
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitExposed(screen)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    rated: list[str] = []
    screen.rated.connect(rated.append)
    for asks in (False, True):
        screen.show_state(WrapUpState("Tolls", "hard", "1 hint", asks_rating=asks, partner_claim="Time O(n)"))
        QTest.keyClick(screen, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        button = screen.findChild(QAbstractButton, "rate-again")
        assert isinstance(button, QAbstractButton)
        assert button.isVisible() == asks
    assert rated == ["hard"]
    claim = screen.findChild(QWidget, "claim-partner")
    assert isinstance(claim, QLabel)
    assert (claim.text(), claim.isVisible()) == ("Time O(n)", True)
    screen.show_state(WrapUpState("Tolls"))
    assert not claim.isVisible()


def test_today_says_what_to_do_on_the_first_day(qtbot: QtBot) -> None:
    screen = TodayScreen()
    qtbot.addWidget(screen)
    screen.show()
    screen.show_state(TodayState())
    words = " ".join(part.text() for part in screen.findChildren(QWidget) if hasattr(part, "text"))
    assert "send the invite link to a friend" in words
    assert QApplication.instance() is not None


def test_feedback_asks_what_can_be_judged(qtbot: QtBot) -> None:
    screen = WalkthroughScreen()
    qtbot.addWidget(screen)
    screen.show()

    def asked() -> set[str]:
        names = ("understanding", "approach", "communication", "code", "testing", "structure", "depth")
        return {name for name in names if screen.findChild(QAbstractButton, f"score-{name}-3").isVisible()}

    screen.show_state(WalkthroughState(title="Tolls", partner="Ben"))
    assert asked() == {"understanding", "approach", "communication", "code", "testing"}
    screen.findChild(QAbstractButton, "score-testing-3").click()
    screen.show_state(WalkthroughState(title="A bell", partner="Ben", is_oral=True))
    assert asked() == {"understanding", "approach", "communication", "structure", "depth"}
    assert screen.code.language.name == "markdown"
    screen.findChild(QAbstractButton, "score-depth-3").click()
    with qtbot.waitSignal(screen.feedback_given) as given:
        screen.findChild(QAbstractButton, "send-feedback").click()
    assert given.args == [{"depth": 3}, ""]
