"""The small parts that every screen is made of."""

from sparring.ui.widgets.basic import (
    Elided,
    Segmented,
    button,
    chip,
    column,
    field,
    finish,
    hairline,
    label,
    row,
    set_text,
)
from sparring.ui.widgets.painted import Avatar, BlockDots, ClockLabel, FocusRing, LevelMeter, Pulse, QrCode
from sparring.ui.widgets.switch import Switch

__all__ = [
    "Avatar",
    "BlockDots",
    "ClockLabel",
    "Elided",
    "FocusRing",
    "LevelMeter",
    "Pulse",
    "QrCode",
    "Segmented",
    "Switch",
    "button",
    "chip",
    "column",
    "field",
    "finish",
    "hairline",
    "label",
    "row",
    "set_text",
]
