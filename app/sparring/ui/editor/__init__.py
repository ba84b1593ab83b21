"""The code editor: a view of a shared text."""

from sparring.ui.editor.binding import EditorBinding
from sparring.ui.editor.code_editor import CodeEditor

__all__ = ["CodeEditor", "EditorBinding"]
