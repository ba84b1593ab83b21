"""The screen where problems come in: what to read, what came, what is kept."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sparring.profile import Profile
from sparring.ui.bringing_in import reading, work
from sparring.ui.bringing_in.jobs import Job, Jobs
from sparring.ui.bringing_in.listening import Listening
from sparring.ui.bringing_in.posts import Posts
from sparring.ui.screens.bringing_in import (
    BringInScreen,
    BringInState,
    BrowserState,
    FilesState,
    PasteFields,
    PastePreview,
    ReportView,
)
from sparring.ui.shell import MainWindow

if TYPE_CHECKING:
    from sparring.problems.importing.companion import CompanionPost
    from sparring.problems.importing.pasting import Pasted

SCREEN = "bring-in"
COMPANION_SETTINGS = ("companion", "companion_port")


@dataclass(frozen=True)
class Surroundings:
    """What the controller asks of the app."""

    refresh: Callable[[Callable[[], object]], object]
    """Look through the shelves again, then do something."""
    can_suggest: Callable[[], bool]
    """Whether we are in a lobby, where a problem can be suggested to both."""
    suggest: Callable[[str], object]
    change_setting: Callable[[str, object], object]
    go: Callable[[str], object]
    """Show a screen."""


class BringInController(QObject):
    """See the module."""

    kept = Signal(tuple)
    """The ids of problems that are on the shelf now."""

    def __init__(
        self, window: MainWindow, profile: Profile, surroundings: Surroundings, screen: BringInScreen | None = None
    ) -> None:
        super().__init__(window)
        self._window, self._profile, self._around = window, profile, surroundings
        self.screen = screen or BringInScreen()
        self._state = BringInState()
        self._jobs, self._lister = Jobs(self), Jobs(self)
        self._reader, self._posts = reading.PasteReader(self), Posts()
        self._listening = Listening(self, profile, lambda: self._posts.has_room)
        self._pasted: Pasted | None = None
        self._keeps_when_read = False
        self._keeping: set[int] = set()
        self._refused = ""
        self._came_from = "today"
        self._is_closed = False
        self._connect()
        self._listening.apply()
        self._show()

    def _connect(self) -> None:
        screen, paste, browser = self.screen, self.screen.paste, self.screen.browser
        screen.way_chosen.connect(lambda way: self._show(way=way))
        screen.back_requested.connect(self.leave)
        screen.undo_requested.connect(self._undo)
        screen.files.import_requested.connect(self.import_path)
        screen.files.cancel_requested.connect(self._jobs.cancel)
        paste.fields_changed.connect(self._read)
        paste.cell_corrected.connect(lambda *cell: self._change(reading.correct_step(*cell)))
        paste.case_added.connect(lambda: self._change(reading.add_step))
        paste.case_removed.connect(lambda number: self._change(reading.remove_step(number)))
        paste.keep_requested.connect(self._keep_pasted)
        paste.clear_requested.connect(self._clear)
        browser.switched.connect(lambda on: self._around.change_setting("companion", on))
        browser.port_chosen.connect(lambda port: self._around.change_setting("companion_port", port))
        browser.post_chosen.connect(self._choose_post)
        browser.keep_requested.connect(lambda number: self._keep_posts([number]))
        browser.keep_all_requested.connect(self._keep_all)
        browser.dismiss_requested.connect(self._dismiss)
        self._reader.read.connect(self._was_read)
        self._listening.came.connect(self._came)
        self._listening.refused.connect(self._was_refused)
        self._listening.changed.connect(lambda: self._show())
        self._jobs.progressed.connect(self._progressed)
        self._jobs.done.connect(self._done)
        self._jobs.failed.connect(self._failed)
        self._lister.done.connect(lambda _, outcome: self._show(earlier=outcome.earlier))

    # Coming and going.

    def open(self, came_from: str = "") -> None:
        """The screen is about to be shown."""
        if came_from and came_from != SCREEN:
            self._came_from = came_from
        if not self._lister.is_running and not self._is_closed:
            self._lister.start("list", work.list_job(self._profile))
        self._show()

    def leave(self) -> None:
        """Back to where we were."""
        self._around.go("session" if self._came_from.startswith("session") else self._came_from)

    def look_at_posts(self) -> None:
        """Show what came from the browser."""
        self._window.clear_notice()
        self._around.go(SCREEN)
        chosen = self._state.browser.chosen if self._posts.find(self._state.browser.chosen) else self._posts.first
        self._show(way="browser", chosen=chosen)

    def close(self) -> None:
        """Listen no longer, and end what is under way."""
        self._is_closed = True
        self._jobs.cancel()
        self._listening.close()

    def join(self) -> None:
        """Wait until nothing is under way; may be called from another thread."""
        for thread in (self._jobs, self._lister, self._reader, self._listening):
            thread.join()

    # A folder or a zip file.

    def import_path(self, path: str) -> None:
        """Import whatever is there."""
        if self._state.is_busy:
            return
        files = FilesState(busy=f"Looking at {path}…")
        self._show(way="files", files=files)
        self._start("import", work.import_job(self._profile, path))

    def _progressed(self, done: int, total: int, name: str) -> None:
        if self._state.is_busy and self._state.files.busy:
            words = f"{done:,} of {total:,}: {name}" if name else "Putting them on the shelf…"
            self._show(files=replace(self._state.files, busy=words, done=done, total=total))

    # Paste.

    def _read(self, fields: PasteFields) -> None:
        self._change(reading.fields_step(fields))

    def _was_read(self, number: int, pasted: "Pasted", preview: PastePreview) -> None:
        # What is older than the last word of the form is shown, but never kept.
        self._pasted = pasted if number == self._reader.taken else None
        self.screen.show_preview(preview)
        if self._pasted is not None and self._keeps_when_read:
            self._keep_pasted()

    def _keep_pasted(self) -> None:
        self._keeps_when_read = self._pasted is None
        if self._pasted is not None and self._pasted.can_be_kept and not self._state.is_busy:
            self._start("paste", work.paste_job(self._profile, self._pasted))

    def _change(self, step: reading.Step) -> None:
        """Change the form; until it is read there is nothing to keep."""
        self._pasted, self._keeps_when_read = None, False
        self._reader.take(step)

    def _clear(self) -> None:
        self._change(reading.clear_step)
        self.screen.paste.clear()

    # From the browser.

    def setting_changed(self, name: str, value: object) -> None:
        """A setting was changed, here or on the settings screen."""
        if name in COMPANION_SETTINGS:
            self._listening.apply()
            self._show()

    @property
    def port(self) -> int:
        """Where it listens; 0 if it does not."""
        return self._listening.port

    def _came(self, post: "CompanionPost") -> None:
        made = self._posts.add(post)
        self._refused = ""
        is_seen = self._window.current_screen == SCREEN and self._state.way == "browser"
        chosen = self._state.browser.chosen if self._posts.find(self._state.browser.chosen) else made.id
        self._show(chosen=chosen)
        if not is_seen:
            self._window.show_notice(self._posts.notice(made), "Look at it", self.look_at_posts)

    def _was_refused(self, sentence: str) -> None:
        self._refused = sentence
        self._show()
        if self._window.current_screen != SCREEN:
            self._window.show_notice(sentence)

    def _choose_post(self, number: int) -> None:
        self._show(chosen=number)

    def _keep_all(self, number: int) -> None:
        self._keep_posts([one.id for one in self._posts.together(number)])

    def _keep_posts(self, numbers: list[int]) -> None:
        found = [one for number in numbers if (one := self._posts.find(number)) is not None]
        if not found or self._state.is_busy:
            return
        self._keeping = {one.id for one in found}
        first = found[0].post
        source = first.draft.source if len(found) == 1 else first.group
        drafts = [one.post.draft for one in found]
        self._start("posts", work.posts_job(self._profile, drafts, source or "the browser"))

    def _dismiss(self, number: int) -> None:
        self._posts.drop({number})
        self._show(chosen=self._posts.first)

    # Jobs.

    def _undo(self, import_id: str) -> None:
        if not self._state.is_busy and import_id:
            self._start("undo", work.undo_job(self._profile, import_id))

    def _start(self, name: str, job: Job) -> None:
        if self._is_closed:
            return
        self._show(is_busy=True)
        self._jobs.start(name, job)

    def _done(self, name: str, outcome: work.Outcome) -> None:
        self._show(is_busy=False, earlier=outcome.earlier)
        if name == "import":
            self._show(files=FilesState(report=outcome.report))
        elif name == "undo":
            self._forget(outcome)
        else:
            self._show(kept=outcome.report)
            self._take_away(name)
        self._around.refresh(lambda: self._came_in(name, outcome.ids))

    def _forget(self, outcome: work.Outcome) -> None:
        """An import is undone: nothing offers to undo it any longer."""
        files, kept = self._state.files, self._state.kept
        if files.report.id == outcome.undone:
            files = FilesState()
        self._show(kept=outcome.report if kept.id in ("", outcome.undone) else kept, files=files)

    def _take_away(self, name: str) -> None:
        """What is on the shelf now need not stand on the page any longer."""
        if name == "paste":
            self._clear()
        else:
            self._posts.drop(self._keeping)
            self._show(chosen=self._posts.first)

    def _came_in(self, name: str, ids: tuple[str, ...]) -> None:
        """The bank knows them now."""
        if name in ("paste", "posts") and len(ids) == 1 and self._around.can_suggest():
            self._around.suggest(ids[0])
            kept = self._state.kept
            self._show(kept=replace(kept, words=f"{kept.words} It is suggested to both of you."))
        self.kept.emit(ids)

    def _failed(self, name: str, words: str) -> None:
        self._show(is_busy=False)
        if name == "import":
            self._show(files=FilesState(error=words))
        else:
            self._show(kept=ReportView(words))

    # Showing.

    def _show(self, *, chosen: int | None = None, **fields: object) -> None:
        browser = replace(
            self._browser(), posts=self._posts.rows(),
            chosen=self._state.browser.chosen if chosen is None else chosen,
        )  # fmt: skip
        self._state = replace(
            self._state, browser=browser, in_lobby=self._around.can_suggest(), **fields  # type: ignore[arg-type]
        )  # fmt: skip
        self.screen.show_state(self._state)

    def _browser(self) -> BrowserState:
        settings = self._profile.settings
        words = "Off: nothing listens." if not settings.companion else ""
        if self.port:
            words = "Listening, on this machine only."
        return BrowserState(
            settings.companion, settings.companion_port, words, self._listening.trouble or self._refused
        )
