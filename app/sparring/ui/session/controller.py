"""One session on screen: what the room says becomes states of the screens, what the person wants becomes commands."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from sparring.journal.records import new_key
from sparring.live.board import SharedBoard
from sparring.live.connection import LinkState
from sparring.live.presence import Activity, Cursor
from sparring.live.session import LiveSession
from sparring.live.text import SharedText
from sparring.problems import Bank, Problem
from sparring.ui.alerts import Alerts
from sparring.ui.announcing import announce
from sparring.ui.audio import WalkthroughRecorder
from sparring.ui.audio.recorder import FinishedRecording
from sparring.ui.editor import CodeEditor, EditorBinding, EditorOptions
from sparring.ui.keeper import SessionKeeper
from sparring.ui.screens.call_link import call_address
from sparring.ui.screens.lobby import LobbyScreen, PlanFields
from sparring.ui.screens.session import SessionScreen
from sparring.ui.screens.walkthrough import CRITERIA, WalkthroughScreen
from sparring.ui.screens.wrapup import WrapUpScreen
from sparring.ui.session import states
from sparring.ui.session.announcements import Announcements
from sparring.ui.session.bells import Bells
from sparring.ui.session.choosing import Choosing
from sparring.ui.session.desk import Desk
from sparring.ui.session.known_problems import RECEIVED
from sparring.ui.session.removing import Removing
from sparring.ui.session.running import Running
from sparring.ui.session.talk import Inbox
from sparring.ui.shell import Entry, MainWindow
from sparring.ui.toolchains import Toolchains
from sparring_server.protocol import messages
from sparring_server.protocol.view import Format, Phase, Plan, RoomView

TICK_MS = 100
SAVE_MS = 2_000
TYPING_SECONDS = 2.0
UNSAVED_MS = 1_000
"""What the server acknowledges within this time is not worth a word; every key would make one."""
MINUTE_MS = 60_000
FOLLOW_REST_SECONDS = 3.0
"""So long after my own last key the view follows the partner again."""
_SCREENS = {
    Phase.LOBBY: "session/lobby",
    Phase.FOCUS: "session/work",
    Phase.BREAK: "session/work",
    Phase.REVEAL: "session/work",
    Phase.WALKTHROUGH: "session/walkthrough",
    Phase.WRAP_UP: "session/wrapup",
    Phase.ENDED: "session/wrapup",
}


@dataclass
class SessionScreens:
    """The four screens of a session."""

    lobby: LobbyScreen
    work: SessionScreen
    walkthrough: WalkthroughScreen
    wrapup: WrapUpScreen


class SessionController(QObject):
    """See the module. Lives as long as the session is on screen; `close` ends it and lets the session go on."""

    entered = Signal()
    """The room has answered for the first time."""
    ended = Signal()
    """The session is over for both."""

    def __init__(
        self,
        window: MainWindow,
        screens: SessionScreens,
        session: LiveSession,
        keeper: SessionKeeper,
        bank: Bank,
        recorder: WalkthroughRecorder,
        microphone: str,
        alerts: Alerts,
        choosing: Choosing,
        toolchains: Toolchains,
    ) -> None:
        super().__init__(window)
        self._window, self._screens, self._session = window, screens, session
        self._keeper, self._bank, self._recorder, self._microphone = keeper, bank, recorder, microphone
        self._choosing = choosing
        self._alerts, self._bells, self._inbox = alerts, Bells(alerts), Inbox(session)
        self.removing = Removing(window, session)
        self._announcements = Announcements(
            session.seat.member, lambda words, at_once: announce(window, words, at_once=at_once)
        )
        self._board: tuple[int, SharedBoard] | None = None
        self._typed_at = 0.0
        self._started: set[str] = set()
        self._was_typing = False
        self._entered_ms = float("inf")
        self._bindings: dict[CodeEditor, tuple[SharedText, EditorBinding]] = {}
        self._phase: tuple[int, Phase] | None = None
        self._microphone_words = ""
        self._feedback_sent = False
        self._partner_feedback = ""
        self._partner_typed = 0
        self._shown_partner: tuple[Activity | None, bool, int] | None = None
        self._partner_typed_at = 0.0
        self.desk = Desk(screens.work.mine, session, keeper, toolchains, lambda: self._problem, self)
        self.desk.languages.changed.connect(self._languages_changed)
        self._running = Running(
            window, screens.work.mine, session, keeper, toolchains, self.desk.source, self._is_received, self
        )
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_clock)
        self._saving = QTimer(self)
        self._saving.setInterval(SAVE_MS)
        self._saving.timeout.connect(keeper.save_texts)
        self._shows_unsaved = False
        self._unsaved = QTimer(self)
        self._unsaved.setSingleShot(True)
        self._unsaved.setInterval(UNSAVED_MS)
        self._unsaved.timeout.connect(self._show_unsaved)
        self._listen_to_room()
        self._listen_to_screens()

    # Connections.

    def _listen_to_room(self) -> None:
        session = self._session
        session.view_changed.connect(self._follow)
        session.happened.connect(self._happened)
        session.refused.connect(self._window.show_notice)
        session.link_changed.connect(self._link_changed)
        session.unsaved_changed.connect(self._unsaved_changed)
        session.storage_trouble.connect(self._storage_trouble)
        session.presence.changed.connect(self._presence_changed)
        self._choosing.changed.connect(self._choice_changed)
        self._choosing.told.connect(self._window.show_notice)

    def _listen_to_screens(self) -> None:
        send = self._session.send
        lobby, work, walk, wrap = (
            self._screens.lobby, self._screens.work, self._screens.walkthrough, self._screens.wrapup,
        )  # fmt: skip
        self._connections = [
            lobby.plan_changed.connect(self._change_plan),
            lobby.problem_chosen.connect(self.pick),
            lobby.agreed.connect(lambda on: self._choosing.agree(on=on)),
            lobby.asked_again.connect(self._choosing.ask_again),
            lobby.copy_requested.connect(lambda: QGuiApplication.clipboard().setText(lobby.invite.link)),
            lobby.open_call_requested.connect(self._open_call),
            lobby.start_requested.connect(lambda: send(messages.Start())),
            lobby.leave_requested.connect(lambda: send(messages.End())),
            lobby.removal_requested.connect(self.removing.ask),
            lobby.interviewer_chosen.connect(self._choose_interviewer),
            work.mine.claimed.connect(lambda t, s: send(messages.ClaimComplexity(time=t, space=s))),
            work.mine.page_shown.connect(lambda page: self._say_presence(writing_board=page == "board")),
            work.mine.editor.typed.connect(self._typed),
            work.mine.editor.cursor_moved.connect(lambda a, h: self._tell_cursor(work.mine.editor, a, h)),
            work.partner.reveal_toggled.connect(lambda on: send(messages.Reveal(ready=on))),
            work.partner.copy_requested.connect(self._copy_theirs),
            work.bar.stuck_toggled.connect(lambda on: send(messages.Stuck(on=on))),
            work.bar.pause_requested.connect(lambda: send(messages.Pause())),
            work.bar.resume_requested.connect(lambda: send(messages.Resume())),
            work.bar.extend_requested.connect(lambda: send(messages.Extend())),
            work.bar.skip_requested.connect(lambda: send(messages.Skip())),
            work.bar.start_requested.connect(lambda: send(messages.Start())),
            work.bar.walkthrough_requested.connect(self._start_walkthrough),
            work.bar.end_requested.connect(lambda: send(messages.End())),
            work.guide.hint_taken.connect(lambda number: send(messages.TakeHint(number=number))),
            work.guide.hint_given.connect(lambda number, text: send(messages.GiveHint(number=number, text=text))),
            work.guide.said.connect(lambda text: send(messages.Say(text=text))),
            work.guide.nudged.connect(lambda kind: send(messages.Nudge(kind=kind))),
            work.guide.details_toggled.connect(lambda on: send(messages.ShowDetails(on=on))),
            work.guide.chat_seen.connect(self._look_at_talk),
            work.thought_parked.connect(self._keeper.park),
            work.pick_requested.connect(self._window.show_palette),
            work.agreed.connect(self._choosing.agree),
            walk.notes.cursor_moved.connect(lambda a, h: self._tell_cursor(walk.notes, a, h)),
            walk.done_requested.connect(lambda: send(messages.StopWalkthrough())),
            walk.record_toggled.connect(self._record),
            walk.marker_requested.connect(lambda: self._keeper.mark("marker")),
            walk.feedback_given.connect(self._give_feedback),
            walk.wrap_up_requested.connect(lambda: send(messages.WrapUp())),
            wrap.rated.connect(lambda rating: self._keeper.change_round(struggle=rating)),
            wrap.kept.connect(lambda tags, takeaway: self._keeper.change_round(tags=tags, takeaway=takeaway)),
            wrap.thought_decided.connect(self._decide_thought),
            wrap.another_round_requested.connect(lambda: send(messages.NextRound())),
            wrap.finish_requested.connect(lambda: send(messages.End())),
            self._recorder.level_changed.connect(walk.level.set_level),
            self._recorder.elapsed_changed.connect(walk.elapsed.set_ms),
            self._recorder.recording_changed.connect(self._recording_changed),
            self._recorder.failed.connect(self._microphone_failed),
            self._recorder.finished.connect(self._recorded),
        ]

    def close(self) -> None:
        """Let go of the screens; what is typed is in the journal already."""
        self._recorder.stop()
        self._running.close()
        self.desk.close()
        for timer in (self._tick, self._saving, self._unsaved):
            timer.stop()
        for connection in self._connections:
            QObject.disconnect(connection)
        for _, binding in self._bindings.values():
            binding.detach()
        self._bindings.clear()
        self._set_board(None)
        self._choosing.close()
        self.removing.close()
        self._bells.close()
        self._window.set_session_available(False)

    # The room.

    @property
    def screen(self) -> str:
        """The screen that the session is on now."""
        return _SCREENS[self._session.view.phase] if self._session.view else "today"

    @property
    def last_round(self) -> str:
        """The journal's key of the current round; empty before the first."""
        return self._keeper.round.id if self._keeper.round else ""

    @property
    def _view(self) -> RoomView:
        assert self._session.view is not None
        return self._session.view

    @property
    def _me(self) -> str:
        return self._session.seat.member

    @property
    def _problem(self) -> Problem | None:
        """What the screens are about: what is suggested for the next interview only once both agree to it."""
        view = self._session.view
        if view is not None and states.is_undecided(view):
            return self._bank.problems.get(self._keeper.problem_id)
        return self._choosing.problem

    def _follow(self, view: RoomView) -> None:
        is_first = self._phase is None
        self._choosing.follow(view)
        self._keeper.follow(view)
        phase, screen = (view.round, view.phase), self._window.current_screen
        with self._window.keeping_focus():
            if phase != self._phase:
                self._enter_phase(view)
                self._phase = phase
            self.desk.follow()
            self._running.follow(self._problem)
            self._offer_starter(view)
            self._bind(view)
            self._say_presence(language=self.desk.told_language)
            self._show()
        if self._window.current_screen != screen:
            # Only now does the screen show what can be done on it.
            self._window.focus_home()
        if is_first:
            self._entered_ms = self._session.clock.now_ms()
            self._tick.start()
            self._saving.start()
            self._window.set_session_available(True)
            self.entered.emit()

    def _enter_phase(self, view: RoomView) -> None:
        is_new_round = self._phase is not None and self._phase[0] != view.round
        if is_new_round:
            self._running.begin_round()
            self._screens.work.mine.show_page("code")
            self._feedback_sent, self._partner_feedback = False, ""
            self._session.presence.update(passed=0, total=0, runs=0, typed=0)
        if view.phase not in (Phase.WALKTHROUGH,):
            self._recorder.stop()
        if view.phase in (Phase.WRAP_UP, Phase.ENDED):
            self._keeper.wrap_up()
        if self._phase is None or self._window.current_screen.startswith("session"):
            self._window.show_screen(_SCREENS[view.phase])
        if view.phase is Phase.ENDED:
            self._keeper.end()
            self.ended.emit()

    def _offer_starter(self, view: RoomView) -> None:
        """The starter code goes into an empty editor of mine, once; into a shared pad from the first partner only."""
        documents, problem = self._session.round, self._problem
        if documents is None or problem is None or view.phase is not Phase.FOCUS:
            return
        desk = documents.desk
        is_first = view.block == 1 or view.plan.format is Format.MOCK
        if not is_first or desk.name in self._started or desk is documents.scratch:
            return
        self._started.add(desk.name)
        if desk is documents.pad and view.partners[0].id != self._me:
            return
        self.desk.languages.begin(desk, problem)

    def _bind(self, view: RoomView) -> None:
        documents = self._session.round
        if documents is None:
            return
        work, walk = self._screens.work, self._screens.walkthrough
        mine = documents.desk
        wanted = {work.mine.editor: mine, walk.notes: documents.notes}
        explains = view.phase in (Phase.WALKTHROUGH, Phase.WRAP_UP, Phase.ENDED)
        if documents.scratch is not None and documents.scratch is not mine:
            wanted[work.mine.scratch] = documents.scratch
        if documents.partners is not None:
            wanted[work.partner.editor] = documents.partners
        if self._board is None or self._board[0] != documents.number:
            self._set_board((documents.number, SharedBoard(documents.board.doc, self._me)))
        speaks_partner = states.speaker_of(view) not in (None, self._me) and documents.partners is not None
        explained = documents.partners if speaks_partner and documents.pad is None else documents.pad or documents.mine
        # Before the walkthrough nobody sees it, and every key would be shown and coloured twice.
        if explained is not None and explains:
            wanted[walk.code] = explained
        for editor, document in wanted.items():
            text = self._keeper.texts[document.name]
            known = self._bindings.get(editor)
            if known is not None and known[0] is text:
                continue
            if known is not None:
                known[1].detach()
            self._bindings[editor] = (text, EditorBinding(editor, text))

    def _is_received(self, problem: Problem) -> bool:
        summary = self._bank.summaries.get(problem.id)
        return summary is not None and summary.shelf == RECEIVED

    def _set_board(self, board: tuple[int, SharedBoard] | None) -> None:
        known, self._board = self._board, board
        self._screens.work.mine.board.set_board(board[1] if board else None)
        if known is not None:
            known[1].detach()

    def _happened(self, event: messages.Event) -> None:
        change = event.change
        if isinstance(change, messages.FeedbackGiven) and event.by != self._me:
            words = dict(CRITERIA)
            scores = ", ".join(f"{words.get(key, key)} {score}" for key, score in change.scores.items())
            self._partner_feedback = "\n".join(part for part in (scores, change.text) if part)
        self._hear(event)
        if event.at_ms >= self._entered_ms:
            self.removing.happened(event)
        now_ms = self._session.clock.now_ms()
        self._bells.happened(event, now_ms)
        self._show()
        # After the screens: they may move the focus, which a screen reader tells of as well.
        self._announcements.happened(event, now_ms)

    def _hear(self, event: messages.Event) -> None:
        """Talk waits in the top bar while one works; elsewhere it is told."""
        work = self._screens.work
        # What was said before I came (back) to this app has been read, or does not call any more.
        is_old = event.at_ms < self._entered_ms
        line = self._inbox.take(event, seen=is_old or (work.guide.page == "chat" and work.guide.isVisible()))
        if line is None or line.is_mine or is_old:
            return
        if event.view.phase is not Phase.FOCUS:
            self._alerts.nudge(f"{line.who}: {line.text}")
        if self._window.current_screen != "session/work":
            self._window.show_notice(f"{line.who}: {line.text}")

    def _look_at_talk(self) -> None:
        self._inbox.look()
        self._show()

    def _storage_trouble(self, failing: bool) -> None:
        if failing:
            self._window.show_notice(
                "The session's server cannot save right now. Your text is kept here; leave the app open."
            )
        else:
            self._window.clear_notice()

    def _link_changed(self, state: LinkState) -> None:
        if state is LinkState.RECONNECTING:
            self._window.show_notice("The connection is gone and is being sought. Go on: all you type is kept here.")
        elif state is LinkState.ONLINE:
            self._window.clear_notice()
        if self._session.view is not None:
            self._show()

    # Presence.

    @property
    def _partner(self) -> Activity | None:
        partner = self._session.partner
        return self._session.presence.of(partner.id) if partner else None

    def _presence_changed(self) -> None:
        activity = self._partner
        if activity is not None and activity.typed != self._partner_typed:
            self._partner_typed, self._partner_typed_at = activity.typed, time.monotonic()
            self._screens.work.partner.veil.pulse.beat()
            self._alerts.key_click()
        self._show_partner_cursor(activity)
        if self._session.view is None:
            return
        # Their keys and their cursor are no part of the screens' states, and come twenty times a second.
        shown = activity and msgspec.structs.replace(activity, typed=0, cursor=None)
        is_typing = time.monotonic() - self._partner_typed_at < TYPING_SECONDS
        seen = (shown, is_typing, int(self._session.clock.now_ms() // MINUTE_MS))
        if seen != self._shown_partner:
            self._shown_partner = seen
            self._show()

    def _show_partner_cursor(self, activity: Activity | None) -> None:
        cursor = activity.cursor if activity else None
        for editor, (text, _) in self._bindings.items():
            document = next((name for name, known in self._keeper.texts.items() if known is text), "")
            if cursor is not None and cursor.document == document and activity is not None:
                length = len(text.value)
                editor.show_remote_cursor(min(cursor.anchor, length), min(cursor.head, length), activity.name)
                self._follow_partner(editor, min(cursor.head, length))
            else:
                editor.clear_remote_cursor()

    def _follow_partner(self, editor: CodeEditor, position: int) -> None:
        """In a pair my view goes where the partner writes, but never while I write myself."""
        work = self._screens.work
        is_pad = editor is work.mine.editor and self._view.plan.format is Format.PAIR
        if is_pad and work.partner.follows and time.monotonic() - self._typed_at > FOLLOW_REST_SECONDS:
            editor.scroll_to(position)

    def _say_presence(self, **fields: object) -> None:
        self._session.presence.update(**fields)

    def _typed(self) -> None:
        self._typed_at = time.monotonic()
        presence = self._session.presence
        lines = self._screens.work.mine.editor.line_count
        # An interviewer's notes are nobody's business.
        is_asking = states.role_of(self._view, self._me) == "interviewer"
        presence.update(typed=presence.mine.typed + 1, lines=0 if is_asking else lines)

    def _tell_cursor(self, editor: CodeEditor, anchor: int, head: int) -> None:
        """Where I am in a text that others can see; of a blind one nothing is told."""
        bound = self._bindings.get(editor)
        if bound is None:
            return
        texts = self._keeper.texts
        document = next((one for one in self._session.documents if texts.get(one.name) is bound[0]), None)
        if document is not None and document.is_attached:
            self._session.presence.update(cursor=Cursor(document.name, anchor, head))

    def set_away(self, away: bool) -> None:
        """My window has lost or got the focus."""
        self._session.presence.update(away=away)

    def set_options(self, options: EditorOptions) -> None:
        """How my editors work; whether they suggest words is shown to the partner."""
        self._screens.work.mine.set_options(options)
        self._session.presence.update(completion=options.completion)
        if self._session.view is not None:
            self._show()

    def _copy_theirs(self) -> None:
        """A copy of the partner's code that I can change and run."""
        if self.desk.copy_theirs():
            self._running.count_copy()
            self._bind(self._view)
            self._show()
            self._screens.work.mine.show_page("scratch", take_focus=True)

    def _languages_changed(self) -> None:
        if self._session.view is not None:
            self._say_presence(language=self.desk.told_language)
            self._show()

    def palette_entries(self) -> Iterator[Entry]:
        """What the palette offers in a session beside the table of actions."""
        if self.screen == "session/work" and states.role_of(self._view, self._me) != "interviewer":
            yield from self.desk.entries()
        yield from self.removing.entries()

    # The lobby.

    def _change_plan(self, plan: PlanFields) -> None:
        self._session.send(
            messages.SetPlan(
                plan=Plan(
                    plan.north_star, plan.call_link, Format(plan.format), plan.focus_minutes, plan.break_minutes,
                    plan.blocks, plan.auto_start, plan.auto_start_break, plan.swap_roles,
                )
            )
        )  # fmt: skip

    def show_problems(self) -> None:
        """The bank has others now."""
        self._show()

    def pick(self, problem_id: str) -> None:
        """Suggest this problem, where the room lets us."""
        self._choosing.suggest(problem_id)

    def _choice_changed(self) -> None:
        view = self._session.view
        if view is not None:
            # A problem that came over in the middle of a block brings its words for the journal, and its starter.
            self._keeper.follow(view)
            self._offer_starter(view)
            self._say_presence(language=self.desk.told_language)
            self._show()

    @property
    def can_pick(self) -> bool:
        """Whether a problem can be chosen now."""
        view = self._session.view
        is_between = view is not None and view.plan.format is Format.MOCK and view.phase is Phase.BREAK
        return is_between or (view is not None and view.phase is Phase.LOBBY)

    def _choose_interviewer(self, whose: str) -> None:
        partner = self._session.partner
        member = self._me if whose == "me" else partner.id if partner else ""
        if member:
            self._session.send(messages.SetRoles(interviewer=member))

    def _decide_thought(self, thought: str, decision: str) -> None:
        self._keeper.decide_thought(thought, decision)
        self._show()

    def _start_walkthrough(self) -> None:
        solvers = self._view.solvers
        speaker = self._me if self._me in solvers or not solvers else solvers[0]
        self._session.send(messages.StartWalkthrough(speaker=speaker))

    def _open_call(self) -> None:
        address = call_address(self._view.plan.call_link)
        if address:
            QDesktopServices.openUrl(QUrl(address))

    # The walkthrough.

    def _record(self, on: bool) -> None:
        if not on:
            self._recorder.stop()
            return
        self._microphone_words = ""
        path = self._keeper.recordings / f"round-{self._view.round}-{new_key()[:8]}.wav"
        self._recorder.start(path, self._microphone)
        if self._recorder.is_recording:
            self._keeper.recording_started(path)

    def _recording_changed(self, recording: bool) -> None:
        self._session.presence.update(recording=recording)
        self._show()

    def _microphone_failed(self, sentence: str) -> None:
        self._microphone_words = sentence
        self._show()

    def _recorded(self, recording: FinishedRecording) -> None:
        self._keeper.recorded(recording.path, recording.duration_ms)
        self._microphone_words = f"Kept: {recording.duration_ms / 1000:.0f} seconds in your journal."
        self._show()

    def _give_feedback(self, scores: dict[str, int], text: str) -> None:
        self._session.send(messages.GiveFeedback(scores=scores, text=text))
        self._feedback_sent = True
        self._show()

    # Showing.

    def _show(self) -> None:
        """Bring the screen of this phase up to date; the others are when their phase comes."""
        if self._session.view is None:
            return
        with self._window.keeping_focus():
            self._show_screen(self._seen(), self._screens)

    def _show_screen(self, seen: states.Seen, screens: SessionScreens) -> None:
        match _SCREENS[seen.view.phase]:
            case "session/lobby":
                screens.lobby.show_state(states.lobby_state(seen, self._session, self._bench))
            case "session/work":
                screens.work.show_state(states.work_state(seen, self._session, self._inbox, self._choosing.version))
            case "session/walkthrough":
                screens.walkthrough.show_state(states.walkthrough_state(seen, self._session))
            case _:
                wrap_up = states.wrap_up_state(seen, self._keeper)
                if wrap_up is not None:
                    screens.wrapup.show_state(wrap_up)

    @property
    def _bench(self) -> states.Bench:
        choosing = self._choosing
        return states.Bench(
            choosing.known.choices, choosing.version, choosing.known.partner_told, choosing.can_ask_again
        )

    def _seen(self) -> states.Seen:
        return states.Seen(
            view=self._view,
            problem=self._problem,
            activity=self._partner,
            is_partner_typing=time.monotonic() - self._partner_typed_at < TYPING_SECONDS,
            partner_writes_in=self.desk.languages.told_by(self._partner),
            link=self._link_words(),
            now_ms=self._session.clock.now_ms(),
            is_recording=self._recorder.is_recording,
            microphone_words=self._microphone_words,
            feedback_sent=self._feedback_sent,
            partner_feedback=self._partner_feedback,
            unsaved=self._session.unsaved if self._shows_unsaved else 0,
            desk=self.desk.view,
            my_work=self._keeper.solved("me"),
            their_work=self._keeper.solved("partner"),
        )

    def _show_work(self, _: object = None) -> None:
        view = self._session.view
        if view is not None and _SCREENS[view.phase] == "session/work":
            self._show()

    def _unsaved_changed(self, count: int) -> None:
        if count and not self._unsaved.isActive():
            self._unsaved.start()
        elif not count:
            self._unsaved.stop()
            if self._shows_unsaved:
                self._show_unsaved()

    def _show_unsaved(self) -> None:
        self._shows_unsaved = bool(self._session.unsaved)
        self._show_work()

    def _link_words(self) -> str:
        if self._session.link is not LinkState.ONLINE:
            return "reconnecting…"
        trip = self._session.clock.round_trip_ms
        return f"{trip:.0f} ms" if trip is not None and trip != float("inf") else "connected"

    def _show_clock(self) -> None:
        view = self._session.view
        if view is None or not self._session.clock.is_set:
            return
        timer = view.timer
        now_ms = self._session.clock.now_ms()
        left: float = 0
        if timer is not None:
            left = max(0.0, (timer.remaining_ms or 0) if timer.deadline_ms is None else timer.deadline_ms - now_ms)
            self._screens.work.set_clock(int(left), timer.total_ms, timer.is_running)
        self._bells.tick(view.phase, (view.round, view.block), timer, left)
        is_typing = time.monotonic() - self._partner_typed_at < TYPING_SECONDS
        if self._was_typing and not is_typing:
            self._show_work()
        self._was_typing = is_typing
