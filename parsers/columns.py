"""The columns of a repeating table, once its header is understood."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.meaning import Found
from parsers.people import Block
from parsers.rows import Piece

ROWS, TICKS, PEOPLE = "rows", "ticks", "people"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its label, what it means, and its place in the grid.

    `option` is set where the column is one box of a question ('Yes' under 'Known?').
    """

    label: str
    found: Found | None
    start: int
    width: int
    option: str = ""
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """A header in force. `kind`: rows of answers, ticks of questions, or a person a column."""

    kind: str
    group: str
    section: str
    columns: tuple[Column, ...]
    grid: int
    single: bool = False
    """Only one row of answers follows (labels of questions asked once, side by side)."""

    def of(self, piece: Piece) -> Column | None:
        """The column a cell stands under."""
        shared = [(_overlap(column, piece), column) for column in self.columns]
        best = max(shared, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] > 0 else None

    @property
    def lead(self) -> Column:
        """The first column."""
        return self.columns[0]


def section_of_group(group: str) -> str:
    """The section in which the fields of a repeating group are asked."""
    return {"children": "child"}.get(group, group)


def _overlap(column: Column, piece: Piece) -> int:
    left = max(column.start, piece.column)
    right = min(column.start + column.width, piece.column + piece.columns)
    return right - left
