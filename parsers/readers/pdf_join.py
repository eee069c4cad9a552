"""What belongs together across pages: running heads and feet, tables that go on."""

from __future__ import annotations

import re
from collections import Counter

from parsers.readers.pdf_drafts import Draft, DraftParagraph, DraftTable
from parsers.readers.pdf_marks import Marks
from parsers.readers.pdf_over import frames_on, goes_on, merge_row
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
    if goes_on(first, second, dropped):
        merge_row(first, second, dropped)
        dropped += 1
    frames = frames_on(first, second) if not dropped else []
    for cell in second.cells:
        if cell.row >= dropped and cell not in frames:
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


def paragraphs_joined(drafts: list[Draft]) -> list[Draft]:
    """Paragraphs that a page break or table cut in two, joined."""
    result: list[Draft] = []
    for draft in drafts:
        last = result[-1] if result else None
        if isinstance(draft, DraftParagraph) and isinstance(last, DraftParagraph):
            before, line = last.lines[-1], draft.lines[0]
            turned = before.words[0].page != line.words[0].page
            more = line.words[0].text[:1].islower() or before.x1 - before.x0 > LONG
            if turned and more and wrapped(before, line, last.right):
                last.lines += draft.lines
                continue
        result.append(draft)
    return result
