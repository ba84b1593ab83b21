"""One session on screen: what the room says becomes states of the screens, what the person wants becomes commands."""

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from sparring.journal.records import new_key
from sparring.live.connection import LinkState
from sparring.live.presence import Activity, Cursor
from sparring.live.session import LiveSession
from sparring.live.text import SharedText
from sparring.problems import Bank, Problem
from sparring.runner import CaseResult, RunReport
from sparring.ui.audio import WalkthroughRecorder
from sparring.ui.audio.recorder import FinishedRecording
from sparring.ui.editor import CodeEditor, EditorBinding
from sparring.ui.keeper import SessionKeeper
from sparring.ui.run_worker import RunWorker
from sparring.ui.screens.console import CaseView
from sparring.ui.screens.lobby import LobbyScreen, LobbyState, PlanFields, ProblemRow
from sparring.ui.screens.session import SessionScreen, SessionState
from sparring.ui.screens.walkthrough import CRITERIA, WalkthroughScreen, WalkthroughState
from sparring.ui.screens.wrapup import WrapUpScreen, WrapUpState
from sparring.ui.shell import MainWindow
from sparring_server.protocol import messages
from sparring_server.protocol.view import Format, Phase, Plan, ProblemRef, RoomView

TICK_MS = 100
SAVE_MS = 2_000
TYPING_SECONDS = 2.0
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
    ) -> None:
        super().__init__(window)
        self._window, self._screens, self._session = window, screens, session
        self._keeper, self._bank, self._recorder, self._microphone = keeper, bank, recorder, microphone
        self._bindings: dict[CodeEditor, tuple[SharedText, EditorBinding]] = {}
        self._phase: tuple[int, Phase] | None = None
        self._microphone_words = ""
        self._feedback_sent = False
        self._partner_feedback = ""
        self._partner_typed = 0
        self._partner_typed_at = 0.0
        self._worker = RunWorker(self)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show_clock)
        self._saving = QTimer(self)
        self._saving.setInterval(SAVE_MS)
        self._saving.timeout.connect(keeper.save_texts)
        self._listen_to_room()
        self._listen_to_screens()

    # Connections.

    def _listen_to_room(self) -> None:
        session = self._session
        session.view_changed.connect(self._follow)
        session.happened.connect(self._happened)
        session.refused.connect(self._window.show_notice)
        session.link_changed.connect(self._link_changed)
        session.unsaved_changed.connect(self._show_work)
        session.storage_trouble.connect(self._storage_trouble)
        session.presence.changed.connect(self._presence_changed)

    def _listen_to_screens(self) -> None:
        send = self._session.send
        lobby, work, walk, wrap = (
            self._screens.lobby, self._screens.work, self._screens.walkthrough, self._screens.wrapup,
        )  # fmt: skip
        self._connections = [
            lobby.plan_changed.connect(self._change_plan),
            lobby.problem_chosen.connect(self._pick),
            lobby.copy_requested.connect(lambda: QGuiApplication.clipboard().setText(self._session.invite.link)),
            lobby.open_call_requested.connect(self._open_call),
            lobby.start_requested.connect(lambda: send(messages.Start())),
            lobby.leave_requested.connect(lambda: send(messages.End())),
            work.console.run_requested.connect(self._run),
            work.console.cancel_requested.connect(self._worker.cancel),
            work.reveal_toggled.connect(lambda on: send(messages.Reveal(ready=on))),
            work.stuck_toggled.connect(lambda on: send(messages.Stuck(on=on))),
            work.pause_requested.connect(lambda: send(messages.Pause())),
            work.resume_requested.connect(lambda: send(messages.Resume())),
            work.extend_requested.connect(lambda: send(messages.Extend())),
            work.skip_requested.connect(lambda: send(messages.Skip())),
            work.start_requested.connect(lambda: send(messages.Start())),
            work.walkthrough_requested.connect(
                lambda: send(messages.StartWalkthrough(speaker=self._session.seat.member))
            ),
            work.end_requested.connect(lambda: send(messages.End())),
            work.thought_parked.connect(self._keeper.park),
            work.my_editor.typed.connect(self._typed),
            work.my_editor.cursor_moved.connect(lambda a, h: self._tell_cursor(work.my_editor, a, h)),
            walk.notes.cursor_moved.connect(lambda a, h: self._tell_cursor(walk.notes, a, h)),
            walk.done_requested.connect(lambda: send(messages.StopWalkthrough())),
            walk.record_toggled.connect(self._record),
            walk.marker_requested.connect(lambda: self._keeper.mark("marker")),
            walk.feedback_given.connect(self._give_feedback),
            walk.wrap_up_requested.connect(lambda: send(messages.WrapUp())),
            wrap.rated.connect(lambda rating: self._keeper.change_round(struggle=rating)),
            wrap.kept.connect(lambda tags, takeaway: self._keeper.change_round(tags=tags, takeaway=takeaway)),
            wrap.another_round_requested.connect(lambda: send(messages.NextRound())),
            wrap.finish_requested.connect(lambda: send(messages.End())),
            self._worker.result.connect(lambda result: work.console.add_result(_case_view(result))),
            self._worker.finished.connect(self._ran),
            self._worker.failed.connect(work.console.fail),
            self._recorder.level_changed.connect(walk.level.set_level),
            self._recorder.elapsed_changed.connect(walk.elapsed.set_ms),
            self._recorder.recording_changed.connect(self._recording_changed),
            self._recorder.failed.connect(self._microphone_failed),
            self._recorder.finished.connect(self._recorded),
        ]

    def close(self) -> None:
        """Let go of the screens; what is typed is in the journal already."""
        self._recorder.stop()
        self._worker.join()
        self._tick.stop()
        self._saving.stop()
        for connection in self._connections:
            QObject.disconnect(connection)
        for _, binding in self._bindings.values():
            binding.detach()
        self._bindings.clear()
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
        picked = self._view.problem
        return self._bank.problems.get(picked.id) if picked else None

    def _follow(self, view: RoomView) -> None:
        is_first = self._phase is None
        self._keeper.follow(view)
        phase = (view.round, view.phase)
        if phase != self._phase:
            self._enter_phase(view)
            self._phase = phase
        self._bind(view)
        self._show()
        if is_first:
            self._tick.start()
            self._saving.start()
            self._window.set_session_available(True)
            self.entered.emit()

    def _enter_phase(self, view: RoomView) -> None:
        is_new_round = self._phase is not None and self._phase[0] != view.round
        if is_new_round:
            self._screens.work.console.clear()
            self._feedback_sent, self._partner_feedback = False, ""
            self._session.presence.update(passed=0, total=0, runs=0, typed=0)
        if view.phase not in (Phase.WALKTHROUGH,):
            self._recorder.stop()
        if view.phase is Phase.FOCUS:
            self._offer_starter(view)
        if view.phase in (Phase.WRAP_UP, Phase.ENDED):
            self._keeper.wrap_up()
        if self._phase is None or self._window.current_screen.startswith("session"):
            self._window.show_screen(_SCREENS[view.phase])
        if view.phase is Phase.ENDED:
            self._keeper.end()
            self.ended.emit()

    def _offer_starter(self, view: RoomView) -> None:
        """The starter code goes into an empty editor of mine; into a shared pad from the first partner only."""
        documents, problem = self._session.round, self._problem
        if documents is None or problem is None or view.block > 1:
            return
        if view.plan.format is Format.PAIR:
            if documents.pad is None or view.partners[0].id != self._me:
                return
            text = self._keeper.texts[documents.pad.name]
        else:
            text = self._keeper.texts[documents.mine.name]
        if not text.value:
            text.edit(0, 0, problem.starter)

    def _bind(self, view: RoomView) -> None:
        documents = self._session.round
        if documents is None:
            return
        work, walk = self._screens.work, self._screens.walkthrough
        mine = documents.pad or documents.mine
        wanted = {work.my_editor: mine, walk.notes: documents.notes}
        if documents.partners is not None:
            wanted[work.partner_editor] = documents.partners
        speaks_partner = view.speaker not in (None, self._me) and documents.partners is not None
        explained = documents.partners if speaks_partner and documents.pad is None else mine
        if explained is not None:
            wanted[walk.code] = explained
        for editor, document in wanted.items():
            text = self._keeper.texts[document.name]
            known = self._bindings.get(editor)
            if known is not None and known[0] is text:
                continue
            if known is not None:
                known[1].detach()
            self._bindings[editor] = (text, EditorBinding(editor, text))

    def _happened(self, event: messages.Event) -> None:
        change = event.change
        if isinstance(change, messages.FeedbackGiven) and event.by != self._me:
            words = dict(CRITERIA)
            scores = ", ".join(f"{words.get(key, key)} {score}" for key, score in change.scores.items())
            self._partner_feedback = "\n".join(part for part in (scores, change.text) if part)
        elif isinstance(change, messages.Said) and event.by != self._me:
            self._window.show_notice(change.text)
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
            self._screens.work.veil.pulse.beat()
        self._show_partner_cursor(activity)
        if self._session.view is not None:
            self._show()

    def _show_partner_cursor(self, activity: Activity | None) -> None:
        cursor = activity.cursor if activity else None
        for editor, (text, _) in self._bindings.items():
            document = next((name for name, known in self._keeper.texts.items() if known is text), "")
            if cursor is not None and cursor.document == document and activity is not None:
                length = len(text.value)
                editor.show_remote_cursor(min(cursor.anchor, length), min(cursor.head, length), activity.name)
            else:
                editor.clear_remote_cursor()

    def _typed(self) -> None:
        presence = self._session.presence
        presence.update(typed=presence.mine.typed + 1, lines=self._screens.work.my_editor.line_count)

    def _tell_cursor(self, editor: CodeEditor, anchor: int, head: int) -> None:
        """Where I am in a text that others can see; of a blind one nothing is told."""
        bound = self._bindings.get(editor)
        if bound is None:
            return
        document = next((one for one in self._session.documents if self._keeper.texts[one.name] is bound[0]), None)
        if document is not None and document.is_attached:
            self._session.presence.update(cursor=Cursor(document.name, anchor, head))

    def set_away(self, away: bool) -> None:
        """My window has lost or got the focus."""
        self._session.presence.update(away=away)

    # Running.

    def _run(self) -> None:
        problem, bound = self._problem, self._bindings.get(self._screens.work.my_editor)
        if problem is None or bound is None:
            self._screens.work.console.fail(
                "This problem is not in your bank, so there are no cases to run. Both of you need the same version."
            )
            return
        self._screens.work.console.begin([CaseView(case.name, hidden=case.hidden) for case in problem.cases])
        self._session.presence.update(running=True)
        self._worker.start(problem, bound[0].value)

    def _ran(self, report: RunReport) -> None:
        self._keeper.ran(report)
        wrong = report.total - report.passed
        words = f"{report.passed} passed" + (f", {wrong} not" if wrong else "")
        self._screens.work.console.finish(
            f"{words} · {report.elapsed_ms:.0f} ms · {report.memory_kb // 1024} MB", report.isolation
        )
        presence = self._session.presence
        presence.update(
            running=False, passed=report.passed, total=report.total, runs=presence.mine.runs + 1,
            last_run_ms=int(self._session.clock.now_ms()),
        )  # fmt: skip

    # The lobby.

    def _change_plan(self, plan: PlanFields) -> None:
        self._session.send(
            messages.SetPlan(
                plan=Plan(
                    plan.north_star, plan.call_link, Format(plan.format), plan.focus_minutes, plan.break_minutes,
                    plan.blocks, plan.auto_start, plan.auto_start,
                )
            )
        )  # fmt: skip

    def _pick(self, problem_id: str) -> None:
        problem = self._bank.problems[problem_id]
        self._session.send(messages.PickProblem(problem=ProblemRef(problem.id, problem.title)))

    def _open_call(self) -> None:
        url = QUrl(self._view.plan.call_link)
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)

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
        if self._session.view is None:
            return
        view = self._view
        self._show_lobby(view)
        self._show_work()
        self._show_walkthrough(view)
        self._show_wrap_up(view)

    def _link_words(self) -> str:
        if self._session.link is not LinkState.ONLINE:
            return "reconnecting…"
        trip = self._session.clock.round_trip_ms
        return f"{trip:.0f} ms" if trip is not None and trip != float("inf") else "connected"

    def _show_lobby(self, view: RoomView) -> None:
        partner = self._session.partner
        solo = view.plan.format is Format.SOLO
        hint = ""
        if view.problem is None:
            hint = "Pick a problem first."
        elif partner is None and not solo:
            hint = "Your partner has not joined yet."
        elif self._problem is None:
            hint = "Your app does not have this problem."
        local = self._session.invite.host.startswith("127.")
        note = "This machine only: no network was found." if local else "For somebody in your network or VPN."
        plan = view.plan
        fields = PlanFields(
            plan.north_star, plan.call_link, plan.format, plan.focus_minutes, plan.break_minutes, plan.blocks,
            plan.auto_start_focus,
        )  # fmt: skip
        self._screens.lobby.show_state(
            LobbyState(
                self._session.invite.link, f"{note} Whoever has the link can join: send it to your partner only.",
                self._session.seat.name, partner.name if partner else "", self._partner is not None, fields,
                tuple(
                    ProblemRow(one.id, one.title, one.difficulty, one.topics, one.suggested_minutes)
                    for one in self._bank.problems.values()
                ),
                view.problem.id if view.problem else "", not hint, hint, view.round,
            )
        )  # fmt: skip

    def _show_work(self, _: object = None) -> None:
        if self._session.view is None:
            return
        view, partner, activity = self._view, self._session.partner, self._partner
        problem = self._problem
        names = {member.id: member.name for member in view.members}
        timer = view.timer
        paused_by = names.get(timer.paused_by or "", "") if timer else ""
        self._screens.work.show_state(
            SessionState(
                title=view.problem.title if view.problem else "",
                statement=problem.statement if problem else "",
                round=view.round,
                format=view.plan.format,
                phase=view.phase,
                north_star=view.plan.north_star,
                me=self._session.seat.name,
                partner=partner.name if partner else "",
                partner_online=activity is not None,
                partner_note=self._partner_note(view, activity),
                activity=_activity_words(activity, self._session.clock.now_ms()),
                block=view.block,
                blocks=view.plan.blocks,
                running=bool(timer and timer.is_running),
                waiting=bool(timer and timer.is_waiting),
                paused_by=paused_by,
                blind=not view.revealed,
                my_ready=self._me in view.ready,
                partner_ready=bool(partner and partner.id in view.ready),
                my_stuck=self._me in view.stuck,
                link=self._link_words(),
                unsaved=self._session.unsaved if view.revealed else 0,
            )
        )

    def _partner_note(self, view: RoomView, activity: Activity | None) -> str:
        partner = self._session.partner
        if partner is not None and partner.id in view.stuck:
            return "stuck"
        if activity is None:
            return "offline"
        if activity.running:
            return "running tests"
        if time.monotonic() - self._partner_typed_at < TYPING_SECONDS:
            return "typing"
        return "away" if activity.away else ""

    def _show_walkthrough(self, view: RoomView) -> None:
        partner = self._session.partner
        speaker = "" if view.speaker is None else "me" if view.speaker == self._me else "partner"
        self._screens.walkthrough.show_state(
            WalkthroughState(
                view.problem.title if view.problem else "",
                self._session.seat.name,
                partner.name if partner else "",
                speaker,
                self._recorder.is_recording,
                self._microphone_words,
                self._feedback_sent,
                view.plan.format is Format.SOLO,
                self._link_words(),
            )
        )

    def _show_wrap_up(self, view: RoomView) -> None:
        current, proposal = self._keeper.round, self._keeper.proposal()
        if current is None or proposal is None:
            return
        self._screens.wrapup.show_state(
            WrapUpState(
                current.problem_title, proposal.rating, proposal.reason, current.struggle, current.tags,
                current.takeaway, tuple(self._keeper.parked), self._partner_feedback,
            )
        )  # fmt: skip

    def _show_clock(self) -> None:
        timer = self._session.view.timer if self._session.view else None
        if timer is None or not self._session.clock.is_set:
            return
        now_ms = self._session.clock.now_ms()
        left = timer.remaining_ms if timer.deadline_ms is None else timer.deadline_ms - now_ms
        self._screens.work.set_clock(max(0, int(left or 0)), timer.total_ms, timer.is_running)


def _case_view(result: CaseResult) -> CaseView:
    return CaseView(
        result.name, result.state, result.hidden, result.expected, result.got, result.output, result.traceback,
        result.error_line, result.elapsed_ms,
    )  # fmt: skip


def _activity_words(activity: Activity | None, now_ms: float) -> str:
    """What the veil says: how much, never what."""
    if activity is None:
        return ""
    parts = [f"{activity.lines} lines"] if activity.lines else []
    if activity.total:
        parts.append(f"{activity.passed} of {activity.total} passing")
    if activity.last_run_ms:
        minutes = int((now_ms - activity.last_run_ms) / 60_000)
        parts.append("ran just now" if minutes < 1 else f"last run {minutes} min ago")
    return " · ".join(parts)
