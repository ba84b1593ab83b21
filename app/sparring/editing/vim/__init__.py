"""Vim's keys as an option: a pure engine that is given one key at a time and answers with what to do."""

from sparring.editing.vim.engine import Vim
from sparring.editing.vim.values import Mode, Response

__all__ = ["Mode", "Response", "Vim"]
