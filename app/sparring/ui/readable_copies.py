"""What people read again later: the journal's copies of code, notes and board, written when they have changed."""

from collections.abc import Callable, Mapping

from sparring.journal import HintSeen, Journal, RoundRecord
from sparring.live.board import SharedBoard, board_to_json
from sparring.live.languages import CodeLanguage
from sparring.live.rounds import RoundDocuments
from sparring.live.text import SharedText
from sparring.problems import NOTES_LANGUAGE
from sparring.ui.round_book import RoundBook, RoundKey, Whose


class ReadableCopies:
    """Remembers what the journal was given last, so that the same is not written again every other second."""

    def __init__(self, journal: Journal, book: RoundBook) -> None:
        self._journal, self._book = journal, book
        self._boards: dict[int, SharedBoard] = {}
        self._drawn: set[int] = set()
        """The numbers of boards that have changed since they were saved."""
        self._saved: dict[tuple[str, RoundKey], object] = {}

    def watch_board(self, number: int, board: SharedBoard) -> None:
        """This is the board of the rounds of this number."""
        self._boards[number] = board
        if board.elements:
            self._drawn.add(number)
        board.changed.connect(lambda _: self._drawn.add(number))

    def save(
        self, documents: RoundDocuments, texts: Mapping[str, SharedText], languages: Mapping[str, CodeLanguage]
    ) -> None:
        """Bring the copies of the round that is worked on up to date."""
        current = self._book.current
        if current is None or documents.number != current.number:
            return
        mine, theirs = (self._book.solved_by(whose, current.number) for whose in ("me", "partner"))
        if mine is not None:
            desk = (documents.pad or documents.mine).name
            self._save_attempt(mine, "me", texts[desk].value, languages[desk].name)
        their_code = texts[documents.partners.name].value if documents.partners else ""
        if theirs is not None and documents.partners is not None and their_code:
            self._save_attempt(theirs, "partner", their_code, languages[documents.partners.name].name)
        if notes := texts[documents.notes.name].value:
            # They are about all that was explained, be it one solution or two interviews.
            for key in self._book.of(current.number):
                self._save("note", key, notes, lambda record: self._journal.save_note(record.id, notes))
        if current.number in self._drawn:
            self._drawn.discard(current.number)
            elements = board_to_json(self._boards[current.number].elements)
            self._save("board", current, elements, lambda record: self._journal.save_board(record.id, elements))

    def save_hint(self, key: RoundKey, hint: HintSeen) -> None:
        """A rung that somebody has seen."""
        what = f"hint {hint.number} of {hint.whose}"
        self._save(what, key, hint.text, lambda record: self._journal.save_hint(record.id, hint))

    def _save_attempt(self, key: RoundKey, whose: Whose, code: str, language: str) -> None:
        evidence = self._book.evidence[key]
        passed, total = (evidence.passed, evidence.total) if whose == "me" else (0, 0)

        if self._book.is_oral(key):
            language = NOTES_LANGUAGE

        def save(record: RoundRecord) -> None:
            self._journal.save_attempt(record.id, whose, language, code, passed, total)

        self._save(whose, key, (language, code, passed, total), save)

    def _save(self, what: str, key: RoundKey, value: object, save: Callable[[RoundRecord], object]) -> None:
        if self._saved.get((what, key)) != value:
            self._saved[what, key] = value
            save(self._book.records[key])
