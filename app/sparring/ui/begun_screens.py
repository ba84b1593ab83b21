"""The screens that Today does not need, of which only a part may be there yet."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtWidgets import QWidget

from sparring.ui.widgets import finish

if TYPE_CHECKING:
    from sparring.ui.screens.bringing_in import BringInScreen
    from sparring.ui.screens.journal import JournalScreen
    from sparring.ui.screens.lobby import LobbyScreen
    from sparring.ui.screens.session import SessionScreen
    from sparring.ui.screens.settings import SettingsScreen
    from sparring.ui.screens.walkthrough import WalkthroughScreen


class InSteps(Protocol):
    """A widget whose parts can be built one after the other."""

    @property
    def rest(self) -> Iterator[None]:
        """Builds what is still to be built."""


S = TypeVar("S", bound=InSteps)
W = TypeVar("W", bound=QWidget)


class BegunScreens:
    """Each screen is begun when it is first asked for here; from then on it stands in the window and grows there."""

    def __init__(self, add: Callable[[str, QWidget], object], show_theme: Callable[[Any], object]) -> None:
        self._add, self._show_theme = add, show_theme

    def finished(self, screen: S) -> S:
        """The screen with all that belongs to it: what is missing is built at once, and has the theme of now."""
        finish(screen.rest)
        self._show_theme(screen)
        return screen

    def _begin(self, name: str, screen: W) -> W:
        self._add(name, screen)
        return screen

    @cached_property
    def lobby(self) -> "LobbyScreen":
        from sparring.ui.screens.lobby import LobbyScreen

        return self._begin("session/lobby", LobbyScreen(in_steps=True))

    @cached_property
    def work(self) -> "SessionScreen":
        from sparring.ui.screens.session import SessionScreen

        return self._begin("session/work", SessionScreen(in_steps=True))

    @cached_property
    def walkthrough(self) -> "WalkthroughScreen":
        from sparring.ui.screens.walkthrough import WalkthroughScreen

        return self._begin("session/walkthrough", WalkthroughScreen(in_steps=True))

    @cached_property
    def journal(self) -> "JournalScreen":
        from sparring.ui.screens.journal import JournalScreen

        return self._begin("journal", JournalScreen(in_steps=True))

    @cached_property
    def settings(self) -> "SettingsScreen":
        from sparring.ui.screens.settings import SettingsScreen

        return self._begin("settings", SettingsScreen(in_steps=True))

    @cached_property
    def bring_in(self) -> "BringInScreen":
        from sparring.ui.screens.bringing_in import BringInScreen

        return self._begin("bring-in", BringInScreen(in_steps=True))
