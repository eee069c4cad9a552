"""What labelling hands to mapping: each question of a form with what stands as its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parsers.columns import Columns
from parsers.meaning import Found
from parsers.reading import Text, plain
from parsers.texts import is_blank
from triage.evidence import Evidence

RIGHT, BELOW, INSIDE, COLUMN, LINE, TICKS = "right", "below", "inside", "column", "line", "ticks"
BY_LABEL = "by label"  # in the label's cell, though there is an empty cell for the answer
MORE = "more"  # goes on with the answer of the question before


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer (blank: asked, not answered).

    `label` is as printed. `block` is whose block it stands in ('child 2'), `row` the table and
    row of a repeating table. `how` says where the answer stands; `sure` how clear that is.
    """

    label: str
    found: Found | None
    answer: Text
    evidence: Evidence
    section: str = ""
    block: str = ""
    row: tuple[int, int] | None = None
    how: str = RIGHT
    sure: float = 1.0

    @property
    def blank(self) -> bool:
        """Whether nothing stands as its answer."""
        return is_blank(self.answer)


@dataclass(frozen=True, slots=True)
class Pending:
    """A label whose answer is expected below it."""

    label: str
    found: Found | None
    evidence: Evidence
    strong: bool = False
    parts: tuple[tuple[Text, Evidence], ...] = ()
    box: int = 0
    """The table in whose cell the answer stands (0: on the page), where the label does not."""

    def with_part(self, text: Text, evidence: Evidence, table: int = 0) -> Pending:
        """With one more paragraph of the answer, in a cell of this table or on the page."""
        return replace(self, parts=(*self.parts, (text, evidence)), box=table)


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the form we are: section, block, header in force, label waiting for its answer."""

    section: str = ""
    block: str = ""
    table: int = 0
    columns: Columns | None = None
    pending: Pending | None = None
    last: Asked | None = None
    """The last question of the row above, which a row without a label continues."""
    begun: bool = False
    """Whether a question was met yet: before, all is title and introduction."""
    before: Asked | None = None
    """The last question of all, whose options may go on in the next table."""
    labels_at: frozenset[int] = frozenset()
    """The columns of the present table in which labels stand, as far as they are known."""
    boxed: bool = False
    """Every cell of the present table holds its own question over its answer."""
    stacked: bool = False
    """Rows of labels and rows of their answers take turns in the present table."""
    hints_at: frozenset[int] = frozenset()
    """The columns of the present table in which the form prints its guidance."""
    hint: str = ""
    """The section of the last question that was sure, for forms without headings."""

    @property
    def context(self) -> str:
        """The section by which labels are understood here."""
        return self.section or self.hint


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the walk: where we are now, what was asked, how many rows were used."""

    place: Place
    asked: tuple[Asked, ...] = ()
    used: int = 1


def said(text: Text) -> str:
    """A label's words in one line."""
    return " ".join(plain(text).split())
