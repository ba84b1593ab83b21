"""What could come next in a text: Python by static analysis in a child process, words for every other language.

Positions are code points. Nothing here knows Qt, and no line of anybody's code is ever run.
"""

from sparring.completion.model import Completion, Signature

__all__ = ["Completion", "Signature"]
