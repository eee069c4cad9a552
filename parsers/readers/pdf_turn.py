"""Turning a page whose text runs sideways or upside down, so that it can be read."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.readers.pdf_marks import Box

Matrix = tuple[float, float, float, float, float, float]


def turn_of(matrix: Matrix) -> int:
    """The direction text of this matrix runs in: 0 right, 1 up, 2 left, 3 down."""
    a, b = matrix[0], matrix[1]
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


@dataclass(frozen=True, slots=True)
class Turn:
    """From pdfminer's coordinates (from the bottom left) to ours, text running right.

    `quarters` is the direction of the text to be made upright, `width` and `height` are
    those of the page as displayed.
    """

    quarters: int
    width: float
    height: float

    @property
    def size(self) -> tuple[float, float]:
        """The page's width and height once its text is upright."""
        return (self.height, self.width) if self.quarters % 2 else (self.width, self.height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point given from the bottom left, in our coordinates."""
        if self.quarters == 0:
            return x, self.height - y
        if self.quarters == 1:
            return y, x
        if self.quarters == 2:
            return self.width - x, y
        return self.height - y, self.width - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box given from the bottom left, in our coordinates."""
        ax, ay = self.point(x0, y0)
        bx, by = self.point(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def shown(self, box: Box) -> Box:
        """A box of ours as the page is displayed: points from its top left."""
        x0, top, x1, bottom = box
        if self.quarters == 0:
            return box
        if self.quarters == 1:
            return top, self.height - x1, bottom, self.height - x0
        if self.quarters == 2:
            return self.width - x1, self.height - bottom, self.width - x0, self.height - top
        return self.width - bottom, x0, self.width - top, x1
