"""The documents a message carried, as the domain sees them once they were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from triage.problem import Problem
from triage.sin_form import SinForm

LIKE_A_FORM = "like a form"
"""What a document is recognised as that has a form's title or questions, yet could not be read
as one: a person looks at it, whatever else its mail brings."""

PaperState = Literal["form", "blank", "not-a-form", "unreadable", "ornament"]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. `name` is neutral ('document 1.docx'), never the sender's file name.

    `ornament` is a small picture shown in the text (a logo). `text` serves to find the case
    a paper that is not a form belongs to. `problem` says why it is unreadable.
    """

    name: str
    sha256: str
    state: PaperState
    path: tuple[str, ...] = ()
    form: SinForm | None = None
    text: str = ""
    recognised_as: str = ""
    reason: str = ""
    problem: Problem | None = None
