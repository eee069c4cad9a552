"""The body of a Word document in reading order: paragraphs, tables and text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from parsers.readers.docx_cells import (
    Shape,
    as_lines,
    is_seen,
    shape_of,
    skipped,
    taller,
    trimmed,
    wider,
)
from parsers.readers.docx_lists import Lists
from parsers.readers.docx_looks import VAL, Styles, W, child, leading
from parsers.readers.docx_package import damaged
from parsers.readers.docx_words import CHOICES, GONE, PROPERTIES, SDT, Words, chosen, joined
from parsers.reading import Block, Cell, Paragraph, Run, Table, Text
from triage.evidence import Evidence

DEEPEST = 16  # tables inside tables; a form has two or three
MOST_BLOCKS = 100_000
_PARAGRAPH = W + "pPr"
_WORD = re.compile(r"[^\W\d_]{3,}")
_PARTS = frozenset((W + "p", W + "tbl"))


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph before it is known whether it stands in a cell or on its own."""

    runs: list[Run]
    page: int
    heading: bool

    @property
    def blank(self) -> bool:
        return not any(run.text.strip() or run.entered for run in self.runs)


class Blocks:
    """Walks the body once. Tables and paragraphs are counted as a person would count them."""

    def __init__(self, words: Words, lists: Lists, styles: Styles, paged: bool) -> None:
        self._words = words
        self._lists = lists
        self._styles = styles
        self._paged = paged  # else the document says nothing of its pages
        self._depth = 0

    def body(self, body: Element) -> tuple[Block, ...]:
        """Every block of the document, in order."""
        blocks: list[Block] = []
        tables = paragraphs = 0
        for item in self._contents(body):
            if isinstance(item, Line):
                if item.blank:
                    continue
                paragraphs += 1
                evidence = self._evidence(item.runs, item.page, f"paragraph {paragraphs}", "")
                blocks.append(Paragraph(joined([item.runs]), evidence, item.heading))
            else:
                tables += 1
                blocks.append(self._table(item, f"table {tables}"))
            if len(blocks) > MOST_BLOCKS:
                raise damaged("This Word document has more paragraphs than any form")
        return tuple(blocks)

    def _contents(self, parent: Element) -> Iterator[Line | Element]:
        """Lines, and w:tbl elements, found inside the body, a cell or a text box."""
        before: list[Run] = []
        for element in self._opened(parent):
            if element.tag == W + "tbl":
                yield element
                continue
            line, goes_on = self._line(element)
            line.runs[:0] = before
            boxes, self._words.boxes = self._words.boxes, []
            # A deleted paragraph mark joins this line to the next.
            before = line.runs if goes_on else []
            if not goes_on:
                yield line
            for box in boxes:
                yield from self._contents(box)
        if before:
            yield Line(before, self._words.page, False)

    def _opened(self, parent: Element) -> Iterator[Element]:
        """The w:p and w:tbl below, through controls, insertions and other wrappers."""
        for below in parent:
            tag = below.tag
            if tag in _PARTS:
                yield below
            elif tag == SDT:
                for content in self._words.enter(below):
                    yield from self._opened(content)
            elif tag == CHOICES:
                branch = chosen(below)
                if branch is not None:
                    yield from self._opened(branch)
            elif tag not in GONE and isinstance(tag, str) and len(below):
                yield from self._opened(below)

    def _line(self, element: Element) -> tuple[Line, bool]:
        """A w:p as a line, and whether its own end was deleted, so that the next goes on."""
        style, heading, goes_on, listed = "", False, False, None
        properties = leading(element, _PARAGRAPH)
        for one in () if properties is None else properties:
            if one.tag == W + "pStyle":
                style = one.get(VAL) or ""
            elif one.tag == W + "outlineLvl":
                heading = one.get(VAL) != "9"
            elif one.tag == W + "numPr":
                listed = one
            elif one.tag == PROPERTIES:
                goes_on = child(one, W + "del") is not None
        heading = heading or (style != "" and self._styles.is_heading(style))
        number = "" if listed is None and not style else self._lists.number(listed, style)
        runs, page = self._words.paragraph(element, style)
        return Line(_numbered(runs, number, heading), page, heading), goes_on

    def _table(self, element: Element, place: str) -> Table:
        self._depth += 1
        if self._depth > DEEPEST:
            raise damaged("This Word document has tables inside tables beyond all reason")
        cells: list[Cell] = []
        above: dict[int, int] = {}  # column → index in `cells` of the cell a vMerge goes on with
        row = -1
        for row, element_of_row in enumerate(self._rows(element)):
            column, below, first = skipped(element_of_row), dict[int, int](), len(cells)
            for number, tc in enumerate(self._inside(element_of_row, W + "tc"), 1):
                shape = shape_of(tc)
                if shape.deleted:
                    continue
                if shape.goes_on and column in above:
                    cells[above[column]] = taller(cells[above[column]], row)
                    below[column] = above[column]
                elif shape.joins and len(cells) > first:
                    cells[-1] = wider(cells[-1], shape.span)
                else:
                    words = f"{place}, row {row + 1}, cell {number}"
                    below[column] = len(cells)
                    cells.append(self._cell(tc, row, column, shape, words))
                self._words.leave_cell()
                column += shape.span
            above = below
        self._depth -= 1
        width = max((cell.column + cell.columns for cell in cells), default=0)
        return Table(tuple(cells), row + 1, width)

    def _rows(self, parent: Element) -> Iterator[Element]:
        for row in self._inside(parent, W + "tr"):
            if is_seen(row):
                yield row

    def _inside(self, parent: Element, wanted: str) -> Iterator[Element]:
        """Rows or cells, also those wrapped in a control of their own."""
        for below in parent:
            if below.tag == wanted:
                yield below
            elif below.tag == SDT:
                for content in self._words.enter(below):
                    yield from self._inside(content, wanted)
            elif below.tag not in GONE and isinstance(below.tag, str):
                yield from self._inside(below, wanted)

    def _cell(self, tc: Element, row: int, column: int, shape: Shape, place: str) -> Cell:
        lines: list[list[Run]] = []
        tables: list[Table] = []
        first_page = 0
        for item in self._contents(tc):
            if isinstance(item, Line):
                lines.append(item.runs)
                first_page = first_page or (0 if item.blank else item.page)
            else:
                table = self._table(item, f"{place}, table {len(tables) + 1}")
                tables.append(table)
                lines.extend(as_lines(table))
        text = joined(trimmed(lines))
        evidence = self._evidence(text, first_page or self._words.page, place, "table")
        return Cell(row, column, text, evidence, 1, shape.span, shape.shaded, tuple(tables))

    def _evidence(self, runs: list[Run] | Text, page: int, place: str, kind: str) -> Evidence:
        entered = any(run.entered for run in runs)
        method = "docx-control" if entered else f"docx-{kind or 'paragraph'}"
        return Evidence(page if self._paged else None, place, None, method)


def _numbered(runs: list[Run], number: str, heading: bool) -> list[Run]:
    """With the number Word draws before the line, where it says more than 'the third'.

    In an answer nobody typed it, and labels are known without. A heading is told from another
    by it, a cell may hold nothing else, and in some lists it has words ('Child 2').
    """
    if not number:
        return runs
    bare = not any(run.text.strip() or run.entered for run in runs)
    if not (heading or bare or _WORD.search(number)):
        return runs
    look = runs[0] if runs else Run("")
    return [replace(look, text=number, entered=False, placeholder=False, name=""), *runs]
