"""Empty pairs of square brackets, which people type for boxes: '[ ]'.

Tesseract takes such a pair for an 'l', two words or nothing. One with an x in it is read well.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, NamedTuple

Stem = tuple[int, int, int, int]
"""A straight run of ink down: left, top, width and height in pixels."""
_WIDEST = 1.3  # of its height
_NARROWEST = 0.15


class Square(NamedTuple):
    """A box's pixels."""

    x0: int
    y0: int
    x1: int
    y1: int


def brackets(ink: Any, stems: list[Stem], scale: float) -> list[Square]:
    """Pairs of brackets with nothing in between; `stems` from the top of the page to its foot."""
    left = [stem for stem in stems if _hooked(ink, stem, scale, right=True)]
    right = [stem for stem in stems if _hooked(ink, stem, scale, right=False)]
    tops = [stem[1] for stem in right]
    slack = max(2, round(0.5 * scale))
    found = []
    for x0, y0, w0, h0 in left:
        for x1, y1, w1, h1 in right[bisect_left(tops, y0 - slack) :]:
            if y1 > y0 + slack:
                break
            gap = x1 - (x0 + w0)
            if abs(h1 - h0) > slack or not _NARROWEST * h0 <= gap <= _WIDEST * h0:
                continue
            hook, far = _hook(scale), (w0 + gap) // 4
            inner = ink[y0 + hook : y0 + h0 - hook, x0 + w0 + 1 : x1 - 1]
            between = ink[y0 - 1 : y0 + h0 + 1, x0 + w0 + far : x1 - far]  # a '0' is closed there
            if inner.size and not inner.any() and between.size and not between.any():
                found.append(Square(x0 - 1, y0 - 1, x1 + w1 + 1, max(y0 + h0, y1 + h1) + 1))
    return found


def _hooked(ink: Any, stem: Stem, scale: float, *, right: bool) -> bool:
    """Whether short hooks stand at both ends of a thin stem, at one side only."""
    x, y, w, h = stem
    if w > 2.0 * scale or h < 6 * scale:
        return False
    hook, far = _hook(scale), max(2, round(0.45 * scale))
    inside = (x + w, x + w + far) if right else (x - far, x)
    outside = (x - far, x) if right else (x + w, x + w + far)
    if min(*inside, *outside) < 0 or y < 1:
        return False
    top, foot = (slice(y - 1, y + hook), slice(y + h - hook, y + h + 1))
    ends = all(ink[rows, slice(*inside)].any(axis=0).all() for rows in (top, foot))
    middle = ink[y + hook + 1 : y + h - hook - 1, slice(*inside)]
    return bool(ends and not middle.any() and not ink[y : y + h, slice(*outside)].any())


def _hook(scale: float) -> int:
    return max(2, round(1.1 * scale))
