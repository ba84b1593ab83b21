"""The sketch board: trees and graphs, drawn by both partners."""

from sparring.ui.board.actions import BOARD_ACTIONS
from sparring.ui.board.view import BoardView

__all__ = ["BOARD_ACTIONS", "BoardView"]
