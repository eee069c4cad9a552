"""What was read, where it stood, and how sure we are of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from triage.values.when import Age, Day, Period, Roughly

Value = str | tuple[str, ...] | Day | Period | Roughly | Age
"""A canonical value as in the interface; None beside it means 'asked, not answered'."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an answer stands in a document; at least one of page, cell, box is given.

    `page` counts from 1. `cell` is words such as 'table 2, row 5, cell 2' or 'paragraph 12'.
    `box` is (left, top, right, bottom) in points from the page's top left.
    `method` names how it was read: docx-table, docx-paragraph, docx-control, pdf-table,
    pdf-line, pdf-field, ocr, mail-body; 'corrected' where staff said it (`cell` says who and when).
    """

    page: int | None = None
    cell: str | None = None
    box: tuple[float, float, float, float] | None = None
    method: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its canonical value (None: not answered), the text as typed, confidence 0..1.

    `doubt` says in plain words why confidence is low ('both boxes ticked'); '' when it is not.
    It must not quote the answer.
    """

    value: Value | None
    text: str
    confidence: float
    evidence: Evidence
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Answer):
    """An answer as staff gave it; it stands before what was read, which stays beside it.

    `was` is the answer as the papers give it now, None where they give none. `disputed`: they
    have come to say something else since. `at` is UTC. Computed, never kept.
    """

    was: Answer | None
    by: str
    at: datetime
    why: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question the vocabulary does not know, kept with its label and answer as typed."""

    label: str
    text: str
    evidence: Evidence
