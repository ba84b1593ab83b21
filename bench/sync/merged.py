"""What an update holds, for servers that put several into one: how far each author's text has come.

Only as much of the Yjs update format (version 1) as texts without formatting need; the format is that of the modules
`UpdateEncoder`, `Item` and `DeleteSet` of Yjs.
"""

_GC, _DELETED, _STRING, _SKIP = 0, 1, 4, 10
_HAS_ORIGIN, _HAS_RIGHT_ORIGIN, _HAS_KEY = 0x80, 0x40, 0x20


class NotText(ValueError):
    """The update holds something else than text."""


class _Bytes:
    """Reads an update from front to back."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def byte(self) -> int:
        self._at += 1
        return self._data[self._at - 1]

    def number(self) -> int:
        value = shift = 0
        while (byte := self.byte()) >= 0x80:
            value |= (byte & 0x7F) << shift
            shift += 7
        return value | byte << shift

    def text(self) -> str:
        length = self.number()
        self._at += length
        return self._data[self._at - length : self._at].decode()

    def skip_id(self) -> None:
        self.number()
        self.number()


def reach(update: bytes) -> tuple[dict[int, int], int]:
    """(the clock after the last character of each author in it, how many characters it deletes). Raises `NotText`."""
    data = _Bytes(update)
    ends: dict[int, int] = {}
    for _ in range(data.number()):
        structs, client, clock = data.number(), data.number(), data.number()
        for _ in range(structs):
            clock += _length(data)
        ends[client] = clock
    deleted = 0
    for _ in range(data.number()):
        data.number()
        for _ in range(data.number()):
            data.number()
            deleted += data.number()
    return ends, deleted


def _length(data: _Bytes) -> int:
    """How many characters the next struct stands for; Yjs counts UTF-16 units."""
    info = data.byte()
    kind = info & 0x1F
    if kind in (_GC, _SKIP):
        return data.number()
    if info & _HAS_ORIGIN:
        data.skip_id()
    if info & _HAS_RIGHT_ORIGIN:
        data.skip_id()
    if not info & (_HAS_ORIGIN | _HAS_RIGHT_ORIGIN):
        if data.number():
            data.text()
        else:
            data.skip_id()
        if info & _HAS_KEY:
            data.text()
    if kind == _DELETED:
        return data.number()
    if kind == _STRING:
        return len(data.text().encode("utf-16-le")) // 2
    raise NotText(f"a struct of kind {kind}")
