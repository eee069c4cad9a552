"""A page in the parts it is read in: whole, or column by column where it is set in columns."""

from __future__ import annotations

from dataclasses import replace

from parsers.readers.pdf_columns import (
    GUTTER,
    Band,
    bands,
    in_cells,
    in_columns,
    merged,
    starts,
    within,
)
from parsers.readers.pdf_marks import Box, Marks, Rule, Word
from parsers.readers.pdf_ruled import Grid, components

FEWEST_WORDS = 12
DEEPEST = 3  # columns within columns
TALL = 60.0  # points; a frame this high may hold columns


def regions(marks: Marks, deepest: int = DEEPEST) -> list[Marks]:
    """The page's parts in reading order; a page without columns is one."""
    printed = [w for w in marks.words if not w.field]
    if len(printed) < FEWEST_WORDS or not deepest:
        return [marks]
    for x in starts(printed, *_margins(marks)):
        split = _split(marks, x)
        if split:
            return [part for piece in split for part in _again(piece, deepest)]
    return [marks]


def _again(part: Marks, deepest: int) -> list[Marks]:
    return regions(part, deepest - 1) if part.column else [part]


def _split(marks: Marks, x: float) -> list[Marks]:
    """The page cut at the gutter left of `x`; nothing where it has no columns there."""
    low = x - GUTTER
    beside = [w for w in marks.words if w.x1 <= low + 1 or w.x0 >= x - 1]
    if 3 * len(beside) < len(marks.words) or not any(w.x0 >= x - 1 for w in beside):
        return []
    crossing = [(w.top, w.bottom) for w in marks.words if w.x1 > low + 1 and w.x0 < x - 1]
    boxes = _boxes(marks)
    crossing += [(b[1], b[3]) for b in boxes if b[0] < low - 2 and b[2] > x + 2]
    crossing += [
        (s.top, s.bottom)
        for s in marks.shades
        if s.x0 < low - 2 and s.x1 > x + 2 and s.bottom - s.top < TALL
    ]
    crossing += [(r.at, r.at) for r in marks.across if r.start < low - 2 and r.end > x + 2]
    crossing = merged(crossing)
    free = [w for w in beside if not within(w.middle[1], crossing)]
    found = _uncut(bands(free, x, crossing), boxes)
    chosen = [band for band in found if in_columns(band)]
    chosen += _cells([band for band in found if not any(band is c for c in chosen)])
    chosen.sort(key=lambda band: band.top)
    return _parts(marks, chosen, x) if chosen else []


def _cells(found: list[Band]) -> list[Band]:
    """The bands that are rows of cells, where they are."""
    rows = [band for band in found if band.left and band.right]
    return rows if in_cells(rows) else []


def _boxes(marks: Marks) -> list[Box]:
    """The boxes of the page's ruled tables. High frames round a single cell are none: there may
    be columns in them."""
    found = []
    for flats, uprights in components(marks.across, marks.down):
        grid = Grid.of(flats, uprights)
        if grid is not None:
            box = grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]
            single = len(grid.xs) == len(grid.ys) == 2
            if not single or box[3] - box[1] < TALL:
                found.append(box)
    return found


def _uncut(found: list[Band], boxes: list[Box]) -> list[Band]:
    """The bands, those joined between which a table would be cut."""
    joined: list[Band] = []
    for band in found:
        last = joined[-1] if joined else None
        if last is not None and any(b[1] < last.bottom and b[3] > band.top for b in boxes):
            last.join(band)
        else:
            joined.append(band)
    return joined


def _parts(marks: Marks, chosen: list[Band], x: float) -> list[Marks]:
    """The page's parts: what stands above, between and below the bands as a whole, each band
    as its columns."""
    parts: list[Marks] = []
    start = 0.0
    taken = {id(w) for band in chosen for w in band.words}
    rest = [w for w in marks.words if id(w) not in taken]
    for band in chosen:
        for word in rest:
            if band.top <= word.middle[1] <= band.bottom:
                (band.left if word.middle[0] < x else band.right).append(word)
                taken.add(id(word))
    rest = [w for w in rest if id(w) not in taken]
    for band in chosen:
        above = [w for w in rest if start <= w.middle[1] < band.top]
        parts += _whole(marks, above, start, band.top - 1)
        parts += _columns(marks, band, x)
        start = band.bottom
    below = [w for w in rest if w.middle[1] >= start]
    return parts + _whole(marks, below, start + 1, marks.height)


def _whole(marks: Marks, words: list[Word], top: float, bottom: float) -> list[Marks]:
    if not words:
        return []
    return [_part(marks, words, (float("-inf"), top, float("inf"), bottom), marks.column)]


def _columns(marks: Marks, band: Band, x: float) -> list[Marks]:
    """The left column, then the right one."""
    top, bottom = band.top - 4, band.bottom + 4
    gutter = max(w.x1 for w in band.left), min(w.x0 for w in band.right)
    low, high = _margins(marks)
    left = _part(
        marks, band.left, (float("-inf"), top, gutter[0] + 1 + _pad(gutter), bottom), (low, x)
    )
    right = _part(
        marks, band.right, (gutter[1] - 1 - _pad(gutter), top, float("inf"), bottom), (x, high)
    )
    return [left, right]


def _margins(marks: Marks) -> tuple[float, float]:
    """Where the lines of the page or column start, and where they may end: on a page as far from
    its right edge."""
    if marks.column:
        return marks.column
    low = min(w.x0 for w in marks.words)
    return low, max(marks.width - low, max(w.x1 for w in marks.words))


def _pad(gutter: tuple[float, float]) -> float:
    """How far a cell's edge may stand off its words, in the gutter."""
    return max(0.0, (gutter[1] - gutter[0]) / 2 - 1.5)


def _part(marks: Marks, words: list[Word], box: Box, column: tuple[float, float] | None) -> Marks:
    """The words with the rules and backgrounds in the box."""
    x0, top, x1, bottom = box

    def flat(rule: Rule) -> bool:
        return top <= rule.at <= bottom and x0 - 2 <= rule.start and rule.end <= x1 + 2

    def upright(rule: Rule) -> bool:
        return x0 <= rule.at <= x1 and rule.start < bottom and rule.end > top

    return replace(
        marks,
        words=words,
        across=[r for r in marks.across if flat(r)],
        down=[r for r in marks.down if upright(r)],
        shades=[
            s
            for s in marks.shades
            if x0 - 2 <= s.x0 and s.x1 <= x1 + 2 and top <= (s.top + s.bottom) / 2 <= bottom
        ],
        column=column,
    )
