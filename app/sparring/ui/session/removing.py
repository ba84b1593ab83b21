"""Who opened the session may remove somebody and change its link: asks first, and tells everybody what became of it."""

from collections.abc import Iterator

from PySide6.QtGui import QGuiApplication

from sparring.live.session import LiveSession
from sparring.ui.screens.removal import Person, RemovalSheet
from sparring.ui.shell import Entry, MainWindow
from sparring.ui.shell.actions import bind_action
from sparring_server.protocol import messages
from sparring_server.protocol.view import Phase


class Removing:
    """See the module. `happened` is to hear every event of the room."""

    def __init__(self, window: MainWindow, session: LiveSession) -> None:
        self._window, self._session = window, session
        self._action = bind_action(window, "remove-member", self.ask, lambda: self.can_ask, anywhere=True)

    def close(self) -> None:
        """The session is off the screen."""
        self._action.setEnabled(False)
        self._action.deleteLater()

    @property
    def can_ask(self) -> bool:
        """Whether the link is mine to change now."""
        view = self._session.view
        return view is not None and view.phase is not Phase.ENDED and view.keyholder == self._session.seat.member

    @property
    def others(self) -> tuple[Person, ...]:
        """Everybody who could be removed, partners first."""
        view, me = self._session.view, self._session.seat.member
        if view is None:
            return ()
        people = [Person(one.id, one.name, one.role == "observer") for one in view.members if one.id != me]
        return tuple(sorted(people, key=lambda person: person.watches))

    def ask(self) -> None:
        """Show who is here; nothing is done before a button is pressed."""
        if self.can_ask:
            self._window.open_sheet(RemovalSheet(self._window, self.others, self._session.rotate_invite))

    def happened(self, event: messages.Event) -> None:
        """Tell of a changed link, unless it is old news."""
        change = event.change
        if not isinstance(change, messages.InviteRotated):
            return
        gone = f"{change.removed.name} was removed. " if change.removed else ""
        if event.by == self._session.seat.member:
            words = f"{gone}The old link opens nothing any more. Send the new one to whom you want here."
            self._window.show_notice(words, "Copy the new link", self._copy)
        else:
            who = event.view.member(event.by)
            self._window.show_notice(
                f"{gone}{who.name if who else 'Your partner'} changed the invite link. You stay in."
            )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._session.invite.link)
        self._window.clear_notice()

    def entries(self) -> Iterator[Entry]:
        """For the palette: each by name, so that typing a name finds them."""
        if self.can_ask:
            for person in self.others:
                yield Entry(f"Remove {person.name} and change the link…", self.ask, where="session")
