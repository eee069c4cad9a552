"""Pages set in two columns, like a newspaper, are read one column after the other."""

from __future__ import annotations

import re

from parsers.readers.pdf_marks import Word
from parsers.readers.pdf_text import Line, lines_of

FEWEST = 6  # lines on each side
GUTTER = 9.0  # points free of words
_ASKED = re.compile(r"\S:\s+\S|\S:$")


def in_columns(words: list[Word], edge: float) -> list[tuple[list[Word], float]]:
    """The words in pieces to be read one after the other: above, left, right, below;
    with each the right end of its column, which is `edge` for all but the left one."""
    lines = lines_of(words)
    if len(lines) < FEWEST:
        return [(words, edge)]
    left, right = min(w.x0 for w in words), max(w.x1 for w in words)
    best: tuple[int, int, float] = (0, 0, 0.0)
    for step in range(30, 71, 2):
        x = left + (right - left) * step / 100
        start, end = _longest(lines, x)
        if end - start > best[1] - best[0]:
            best = (start, end, x)
    start, end, x = best
    inside = [w for line in lines[start:end] for w in line.words]
    first = lines_of([w for w in inside if w.x1 <= x])
    second = lines_of([w for w in inside if w.x0 >= x])
    if not _newspaper(first, second):
        return [(words, edge)]
    parts = [(lines[:start], edge), (first, x), (second, edge), (lines[end:], edge)]
    return [([w for line in part for w in line.words], end) for part, end in parts if part]


def _longest(lines: list[Line], x: float) -> tuple[int, int]:
    """The longest run of lines that leave a gutter free at x."""
    best, start = (0, 0), 0
    half = GUTTER / 2
    for index, line in enumerate(lines):
        if any(w.x0 < x + half and w.x1 > x - half for w in line.words):
            start = index + 1
        elif index + 1 - start > best[1] - best[0]:
            best = (start, index + 1)
    return best


def _newspaper(first: list[Line], second: list[Line]) -> bool:
    """Whether both sides make sense alone: they hold prose or questions with their answers.

    The answers of a form beside its labels do not: they stand on the labels' lines, and few of
    them fill their column or have a colon.
    """
    if min(len(first), len(second)) < FEWEST:
        return False
    if any(w.field for line in (*first, *second) for w in line.words):
        return False
    return _alone(first) and _alone(second)


def _alone(lines: list[Line]) -> bool:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    asked = sum(bool(_ASKED.search(line.plain)) for line in lines)
    full = sum(line.x1 - left > 0.75 * (right - left) for line in lines)
    answered = sum(bool(re.search(r"\S:\s+\S", line.plain)) for line in lines)
    wide = right - left > 120
    return (asked >= 0.4 * len(lines) and answered >= 0.25 * len(lines)) or (
        wide
        and full >= 0.6 * len(lines)
        and sum(len(line.words) for line in lines) / len(lines) > 4
    )
