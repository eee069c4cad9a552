"""Lines are cut where columns start, which only the lines around them can show."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from parsers.readers.pdf_text import WIDE, Line

CUT = 0.9  # of the letters' size: a gap that may be one between columns
ALIGNED = 5.0  # points: what starts no further apart starts at one place
LARGER = 1.12  # headings have letters larger by this than the page's usual ones
REACH = 10  # lines above and below in which a column is looked for


class _Start(NamedTuple):
    """Where a piece of some line starts; `section` counts the headings above it."""

    x: float
    option: bool
    section: int


def cut_rows(lines: list[Line], body: float) -> list[list[Line]]:
    """Each line cut where a column starts, judged by the lines around it."""
    section = 0
    cut: list[list[Line]] = []
    starts: list[list[_Start]] = []
    for line in lines:
        section += line.size >= LARGER * body
        segments = _segments(line)
        cut.append(segments)
        starts.append([_Start(s.x0, _option(s), section) for s in segments])
    return [
        _cells(segments, starts[index], _near(starts, index)) for index, segments in enumerate(cut)
    ]


def _near(starts: list[list[_Start]], index: int) -> list[list[_Start]]:
    return starts[max(0, index - REACH) : index] + starts[index + 1 : index + 1 + REACH]


def _cells(segments: list[Line], starts: list[_Start], others: list[list[_Start]]) -> list[Line]:
    """The segments of a line, joined again where no column starts."""
    cells = [segments[0]]
    optioned = starts[0].option or any(word.tick for word in segments[0].words)
    for segment, start in zip(segments[1:], starts[1:], strict=True):
        if _is_column(cells[-1], segment, start, others, optioned):
            cells.append(segment)
        else:
            cells[-1] = Line(cells[-1].words + segment.words)
        optioned = optioned or start.option
    return cells


def _option(segment: Line) -> bool:
    """Whether it is one choice of several: a box with its words."""
    first, last = segment.words[0], segment.words[-1]
    return first.tick or last.tick or first.text[:1] == "[" or last.text[-1:] == "]"


def _lone_tick(segment: Line) -> bool:
    return len(segment.words) == 1 and segment.words[0].tick


def _segments(line: Line) -> list[Line]:
    """A line cut at its wide gaps and round its form fields."""
    segments = [[line.words[0]]]
    for before, word in pairwise(line.words):
        size = min(max(before.size, word.size), 14.0)
        gap = word.x0 - before.x1
        cut = gap > (2.2 if before.tick else CUT) * size
        if cut or ((word.field or before.field) and not before.tick):
            segments.append([])
        segments[-1].append(word)
    return [Line(words) for words in segments]


def _is_column(
    left: Line, segment: Line, start: _Start, others: list[list[_Start]], optioned: bool
) -> bool:
    """Whether a segment starts a column: others start there too, or the gap is very wide.

    Choices that follow one another on a line belong to one answer, however they are aligned;
    only words of the same section that are no choice (a heading, a neighbour's answer) part
    them.
    """
    if segment.words[0].field:
        return True
    near = [[o for o in line if abs(o.x - start.x) <= ALIGNED] for line in others]
    if _lone_tick(left) and _lone_tick(segment):
        return any(near)  # boxes without words, one under the other: columns of boxes
    by_words = sum(any(not o.option and o.section == start.section for o in line) for line in near)
    if start.option and optioned:
        return by_words >= 1
    if left.words[-1].tick:
        return by_words >= 2
    return any(near) or segment.x0 - left.x1 > WIDE * left.size
