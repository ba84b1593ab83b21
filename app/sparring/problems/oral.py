"""Oral prompts: what their folders must not have, and the outline that notes begin with."""

from sparring.problems.fields import Fields
from sparring.problems.files import Folder
from sparring.problems.model import LANGUAGE_OF_SUFFIX, NOTES_LANGUAGE, TRACKS

_FIELDS = ("signature", "comparison", "time_limit_s", "memory_limit_mb", "complexity_matters")
_FILES = ("tests.json", "solutions", "checker.py", "generator.py", *(f"starter.{one}" for one in LANGUAGE_OF_SUFFIX))
_OUTLINES = {
    "machine-learning breadth": ("In one sentence", "How it works", "When it fails", "How I would check"),
    "system design": ("Questions and numbers", "Parts and data", "What breaks, and then", "What I gave up"),
    "behavioural": ("Situation", "What I did", "How it ended", "What I learned"),
    "project deep dive": (
        "The problem, and for whom",
        "What I decided",
        "What it brought, measured",
        "What I would redo",
    ),
}
_PLAIN = ("Questions", "Points", "Example", "What could be said against it")


def refuse_code(folder: Folder, table: Fields) -> None:
    """Complain of whatever has a meaning only where something is run."""
    for name in _FIELDS:
        if table.has(name):
            raise table.complaint(name, "has no meaning for an oral prompt, of which nothing is run")
    for name in _FILES:
        if folder.has(name):
            raise folder.complaint(name, "has no place in an oral prompt, of which nothing is run")


def notes_outline(topics: tuple[str, ...]) -> dict[str, str]:
    """What an empty editor begins with, by language: headings to take notes under, after the prompt's track."""
    track = next((topic for topic in topics if topic in TRACKS), "")
    headings = _OUTLINES.get(track, _PLAIN)
    return {NOTES_LANGUAGE: "\n".join(f"## {heading}\n\n" for heading in headings)}
