"""The shared sketch board: elements in a Yjs document, as one seat draws them. It knows no Qt."""

from sparring.live.board.elements import Element, Kind
from sparring.live.board.shared import BoardFull, Fields, SharedBoard
from sparring.live.board.stored import board_from_json, board_to_json
from sparring.live.board.svg import SvgColours, board_to_svg

__all__ = [
    "BoardFull",
    "Element",
    "Fields",
    "Kind",
    "SharedBoard",
    "SvgColours",
    "board_from_json",
    "board_to_json",
    "board_to_svg",
]
