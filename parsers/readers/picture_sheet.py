"""A sheet of paper photographed on a table: found by its corners and made flat.

Where no sheet stands out from what it lies on, the picture is taken as the page.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from parsers.readers.scan_upright import Grey, Matrix, Upright, shrunk

_SMALL = 600
_LEAST = 0.25  # of the picture: a smaller sheet is not what was photographed
_MOST = 0.97  # of the picture: then its edge is the paper's
_TABLE = 0.8  # of the paper's light: what is lighter may be a tinted page round a white box
_A4 = (595.0, 842.0)  # points


def flattened(grey: Grey, scale: float) -> Upright:
    """The sheet on a picture seen from straight above; `scale` is the picture's pixels a point."""
    corners = _corners(grey)
    if corners is None:
        return Upright(grey, scale, np.eye(3))
    width, height = _size(corners)
    # Letters are kept as large as they are at their largest.
    across = height * _A4[0] / _A4[1] if height > width else height * _A4[1] / _A4[0]
    if 0.8 < width / across < 1.25:  # a sheet of A4, seen from aslant
        width = across
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    way = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    flat = cv2.warpPerspective(
        grey, way, (round(width), round(height)), flags=cv2.INTER_CUBIC, borderValue=(255,)
    )
    own = max(width, height) / _A4[1]
    back = np.diag([1 / scale, 1 / scale, 1]) @ np.linalg.inv(way) @ np.diag([own, own, 1])
    return Upright(_framed(np.asarray(flat, np.uint8)), own, _way(back))


def _corners(grey: Grey) -> Any:
    """The sheet's corners in pixels, from the top left clockwise; None where there is none."""
    small = cv2.GaussianBlur(shrunk(grey, _SMALL), (0, 0), 2)
    by = small.shape[0] / grey.shape[0]
    level, bright = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    outline = cv2.convexHull(max(outlines, key=cv2.contourArea))
    share = cv2.contourArea(outline) / small.size
    if not _LEAST <= share <= _MOST or not _stands_out(small, outline, level):
        return None
    for slack in (0.02, 0.03, 0.05, 0.08):
        shape = cv2.approxPolyDP(outline, slack * cv2.arcLength(outline, True), True)
        if len(shape) == 4 and cv2.contourArea(shape) > 0.9 * cv2.contourArea(outline):
            return _in_order(shape.reshape(4, 2) / by)
    return None


def _stands_out(small: Any, outline: Any, level: float) -> bool:
    """Whether what lies round the outline is darker than the paper in it all round."""
    inside = np.zeros(small.shape, np.uint8)
    cv2.drawContours(inside, [outline], -1, 1, cv2.FILLED)
    around = cv2.dilate(inside, np.ones((25, 25), np.uint8)) - inside
    around[cv2.dilate(inside, np.ones((7, 7), np.uint8)) > 0] = 0
    rim = small[around > 0]
    if rim.size == 0:
        return False
    darker = float(np.median(rim)) < _TABLE * float(np.median(small[inside > 0]))
    return rim.size > 200 and darker and float((rim < level).mean()) > 0.85


def _in_order(points: Any) -> Any:
    """Four corners from the top left clockwise."""
    total, difference = points.sum(axis=1), points[:, 0] - points[:, 1]
    order = [total.argmin(), difference.argmax(), total.argmax(), difference.argmin()]
    return points[order]


def _size(corners: Any) -> tuple[float, float]:
    """The width and height of the flat sheet in pixels: of opposite sides the longer."""
    a, b, c, d = corners
    far = np.linalg.norm
    width = max(float(far(b - a)), float(far(c - d)))
    return width, max(float(far(d - a)), float(far(c - b)))


def _framed(flat: Grey) -> Grey:
    """Without a hair of the table at the sheet's edges."""
    rim = max(2, round(0.006 * max(flat.shape)))
    flat[:rim] = flat[-rim:] = 255
    flat[:, :rim] = flat[:, -rim:] = 255
    return flat


def _way(matrix: Any) -> Matrix:
    return np.asarray(matrix, dtype=np.float64)
