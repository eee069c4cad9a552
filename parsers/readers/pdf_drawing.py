"""A page's drawn shapes, sorted by what they can be: rules, backgrounds, boxes, pen strokes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from pdfminer.layout import LTCurve, LTRect

from parsers.readers.pdf_colour import is_dark, is_marker, is_white
from parsers.readers.pdf_marks import Box, Rule, Shade
from parsers.readers.pdf_turn import Turn

THIN = 3.0  # a filled shape no thicker than this is a rule
SMALLEST, LARGEST = 5.0, 17.0  # the side of a check box, in points


@dataclass(slots=True)
class Drawing:
    """Shapes by kind. `squares` may be check boxes, `strokes` may be what ticks them."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    shades: list[Shade] = field(default_factory=list)
    squares: list[Box] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)

    @classmethod
    def of(cls, curves: Iterable[LTCurve], turn: Turn) -> Drawing:
        """The shapes of a page, in our coordinates."""
        drawing = cls()
        for curve in curves:
            if curve.stroke or curve.fill:
                drawing._add(curve, turn)
        return drawing

    def _add(self, curve: LTCurve, turn: Turn) -> None:
        box = turn.box(curve.x0, curve.y0, curve.x1, curve.y1)
        width, height = box[2] - box[0], box[3] - box[1]
        if width <= THIN and height <= THIN:
            self.strokes.append(box)
        elif height <= THIN:
            self._across(box)
        elif width <= THIN:
            self._down(box)
        elif isinstance(curve, LTRect) or _closed(curve):
            self._shape(curve, box)
        else:
            self._polyline(curve, turn, box)

    def _shape(self, curve: LTCurve, box: Box) -> None:
        """A rectangle, circle or other closed outline."""
        width, height = box[2] - box[0], box[3] - box[1]
        white = is_white(curve.non_stroking_color)
        if square(box):
            if curve.stroke or white:
                self.squares.append(box)
            if curve.fill and not white and is_dark(curve.non_stroking_color):
                self.strokes.append(box)
            elif curve.fill and not white and not curve.stroke:
                self.shades.append(Shade(*box, False, is_marker(curve.non_stroking_color)))
        elif max(width, height) < SMALLEST:
            self.strokes.append(box)
        else:
            if curve.fill:
                self.shades.append(Shade(*box, white, is_marker(curve.non_stroking_color)))
            if curve.stroke:
                self.outline(box)

    def outline(self, box: Box) -> None:
        """The four edges of a box as rules."""
        x0, top, x1, bottom = box
        self.across += [Rule(top, x0, x1), Rule(bottom, x0, x1)]
        self.down += [Rule(x0, top, bottom), Rule(x1, top, bottom)]

    def _polyline(self, curve: LTCurve, turn: Turn, box: Box) -> None:
        """An open line of several pieces: straight ones along the page are rules."""
        points = [turn.point(x, y) for x, y in curve.pts]
        straight = all(
            abs(ax - bx) < 1 or abs(ay - by) < 1 for (ax, ay), (bx, by) in pairwise(points)
        )
        if not straight or not curve.stroke:
            self.strokes.append(box)
            return
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ay - by) < 1:
                self._across((min(ax, bx), ay, max(ax, bx), by))
            else:
                self._down((ax, min(ay, by), bx, max(ay, by)))

    def _across(self, box: Box) -> None:
        self.across.append(Rule((box[1] + box[3]) / 2, box[0], box[2]))

    def _down(self, box: Box) -> None:
        self.down.append(Rule((box[0] + box[2]) / 2, box[1], box[3]))


def square(box: Box) -> bool:
    """Whether a box has the size and shape of a check box."""
    width, height = box[2] - box[0], box[3] - box[1]
    in_size = SMALLEST <= width <= LARGEST and SMALLEST <= height <= LARGEST
    return in_size and abs(width - height) <= max(1.5, 0.22 * max(width, height))


def _closed(curve: LTCurve) -> bool:
    """Whether an outline returns to its start (circles, rounded and drawn rectangles)."""
    path = curve.original_path or []
    if any(step[0] == "h" for step in path):
        return len(curve.pts) > 3
    if len(curve.pts) < 4:
        return False
    (ax, ay), (bx, by) = curve.pts[0], curve.pts[-1]
    return abs(ax - bx) < 0.5 and abs(ay - by) < 0.5
