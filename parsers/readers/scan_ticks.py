"""Check boxes found in a picture: small squares, and whether something is in them.

A box is four short sides, found as runs of ink, so that a cross or tick drawn over it does not
hide it. Its pixels are taken out of the picture: recognised as letters they would be 'O' or '['.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from parsers.readers.pdf_marks import Look, Rule, Word
from parsers.readers.scan_brackets import Square, Stem, brackets
from parsers.readers.scan_rules import Ground, boxes_of
from parsers.reading import TICKED, UNTICKED

SMALLEST, LARGEST = 5.0, 17.0  # the side of a check box, in points
EMPTY, FULL = 0.025, 0.075
"""The shares of a box that are ink at most where it is empty, at least where it is ticked."""
PERHAPS = 0.7
"""How sure a box is whose ink lies between the two, or of which the page's others do not tell."""
_FEW = 3  # boxes of a page that can tell what an empty one looks like
_COVERED = 0.85  # of each side
_ENCLOSED = 0.8  # of a square, its sides included; of an 'O' between its stems less


def take_ticks(ground: Ground, scale: float, page: int, known: float) -> list[Word]:
    """The page's check boxes as words; they are taken out of the picture.

    `known` is how sure a box is that is clearly empty or clearly ticked.
    """
    stems = _stems(ground.ink, scale)
    squares = _single(_squares(ground.ink, stems, scale))
    combs = _combs(squares, scale)
    for square in combs:
        _outline(ground, square, scale)
    boxes = [square for square in squares if square not in combs]
    shares = [_inside(ground, square, scale) for square in boxes]
    words = []
    for square, (on, clear) in zip(boxes, judged(shares), strict=True):
        words.append(_word(square, on, known if clear else PERHAPS, scale, page))
        _take_out(ground, square, scale)
    for square in brackets(ground.ink, stems, scale):
        words.append(_word(square, False, known, scale, page))
        _paper(ground, square, cv2.FILLED)
    return words


def judged(shares: list[float]) -> list[tuple[bool, bool]]:
    """Of each box whether it is ticked, and whether that is clear, by its share of ink.

    Some forms print boxes with a shadow or in thick lines: what is emptiest on the page counts as
    empty. Where even that holds ink, all may be ticked, or none: nothing is clear.
    """
    least = min(shares, default=0.0)
    told = least <= EMPTY
    bare = least if not told and len(shares) >= _FEW else 0.0
    above = [share - bare for share in shares]
    return [(share > (EMPTY + FULL) / 2, told and not EMPTY < share < FULL) for share in above]


def _word(square: Square, on: bool, sure: float, scale: float, page: int) -> Word:
    x0, y0, x1, y1 = (n / scale for n in square)
    size = y1 - y0
    text = TICKED if on else UNTICKED
    base = y1 - 0.15 * size
    return Word(text, x0, y0, x1, y1, base, size, look=Look(sure=sure), page=page, tick=True)


def _squares(ink: Any, stems: list[Stem], scale: float) -> list[Square]:
    """Squares of four sides: stems level with each other, and ink between their ends."""
    tops = [stem[1] for stem in stems]
    slack = max(2.0, 0.7 * scale)
    found = []
    for x0, y0, _, h0 in stems:
        first = bisect_left(tops, y0 - slack)
        for x1, y1, w1, h1 in stems[first:]:
            if y1 > y0 + slack:
                break
            width = x1 + w1 - x0
            if x1 <= x0 + 2 * scale or abs(h1 - h0) > 2 * slack:
                continue
            height = max(y0 + h0, y1 + h1) - min(y0, y1)
            if not SMALLEST * scale <= min(width, height) <= max(width, height) <= LARGEST * scale:
                continue
            square = Square(x0, min(y0, y1), x0 + width, min(y0, y1) + height)
            if abs(width - height) <= 0.14 * max(width, height) + 1 and _closed(ink, square, scale):
                found.append(square)
    return found


def _stems(ink: Any, scale: float) -> list[Stem]:
    """Runs of ink down as high as the side of a box, from the top of the page to its foot."""
    run = np.ones((round(4.5 * scale), 1), np.uint8)
    thicker = cv2.dilate(ink, np.ones((1, 3), np.uint8))  # a side not quite level
    runs = cv2.bitwise_and(cv2.morphologyEx(thicker, cv2.MORPH_OPEN, run), ink)
    found = []
    for x, y, w, h in boxes_of(runs):
        if SMALLEST * scale * 0.9 <= h <= LARGEST * scale and w <= LARGEST * scale:
            found.append((x, y, w, h))
    return sorted(found, key=lambda stem: stem[1])


def _closed(ink: Any, square: Square, scale: float) -> bool:
    """Whether ink runs along all four sides."""
    x0, y0, x1, y1 = square
    rim = max(2, round(0.8 * scale))
    sides = (
        ink[max(y0 - 1, 0) : y0 + rim, x0:x1],
        ink[y1 - rim : y1 + 1, x0:x1],
        ink[y0:y1, max(x0 - 1, 0) : x0 + rim].T,
        ink[y0:y1, x1 - rim : x1 + 1].T,
    )
    straight = all(_straight(side) for side in sides)
    if not straight or _round(ink, square) or not _cornered(ink, square):
        return False
    return _enclosed(ink, square, scale)


def _cornered(ink: Any, square: Square) -> bool:
    """Whether it has corners; a 'B' or 'D' has two."""
    x0, y0, x1, y1 = square
    near = round(0.1 * (x1 - x0)) + 1
    rows, columns = ((y0, y0 + near), (y1 - near, y1)), ((x0, x0 + near), (x1 - near, x1))
    return sum(bool(ink[a:b, c:d].any()) for a, b in rows for c, d in columns) >= 3


def _round(ink: Any, square: Square) -> bool:
    """Whether it bulges above and below, as an 'o' does; a tick sticks out at one side only."""
    x0, y0, x1, y1 = square
    reach = max(2, round(0.3 * (y1 - y0)))
    above, below = ink[max(y0 - reach, 0) : y0 + reach, x0:x1], ink[y1 - reach : y1 + reach, x0:x1]
    least = max(2.0, 0.08 * (y1 - y0))
    return all(_bulge(strip) >= least for strip in (above, below[::-1]))


def _bulge(strip: Any) -> float:
    """By how many rows ink begins earlier in the middle than at the ends of a strip."""
    begins = np.where(strip.any(axis=0), strip.argmax(axis=0), strip.shape[0])
    third, end = len(begins) // 3, max(2, len(begins) // 8)
    ends = np.concatenate([begins[:end], begins[-end:]])
    return float(np.median(ends) - np.median(begins[third:-third]))


def _enclosed(ink: Any, square: Square, scale: float) -> bool:
    """Whether the sides let nothing in from outside, as two letters side by side would."""
    x0, y0, x1, y1 = square
    part = ink[max(y0 - 1, 0) : y1 + 1, max(x0 - 1, 0) : x1 + 1]
    outside = np.pad(part, 1)
    cv2.floodFill(outside, None, (0, 0), 2)
    if int((outside != 2).sum()) < _ENCLOSED * (x1 - x0) * (y1 - y0):
        return False
    # In a word, other letters stand close on both sides.
    near = round(1.2 * scale)
    left = ink[y0:y1, max(x0 - near, 0) : max(x0 - 1, 0)]
    right = ink[y0:y1, x1 + 2 : x1 + near]
    return not (left.any() and right.any())


def _straight(side: Any) -> bool:
    """Whether ink runs along a strip within two rows of it; the arc of an 'o' takes more."""
    if side.shape[0] < 2 or side.shape[1] < 2:
        return False
    return bool((side[1:] | side[:-1]).mean(axis=1).max() >= _COVERED)


def _single(squares: list[Square]) -> list[Square]:
    """Each square once, the outer of two within one another."""
    kept: list[Square] = []
    for square in sorted(squares, key=lambda s: (s.x0 - s.x1) * (s.y1 - s.y0)):
        x, y = (square.x0 + square.x1) / 2, (square.y0 + square.y1) / 2
        if not any(o.x0 <= x <= o.x1 and o.y0 <= y <= o.y1 for o in kept):
            kept.append(square)
    return kept


def _combs(squares: list[Square], scale: float) -> set[Square]:
    """Squares in a row that touch: a letter is written in each."""
    slack = 1.5 * scale
    combs: set[Square] = set()
    for square in squares:
        row = [s for s in squares if abs(s.y0 - square.y0) < slack]
        reach = sorted(row, key=lambda s: s.x0)
        touching = [(a, b) for a, b in pairwise(reach) if abs(b.x0 - a.x1) < slack]
        if len(touching) >= 3:
            combs.update(s for pair in touching for s in pair)
    return combs


def _outline(ground: Ground, square: Square, scale: float) -> None:
    """The sides of a comb's square as rules; what is written in it stays."""
    x0, y0, x1, y1 = (n / scale for n in square)
    ground.across += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
    ground.down += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
    _paper(ground, square, max(2, round(0.8 * scale)))


def _paper(ground: Ground, square: Square, thick: int) -> None:
    """Paper where the sides of a square were, or with a thickness of -1 where it was."""
    x0, y0, x1, y1 = square
    cv2.rectangle(ground.grey, (x0, y0), (x1, y1), 255, thick)
    cv2.rectangle(ground.ink, (x0, y0), (x1, y1), 0, thick)


def _inside(ground: Ground, square: Square, scale: float) -> float:
    """The share of a box's inner part that is ink."""
    side = min(square.x1 - square.x0, square.y1 - square.y0)
    rim = max(round(0.2 * side), round(0.9 * scale) + 1)
    inner = ground.grey[square.y0 + rim : square.y1 - rim, square.x0 + rim : square.x1 - rim]
    return float((inner < 150).mean()) if inner.size else 0.0


def _take_out(ground: Ground, square: Square, scale: float) -> None:
    """Paper where the box was, and where a tick drawn over it sticks out."""
    side = square.x1 - square.x0
    around = Square(
        max(square.x0 - side, 0), max(square.y0 - side, 0), square.x1 + side, square.y1 + side
    )
    part = np.s_[around.y0 : around.y1, around.x0 : around.x1]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ground.ink[part])
    own = labels[
        square.y0 - around.y0 : square.y1 - around.y0, square.x0 - around.x0 : square.x1 - around.x0
    ]
    for number in range(1, count):
        if (own == number).any() and max(stats[number][2:4]) <= 2 * side:
            spot = cv2.dilate((labels == number).astype(np.uint8), np.ones((3, 3), np.uint8))
            ground.grey[part][spot > 0] = 255
            ground.ink[part][spot > 0] = 0
    rim = max(1, round(0.3 * scale))
    x0, y0, x1, y1 = square
    _paper(ground, Square(x0 - rim, y0 - rim, x1 + rim, y1 + rim), cv2.FILLED)
