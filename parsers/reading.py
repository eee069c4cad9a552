"""Structure without meaning: what every reader makes of a document.

A reader turns bytes into a Reading: paragraphs and tables in reading order, each with where
it stands. Which text is a label and which its answer is decided later and once, in
labelling.py, so that Word, PDF and (later) scans and mail bodies are understood alike.

Every kind of check box (content control, legacy field, Wingdings glyph, AcroForm button,
drawn square with a cross) becomes one of two characters in the text: TICKED or UNTICKED.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from triage.evidence import Evidence
from triage.problem import Problem

TICKED = "\N{BALLOT BOX WITH X}"
UNTICKED = "\N{BALLOT BOX}"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look. A line break is '\\n' in the text, a tab '\\t'.

    `entered`: it stands inside a form field or content control, so it is surely an answer.
    `placeholder`: the control's own prompt ('Click here to enter text'), so it is no answer.
    `name` is the title, tag or field name of that control, '' if it has none.
    `sure` is below 1 where a machine recognised the words in a picture (scan_words.py).
    """

    text: str
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    highlighted: bool = False
    grey: bool = False
    entered: bool = False
    placeholder: bool = False
    name: str = ""
    sure: float = 1.0


Text = tuple[Run, ...]


def plain(text: Text) -> str:
    """The text as typed; prompts and struck-out runs are still in it."""
    return "".join(run.text for run in text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or paragraph outside any table. `heading` where the document styles it as one."""

    text: Text
    evidence: Evidence
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; a merged one appears once, at its top left, with its span.

    `row` and `column` count grid positions from 0. Paragraphs in it are joined by '\\n'; a
    nested table's rows are lines with its cells separated by '\\t', and the table itself is
    in `tables`. `shaded`: it has a background, as label and heading cells often do.
    """

    row: int
    column: int
    text: Text
    evidence: Evidence
    rows: int = 1
    columns: int = 1
    shaded: bool = False
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Cells row by row. `ruled` is False where columns were inferred from alignment only."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    ruled: bool = True


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's structure. `reader` is 'python-docx', 'pdfplumber' or 'form fields'.

    `margin` holds headers, footers, comments and the like: kept, searched for the form's
    version, never taken for answers.
    """

    blocks: tuple[Block, ...]
    reader: str
    margin: tuple[Paragraph, ...] = ()
    problems: tuple[Problem, ...] = ()


class Unreadable(Exception):
    """Raised by a reader: this document cannot be read. Carries the Problem for a person."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


Reader = Callable[[bytes], Reading]
