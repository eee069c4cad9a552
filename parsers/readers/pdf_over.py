"""Rows that a page's end breaks: which words of the next page still belong to the row above."""

from __future__ import annotations

from parsers.readers.pdf_drafts import DraftCell, DraftTable
from parsers.readers.pdf_marks import Word
from parsers.readers.pdf_text import Line

Look = tuple[object, ...]


def goes_on(first: DraftTable, second: DraftTable, row: int) -> bool:
    """Whether the row of the second is the rest of the last row of the first.

    Every cell with words must go on with the cell above; where no label stands before them, the
    words go on with whatever the cell above holds.
    """
    rest = second.row(row)
    halves = _halves(first, rest)
    filled = [(half, cell) for half, cell in zip(halves, rest, strict=False) if cell.lines]
    if len(halves) != len(rest) or any(cell.rows > 1 for _, cell in filled):
        return False
    if not filled:  # labels have a background, and what is left of theirs is blank
        return all(c.shaded and h.shaded and h.lines for h, c in zip(halves, rest, strict=True))
    if len(rest) == 1 and halves[0].lines:
        half = halves[0]
        return _answered_in(half) and _look(rest[0].lines[0]) == _look(half.lines[-1])
    if len(rest) > 1 and not rest[0].lines and rest[0].rows == 1 and halves[0].lines:
        return True
    label = rest[0] if len(rest) == 2 or len(filled) == 1 or _bold(rest[0]) else None
    return len(rest) > 1 and all(
        (_cut(half, cell) and (cell is not label or _within_sentence(cell)))
        or _answer_of(half, cell, first, second)
        for half, cell in filled
    )


def _bold(cell: DraftCell) -> bool:
    return bool(cell.lines) and cell.lines[0].words[0].look.bold


def _within_sentence(cell: DraftCell) -> bool:
    """Whether its words cannot be a label's first: the next row's label may follow a full line."""
    return cell.lines[0].words[0].text[:1].islower()


def _cut(half: DraftCell, cell: DraftCell) -> bool:
    """Whether the cell's first word would not have fitted on the last line of the half."""
    if not half.lines or any(w.field for w in (half.lines[-1].words[-1], cell.lines[0].words[0])):
        return False
    limit = half.box[2] - max(0.5, half.lines[0].x0 - half.box[0])
    return _full(half.lines[-1], cell.lines[0].words[0], limit)


def _answer_of(half: DraftCell, cell: DraftCell, first: DraftTable, second: DraftTable) -> bool:
    """Whether the half is a question alone, or with the begin of its answer, and the cell does
    not begin as all others of its column do, before and after it."""
    if not half.lines:
        return False
    column = [c for c in (*first.cells, *second.cells) if c.lines and _span(c) == _span(cell)]
    begins = [_look(c.lines[0]) for c in column if c is not half and c is not cell]
    asked, last, said = (_look(line) for line in (half.lines[0], half.lines[-1], cell.lines[0]))
    alike = len(begins) >= 2 and all(look == asked for look in begins)
    return alike and said != asked and last in (asked, said)


def _span(cell: DraftCell) -> tuple[int, int]:
    return cell.column, cell.columns


def _answered_in(cell: DraftCell) -> bool:
    """Whether the cell holds its question, which looks unlike the answer beneath it."""
    return _look(cell.lines[0]) != _look(cell.lines[-1])


def _look(line: Line) -> Look:
    """Whether its first word is bold, italic, grey."""
    return line.words[0].look[:3]


def _full(line: Line, word: Word, limit: float) -> bool:
    """Whether the word would not have fitted on the line."""
    same = line.words[-1].look[:3] == word.look[:3]
    space = 1.2 if word.tick else 0.25
    return same and line.x1 + space * line.size + word.x1 - word.x0 > limit - 0.5


def _halves(first: DraftTable, rest: list[DraftCell]) -> list[DraftCell]:
    """The cells of the table's last row above the given ones."""
    bottom = [c for c in first.cells if c.row + c.rows == first.rows]
    return [half for cell in rest for half in bottom if _span(half) == _span(cell)]


def merge_row(first: DraftTable, second: DraftTable, row: int) -> None:
    """Puts the words of the second's row into the last row of the first."""
    rest = second.row(row)
    for half, cell in zip(_halves(first, rest), rest, strict=True):
        half.lines += cell.lines
        half.tables += cell.tables
        half.rows += cell.rows - 1


def frames_on(first: DraftTable, second: DraftTable) -> list[DraftCell]:
    """The blank cells of the second beside several rows that go on with one of the first, which
    takes in their rows: a side of a frame round the rows, or a heading beside them."""
    found = []
    for cell in second.row(0):
        for half in _halves(first, [cell]) if cell.rows > 1 and not cell.lines else ():
            if half.rows > 1 or half.lines:
                half.rows += cell.rows
                found.append(cell)
    return found
