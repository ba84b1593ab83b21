"""Where the files that ship with the app are: in the wheel beside the package, in a checkout at its root."""

from pathlib import Path

_IN_WHEEL = Path(__file__).parent / "_resources"
_IN_CHECKOUT = Path(__file__).parents[2] / "resources"


def problem_shelves() -> dict[str, Path]:
    """Where the problems are that Sparring brings, by the names of the shelves."""
    return {"starter": resources_dir() / "problems", "prompts": resources_dir() / "prompts"}


def resources_dir() -> Path:
    """The folder that holds `problems/`, `icons/` and the like."""
    return _IN_WHEEL if _IN_WHEEL.is_dir() else _IN_CHECKOUT
