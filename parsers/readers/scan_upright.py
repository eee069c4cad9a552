"""A picture of a page made upright: turned, level, evenly lit, without the scanner's edges.

What is read from the upright picture is shown on the page as it was sent, so the way back is
kept with it (`Upright.back`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from parsers.readers.pdf_marks import Box

cv2.setNumThreads(1)
cv2.ocl.setUseOpenCL(False)

Grey = npt.NDArray[np.uint8]
Matrix = npt.NDArray[np.floating[Any]]
STEEPEST = 12.0  # degrees; a page laid down more askew is rare, and letters lean by 12
_SMALL = 900  # pixels of the long side on which tilt and light are measured
_LEVEL = 0.04  # degrees; less is left as it is


@dataclass(frozen=True, slots=True)
class Upright:
    """Black on white, text running right. `scale` is pixels a point.

    `back` leads from this picture's points to those of the page as it was sent.
    """

    grey: Grey
    scale: float
    back: Matrix

    def shown(self, box: Box) -> Box:
        """A box on the page as it was sent: points from its top left."""
        return _through(self.back, box)

    def placed(self, box: Box) -> Box:
        """Where a box on the page as it was sent stands here."""
        return _through(np.linalg.inv(self.back), box)

    def turned_over(self) -> Upright:
        """The same upside down."""
        height, width = self.grey.shape
        turn = np.array([[-1, 0, width / self.scale], [0, -1, height / self.scale], [0, 0, 1]])
        return Upright(_array(cv2.rotate(self.grey, cv2.ROTATE_180)), self.scale, self.back @ turn)


def _through(way: Matrix, box: Box) -> Box:
    """The box round another one's corners once they have moved."""
    x0, top, x1, bottom = box
    x, y, w = way @ np.array([[x0, x1, x1, x0], [top, top, bottom, bottom], [1, 1, 1, 1]])
    x, y = x / w, y / w
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def upright(grey: Grey, scale: float, back: Matrix) -> Upright:
    """The picture made upright; upside down is not noticed here (the words tell)."""
    grey = without_edges(evenly_lit(grey))
    sideways, tilt = _direction(grey)
    if sideways:
        height = grey.shape[0]
        grey = _array(cv2.rotate(grey, cv2.ROTATE_90_CLOCKWISE))
        back = back @ np.array([[0, 1, 0], [-1, 0, height / scale], [0, 0, 1.0]])
    if abs(tilt) >= _LEVEL:
        grey, way = _levelled(grey, tilt)
        points = np.diag([scale, scale, 1.0])
        back = back @ np.linalg.inv(points) @ way @ points
    return Upright(grey, scale, back)


def _levelled(grey: Grey, tilt: float) -> tuple[Grey, Matrix]:
    """The picture turned by the tilt about its middle, and the way back in pixels."""
    height, width = grey.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1.0)
    level = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255,))
    return _array(level), np.linalg.inv(np.vstack([turn, [0, 0, 1]]))


def _direction(grey: Grey) -> tuple[bool, float]:
    """Whether lines of text run up and down, and by how many degrees they lean."""
    small = shrunk(grey, _SMALL)
    ink = (small < 150).astype(np.uint8)
    # Rules of a table are as straight one way as the other, and bands say nothing: words alone.
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    least, most = stats[:, 2:4].min(axis=1), stats[:, 2:4].max(axis=1)
    words = (least >= 2) & (least <= 20) & (most >= 4) & (most <= 150)
    words[0] = False
    ink = words[labels].astype(np.uint8)
    y, x = np.nonzero(ink)
    if len(x) < 200:
        return False, 0.0
    if len(x) > 40_000:
        chosen = np.linspace(0, len(x) - 1, 40_000).astype(np.intp)
        x, y = x[chosen], y[chosen]
    level, lean = _steepness(x, y)
    across, other = _steepness(-y, x)
    return (True, other) if across > 1.25 * level else (False, lean)


def _steepness(x: Any, y: Any) -> tuple[float, float]:
    """How clearly points stand in lines at the best angle, and that angle in degrees."""

    def clear(angle: float) -> float:
        rows = np.round(y - x * np.tan(np.radians(angle))).astype(np.intp)
        counts = np.bincount(rows - rows.min()).astype(float)
        return float(np.square(np.diff(counts)).sum())

    best = max(np.arange(-STEEPEST, STEEPEST + 0.1, 0.5), key=clear)
    best = max(np.arange(best - 0.5, best + 0.51, 0.1), key=clear)
    best = max(np.arange(best - 0.1, best + 0.11, 0.02), key=clear)
    return clear(best), float(best)


def evenly_lit(grey: Grey) -> Grey:
    """Paper made white: by one level where the light is even, else place by place."""
    small = shrunk(grey, 300)
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 5)
    white = float(np.percentile(paper, 85))
    dim = float(np.percentile(paper, 10))
    if dim > 0.86 * white:
        table = np.clip(np.arange(256) * 255.0 / max(white - 3, 1), 0, 255).astype(np.uint8)
        return _array(cv2.LUT(grey, table))
    paper = cv2.GaussianBlur(cv2.medianBlur(paper, 31), (0, 0), 7)
    light = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return _array(cv2.divide(grey, np.maximum(light, 40), scale=250))


def without_edges(grey: Grey) -> Grey:
    """Without the dark strips a scanner leaves where the sheet ended."""
    small = shrunk(grey, _SMALL)
    dark = (small < 110).astype(np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((4, 4), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    height, width = small.shape
    strips = np.zeros_like(solid)
    for number in range(1, count):
        x, y, w, h, area = (int(n) for n in stats[number])
        along, side = max(w / width, h / height), max(w, h)
        at_edge = x <= 2 or y <= 2 or x + w >= width - 2 or y + h >= height - 2
        if at_edge and along > 0.3 and area / side < 0.05 * max(width, height):
            strips[labels == number] = 1
    if not strips.any():
        return grey
    strips = cv2.dilate(strips, np.ones((5, 5), np.uint8))
    mask = cv2.resize(strips, grey.shape[::-1], interpolation=cv2.INTER_NEAREST)
    clean = grey.copy()
    clean[mask > 0] = 255
    return clean


def shrunk(grey: Grey, side: int) -> Grey:
    """The picture with its long side at most so many pixels."""
    by = side / max(grey.shape)
    if by >= 1:
        return grey
    return _array(cv2.resize(grey, None, fx=by, fy=by, interpolation=cv2.INTER_AREA))


def _array(picture: Any) -> Grey:
    """OpenCV's pictures, whose stubs say less than they are."""
    return np.asarray(picture, dtype=np.uint8)
