"""The app as a value: `make_app(profile)` builds the window and everything behind it."""

import importlib
import logging
import threading
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6 import QtCore, QtGui
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from sparring import __version__
from sparring.journal import Journal, SessionRecord
from sparring.journal.records import new_key, utc_now
from sparring.profile import SETTINGS, Profile, ProfileError
from sparring.ui.begun_screens import BegunScreens
from sparring.ui.first_paint import FirstPaint
from sparring.ui.round_words import round_words
from sparring.ui.screens.today import TodayRow, TodayScreen, TodayState
from sparring.ui.shell import Entry, MainWindow
from sparring.ui.theme import ThemeController

if TYPE_CHECKING:
    # Today needs none of these. They are loaded when they are wanted, or once Today can be used: see `App.screens`.
    import asyncio

    from sparring.live.session import LiveSession, Seat
    from sparring.meeting.servers import Server
    from sparring.problems import Bank
    from sparring.ui.alerts import Alerts
    from sparring.ui.audio import WalkthroughRecorder
    from sparring.ui.bringing_in import BringInController
    from sparring.ui.editor import EditorOptions
    from sparring.ui.hosting import HostedServer
    from sparring.ui.journal_controller import JournalController
    from sparring.ui.meeting import Meeting
    from sparring.ui.screens.lobby import LobbyScreen
    from sparring.ui.screens.session import SessionScreen
    from sparring.ui.screens.settings import SettingsScreen
    from sparring.ui.screens.walkthrough import WalkthroughScreen
    from sparring.ui.screens.wrapup import WrapUpScreen
    from sparring.ui.server_book import ServerBook
    from sparring.ui.session import SessionController, SessionScreens
    from sparring.ui.toolchains import Toolchains
    from sparring_server.protocol.invite import Invite

log = logging.getLogger(__name__)

RECENT_ROUNDS = 4
WARM_UP_MS = 300
"""From the first picture of Today until the other screens are built, unless one of them is wanted before."""
WARM_UP_PAUSE_MS = 30
_LATER = {
    "alerts": (),
    "screens": ("session/lobby", "session/work", "session/walkthrough", "session/wrapup"),
    "journal_controller": ("journal",),
    "settings": ("settings",),
    "bring_in": ("bring-in",),
}
"""What builds which screens, in the order in which they are likely to be wanted."""
_BUILDING = (
    ("", "alerts"), ("lobby", "_lobby"), ("work", "_work"), ("walkthrough", "_walkthrough"), ("", "_wrapup"),
    ("", "screens"), ("journal", "journal_controller"), ("settings", "settings"), ("bring_in", "bring_in"),
)  # fmt: skip
"""(the screen that is begun and grows, if it does; what then uses it), one after the other."""
_MODULES = (
    "sparring.live.session", "sparring.ui.alerts", "sparring.ui.screens.lobby", "sparring.ui.screens.session",
    "sparring.ui.screens.walkthrough", "sparring.ui.screens.wrapup", "sparring.ui.session",
    "sparring.ui.journal_controller", "sparring.ui.screens.settings", "sparring.ui.bringing_in",
    "sparring.ui.server_book", "sparring.ui.meeting", "sparring.meeting.announcing", "sparring.meeting.hosting",
)  # fmt: skip
"""What those need: loading it takes far longer than building, and is done in a thread."""
LAST_SAVES_SECONDS = 2.0
"""How long leaving waits for the server to acknowledge my last changes."""


class App(QObject):
    """The running app. Today can be used at once; what needs asyncio's loop waits until `begin`."""

    closed = Signal()
    setting_changed = Signal(str, object)
    """(name, value): kept already."""

    def __init__(self, profile: Profile, journal: Journal) -> None:
        super().__init__()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.profile, self.journal = profile, journal
        # First, so that what paints itself is made in the right colours.
        self.themes = ThemeController(application)
        self.themes.choose(profile.settings.theme)
        self.window = MainWindow()
        self.today = TodayScreen()
        self._server: HostedServer | None = None
        self._session: LiveSession | None = None
        self._controller: SessionController | None = None
        self._unfinished = journal.unfinished_session()
        self._busy = ""
        self._error = ""
        self._is_closing = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._asked_early: list[Callable[[], object]] = []
        self.window.add_screen("today", self.today)
        for part, screens in _LATER.items():
            for screen in screens:
                self.window.add_screen_later(screen, partial(getattr, self, part))
        self._connect()
        self.show_today()
        self.window.show_screen("today")
        if profile.notice:
            self.window.show_notice(profile.notice)
        self._first_paint = FirstPaint(self.today, partial(QTimer.singleShot, WARM_UP_MS, self.window, self._warm_up))

    # What Today does not need is built when it is first wanted, or in quiet moments after Today was painted.

    @cached_property
    def alerts(self) -> "Alerts":
        from sparring.ui.alerts import Alerts

        made = Alerts(self.profile.settings, self.window)
        made.tray.show_requested.connect(self._come_forward)
        made.tray.quit_requested.connect(self.window.close)
        made.tray.pause_requested.connect(lambda: self.screens.work.bar.pause_requested.emit())
        made.tray.resume_requested.connect(lambda: self.screens.work.bar.resume_requested.emit())
        return made

    @cached_property
    def _begun(self) -> BegunScreens:
        return BegunScreens(self.window.add_screen, lambda screen: self.window.set_theme(self.themes.theme, screen))

    @cached_property
    def settings(self) -> "SettingsScreen":
        made = self._begun.finished(self._begun.settings)
        made.setting_changed.connect(self._set_on_screen)
        made.look_requested.connect(partial(self.toolchains.look, again=True))
        made.open_folder_requested.connect(
            lambda: QtGui.QDesktopServices.openUrl(QtCore.QUrl.fromLocalFile(str(self.profile.folder)))
        )
        self.servers.serve(made.servers)
        return made

    @cached_property
    def meeting(self) -> "Meeting":
        from sparring.ui.meeting import Meeting

        made = Meeting(self)
        made.nearby_changed.connect(self.show_today)
        made.ways_changed.connect(self._show_ways)
        return made

    @cached_property
    def servers(self) -> "ServerBook":
        from sparring.meeting.servers import Servers
        from sparring.ui.server_book import ServerBook

        made = ServerBook(Servers(self.profile.folder), self.meeting, self._do)
        made.changed.connect(self._servers_changed)
        made.removed.connect(
            lambda gone: self.window.show_notice(f"{gone.address} is forgotten.", "Undo", partial(made.add, gone))
        )
        return made

    def _servers_changed(self) -> None:
        if self.window.current_screen == "settings":
            self._show_settings()
        self.show_today()

    @cached_property
    def _lobby(self) -> "LobbyScreen":
        made = self._begun.finished(self._begun.lobby)
        made.bring_in_requested.connect(partial(self._go, "bring-in"))
        return made

    @cached_property
    def _work(self) -> "SessionScreen":
        return self._begun.finished(self._begun.work)

    @cached_property
    def _walkthrough(self) -> "WalkthroughScreen":
        return self._begun.finished(self._begun.walkthrough)

    @cached_property
    def _wrapup(self) -> "WrapUpScreen":
        from sparring.ui.screens.wrapup import WrapUpScreen

        made = WrapUpScreen()
        self._add_screen("session/wrapup", made)
        return made

    @cached_property
    def screens(self) -> "SessionScreens":
        from sparring.ui.session import SessionScreens

        return SessionScreens(self._lobby, self._work, self._walkthrough, self._wrapup)

    @cached_property
    def journal_controller(self) -> "JournalController":
        from sparring.ui.journal_controller import JournalController

        return JournalController(self.window, self.journal, self._begun.finished(self._begun.journal))

    @cached_property
    def bring_in(self) -> "BringInController":
        from sparring.ui.bringing_in import BringInController, Surroundings

        made = BringInController(
            self.window,
            self.profile,
            Surroundings(self.refresh_problems, self._can_pick, self._suggest, self._set_from_palette, self._go),
            self._begun.finished(self._begun.bring_in),
        )
        self.setting_changed.connect(made.setting_changed)
        return made

    def _can_pick(self) -> bool:
        return self._controller is not None and self._controller.can_pick

    def _suggest(self, problem_id: str) -> None:
        if self._controller is not None and self._can_pick() and problem_id in self.bank.summaries:
            self._controller.pick(problem_id)

    @cached_property
    def bank(self) -> "Bank":
        from sparring.assets import problem_shelves
        from sparring.problems import Bank

        mine = {"mine": self.profile.problems, "received": self.profile.received}
        return Bank({**problem_shelves(), **mine}, optional=mine)

    def refresh_problems(self, then: Callable[[], object] | None = None) -> None:
        """Look through the shelves of problems again, away from this thread, and show what is there now."""
        self._when_running(lambda: self._do(self._look_through_shelves(then)))

    async def _look_through_shelves(self, then: Callable[[], object] | None) -> None:
        import asyncio

        await asyncio.to_thread(self.bank.refresh)
        if self._controller is not None:
            self._controller.show_problems()
        if then is not None:
            then()

    @cached_property
    def toolchains(self) -> "Toolchains":
        from sparring.ui.toolchains import Toolchains

        made = Toolchains(self.profile.folder, self)
        made.changed.connect(self._toolchains_changed)
        return made

    @cached_property
    def _recorder(self) -> "WalkthroughRecorder":
        from sparring.ui.audio import WalkthroughRecorder

        return WalkthroughRecorder(self)

    def _add_screen(self, name: str, screen: QWidget) -> None:
        self.window.add_screen(name, screen)
        self.window.set_theme(self.themes.theme, screen)

    def _warm_up(self) -> None:
        """Load in a thread what the other screens need, then build them. Who wants one sooner waits for its rest."""
        loading = threading.Thread(target=self._load, name="sparring-warm-up")
        loading.start()
        self._build_next(loading, self._rest())

    def _rest(self) -> Iterator[None]:
        """Build what Today does not need. Between two steps, none of them long, the events have their turn."""
        for begun, part in _BUILDING:
            if begun:
                yield from getattr(self._begun, begun).rest
                yield
            getattr(self, part)
            yield
        # Last: see who hosts near, and say where a session would start.
        _ = self.servers
        self.meeting.listen(self.profile.settings.nearby)
        self.show_today()

    def _load(self) -> None:
        """What takes long and touches no widget."""
        for module in _MODULES:
            if self._is_closing:
                return
            importlib.import_module(module)
        from sparring.editing.languages import language_of
        from sparring.live.languages import FIRST
        from sparring.ui.editor.lexing import line_lexer

        # The expressions of the language that an editor begins with are compiled once.
        line_lexer(FIRST, language_of(FIRST).lexer)
        # It reads a file a problem.
        _ = self.bank

    def _build_next(self, loading: threading.Thread, left: Iterator[None]) -> None:
        """Build the next of what is left, and leave the events a moment before the one after it."""
        if self._is_closing:
            return
        if not loading.is_alive() and next(left, self) is self:
            return
        QTimer.singleShot(WARM_UP_PAUSE_MS, self.window, partial(self._build_next, loading, left))

    def _connect(self) -> None:
        self.themes.changed.connect(self.window.set_theme)
        self.window.screen_requested.connect(self._go)
        self.window.closing.connect(partial(self._when_running, lambda: self._do(self._close())))
        self.window.installEventFilter(self)
        self.today.name_changed.connect(self._rename)
        self.today.start_requested.connect(partial(self._when_running, self._host))
        self.today.join_requested.connect(lambda link: self._when_running(partial(self.join, link)))
        self.today.cancel_requested.connect(lambda: self._do(self._leave("")))
        self.today.resume_requested.connect(partial(self._when_running, self._resume))
        self.today.dismiss_resume_requested.connect(self._dismiss_resume)
        self.today.round_opened.connect(self._open_round)
        self.today.bring_in_requested.connect(partial(self._go, "bring-in"))
        self.window.add_palette_entries(self._palette_entries)
        # Called in the journal's thread; a signal brings it here.
        self._trouble.connect(self._journal_trouble)
        self.journal.on_trouble(self._trouble.emit)

    _trouble = Signal(object)

    def _journal_trouble(self, sentence: str | None) -> None:
        if sentence:
            self.window.show_notice(sentence)
        else:
            self.window.clear_notice()

    def begin(self) -> None:
        """The loop runs: do what was asked for before it did."""
        asked, self._asked_early = self._asked_early, []
        for act in asked:
            act()

    def _when_running(self, act: Callable[[], object]) -> None:
        """Do it now, or as soon as there is a loop: somebody was quicker than the start."""
        import asyncio

        try:
            asyncio.get_running_loop()
        except RuntimeError:
            self._asked_early.append(act)
        else:
            act()

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a coroutine; what goes wrong in it is told."""
        import asyncio

        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("something went wrong", exc_info=error)
            self.window.show_notice(f"Something went wrong ({error}). What you typed is kept.")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ActivationChange and self._controller is not None:
            self._controller.set_away(not self.window.isActiveWindow())
        return super().eventFilter(watched, event)

    # Screens.

    def _go(self, name: str) -> None:
        if name == "session" and self._controller is not None:
            self.window.show_screen(self._controller.screen)
            return
        if name == "today":
            self.show_today()
        elif name == "journal":
            self.journal_controller.refresh()
        elif name == "settings":
            self._show_settings()
        elif name == "bring-in":
            self.bring_in.open(self.window.current_screen)
        if name != "session":
            self.window.show_screen(name)

    def show_today(self) -> None:
        """Bring the Today screen up to date."""
        rounds = self.journal.rounds(limit=RECENT_ROUNDS * 5)
        rows = [TodayRow(one.id, one.problem_title, ", ".join(one.topics[:2]), round_words(one)) for one in rounds]
        struggled = [row for row, one in zip(rows, rounds, strict=True) if one.struggle in ("again", "hard")]
        resume = ""
        if self._unfinished is not None and self._controller is None:
            who = f" with {self._unfinished.partner}" if self._unfinished.partner else ""
            resume = f"You were in a session{who}. Nothing was lost."
        now = datetime.now().astimezone()
        self.today.show_state(
            TodayState(
                self.profile.settings.name, f"{now:%A} {now.day} {now:%B}", resume, self.journal.last_north_star(),
                tuple(struggled[:RECENT_ROUNDS]), tuple(rows[:RECENT_ROUNDS]), self._busy, self._error,
                self._starts_on, self._nearby,
            )
        )  # fmt: skip

    @property
    def _starts_on(self) -> str:
        """The server on which a session would start, once that is known."""
        default = self.servers.default if "servers" in vars(self) else None
        return default.place.where if default else ""

    @property
    def _nearby(self) -> tuple[str, ...]:
        is_free = "meeting" in vars(self) and self._controller is None
        return tuple(one.name for one in self.meeting.nearby) if is_free else ()

    def _show_settings(self) -> None:
        from sparring.ui.audio import microphones
        from sparring.ui.quiet import quiet_qt
        from sparring.ui.screens.settings import SettingsState
        from sparring.ui.screens.toolchain_list import ToolchainRow

        with quiet_qt():
            found = tuple(microphones())
        self.toolchains.look()
        rows = tuple(
            ToolchainRow(one.name, one.title, one.version, one.how_to_get, one.is_ready) for one in self.toolchains.rows
        )
        self.settings.show_state(
            SettingsState(
                self.profile.settings,
                found,
                str(self.profile.folder),
                __version__,
                rows,
                self.toolchains.is_looking,
                self.toolchains.faults,
                self.servers.state,
            )
        )

    def _toolchains_changed(self) -> None:
        if self.window.current_screen == "settings":
            self._show_settings()

    def _open_round(self, round_id: str) -> None:
        self.journal_controller.open_round(round_id)
        self.window.show_screen("journal")

    def _rename(self, name: str) -> None:
        self._change_setting("name", name.strip())

    def _change_setting(self, name: str, value: object) -> None:
        """Keep a setting, and let it act at once."""
        try:
            self.profile.change(**{name: value})
        except ProfileError as error:
            self.window.show_notice(str(error))
        settings = self.profile.settings
        if name == "theme":
            self.themes.choose(settings.theme)
        if "alerts" in vars(self):
            self.alerts.apply(settings)
        if name == "nearby" and "meeting" in vars(self):
            self.meeting.listen(settings.nearby)
        if self._controller is not None:
            self._controller.set_options(self._editor_options())
            self._prefer_languages()
        self.setting_changed.emit(name, getattr(settings, name))

    def _prefer_languages(self) -> None:
        assert self._controller is not None
        chosen = self.profile.settings
        self._controller.desk.languages.set_preferred(chosen.function_language, chosen.program_language)

    def _editor_options(self) -> "EditorOptions":
        from sparring.ui.editor import EditorOptions

        chosen = self.profile.settings
        return EditorOptions(
            chosen.completion, chosen.auto_close, chosen.soft_wrap, chosen.show_whitespace, chosen.vim, chosen.zoom
        )

    def _set_on_screen(self, name: str, value: object) -> None:
        """Changed on the settings screen, which is brought up to date only where it says more than what was pressed."""
        self._change_setting(name, value)
        if name == "microphone" or getattr(self.profile.settings, name) != value:
            self._show_settings()

    def _set_from_palette(self, name: str, value: object) -> None:
        self._change_setting(name, value)
        if self.window.current_screen == "settings":
            self._show_settings()

    def _come_forward(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~QtCore.Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def _palette_entries(self) -> Iterator[Entry]:
        """What Ctrl+K offers beside the table of actions: problems to pick, and every switch and choice."""
        if self._controller is not None and self._controller.can_pick:
            pick = self._controller.pick
            for key, problem in self.bank.summaries.items():
                yield Entry(f"Pick problem: {problem.title}", partial(pick, key), where="session")
        if self._controller is not None:
            yield from self._controller.palette_entries()
        for one in SETTINGS:
            now = getattr(self.profile.settings, one.name)
            change = partial(self._set_from_palette, one.name)
            if one.kind == "switch":
                words = f"{one.shown.words}: turn {'off' if now else 'on'}"
                yield Entry(words, partial(change, not now), where=one.shown.group.lower())
            for value, called in one.choices:
                if value != now:
                    yield Entry(f"{one.shown.words}: {called.lower()}", partial(change, value), where="look")

    def _say(self, busy: str = "", error: str = "") -> None:
        self._busy, self._error = busy, error
        self.show_today()

    # Into a session.

    def _has_name(self) -> bool:
        if self.profile.settings.name:
            return True
        self._say(error="Type your name first, so that your partner knows who you are.")
        return False

    def _host(self) -> None:
        if not self._has_name() or self._busy:
            return
        server = self.servers.default
        if server is not None:
            self._do(self._open_on(server))
            return
        from sparring.ui.hosting import fixed_address, free_port
        from sparring_server.protocol import names
        from sparring_server.protocol.invite import Invite

        invite_room, secret = names.new_id(), names.new_secret()

        def listening(host: str, port: int) -> None:
            invite = self._pinned(Invite(host, port, invite_room, secret, tls=True))
            self._enter(invite, self._new_seat(opens=True), is_host=True)

        fixed = fixed_address()
        self._start_server(fixed, 0 if fixed else free_port(), listening)

    async def _open_on(self, server: "Server") -> None:
        """Open a room on a server that somebody runs, once it has answered."""
        from sparring.meeting.probe import WORDS, Answer
        from sparring.ui.meeting import at_server
        from sparring_server.protocol import names
        from sparring_server.protocol.invite import Invite

        busy = f"Trying {server.place.where}…"
        self._say(busy=busy)
        answer = await self.meeting.ask(server.place)
        if self._busy != busy:
            # Cancelled meanwhile.
            return
        if answer is not Answer.SPARRING:
            self._say(error=f"{server.place.where}: {WORDS[answer]} Sessions can also start in this app (Settings).")
            return
        invite = Invite(server.host, server.port, names.new_id(), names.new_secret(), server.tls)
        self._enter(invite, self._new_seat(opens=True, access_key=server.access_key), is_host=False)
        self.screens.lobby.invite.show_ways(at_server(server))

    def _pinned(self, invite: "Invite") -> "Invite":
        """With the fingerprint of the server that I host, where it encrypts."""
        return replace(invite, pin=self._server.pin) if invite.tls and self._server is not None else invite

    def _new_seat(self, *, opens: bool = False, access_key: str = "") -> "Seat":
        from sparring.live.session import Seat
        from sparring_server.protocol import names

        return Seat(names.new_id(), names.new_secret(), self.profile.settings.name, opens, access_key)

    def _start_server(self, host: str, port: int, then: Any, *, tls: bool = True) -> None:
        from sparring.ui.hosting import HostedServer

        self._say(busy="Starting the session…")
        self._server = HostedServer(self.profile.rooms, host, port, self, self.profile.hosting if tls else None)
        self._server.started.connect(then)
        self._server.failed.connect(self._server_failed)
        self._server.start()

    def _server_failed(self, sentence: str) -> None:
        if self._controller is not None and self._session is not None and self._session.view is not None:
            self.window.show_notice(sentence)
        else:
            self._do(self._leave(sentence))

    def join_early(self, link: str) -> None:
        """Join as soon as the app can: the link was given with its start."""
        self._when_running(partial(self.join, link))

    def join(self, link: str) -> None:
        """Join with an invite link, as a person pasted it."""
        if self._busy or self._controller is not None:
            return
        from sparring_server.protocol.invite import BadInvite, parse_invite

        try:
            invite = parse_invite(link)
        except BadInvite as error:
            self._say(error=str(error))
            return
        if not self._has_name():
            return
        known = self._unfinished
        if known is not None and known.room == invite.room:
            # The link may be a newer one than that which I came in with.
            self._unfinished = msgspec.structs.replace(known, invite=invite.link)
            self._resume()
            return
        self._enter_from_here(invite, self._new_seat())

    def _enter_from_here(self, invite: "Invite", seat: "Seat", record: SessionRecord | None = None) -> None:
        """Join; in this network, if the room is announced here: a link from outside seldom leads back in."""
        near = self.meeting.near(invite) if "meeting" in vars(self) else ()
        if not near:
            self._enter(invite, seat, is_host=False, record=record)
            return

        async def work() -> None:
            self._say(busy="Connecting…")
            here = await self.meeting.first_that_answers(near)
            if self._busy:
                # Not cancelled meanwhile.
                self._enter(invite, seat, is_host=False, record=record, here=here)

        self._do(work())

    def _resume(self) -> None:
        record = self._unfinished
        if record is None or self._busy:
            return
        from sparring.live.session import Seat
        from sparring.ui.hosting import fixed_address
        from sparring_server.protocol.invite import parse_invite

        invite = parse_invite(record.invite)
        seat = Seat(record.member, record.member_key, self.profile.settings.name, opens=record.is_host)
        if record.is_host:

            def listening(host: str, port: int) -> None:
                self._enter(replace(self._pinned(invite), host=host), seat, is_host=True, record=record)

            # A session that began before sessions were encrypted stays as its link says.
            self._start_server(fixed_address(), invite.port, listening, tls=invite.tls)
        else:
            self._enter_from_here(invite, seat, record)

    def _dismiss_resume(self) -> None:
        if self._unfinished is not None:
            self.journal.end_session(self._unfinished)
            self._unfinished = None
        self.show_today()

    def _enter(
        self, invite: "Invite", seat: "Seat", *, is_host: bool, record: SessionRecord | None = None,
        here: "Invite | None" = None,
    ) -> None:  # fmt: skip
        """Take a seat. `here` is the same room under the address that this network has for it."""
        from sparring.live.session import LiveSession
        from sparring.ui.keeper import SessionKeeper
        from sparring.ui.session import SessionController
        from sparring.ui.session.choosing import Choosing

        self._say(busy="Connecting…")
        self._tell_where(invite, is_host=is_host)
        session_record = record or SessionRecord(
            new_key(), invite.room, invite.link, seat.member, seat.key, is_host, utc_now()
        )
        self._session = LiveSession(
            here or invite, seat, lambda name: self.journal.document_updates(session_record.id, name)
        )
        keeper = SessionKeeper(self.journal, self.bank, self._session, session_record)
        choosing = Choosing(self._session, self.bank, self.journal, self.profile.received)
        self._controller = SessionController(
            self.window, self.screens, self._session, keeper, self.bank, self._recorder,
            self.profile.settings.microphone, self.alerts, choosing, self.toolchains,
        )  # fmt: skip
        self._controller.set_options(self._editor_options())
        self._prefer_languages()
        self._controller.desk.languages.preferred.connect(self._set_from_palette)
        self._controller.entered.connect(self._entered)
        self._controller.ended.connect(lambda: self._do(self._finish()))
        self._session.denied.connect(lambda sentence: self._do(self._leave(sentence)))
        self._session.link_trouble.connect(self._link_trouble)
        self._session.start()

    def _tell_where(self, invite: "Invite", *, is_host: bool) -> None:
        """Find out who can reach the server that I host; elsewhere the link is as it is."""
        from sparring.ui.screens.invite import InviteWays

        self.screens.lobby.invite.show_ways(InviteWays())
        if is_host:
            chosen = self.profile.settings
            self.meeting.host(invite, chosen.name, is_told=chosen.nearby, ask_router=chosen.router)

    def _show_ways(self) -> None:
        if self.meeting.ways is not None:
            self.screens.lobby.invite.show_ways(self.meeting.ways)

    def _entered(self) -> None:
        self._unfinished = None
        self._say()

    def _link_trouble(self, sentence: str) -> None:
        if self._session is not None and self._session.view is None:
            self._say(busy="Connecting…", error=sentence)

    # Out of a session.

    async def _finish(self) -> None:
        """The session is over: let the last words arrive, then close it and show what was kept."""
        controller = self._controller
        round_record = None
        if self._session is not None:
            await self._wait_for_saves(self._session)
        if controller is not None:
            round_record = controller.last_round
        await self._leave("")
        await _in_thread(self.journal.flush)
        self.journal_controller.refresh()
        if round_record:
            self.journal_controller.open_round(round_record)
        self.window.show_screen("journal")

    async def _wait_for_saves(self, session: "LiveSession") -> None:
        import asyncio

        from sparring.live.connection import LinkState

        saved = asyncio.Event()
        session.unsaved_changed.connect(lambda count: saved.set() if not count else None)
        if session.unsaved and session.link is LinkState.ONLINE:
            try:
                await asyncio.wait_for(saved.wait(), LAST_SAVES_SECONDS)
            except TimeoutError:
                log.info("left with %d changes that the server did not acknowledge", session.unsaved)

    async def _leave(self, error: str) -> None:
        """Close the session on this side; an unfinished one can be come back to."""
        session, self._session = self._session, None
        controller, self._controller = self._controller, None
        server, self._server = self._server, None
        if controller is not None:
            controller.close()
        if session is not None:
            await session.close()
        if server is not None:
            server.stop()
        if "meeting" in vars(self):
            self.meeting.end()
        await _in_thread(self.journal.flush)
        self._unfinished = self.journal.unfinished_session()
        self.window.clear_notice()
        self._say(error=error)
        if self.window.current_screen.startswith("session"):
            self.window.show_screen("today")

    async def _close(self) -> None:
        self._is_closing = True
        if "bring_in" in vars(self):
            self.bring_in.close()
            await _in_thread(self.bring_in.join)
        await self._leave("")
        if "meeting" in vars(self):
            await _in_thread(self.meeting.close())
        await _in_thread(self.journal.close)
        self.window.allow_close()
        self.closed.emit()


async def _in_thread(work: Callable[[], object]) -> None:
    import asyncio

    await asyncio.to_thread(work)


def make_app(profile: Profile) -> App:
    """Build the app. Raises `JournalError` if the journal cannot be used."""
    return App(profile, Journal.open(profile.folder))
