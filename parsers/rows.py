"""A Reading as one sequence of rows: a paragraph is a row of one piece, a table row of several.

So labelling walks a form once, top to bottom, whatever it is made of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from parsers.people import block_of
from parsers.reading import Block, Cell, Paragraph, Reading, Table, Text, plain
from parsers.texts import all_of, cut, is_blank, lines
from triage.evidence import Evidence

_COUNT = re.compile(
    r"^(?:q\.?\s*)?\(?\d{1,3}(?:\.\d{1,2})*[a-z]?[.):]?$|^\(?[a-z][.)]$", re.IGNORECASE
)

_LONGEST_TITLE = 200  # characters


@dataclass(frozen=True)
class Piece:
    """One paragraph or cell. `column` and `columns` are its place in the table's grid.

    What is asked of it again and again is worked out once (so no slots).
    """

    text: Text
    evidence: Evidence
    column: int = 0
    columns: int = 1
    rows: int = 1
    shaded: bool = False
    heading: bool = False

    @cached_property
    def words(self) -> str:
        """What it says, prompts left out, white space single."""
        return " ".join("".join(r.text for r in self.text if not r.placeholder).split())

    @cached_property
    def printed(self) -> str:
        """Its own words, without what was entered in it."""
        return "".join(r.text for r in self.text if not (r.entered or r.placeholder)).strip()

    @cached_property
    def blank(self) -> bool:
        """Nothing was printed or written in it."""
        return is_blank(self.text)

    @cached_property
    def strong(self) -> bool:
        """Printed as labels and headings are: shaded, or bold but for its small print."""
        loud = tuple(run for run in self.text if not (run.italic or run.grey) or run.bold)
        return self.heading or self.shaded or all_of(loud, lambda run: run.bold)

    @cached_property
    def entered(self) -> bool:
        """Something in it stands in a form field: it is an answer."""
        return any(run.entered or run.placeholder for run in self.text)


@dataclass(frozen=True)
class Row:
    """One row. `table` counts tables from 1 (0: a paragraph); `width` is the table's."""

    pieces: tuple[Piece, ...]
    table: int = 0
    number: int = 0
    width: int = 1
    ruled: bool = True
    beside: str = ""
    """What stands in a cell that spans this row and others at its side ('Child 1')."""
    start: int = 0
    """The column the row's own cells begin at, right of what stands beside it."""

    @cached_property
    def filled(self) -> tuple[Piece, ...]:
        """Its pieces that are not blank."""
        return tuple(piece for piece in self.pieces if not piece.blank)

    @property
    def alone(self) -> bool:
        """One piece and no other, from the left: a paragraph, or a cell as wide as the table."""
        return len(self.pieces) == 1 and self.pieces[0].column == self.start


def rows_of(reading: Reading) -> tuple[Row, ...]:
    """Every row of a document in reading order; nested tables follow the row they stand in."""
    return tuple(_rows(reading.blocks, iter(range(1, 100_000))))


def first_rows(reading: Reading, most: int) -> tuple[Row, ...]:
    """The rows a document begins with."""
    return tuple(islice(_rows(reading.blocks, iter(range(1, 100_000))), most))


def _rows(blocks: tuple[Block, ...], count: Iterator[int]) -> Iterator[Row]:
    for block in blocks:
        if isinstance(block, Paragraph):
            for text in _headed(block.text):
                yield Row((Piece(text, block.evidence, heading=block.heading),))
        else:
            yield from _table_rows(block, count)


def _headed(text: Text) -> tuple[Text, ...]:
    """'Person 1' over the first question of that person's block, in one paragraph, is two."""
    said = plain(text)
    at = said.find("\n")
    first = said[: max(at, 0)]
    block = block_of(first) if first and first.rstrip()[-1:].isdigit() else None
    return (cut(text, 0, at), cut(text, at + 1)) if block else (text,)


def _table_rows(table: Table, count: Iterator[int]) -> Iterator[Row]:
    number = next(count)
    sides = [cell for cell in table.cells if _at_side(cell, table)]
    numbers = _numbering(table)
    in_row: dict[int, list[Cell]] = defaultdict(list)
    for cell in table.cells:
        if not (numbers and cell.column == 0) and not any(cell is side for side in sides):
            in_row[cell.row].append(cell)
    for index in range(table.rows):
        cells = in_row[index]
        at_side = [side for side in sides if side.row <= index < side.row + side.rows]
        beside = " ".join(plain(side.text).strip() for side in at_side).strip()
        start = max((side.columns for side in at_side), default=int(numbers))
        if _is_layout(cells):
            for cell in cells:
                yield from _as_page(cell, count)
            continue
        if cells:
            pieces = tuple(_piece(cell) for cell in cells)
            yield Row(pieces, number, index, table.columns, table.ruled, beside, start)
        for cell in cells:
            if cell.tables:
                yield from _rows(cell.tables, count)


def _is_layout(cells: list[Cell]) -> bool:
    """A row that only places whole tables on the page: what is filled holds a table, but for a
    label or heading before it."""
    filled = [cell for cell in cells if cell.tables or not is_blank(cell.text)]
    titled = filled[:1] and not filled[0].tables and len(plain(filled[0].text)) < _LONGEST_TITLE
    held = filled[1:] if titled else filled
    return bool(held) and all(cell.tables for cell in held)


def _as_page(cell: Cell, count: Iterator[int]) -> Iterator[Row]:
    """The lines and tables of a cell in their order, as if they stood on the page itself."""
    left = cell.text
    if not cell.tables and not is_blank(left):
        yield Row((Piece(left, cell.evidence, shaded=True),))
        return
    for table in cell.tables:
        for number, shown in enumerate(_as_lines(table)):
            at = plain(left).find(shown)
            if at >= 0:
                yield from _lines(cut(left, 0, at), cell) if number == 0 else ()
                left = cut(left, at + len(shown))
        yield from _table_rows(table, count)
    yield from _lines(left, cell)


def _as_lines(table: Table) -> list[str]:
    """The rows of a nested table as they stand in the text of its cell."""
    rows = ([c for c in table.cells if c.row == index] for index in range(table.rows))
    shown = ("\t".join(plain(c.text) for c in row) for row in rows)
    return [line for line in shown if line.strip()]


def _lines(text: Text, cell: Cell) -> Iterator[Row]:
    for line in lines(text):
        if not is_blank(line):
            yield Row((Piece(line, cell.evidence),))


def _numbering(table: Table) -> bool:
    """Whether the first column only counts the questions ('1.1', 'Q2', 'c)')."""
    first = [plain(c.text).strip() for c in table.cells if c.column == 0 and c.columns == 1]
    counted = [bool(_COUNT.match(words)) for words in first if words]
    return len(counted) > 1 and all(counted) and table.columns > 2


def _at_side(cell: Cell, table: Table) -> bool:
    """A heading at the left that spans several rows, which have labels of their own."""
    if cell.column or cell.rows < 2 or is_blank(cell.text):
        return False
    if any(c.row == cell.row and c.column and c.rows == cell.rows for c in table.cells):
        return False  # the heading of a column, two rows high as others of its row are
    beside = [c for c in table.cells if c.row == cell.row + 1 and c.column > cell.column]
    told = cell.shaded or all_of(cell.text, lambda run: run.bold)
    return len(beside) > 1 and (told or block_of(plain(cell.text)) is not None)


def _piece(cell: Cell) -> Piece:
    text = _without_tables(cell) if cell.tables else cell.text
    return Piece(text, cell.evidence, cell.column, cell.columns, cell.rows, cell.shaded)


def _without_tables(cell: Cell) -> Text:
    """A nested table is read as a table, so its lines (cells parted by tabs) are left out here."""
    said = plain(cell.text)
    for table in cell.tables:
        for index in range(table.rows):
            row = "\t".join(plain(c.text) for c in table.cells if c.row == index)
            if row.strip() and row in said:
                said = said.replace(row, "", 1)
    keep = set(said.split("\n"))
    return tuple(run for run in cell.text if run.text.strip("\n") in keep or run.text in said)
