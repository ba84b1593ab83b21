"""Completion in the editor: asked of a child process, shown in a popup, switched off for an interview."""

from sparring.ui.editor.completion.completer import Completable, Completer
from sparring.ui.editor.completion.popup import CompletionPopup, SignatureHint
from sparring.ui.editor.completion.process import Completions, CompletionWorker
from sparring.ui.editor.completion.target import PlainTextTarget

__all__ = [
    "Completable",
    "Completer",
    "CompletionPopup",
    "CompletionWorker",
    "Completions",
    "PlainTextTarget",
    "SignatureHint",
]
