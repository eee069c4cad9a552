"""How the rows and cells of a Word table lie: spans, merges, and what a change took away."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from lxml.etree import _Element as Element

from parsers.readers.docx_looks import SHADING, VAL, W, child, is_coloured, is_on, leading
from parsers.reading import Cell, Run, Table

_CELL = W + "tcPr"

_SPAN, _DOWN, _ACROSS, _MERGED, _DELETED = (
    W + name for name in ("gridSpan", "vMerge", "hMerge", "cellMerge", "cellDel")
)


class Shape(NamedTuple):
    """How a w:tc lies in its table."""

    span: int
    goes_on: bool  # with the cell above
    shaded: bool
    joins: bool  # the cell at its left
    deleted: bool


_PLAIN = Shape(1, False, False, False, False)


def shape_of(tc: Element) -> Shape:
    """A cell's shape, tracked merges and deletions accepted."""
    properties = leading(tc, _CELL)
    if properties is None:
        return _PLAIN
    span, goes_on, shaded, joins, deleted = _PLAIN
    for one in properties:
        tag = one.tag
        if tag == SHADING:
            shaded = is_coloured(one)
        elif tag == _SPAN:
            span = max(1, _count(one.get(VAL), 1))
        elif tag == _DOWN:
            goes_on = one.get(VAL) != "restart"
        elif tag == _ACROSS:
            joins = one.get(VAL) != "restart"
        elif tag == _MERGED:
            goes_on = one.get(_DOWN) == "cont"
        elif tag == _DELETED:
            deleted = True
    return Shape(span, goes_on, shaded, joins, deleted)


def skipped(row: Element) -> int:
    """Grid columns a row leaves out at its left."""
    properties = child(row, W + "trPr")
    before = None if properties is None else child(properties, W + "gridBefore")
    return _count(None if before is None else before.get(VAL), 0)


def is_seen(row: Element) -> bool:
    """Whether a row stands on the page: not one that a change deleted, nor a hidden one."""
    properties = child(row, W + "trPr")
    if properties is None:
        return True
    hidden = child(properties, W + "hidden")
    return child(properties, W + "del") is None and (hidden is None or not is_on(hidden))


def _count(text: str | None, otherwise: int) -> int:
    return min(int(text), 63) if text is not None and text.isdecimal() else otherwise


def taller(cell: Cell, row: int) -> Cell:
    """The cell down to this row."""
    return replace(cell, rows=row - cell.row + 1)


def wider(cell: Cell, span: int) -> Cell:
    """The cell with this many columns more."""
    return replace(cell, columns=cell.columns + span)


def as_lines(table: Table) -> list[list[Run]]:
    """A nested table inside its cell's text: a line a row, a tab between cells."""
    rows: dict[int, list[Run]] = {}
    for cell in table.cells:
        line = rows.setdefault(cell.row, [])
        if line:
            line.append(Run("\t"))
        line.extend(cell.text)
    return list(rows.values())


def trimmed(lines: list[list[Run]]) -> list[list[Run]]:
    """Without the empty paragraphs at the end that Word itself puts into cells."""
    while lines and not any(run.text.strip() or run.entered for run in lines[-1]):
        lines.pop()
    return lines
