"""What belongs together across pages: running heads and feet, tables that go on."""

from __future__ import annotations

import re
from collections import Counter

from parsers.readers.pdf_drafts import Draft, DraftCell, DraftParagraph, DraftTable
from parsers.readers.pdf_marks import Marks, Word
from parsers.readers.pdf_text import Line, lines_of, wrapped

LONG = 250.0  # points; a shorter line at the foot of a page is not cut by its end
EDGE = 75.0  # points from the top or bottom in which running lines are looked for
_PAGE_NUMBER = re.compile(r"\b(page|pg|p)\.?\s*\d+(\s*(of|/)\s*\d+)?|^\W*\d{1,3}\W*$", re.I)


def take_margins(pages: list[Marks]) -> list[Line]:
    """Takes running heads and feet off the pages and returns each different one once."""
    candidates = [(marks, line) for marks in pages for line in _edge_lines(marks)]
    counts = Counter(_key(marks, line) for marks, line in candidates)
    needed = max(2, (len(pages) + 1) // 2)
    taken: dict[str, Line] = {}
    for marks, line in candidates:
        key = _key(marks, line)
        number = _PAGE_NUMBER.fullmatch(line.plain.strip())
        if counts[key] >= needed or (number and line.plain.lower().startswith("p")):
            taken.setdefault(key[1], line)
            gone = {id(word) for word in line.words}
            marks.words = [w for w in marks.words if id(w) not in gone]
    return list(taken.values())


def _edge_lines(marks: Marks) -> list[Line]:
    near = [
        w
        for w in marks.words
        if (w.bottom < EDGE or w.top > marks.height - EDGE) and not (w.look.entered or w.tick)
    ]
    return lines_of(near)


def _key(marks: Marks, line: Line) -> tuple[int, str]:
    """Where and what a running line is. Only page numbers may differ: 'Child 1' and 'Child 2'
    at the same place of two pages are no running head."""
    foot = line.base > marks.height / 2
    place = round((marks.height - line.base if foot else line.base) / 3)
    return (-place if foot else place), _PAGE_NUMBER.sub("#", " ".join(line.plain.split()))


def joined(pages: list[list[Draft]]) -> list[Draft]:
    """The drafts of all pages in one row, tables and paragraphs joined over page breaks."""
    result: list[Draft] = []
    for drafts in pages:
        if result and drafts:
            last, first = result[-1], drafts[0]
            match last, first:
                case DraftTable(), DraftTable() if _anew(last, first) and _same_columns(
                    last, first
                ):
                    _append(last, first)
                    drafts = drafts[1:]
        result += drafts
    return result


def _anew(first: DraftTable, second: DraftTable) -> bool:
    """Whether the second begins on another page, or higher up in the next column."""
    pages = first.cells[-1:], second.cells[:1]
    return [c.page for c in pages[0]] != [c.page for c in pages[1]] or second.top < first.top


def _same_columns(first: DraftTable, second: DraftTable) -> bool:
    if first.ruled != second.ruled or not first.cells or not second.cells:
        return False
    a, b = first.xs, [x + _shift(first, second) for x in second.xs]
    if not second.ruled:
        a, b = a[:-1], b[:-1]
    elif abs(a[0] - b[0]) > 3 or abs(a[-1] - b[-1]) > 3:
        return False
    fewer, more = sorted((a, b), key=len)
    within = all(any(abs(x - y) <= 4 for y in more) for x in fewer)
    return within and (len(fewer) == len(more) or len(more) >= 5)


def _shift(first: DraftTable, second: DraftTable) -> float:
    """How far the columns of the second are to be moved: as far as the page's columns lie apart,
    where it goes on in the next one."""
    apart = first.xs[0] - second.xs[0]
    return apart if abs(apart) > 60 and first.cells[-1].page == second.cells[0].page else 0.0


def _append(first: DraftTable, second: DraftTable) -> None:
    """Puts the rows of the second table under those of the first."""
    shift = _shift(first, second)
    second.xs = [x + shift for x in second.xs]
    if not first.ruled:  # where the last column ends is only where its longest line does
        first.xs[-1] = second.xs[-1] = max(first.xs[-1], second.xs[-1])
    xs = _united(first.xs, second.xs)
    _regrid(first, xs)
    _regrid(second, xs)
    dropped = 0
    if _row_text(first, 0) == _row_text(second, 0) and second.rows > 1 and first.rows > 1:
        dropped = 1
    if _goes_on(first, second, dropped):
        _merge_row(first, second, dropped)
        dropped += 1
    for cell in second.cells:
        if cell.row >= dropped:
            cell.row += first.rows - dropped
            first.cells.append(cell)
    first.rows += second.rows - dropped


def _united(a: list[float], b: list[float]) -> list[float]:
    places: list[float] = []
    for x in sorted([*a, *b]):
        if not places or x - places[-1] > 4:
            places.append(x)
    return places


def _regrid(table: DraftTable, xs: list[float]) -> None:
    """Renumbers the columns of a table by a finer set of columns."""

    def place(x: float) -> int:
        return min(range(len(xs)), key=lambda i: abs(xs[i] - x))

    for cell in table.cells:
        start, end = place(table.xs[cell.column]), place(table.xs[cell.column + cell.columns])
        cell.column, cell.columns = start, max(1, end - start)
    table.xs = xs


def _row_text(table: DraftTable, row: int) -> list[str]:
    return [cell.plain for cell in table.row(row)]


def _goes_on(first: DraftTable, second: DraftTable, row: int) -> bool:
    """Whether the row is the rest of the last row, broken by the page's end."""
    rest = second.row(row)
    halves = _halves(first, rest)
    filled = [cell for cell in rest if cell.lines]
    if not filled or any(cell.rows > 1 for cell in rest) or len(halves) != len(rest):
        return False
    label, half = rest[0], halves[0]
    if len(rest) == 1 and half.lines:
        return _answered_in(half) and _look(label.lines[0]) == _look(half.lines[-1])
    if not label.lines:
        return bool(half.lines) and len(rest) > 1
    limit = half.box[2] - max(0.5, half.lines[0].x0 - half.box[0]) if half.lines else 0.0
    if not half.lines or len(filled) > 1:
        return False
    return len(rest) > 1 and _full(half.lines[-1], label.lines[0].words[0], limit)


def _answered_in(cell: DraftCell) -> bool:
    """Whether the cell holds its question, which looks unlike the answer beneath it."""
    return _look(cell.lines[0]) != _look(cell.lines[-1])


def _look(line: Line) -> tuple[object, ...]:
    """Whether its first word is bold, italic, grey."""
    return line.words[0].look[:3]


def _full(line: Line, word: Word, limit: float) -> bool:
    """Whether the word would not have fitted on the line."""
    same = line.words[-1].look[:3] == word.look[:3]
    return same and line.x1 + 0.25 * line.size + word.x1 - word.x0 > limit - 0.5


def _halves(first: DraftTable, rest: list[DraftCell]) -> list[DraftCell]:
    """The cells of the table's last row above the given ones."""
    bottom = [c for c in first.cells if c.row + c.rows == first.rows]
    return [
        half
        for cell in rest
        for half in bottom
        if half.column == cell.column and half.columns == cell.columns
    ]


def _merge_row(first: DraftTable, second: DraftTable, row: int) -> None:
    rest = second.row(row)
    for half, cell in zip(_halves(first, rest), rest, strict=True):
        half.lines += cell.lines
        half.tables += cell.tables


def paragraphs_joined(drafts: list[Draft]) -> list[Draft]:
    """Paragraphs that a page break or table cut in two, joined."""
    result: list[Draft] = []
    for draft in drafts:
        last = result[-1] if result else None
        if isinstance(draft, DraftParagraph) and isinstance(last, DraftParagraph):
            before, line = last.lines[-1], draft.lines[0]
            turned = before.words[0].page != line.words[0].page
            goes_on = line.words[0].text[:1].islower() or before.x1 - before.x0 > LONG
            if turned and goes_on and wrapped(before, line, last.right):
                last.lines += draft.lines
                continue
        result.append(draft)
    return result
