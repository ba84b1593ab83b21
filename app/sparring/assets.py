"""Where the files that ship with the app are: in the wheel beside the package, in a checkout at its root."""

from pathlib import Path

_IN_WHEEL = Path(__file__).parent / "_resources"
_IN_CHECKOUT = Path(__file__).parents[2] / "resources"


def resources_dir() -> Path:
    """The folder that holds `problems/`, `icons/` and the like."""
    return _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT
