"""Markdown as people read it. Apart from the other parts, since the first screen shows none."""

from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QTextBrowser

from sparring.ui.theme import GRID


def show_markdown(view: QTextBrowser, markdown: str) -> None:
    """Show Markdown with room between its paragraphs, and code set apart; Qt's own gives them none."""
    view.setMarkdown(markdown)
    cursor = QTextCursor(view.document())
    block = view.document().begin()
    while block.isValid():
        is_code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage)
        code = is_code or block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
        following = block.next()
        goes_on = code and following.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
        cursor.setPosition(block.position())
        spaced = QTextBlockFormat()
        spaced.setBottomMargin(0 if goes_on else GRID * 2)
        spaced.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if code:
            spaced.setLeftMargin(GRID * 2)
        cursor.mergeBlockFormat(spaced)
        block = following
