"""The documents of one round at one seat, and when each of them may meet the room.

This is where a round is blind by construction: my editor's document is made here, is written here, and is attached to
the room only once the server has said that the veil is lifted. Until then its text has no way to the wire.
"""

from collections.abc import Callable, Iterable

from sparring.live.document import SharedDocument
from sparring_server.protocol import names
from sparring_server.protocol.view import Format, Phase, RoomView

StoredUpdates = Callable[[str], Iterable[bytes]]
"""What this seat's disk has of a document, by name: empty for a new one."""

_AFTER_THE_VEIL = (Phase.REVEAL, Phase.WALKTHROUGH, Phase.WRAP_UP, Phase.ENDED)


class RoundDocuments:
    """My editor, my partner's, the pad and the walkthrough notes of round `number`."""

    def __init__(self, number: int, me: str, stored: StoredUpdates) -> None:
        self.number = number
        self._me = me
        self._stored = stored
        self._documents: dict[str, SharedDocument] = {}
        self.mine = self._open(names.editor_document(number, me))
        self.notes = self._open(names.walkthrough_document(number))
        self.pad: SharedDocument | None = None
        self.partners: SharedDocument | None = None

    def _open(self, name: str) -> SharedDocument:
        document = self._documents[name] = SharedDocument(name, self._stored(name))
        return document

    @property
    def all(self) -> tuple[SharedDocument, ...]:
        """Every document that this round has at this seat so far."""
        return tuple(self._documents.values())

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
        return [document for document in self.all if self._may_attach(document, view)]

    def _may_attach(self, document: SharedDocument, view: RoomView) -> bool:
        if view.round != self.number:
            return False
        if document is self.mine or document is self.partners:
            return view.revealed and view.plan.format is not Format.PAIR
        if document is self.pad:
            return True
        return view.phase in _AFTER_THE_VEIL
