"""Drafts become paragraphs and tables with evidence: page, place, words for the cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from parsers.readers.pdf_drafts import Draft, DraftCell, DraftParagraph, DraftTable
from parsers.readers.pdf_marks import Box, Word, around
from parsers.readers.pdf_text import text_of
from parsers.reading import Block, Cell, Paragraph, Run, Table
from triage.evidence import Evidence


class Shows(Protocol):
    """Knows where a box of the page as it is read lies on the page as displayed."""

    def shown(self, box: Box) -> Box: ...


class Finisher:
    """Counts the tables while drafts are finished in reading order."""

    def __init__(
        self, turns: Mapping[int, Shows], recognised: Collection[int] = frozenset()
    ) -> None:
        """`turns` knows each page's own coordinates, `recognised` the pages that are pictures."""
        self._turns = turns
        self._recognised = recognised
        self._tables = 0

    def block(self, draft: Draft) -> Block:
        """A draft with its evidence."""
        if isinstance(draft, DraftParagraph):
            return self.paragraph(draft)
        return self.table(draft)

    def paragraph(self, draft: DraftParagraph) -> Paragraph:
        """A paragraph outside tables."""
        words = [w for line in draft.lines for w in line.words]
        evidence = self._evidence(words, around(words), None, "pdf-line", words[0].page)
        return Paragraph(text_of(draft.lines, draft.right), evidence, draft.heading)

    def table(self, draft: DraftTable) -> Table:
        """A table, numbered in the document."""
        self._tables += 1
        number = self._tables
        cells = tuple(self._cell(cell, number, draft.ruled) for cell in draft.cells)
        return Table(cells, draft.rows, len(draft.xs) - 1, draft.ruled)

    def _cell(self, draft: DraftCell, table: int, ruled: bool) -> Cell:
        words = [w for line in draft.lines for w in line.words]
        left = min((w.x0 for w in words), default=draft.box[0]) - draft.box[0]
        right = draft.box[2] - min(max(left, 0.5), 8.0)
        if not ruled and draft.column == 0 and draft.lines:
            # Nothing shows where a column of labels ends; its lines go on where they can.
            right = min(line.x1 + 0.65 * line.size for line in draft.lines)
        place = f"table {table}, row {draft.row + 1}, cell {draft.column + 1}"
        box = around(words) if words else draft.box
        page = words[0].page if words else draft.page
        same = [w for w in words if w.page == page]
        evidence = self._evidence(
            words, around(same) if same else box, place, "pdf-table" if ruled else "pdf-line", page
        )
        text = text_of(draft.lines, right)
        tables = tuple(self.table(inner) for inner in draft.tables)
        for inner in tables:
            text = (*text, *_as_lines(inner, bool(text)))
        return Cell(
            draft.row,
            draft.column,
            text,
            evidence,
            draft.rows,
            draft.columns,
            draft.shaded,
            tables,
        )

    def _evidence(
        self, words: list[Word], box: Box, cell: str | None, method: str, page: int
    ) -> Evidence:
        """Evidence in the page's own coordinates; what a field holds is read from the field."""
        turn = self._turns.get(page)
        shown = turn.shown(box) if turn is not None else box
        x0, top, x1, bottom = (round(n, 1) for n in shown)
        if page in self._recognised:
            method = "ocr"
        if any(word.look.entered for word in words):
            method = "pdf-field"
        return Evidence(page, cell, (x0, top, x1, bottom), method)


def _as_lines(table: Table, after: bool) -> list[Run]:
    """A nested table as lines, its cells separated by tabs."""
    runs: list[Run] = [Run("\n")] if after else []
    row = 0
    for cell in table.cells:
        if cell is not table.cells[0]:
            runs.append(Run("\t" if cell.row == row else "\n"))
        row = cell.row
        runs += cell.text
    return runs
