"""JSON inside the sandbox without the module `json`: importing that one takes as long as starting the interpreter."""


class _Rules:
    """What the scanner asks of its maker."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_float = parse_constant = float
    parse_int = int


def _refuse(value):
    raise TypeError(f"a {type(value).__name__} has no JSON form")


def make_codec():
    """Functions that read and write JSON texts. What they use is bound here, before a solution runs."""
    try:
        from _json import encode_basestring_ascii, make_encoder, make_scanner
    except ImportError:
        import json

        return json.loads, json.JSONEncoder().encode
    scan, join = make_scanner(_Rules), "".join

    def encode(value):
        return join(make_encoder({}, _refuse, encode_basestring_ascii, None, ": ", ", ", False, False, True)(value, 0))

    return lambda text: scan(text, 0)[0], encode
