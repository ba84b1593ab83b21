"""The code editor: a view of a shared text."""

from sparring.ui.editor.binding import EditorBinding
from sparring.ui.editor.code_editor import CodeEditor
from sparring.ui.editor.completion import CompletionWorker
from sparring.ui.editor.pane import EditorOptions, EditorPane

__all__ = ["CodeEditor", "CompletionWorker", "EditorBinding", "EditorOptions", "EditorPane"]
