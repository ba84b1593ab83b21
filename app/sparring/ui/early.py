"""The beginning of a start, the quick way: what needs no Qt, then Qt. See `docs/decisions/0013`."""

import sys

_FEATURES = "shibokensupport.feature"
_NONE_USED = -1


def load() -> None:
    """Load what needs no Qt, before Qt: see `spare_reading`."""
    hidden = "typing_extensions"
    # msgspec prefers it, and does without: what it takes from there, Python's own typing has since 3.11.
    is_hidden = hidden not in sys.modules
    if is_hidden:
        sys.modules[hidden] = None  # type: ignore[assignment]
    try:
        import sparring.journal
        import sparring.profile  # noqa: F401
    finally:
        if is_hidden:
            del sys.modules[hidden]


def spare_reading() -> None:
    """Load PySide, and tell it that no module which is loaded by now uses its features.

    It would read the source of each of them to find that out, as soon as somebody imports it by name. Where it keeps
    what it found elsewhere than it does now, it reads, as ever.
    """
    import PySide6.QtCore  # noqa: F401

    known = getattr(sys.modules.get(_FEATURES), "pyside_feature_dict", None)
    if isinstance(known, dict):
        for name in list(sys.modules):
            known.setdefault(name, _NONE_USED)
