"""The design tokens: two themes, ink (dark) and paper (light), with contrast of at least 4.5:1 for text."""

from msgspec import Struct


class Theme(Struct, frozen=True):
    """One set of colours, each as `#rrggbb`. `me` and `partner` mark the two partners everywhere."""

    name: str
    background: str
    panel: str
    raised: str
    hairline: str
    text: str
    dim: str
    disabled: str
    """What cannot be used now; the one text colour below 4.5:1, as its words stand in a tooltip too."""
    me: str
    partner: str
    passed: str
    wrong: str
    on_accent: str
    """Text on a button filled with `me`."""
    syntax_keyword: str
    syntax_name: str
    syntax_string: str
    syntax_number: str
    syntax_comment: str

    @property
    def is_dark(self) -> bool:
        return self.name == "ink"


INK = Theme(
    name="ink",
    background="#14171c",
    panel="#1a1e25",
    raised="#222731",
    hairline="#2b313c",
    text="#e6e9ee",
    dim="#98a1af",
    disabled="#5b6370",
    me="#35b8a6",
    partner="#f0a63f",
    passed="#62c073",
    wrong="#ef6b6b",
    on_accent="#0b1512",
    syntax_keyword="#c792ea",
    syntax_name="#82b1ff",
    syntax_string="#a5d6a0",
    syntax_number="#f0a66a",
    syntax_comment="#858e9c",
)

PAPER = Theme(
    name="paper",
    background="#f6f5f2",
    panel="#ffffff",
    raised="#f0eeea",
    hairline="#dedad3",
    text="#22262d",
    dim="#5c6470",
    disabled="#a3a8b0",
    me="#0c796c",
    partner="#975a07",
    passed="#2c7a3d",
    wrong="#b93636",
    on_accent="#ffffff",
    syntax_keyword="#7b3fb5",
    syntax_name="#1f5fbf",
    syntax_string="#3c6e2f",
    syntax_number="#a0520a",
    syntax_comment="#626977",
)

GRID = 4
RADIUS = 8
TEXT_PX = 13
SMALL_PX = 11
HEADING_PX = 15
TITLE_PX = 22
CODE_PX = 13
CODE_LINE_HEIGHT = 1.6
