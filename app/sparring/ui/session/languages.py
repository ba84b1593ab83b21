"""Which language each of my texts is in: what can be chosen, what a text begins with, and what a switch keeps."""

from PySide6.QtCore import QObject, Signal

from sparring.live.document import SharedDocument
from sparring.live.languages import MAX_NAME, CodeLanguage, Drafts
from sparring.live.presence import Activity
from sparring.live.session import LiveSession
from sparring.problems import FUNCTION_LANGUAGES, NOTES_LANGUAGE, Problem, starter_of
from sparring.ui.keeper import SessionKeeper
from sparring.ui.toolchains import Toolchains


class SessionLanguages(QObject):
    """See the module. What I have typed is never lost: it waits under its language until I come back to it."""

    changed = Signal()
    """A text is in another language, or more languages can be chosen."""
    preferred = Signal(str, str)
    """(setting, language): what I begin with from now on."""

    def __init__(
        self, session: LiveSession, keeper: SessionKeeper, toolchains: Toolchains, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._keeper, self._toolchains = session, keeper, toolchains
        self._preferred = {"function_language": "python", "program_language": "python"}
        self._watched: set[str] = set()
        toolchains.changed.connect(self.changed)

    def set_preferred(self, functions: str, programs: str) -> None:
        """What I like to write functions in, and programs that print."""
        self._preferred = {"function_language": functions, "program_language": programs}

    def follow(self, problem: Problem | None) -> None:
        """This problem is worked on: what it can be solved in is looked up, in the background."""
        if problem is not None:
            self._toolchains.look()
        for name, language in self._keeper.languages.items():
            if name not in self._watched:
                self._watched.add(name)
                language.changed.connect(self._tell)

    def _tell(self, _: str) -> None:
        self.changed.emit()

    def of(self, document: SharedDocument | None) -> str:
        """What a document is written in."""
        known = self._known(document)
        return known.name if known else "python"

    def _known(self, document: SharedDocument | None) -> CodeLanguage | None:
        return self._keeper.languages.get(document.name) if document else None

    def told_by(self, activity: Activity | None) -> str:
        """What a partner says that they write in, as people call it; nothing if it is no name."""
        name = activity.language if activity else ""
        return self._toolchains.title(name) if len(name) <= MAX_NAME and name.isprintable() else ""

    def choices(self, problem: Problem | None, *chosen: str) -> tuple[tuple[str, str], ...]:
        """(name, title) of what a problem can be solved in; what was `chosen` already is always among them."""
        if problem is not None and problem.is_oral:
            return ()
        if problem is None:
            names = ["python"]
        elif problem.signature is not None:
            names = list(FUNCTION_LANGUAGES)
        else:
            names = ["python", *(row.name for row in self._toolchains.rows if row.is_ready and row.name != "python")]
        names += [name for name in dict.fromkeys(chosen) if name not in names]
        return tuple((name, self._title(name)) for name in names)

    def _title(self, name: str) -> str:
        row = self._toolchains.find(name)
        title = self._toolchains.title(name)
        return f"{title} (not installed)" if row is not None and not row.is_ready else title

    def begin(self, document: SharedDocument, problem: Problem) -> None:
        """Put the starter into an empty text, in the language that I like."""
        text, language = self._keeper.texts[document.name], self._known(document)
        if text.value or language is None:
            return
        if problem.is_oral:
            language.switch(NOTES_LANGUAGE, problem.starter)
            return
        wanted = self._preferred[_setting(problem)]
        if problem.signature is not None and wanted not in FUNCTION_LANGUAGES:
            wanted = "python"
        row = self._toolchains.find(wanted)
        if row is not None and not row.is_ready:
            wanted = "python"
        if wanted != language.name:
            language.switch(wanted, starter_of(problem, wanted))
        else:
            text.edit(0, 0, starter_of(problem, wanted))

    def switch(self, document: SharedDocument, wanted: str, problem: Problem | None) -> None:
        """Write in another language; an untouched starter makes room for the other one, anything else is kept."""
        text, language = self._keeper.texts[document.name], self._known(document)
        if language is None or wanted == language.name:
            return
        drafts = self._drafts(document)
        if drafts is None:
            return
        starter = starter_of(problem, language.name) if problem else ""
        if text.value.strip() and text.value.strip() != starter.strip():
            drafts.keep(document.name, language.name, text.value)
        kept = drafts.find(document.name, wanted)
        language.switch(wanted, kept if kept is not None else starter_of(problem, wanted) if problem else "")
        if problem is not None:
            self._preferred[_setting(problem)] = wanted
            self.preferred.emit(_setting(problem), wanted)

    def _drafts(self, document: SharedDocument) -> Drafts | None:
        """Of a pad both of us have seen everything, so it keeps its drafts itself; mine stay at my seat."""
        documents = self._session.round
        holder = document if documents and document is documents.pad else self._session.open_drafts()
        return Drafts(holder.doc) if holder else None


def _setting(problem: Problem) -> str:
    return "program_language" if problem.signature is None else "function_language"
