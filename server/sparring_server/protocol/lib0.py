"""The variable-length encoding of the Yjs family (lib0), as far as the frames need it.

Source: the `encoding.js` and `decoding.js` modules of lib0. Seven bits a byte, least significant first, the top
bit says that more follows.
"""

MAX_SAFE_INTEGER = 2**53 - 1
"""Numbers beyond this do not survive a JavaScript peer, so none is accepted."""


class MalformedData(ValueError):
    """The bytes are not what the protocol says they should be."""


class Reader:
    """Reads one frame from front to back; every short or oversized read raises `MalformedData`."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    @property
    def remaining(self) -> int:
        """Bytes not read yet."""
        return len(self._data) - self._position

    def var_uint(self) -> int:
        value = shift = 0
        while True:
            if self._position >= len(self._data):
                raise MalformedData("the frame ends inside a number")
            byte = self._data[self._position]
            self._position += 1
            value |= (byte & 0x7F) << shift
            if value > MAX_SAFE_INTEGER:
                raise MalformedData("a number in the frame is too large")
            if byte < 0x80:
                return value
            shift += 7

    def var_bytes(self, limit: int) -> bytes:
        """A length and that many bytes, at most `limit` of them."""
        length = self.var_uint()
        if length > limit:
            raise MalformedData(f"a field of {length} bytes where at most {limit} are allowed")
        if length > self.remaining:
            raise MalformedData("the frame ends inside a field")
        start = self._position
        self._position += length
        return self._data[start : self._position]

    def var_string(self, limit: int) -> str:
        try:
            return self.var_bytes(limit).decode()
        except UnicodeDecodeError as error:
            raise MalformedData("a text in the frame is not UTF-8") from error

    def rest(self) -> bytes:
        """All that is left, which is then read."""
        start = self._position
        self._position = len(self._data)
        return self._data[start:]


def var_uint(value: int) -> bytes:
    """Encode a number from 0 to `MAX_SAFE_INTEGER`."""
    if not 0 <= value <= MAX_SAFE_INTEGER:
        raise ValueError(f"{value} cannot be written as a variable-length number")
    encoded = bytearray()
    while value >= 0x80:
        encoded.append(0x80 | (value & 0x7F))
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def var_bytes(value: bytes) -> bytes:
    """Encode bytes with their length before them."""
    return var_uint(len(value)) + value


def var_string(value: str) -> bytes:
    """Encode a text as UTF-8 with its length in bytes before it."""
    return var_bytes(value.encode())
