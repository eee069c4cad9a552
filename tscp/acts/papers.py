"""An attachment and what the worker made of it become a paper of the domain, under a neutral name.

Senders put children's names into file names; so papers are 'document 1.docx', and the real
name is kept sealed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from intake.opening import Attachment
from parsers.outcome import DocumentRead
from storage.settled import DocumentSeen
from triage.papers import LIKE_A_FORM, Paper
from triage.problem import Problem
from triage.sin_form import SinForm

LOGO_BYTES = 60_000
"""An inline picture up to this size is taken for a logo or signature, not a photographed form."""
STATES = {
    "form": "read",
    "blank": "kept",
    "not-a-form": "kept",
    "unreadable": "needs a person",
    "ornament": "ignored",
}
LOGO = "a small picture shown in the text, such as a logo"
CALENDAR = "the calendar entry of an invitation"
ORNAMENTS = {"calendar": CALENDAR, "contact": "a contact card"}
LIKE = Problem(
    "This looks like a SIN form, but too little of it could be read",
    what_to_do="read it by eye; open a case for it or file it to one of those offered",
)
UNREAD = ("unreadable", "protected", "too big", "crashed")
"""Kinds of trouble that leave part of a document unread."""


def neutral_name(number: int, attachment: Attachment) -> str:
    """'document 3.docx': the sender's ending only where it is plain letters."""
    ending = attachment.name.rpartition(".")[2].lower() if "." in attachment.name else ""
    return f"document {number}" + (f".{ending}" if re.fullmatch(r"[a-z0-9]{1,5}", ending) else "")


def paper_of(
    number: int,
    attachment: Attachment,
    reading: Callable[[], DocumentRead | Problem],
    ordinary: bool,
) -> tuple[Paper, str]:
    """The paper, and the name of the reader that read it; logos and the like are not read."""
    name, sha256 = neutral_name(number, attachment), hashlib.sha256(attachment.content).hexdigest()
    bare = Paper(name, sha256, "unreadable", attachment.path)
    if _is_logo(attachment, ordinary):
        return replace(bare, state="ornament", reason=LOGO), ""
    if attachment.media_type == "text/calendar":
        return replace(bare, state="ornament", reason=CALENDAR), ""
    read = reading()
    if not isinstance(read, Problem) and read.recognised_as in ORNAMENTS:
        return replace(bare, state="ornament", reason=ORNAMENTS[read.recognised_as]), ""
    if isinstance(read, Problem):
        return replace(bare, reason=read.sentence(), problem=read), ""
    paper = replace(
        bare,
        state=read.status,
        form=_named(read.form, name) if read.status == "form" and read.form else None,
        text=read.text,
        recognised_as=read.recognised_as,
        reason=read.problem.sentence() if read.problem else read.reason or "",
        problem=_problem(read),
    )
    return paper, read.reader


def _problem(read: DocumentRead) -> Problem | None:
    """Why it could not be read; of a form, what of it could not (pages that are scans)."""
    if read.status == "unreadable":
        return read.problem
    if read.recognised_as == LIKE_A_FORM:
        return LIKE
    told = [note for note in read.notes if note.kind in UNREAD]
    return told[0] if read.status == "form" and told else None


def _is_logo(attachment: Attachment, ordinary: bool) -> bool:
    picture = attachment.inline and attachment.media_type.startswith("image/")
    return picture and (len(attachment.content) <= LOGO_BYTES or not ordinary)


def _named(form: SinForm, name: str) -> SinForm:
    return replace(form, document=name)


def documents_of(
    papers: Sequence[tuple[Paper, Attachment, str]],
) -> list[DocumentSeen]:
    """The register's lines of a message's documents."""
    return [
        DocumentSeen(
            name=paper.name,
            path=paper.path,
            sha256=paper.sha256,
            state=_state(paper),
            reason=_reason(paper),
            reader=reader,
            real_name=attachment.name,
        )
        for paper, attachment, reader in papers
    ]


def _state(paper: Paper) -> str:
    """A form of which pages are scans was read all the same; what looks like one was not."""
    return "needs a person" if paper.problem and paper.form is None else STATES[paper.state]


def _reason(paper: Paper) -> str:
    state = _state(paper)
    if state == "needs a person" and paper.problem:
        return paper.problem.sentence()
    return paper.reason if state in ("needs a person", "ignored") else ""
