"""Paragraphs and tables while they are being put together, before they have evidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.readers.pdf_marks import Box
from parsers.readers.pdf_text import Line


@dataclass(slots=True)
class DraftParagraph:
    """Lines of one paragraph; `right` is where its column ends."""

    lines: list[Line]
    right: float
    heading: bool = False

    @property
    def top(self) -> float:
        """The height it starts at."""
        return self.lines[0].box[1]


@dataclass(slots=True)
class DraftCell:
    """A cell: its place in the grid, the lines in it and its box on the page."""

    row: int
    column: int
    lines: list[Line]
    box: Box
    page: int
    rows: int = 1
    columns: int = 1
    shaded: bool = False
    tables: list[DraftTable] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """Its text without looks or breaks."""
        return " ".join(line.plain for line in self.lines)


@dataclass(slots=True)
class DraftTable:
    """Cells with the x of each column's left edge, and of the last one's right."""

    cells: list[DraftCell]
    xs: list[float]
    rows: int
    box: Box
    ruled: bool = True

    @property
    def top(self) -> float:
        """The height it starts at."""
        return self.box[1]

    def row(self, number: int) -> list[DraftCell]:
        """The cells that start in a row."""
        return [cell for cell in self.cells if cell.row == number]


Draft = DraftParagraph | DraftTable
