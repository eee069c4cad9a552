"""Boxes that only frame something are no tables: answer boxes, combs, page borders.

Their words go back among the words around them; a comb (a square a letter, as for NHS
numbers) becomes one word first.
"""

from __future__ import annotations

from parsers.readers.pdf_drafts import DraftCell, DraftTable
from parsers.readers.pdf_marks import Word, around
from parsers.readers.pdf_text import lines_of

WIDEST_COMB = 30.0


def without_frames(
    tables: list[DraftTable], outside: list[Word], height: float
) -> tuple[list[DraftTable], list[Word]]:
    """The real tables, and the words outside them with those of mere frames."""
    kept: list[DraftTable] = []
    words = list(outside)
    for table in tables:
        _unframe_inner(table)
        if is_comb(table):
            words += comb_word(table)
        elif len(table.cells) == 1 and _frame(table, tables, outside, height):
            words += words_in(table)
        else:
            kept.append(table)
    return kept, words


def _unframe_inner(table: DraftTable) -> None:
    """Answer boxes and combs drawn in a cell become words of the cell."""
    for cell in table.cells:
        inner: list[DraftTable] = []
        for nested in cell.tables:
            if is_comb(nested):
                _add(cell, comb_word(nested))
            elif len(nested.cells) == 1:
                _add(cell, words_in(nested))
            else:
                inner.append(nested)
        cell.tables = inner


def _add(cell: DraftCell, words: list[Word]) -> None:
    from_cell = [w for line in cell.lines for w in line.words]
    cell.lines = lines_of(from_cell + words)


def words_in(table: DraftTable) -> list[Word]:
    """All words of a table."""
    return [w for cell in table.cells for line in cell.lines for w in line.words]


def is_comb(table: DraftTable) -> bool:
    """A single row of at least four narrow cells with at most one letter in each."""
    if table.rows != 1 or len(table.cells) < 4:
        return False
    narrow = all(c.box[2] - c.box[0] <= WIDEST_COMB for c in table.cells)
    return narrow and all(len(c.plain) <= 1 for c in table.cells)


def comb_word(table: DraftTable) -> list[Word]:
    """The letters of a comb as one word; squares left empty between them are spaces."""
    words = words_in(table)
    if not words:
        return []
    text = "".join(cell.plain or " " for cell in table.cells).strip()
    first = words[0]
    x0, top, x1, bottom = around(words)
    return [Word(text, x0, top, x1, bottom, first.base, first.size, first.look, first.page)]


def _frame(table: DraftTable, tables: list[DraftTable], outside: list[Word], height: float) -> bool:
    """Whether a box of one cell frames the page, stands beside its label, or holds a whole
    list of questions."""
    x0, top, x1, bottom = table.box
    if bottom - top > 0.45 * height and not table.cells[0].shaded:
        return True
    beside = any(
        top - 2 <= w.middle[1] <= bottom + 2 and (w.x1 <= x0 + 2 or w.x0 >= x1 - 2) for w in outside
    )
    boxes = any(
        other is not table
        and len(other.cells) == 1
        and abs(other.box[1] - top) < 4
        and abs(other.box[3] - bottom) < 4
        for other in tables
    )
    lines = table.cells[0].lines
    asking = sum(":" in line.plain[:-1] for line in lines)
    return beside or boxes or (not table.cells[0].shaded and asking >= 3)
