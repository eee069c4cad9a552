"""What became of one document: the last word of this room to the rest of the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from triage.problem import Problem
from triage.sin_form import SinForm

Status = Literal["form", "blank", "not-a-form", "unreadable"]
MOST_TEXT = 200_000
"""Characters of a document's plain text that are kept."""


@dataclass(frozen=True, slots=True)
class DocumentRead:
    """A document, read. `reason` is a plain sentence, None only for a form.

    `text` is the plain text (at most MOST_TEXT), used to match papers that are not forms.
    `notes` are troubles that did not keep it from being read: pages that are scans, a name that
    promises another kind. `reader` is 'python-docx', 'pdfplumber', 'form fields' or ''.
    `problem` is set when unreadable (its kind says protected, too big, crashed …).
    `recognised_as` is for a document that is not a form: 'chronology', 'agency report',
    'minutes', 'calendar', 'contact' or ''.
    """

    status: Status
    reason: str | None
    form: SinForm | None = None
    text: str = ""
    reader: str = ""
    problem: Problem | None = None
    recognised_as: str = ""
    notes: tuple[Problem, ...] = ()
