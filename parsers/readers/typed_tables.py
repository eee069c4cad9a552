"""Tables drawn in typed text: by tabs, by bars, or by columns of spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from parsers.readers.typed_labels import label_end
from parsers.readers.typed_lines import BOX, Line
from parsers.reading import Cell, Table
from parsers.texts import cut, joined, trimmed
from triage.evidence import Evidence

_GAP = re.compile(r"\S(\s{2,})(?=\S)")
_OFF = 2
"""Characters by which a column's cells may begin left or right of it."""

Cells = list[tuple[int, int]]


def tables(lines: Sequence[Line], method: str, first: int = 1) -> Iterator[Line | Table]:
    """The lines in order, those that make up a table as that table; `first` is its number."""
    at = 0
    while at < len(lines):
        grid = _grid(lines, at)
        if grid:
            yield _table(lines[at : at + len(grid)], grid, first, method)
            first += 1
            at += len(grid)
        else:
            yield lines[at]
            at += 1


def _grid(lines: Sequence[Line], at: int) -> list[dict[int, tuple[int, int]]]:
    """For each line of the table that begins here, its cells by their columns; [] if none."""
    words = lines[at].words
    if "\t" in words.strip():
        return _divided(lines, at, "\t", least=1)
    if words.strip().startswith("|") or words.count("|") > 1:
        return _divided(lines, at, "|", least=2)
    return _aligned(lines, at)


def _divided(
    lines: Sequence[Line], at: int, by: str, least: int
) -> list[dict[int, tuple[int, int]]]:
    grid: list[dict[int, tuple[int, int]]] = []
    for line in lines[at:]:
        words = line.words.rstrip()
        if by not in words.strip() or (by == "|" and line.gap and grid and "|" not in words):
            break
        grid.append(dict(enumerate(_between(words, by))))
    return grid if len(grid) >= least else []


def _between(words: str, by: str) -> Cells:
    start = len(words) - len(words.lstrip())
    stop = len(words)
    if by == "|":
        start += words[start:].startswith("|")
        stop -= words.endswith("|")
    cells = []
    for piece in words[start:stop].split(by):
        cells.append((start, start + len(piece)))
        start += len(piece) + 1
    return cells


def _aligned(lines: Sequence[Line], at: int) -> list[dict[int, tuple[int, int]]]:
    """Columns of spaces: cells of at least two lines begin one under another."""
    head = _parted(lines[at].words)
    if len(head) < 2 or label_end(lines[at].words):
        return []
    starts = [start for start, _ in head]
    grid = [dict(enumerate(head))]
    for line in lines[at + 1 :]:
        cells = _placed(_parted(line.words), starts)
        if cells is None or (line.gap and len(cells) < 2):
            break
        grid.append(cells)
    return grid if sum(len(row) > 1 for row in grid) > 1 else []


def _parted(words: str) -> Cells:
    if BOX.search(words):
        found = re.match(r"\s*(\S[^\[☐☒]*?\S)\s{2,}(?=[\[☐☒])", words)
        return [found.span(1), (found.end(), len(words))] if found else []
    ends = [0, *(gap.end(1) for gap in _GAP.finditer(words)), len(words)]
    cells = []
    for start, end in pairwise(ends):
        piece = words[start:end]
        cells.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return cells


def _placed(cells: Cells, starts: list[int]) -> dict[int, tuple[int, int]] | None:
    placed: dict[int, tuple[int, int]] = {}
    for start, end in cells:
        column = next((n for n, at in enumerate(starts) if abs(at - start) <= _OFF), None)
        if column is None or column in placed:
            return None
        placed[column] = (start, end)
    # A line with words in its first column only is none of the table's.
    return placed if placed and set(placed) != {0} else None


def _table(
    lines: Sequence[Line], grid: list[dict[int, tuple[int, int]]], number: int, method: str
) -> Table:
    cells: dict[tuple[int, int], Cell] = {}
    row = -1
    for line, places in zip(lines, grid, strict=True):
        goes_on = 0 not in places
        row += not goes_on
        for column, (start, end) in places.items():
            text = trimmed(cut(line.text, start, end))
            held = cells.get((row, column)) if goes_on else None
            text = joined([held.text, text], "\n") if held else text
            where = f"table {number}, row {row + 1}, cell {column + 1}"
            place = Evidence(cell=where, method=method)
            cells[row, column] = Cell(row, column, text, place)
    width = max(column for _, column in cells) + 1
    return Table(tuple(cells[key] for key in sorted(cells)), row + 1, width)
