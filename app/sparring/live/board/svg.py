"""A board as a picture for the journal and for exports."""

import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree import ElementTree

from sparring.live.board.elements import Element
from sparring.live.board.geometry import Point, Rect, arrow_ends, bounds_of_all, stroke_line

FONT_SIZE = 14
LINE_HEIGHT = 18
HEAD_LENGTH = 9
HEAD_ANGLE = math.radians(26)
LINE_WIDTH = 1.75
CORNER = 6
MARGIN = 24


@dataclass(frozen=True, slots=True)
class SvgColours:
    """Colours as CSS knows them. `authors` gives each member's; who is not in it gets `other`."""

    background: str
    surface: str
    """Inside boxes and ellipses."""
    text: str
    other: str
    authors: Mapping[str, str] = field(default_factory=dict)


def board_to_svg(elements: Iterable[Element], colours: SvgColours) -> str:
    """One self-contained SVG document of the elements, in their order. An empty board is an empty picture."""
    drawn = list(elements)
    by_id = {element.id: element for element in drawn}
    around = (bounds_of_all(drawn, by_id) or Rect(0, 0, 0, 0)).grown(MARGIN)
    width, height = around.right - around.left, around.bottom - around.top
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": _number(width),
            "height": _number(height),
            "viewBox": " ".join(_number(value) for value in (around.left, around.top, width, height)),
            "font-family": "Inter, system-ui, sans-serif",
            "font-size": str(FONT_SIZE),
            "stroke-linecap": "round",
            "stroke-linejoin": "round",
            "stroke-width": str(LINE_WIDTH),
        },
    )
    _add(root, "rect", around.left, around.top, width, height, fill=colours.background)
    for element in drawn:
        _draw(root, element, by_id, colours)
    return ElementTree.tostring(root, encoding="unicode")


def arrow_head(start: Point, end: Point) -> tuple[Point, Point, Point]:
    """The three points of the head's open angle, the tip in the middle."""
    angle = math.atan2(end[1] - start[1], end[0] - start[0]) + math.pi
    one, other = (
        (end[0] + HEAD_LENGTH * math.cos(angle + turn), end[1] + HEAD_LENGTH * math.sin(angle + turn))
        for turn in (-HEAD_ANGLE, HEAD_ANGLE)
    )
    return one, end, other


def _draw(root: ElementTree.Element, element: Element, by_id: Mapping[str, Element], colours: SvgColours) -> None:
    colour = colours.authors.get(element.author, colours.other)
    x, y, width, height = element.x, element.y, element.width, element.height
    label_at = element.centre
    match element.kind:
        case "box":
            _add(root, "rect", x, y, width, height, rx=str(CORNER), fill=colours.surface, stroke=colour)
        case "ellipse":
            ElementTree.SubElement(
                root,
                "ellipse",
                {
                    "cx": _number(label_at[0]),
                    "cy": _number(label_at[1]),
                    "rx": _number(width / 2),
                    "ry": _number(height / 2),
                    "fill": colours.surface,
                    "stroke": colour,
                },
            )
        case "stroke":
            curve = {"d": _curve(stroke_line(element)), "fill": "none", "stroke": colour}
            ElementTree.SubElement(root, "path", curve)
        case "arrow":
            start, end = arrow_ends(element, by_id)
            _polyline(root, (start, end), colour)
            _polyline(root, arrow_head(start, end), colour)
            label_at = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        case "text":
            pass
    if element.text:
        halo = colours.background if element.kind == "arrow" else ""
        fill = colour if element.kind == "text" else colours.text
        left = x if element.kind == "text" else None
        _write(root, element.text.split("\n"), label_at, left, fill, halo)


def _write(
    root: ElementTree.Element, lines: list[str], centre: Point, left: float | None, fill: str, halo: str
) -> None:
    """Lines around a centre, or from the left edge if there is one. Only what SVG Tiny has: Qt reads nothing else."""
    first = centre[1] - LINE_HEIGHT * (len(lines) - 1) / 2 + FONT_SIZE * 0.36
    for number, line in enumerate(lines):
        place = {
            "x": _number(centre[0] if left is None else left),
            "y": _number(first + LINE_HEIGHT * number),
            "fill": fill,
            "stroke": "none",
            "text-anchor": "middle" if left is None else "start",
        }
        if halo:
            behind = place | {"fill": halo, "stroke": halo, "stroke-width": "6"}
            ElementTree.SubElement(root, "text", behind).text = _printable(line)
        ElementTree.SubElement(root, "text", place).text = _printable(line)


def _add(root: ElementTree.Element, tag: str, x: float, y: float, width: float, height: float, **rest: str) -> None:
    size = {"x": _number(x), "y": _number(y), "width": _number(width), "height": _number(height)}
    ElementTree.SubElement(root, tag, size | rest)


def _polyline(root: ElementTree.Element, points: Iterable[Point], colour: str) -> None:
    path = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
    ElementTree.SubElement(root, "polyline", {"points": path, "fill": "none", "stroke": colour})


def _curve(line: list[Point]) -> str:
    """Through the middles of the pieces, so that few points still look like a hand's; a dot is a line to itself."""
    steps = [f"M{_number(line[0][0])} {_number(line[0][1])}"]
    for (x, y), (x2, y2) in pairwise(line[1:]):
        steps.append(f"Q{_number(x)} {_number(y)} {_number((x + x2) / 2)} {_number((y + y2) / 2)}")
    steps.append(f"L{_number(line[-1][0])} {_number(line[-1][1])}")
    return " ".join(steps)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _printable(text: str) -> str:
    """Without the control characters and non-characters that XML 1.0 cannot hold."""
    return "".join(
        " " if unicodedata.category(character) == "Cc" else character
        for character in text
        if character not in "\ufffe\uffff" and unicodedata.category(character) != "Cs"
    )
