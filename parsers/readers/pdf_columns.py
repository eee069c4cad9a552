"""Where a page, or a part of it, is set in columns that are read one after the other.

Three things tell such columns from labels with answers beside them and from two questions a row:
a gutter that neither words nor rules cross; the order in which the page was written, since
programs write a column to its end; and whether each side makes sense alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

from parsers.readers.pdf_cut import LARGER
from parsers.readers.pdf_marks import Word
from parsers.readers.pdf_text import Line, lines_of

GUTTER = 9.0  # points free of words
INDENT = 8.0  # points by which a column's lines may start apart
FEWEST = 3  # lines on each side of columns written one after the other
NEWSPAPER = 6  # lines on each side where the order of writing says nothing
_ASKED = re.compile(r"\S:\s+\S|\S:$")
_ANSWERED = re.compile(r"\S:\s+\S")

Side = tuple[bool, Word]  # whether it stands at the right, and the word


@dataclass(slots=True)
class Band:
    """A stretch of the page, from `top` to `bottom`, with the words left and right of a gutter."""

    top: float
    bottom: float
    left: list[Word]
    right: list[Word]
    turns: int = 1  # how often the writing goes from one side to the other

    @property
    def words(self) -> list[Word]:
        """The words of both sides."""
        return self.left + self.right

    def join(self, other: Band) -> None:
        """Takes in the band below."""
        self.top, self.bottom = min(self.top, other.top), max(self.bottom, other.bottom)
        self.left += other.left
        self.right += other.right
        self.turns += other.turns + 1


def starts(words: list[Word], low: float, high: float) -> list[float]:
    """Where a right column may start: several pieces of lines start there.

    `low` and `high`: the page's margins, between which it lies well inside.
    """
    found = sorted(_piece_starts(words))
    first, last = low + 0.2 * (high - low), low + 0.8 * (high - low)
    clusters: list[list[float]] = []
    for x in found:
        if clusters and x - clusters[-1][-1] <= INDENT:
            clusters[-1].append(x)
        elif first <= x <= last:
            clusters.append([x])
    many = [(_crossing(words, c[0]), -len(c), c[0]) for c in clusters if len(c) >= FEWEST]
    return [x for _, _, x in sorted(many)[:4]]


def _crossing(words: list[Word], x: float) -> int:
    return sum(w.x1 > x - GUTTER + 1 and w.x0 < x - 1 for w in words)


def _piece_starts(words: list[Word]) -> list[float]:
    """The left ends of lines, and of what follows a gap as wide as a gutter."""
    found = []
    for line in lines_of(words):
        found.append(line.words[0].x0)
        reach = line.words[0].x1
        for word in line.words[1:]:
            if word.x0 - reach >= GUTTER:
                found.append(word.x0)
            reach = max(reach, word.x1)
    return found


def bands(words: Sequence[Word], x: float, blocked: list[tuple[float, float]]) -> list[Band]:
    """The parts of a page beside a gutter that ends at `x`, from top to bottom.

    `words` in the order they were written, without those that cross the gutter; `blocked` are
    the heights at which something crosses it.
    """
    edges = sorted((top + bottom) / 2 for top, bottom in blocked)
    rooms: dict[int, list[Side]] = {}
    for word in words:
        sided = (word.x0 >= x - 1, word)
        rooms.setdefault(bisect_left(edges, word.middle[1]), []).append(sided)
    return [band for _, sided in sorted(rooms.items()) for band in _in_turn(sided)]


def _in_turn(sided: list[Side]) -> list[Band]:
    """Bands by the order of writing: one starts where the writing goes on at the left below all
    that was written before."""
    found: list[Band] = []
    printed = [s for s in sided if not (s[1].look.entered or s[1].tick)]
    for right, run in groupby(printed, key=lambda s: s[0]):
        words = [word for _, word in run]
        top, bottom = min(w.top for w in words), max(w.bottom for w in words)
        band = Band(top, bottom, *(([], words) if right else (words, [])))
        last = found[-1] if found else None
        if last is None or (not right and top >= last.bottom - 2):
            band.turns = 0
            found.append(band)
        else:
            last.join(band)
            last.turns -= band.turns
    _place(found, [s for s in sided if s[1].look.entered or s[1].tick])
    return found


def _place(found: list[Band], sided: list[Side]) -> None:
    """Fields and boxes, which the page lists apart, go to the band they stand in or just below."""
    found.sort(key=lambda band: band.top)
    for right, word in sided:
        above = [band for band in found if band.top <= word.middle[1]] or found[:1]
        if above:
            band = above[-1]
            (band.right if right else band.left).append(word)
            band.bottom = max(band.bottom, word.bottom)
    for before, band in pairwise(list(found)):
        if before.bottom > band.top + 2:
            before.join(band)
            found.remove(band)


def in_columns(band: Band) -> bool:
    """Whether the sides of a band are columns, to be read one after the other."""
    left, right = lines_of(_printed(band.left)), lines_of(_printed(band.right))
    fewest = min(len(left), len(right))
    if fewest < FEWEST:
        return False
    together = max(_level(left, band.right), _level(right, band.left))
    if band.turns <= max(3, fewest // 4):
        return together < 0.7 or (_asks(left) and _asks(right))
    return fewest >= NEWSPAPER and together < 0.9 and _alone(left) and _alone(right)


def in_cells(found: list[Band]) -> bool:
    """Whether neighbouring bands are rows of cells, each with a question and its answer in it.

    Fields are no reason: they stand under or beside their labels anyway (pdf_above.py).
    """
    if len(found) < 2 or any(word.field for band in found for word in band.words):
        return False
    whole = 0
    for band in found:
        left, right = lines_of(band.left), lines_of(band.right)
        whole += _complete(left) and _complete(right)
    return whole >= 0.7 * len(found)


def _complete(lines: list[Line]) -> bool:
    """Whether a cell holds its question too: by a colon, or by another look of its first line."""
    if not lines:
        return False
    if _ASKED.search(lines[0].plain):
        return True
    first, *rest = lines
    return bool(rest) and first.words[0].look[:2] != rest[-1].words[0].look[:2]


def _printed(words: list[Word]) -> list[Word]:
    """What the form itself says, without fields and boxes."""
    return [w for w in words if not (w.look.entered or w.tick)]


def _level(lines: list[Line], others: list[Word]) -> float:
    """The share of the lines that stand on a line, or beside a field, of the other side."""
    bases = sorted(word.base for word in others if not word.field)
    fields = [word for word in others if word.field]
    level = 0
    for line in lines:
        place = bisect_left(bases, line.base - 1.6)
        level += (place < len(bases) and bases[place] <= line.base + 1.6) or any(
            f.top <= line.base <= f.bottom for f in fields
        )
    return level / len(lines)


def _asks(lines: list[Line]) -> bool:
    """Whether a side holds questions as well as answers: not all its words look alike, or it has
    headings or 'label: answer' lines of its own."""
    answered = sum(bool(_ANSWERED.search(line.plain)) for line in lines)
    words = [word for line in lines for word in line.words]
    bold = sum(word.look.bold for word in words)
    usual = median(line.size for line in lines)
    headings = sum(line.size >= LARGER * usual for line in lines)
    return (
        answered >= 0.25 * len(lines)
        or 0.1 * len(words) <= bold <= 0.9 * len(words)
        or headings > 0
    )


def _alone(lines: list[Line]) -> bool:
    """Whether a side holds questions with their answers, or prose that fills its width."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    asked = sum(bool(_ASKED.search(line.plain)) for line in lines)
    answered = sum(bool(_ANSWERED.search(line.plain)) for line in lines)
    full = sum(line.x1 - left > 0.75 * (right - left) for line in lines)
    words = sum(len(line.words) for line in lines)
    prose = right - left > 120 and full >= 0.6 * len(lines) and words > 4 * len(lines)
    return prose or (asked >= 0.4 * len(lines) and answered >= 0.25 * len(lines))


def merged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The spans in order, those that overlap as one."""
    found: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def within(at: float, spans: list[tuple[float, float]]) -> bool:
    """Whether one of the spans, which are in order and apart, holds it."""
    place = bisect_right(spans, (at, float("inf"))) - 1
    return place >= 0 and at <= spans[place][1]
