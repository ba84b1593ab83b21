"""My column of a session: which text stands there, what it is written in, and whose it is when it is about to run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from sparring.live.document import SharedDocument
from sparring.live.session import LiveSession
from sparring.problems import Problem, starter_of
from sparring.ui.keeper import SessionKeeper
from sparring.ui.screens.session.mine import MyColumn
from sparring.ui.session.consent import PadWatch
from sparring.ui.session.languages import SessionLanguages
from sparring.ui.shell import Entry
from sparring.ui.toolchains import Toolchains


@dataclass(frozen=True)
class Source:
    """The code that is shown in my column."""

    code: str
    language: str
    whose: str = ""
    """"copy" or "pad" where it is, in part, my partner's; empty for my own."""


@dataclass(frozen=True)
class DeskView:
    """What the screen shows of it."""

    has_scratch: bool = False
    languages: tuple[tuple[str, str], ...] = ()
    """(name, title) of what can be chosen."""
    language: str = "python"
    scratch_language: str = "python"
    partner_language: str = "python"


class Desk(QObject):
    """See the module."""

    def __init__(
        self,
        mine: MyColumn,
        session: LiveSession,
        keeper: SessionKeeper,
        toolchains: Toolchains,
        problem: Callable[[], Problem | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._mine, self._session, self._keeper, self._problem = mine, session, keeper, problem
        self._pads: dict[str, PadWatch] = {}
        self.languages = SessionLanguages(session, keeper, toolchains, self)
        self._chosen = mine.language_chosen.connect(self.choose)

    def close(self) -> None:
        """Let go of the column."""
        QObject.disconnect(self._chosen)

    def follow(self) -> None:
        """The room's state is another one: there may be a new problem, or a pad."""
        problem = self._problem()
        self.languages.follow(problem)
        pad = self._session.round.pad if self._session.round else None
        if pad is not None and problem is not None and pad.name not in self._pads:
            # From the start, so that it is known whether my partner types in it.
            starters = [starter_of(problem, name) for name, _ in self.languages.choices(problem)]
            self._pads[pad.name] = PadWatch(self._keeper.texts[pad.name], [*starters, *problem.starters.values()])

    @property
    def shown(self) -> SharedDocument | None:
        """What stands in my column now, if it is code."""
        documents = self._session.round
        if documents is None:
            return None
        return documents.scratch if self._mine.page == "scratch" else documents.desk

    @property
    def told_language(self) -> str:
        """What my partner is told that I write in; nothing of notes, nor of a pad, where both of us see it."""
        documents, problem = self._session.round, self._problem()
        if documents is None or problem is None or problem.is_oral or documents.desk is not documents.mine:
            return ""
        return self.languages.of(documents.mine)

    def source(self) -> Source | None:
        """What would run now."""
        document = self.shown
        if document is None:
            return None
        code = self._keeper.texts[document.name].value
        return Source(code, self.languages.of(document), self._whose(document))

    def _whose(self, document: SharedDocument) -> str:
        documents = self._session.round
        if documents is None or document is documents.mine:
            return ""
        if document is documents.pad:
            watch = self._pads.get(document.name)
            return "pad" if watch is None or watch.is_mixed else ""
        return "copy" if document is not documents.desk else ""

    def copy_theirs(self) -> bool:
        """A copy of my partner's code in the scratch pad; False if there is none to copy."""
        documents = self._session.round
        document = self._session.open_scratch()
        if documents is None or documents.partners is None or document is None:
            return False
        text, theirs = self._keeper.texts[document.name], self._keeper.texts[documents.partners.name].value
        self.languages.switch(document, self.languages.of(documents.partners), None)
        if text.value != theirs:
            # What was there can be brought back by undo, or, of another language, by going back to that one.
            text.edit(0, len(text.value), theirs)
        return True

    def choose(self, language: str) -> None:
        """Write what is shown in this language."""
        document = self.shown
        if document is not None:
            self.languages.switch(document, language, self._problem())

    def entries(self) -> Iterator[Entry]:
        """What the palette offers beside the table of actions: the other languages."""
        document = self.shown
        now = self.languages.of(document)
        for name, title in self.languages.choices(self._problem()) if document else ():
            if name != now:
                yield Entry(f"Write in {title}", partial(self.choose, name), where="session")

    @property
    def view(self) -> DeskView:
        documents = self._session.round
        if documents is None:
            return DeskView()
        of, scratch = self.languages.of, documents.scratch
        has_scratch = scratch is not None and scratch is not documents.desk
        chosen = [of(documents.desk), *([of(scratch)] if has_scratch else [])]
        choices = self.languages.choices(self._problem(), *chosen)
        return DeskView(has_scratch, choices, chosen[0], of(scratch), of(documents.partners))
