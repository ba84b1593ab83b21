"""The documents of one round at one seat, and when each of them may meet the room.

This is where a round is blind by construction: my editor's document is made here, is written here, and is attached to
the room only once the server has said that the veil is lifted. Until then its text has no way to the wire; nor has what
is drawn on the board. An interviewer's notes have no way to it at all: a room knows no document of that name.
"""

from collections.abc import Callable, Iterable

from sparring.live.document import SharedDocument
from sparring_server.protocol import names
from sparring_server.protocol.view import Format, Phase, RoomView

StoredUpdates = Callable[[str], Iterable[bytes]]
"""What this seat's disk has of a document, by name: empty for a new one."""

_WRITING = (Phase.FOCUS, Phase.BREAK)
_AFTER_THE_VEIL = (Phase.REVEAL, Phase.WALKTHROUGH, Phase.WRAP_UP, Phase.ENDED)


class RoundDocuments:
    """My editor, my partner's, the pad, the board, the walkthrough notes and my scratch pad of round `number`."""

    def __init__(self, number: int, me: str, stored: StoredUpdates) -> None:
        self.number = number
        self._me = me
        self._stored = stored
        self._documents: dict[str, SharedDocument] = {}
        self.mine = self._open(names.editor_document(number, me))
        self.notes = self._open(names.walkthrough_document(number))
        self.board = self._open(names.board_document(number))
        self.choosing = SharedDocument(names.problem_document(number))
        """What is needed to choose a problem. It is not stored here: a problem that came over is on my shelf."""
        self.pad: SharedDocument | None = None
        self.partners: SharedDocument | None = None
        self.scratch: SharedDocument | None = None
        """What I note for myself, as an interviewer or of my partner's code; never attached."""
        self.drafts: SharedDocument | None = None
        """My code in languages that I have left; never attached."""
        self._asks = False
        self._open_to_room: set[str] = set()
        if any(True for _ in stored(f"scratch/{number}")):
            self.open_scratch()
        if any(True for _ in stored(f"drafts/{number}")):
            self.open_drafts()

    def _open(self, name: str) -> SharedDocument:
        document = self._documents[name] = SharedDocument(name, self._stored(name))
        return document

    @property
    def all(self) -> tuple[SharedDocument, ...]:
        """Every document of this round that is kept at this seat, so far."""
        return tuple(self._documents.values())

    @property
    def for_room(self) -> tuple[SharedDocument, ...]:
        """Those, and what is not kept here."""
        return (*self.all, self.choosing)

    @property
    def unsaved(self) -> int:
        """Changes of mine that the server has not acknowledged, in documents that were ever open to the room."""
        return sum(document.unsaved for document in self.for_room if document.name in self._open_to_room)

    @property
    def desk(self) -> SharedDocument:
        """What I write in now: the pair's pad, an interviewer's scratch pad, else my editor."""
        if self._asks and self.scratch is not None:
            return self.scratch
        return self.pad or self.mine

    def open_scratch(self) -> SharedDocument:
        """My pad that nobody else sees; the same one each time."""
        if self.scratch is None:
            self.scratch = self._open(f"scratch/{self.number}")
        return self.scratch

    def open_drafts(self) -> SharedDocument:
        """Where code is kept while another language is chosen; the same one each time."""
        if self.drafts is None:
            self.drafts = self._open(f"drafts/{self.number}")
        return self.drafts

    def find(self, name: str) -> SharedDocument | None:
        """The document with this name, or None."""
        return self._documents.get(name)

    def follow(self, view: RoomView) -> list[SharedDocument]:
        """Make what the room's state calls for, and return the documents that may be attached now."""
        partner = next((member for member in view.partners if member.id != self._me), None)
        if partner is not None:
            name = names.editor_document(self.number, partner.id)
            if self.partners is None or self.partners.name != name:
                self.partners = self.find(name) or self._open(name)
        if view.plan.format is Format.PAIR and self.pad is None and view.phase is not Phase.LOBBY:
            self.pad = self._open(names.pad_document(self.number))
        if view.interviewer is not None:
            self.open_scratch()
        # After the reveal it is about solutions, so an interviewer's desk is their own editor again.
        self._asks = view.interviewer == self._me and view.phase in _WRITING
        attachable = [document for document in self.for_room if self._may_attach(document, view)]
        self._open_to_room.update(document.name for document in attachable)
        return attachable

    def _may_attach(self, document: SharedDocument, view: RoomView) -> bool:
        if view.round != self.number or document in (self.scratch, self.drafts):
            return False
        if document is self.choosing:
            return True
        if document is self.board:
            return view.revealed
        if document is self.mine and view.plan.format is Format.MOCK:
            return self._me in view.candidates
        if document is self.mine or document is self.partners:
            return view.revealed and view.plan.format is not Format.PAIR
        if document is self.pad:
            return True
        return view.phase in _AFTER_THE_VEIL
