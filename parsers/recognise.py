"""What kind of paper a document is: a SIN form, an empty one, or something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from parsers.answers import PERHAPS_GUIDANCE
from parsers.asked import Asked
from parsers.reading import Reading, plain
from parsers.rows import first_rows, rows_of
from parsers.vocabulary import Vocabulary
from triage.papers import LIKE_A_FORM
from triage.sin_form import SinForm
from triage.values.choices import key

# What only a notification of a serious incident asks; other referral forms ask the rest too.
_TELLING = frozenset(
    {
        "incident_date",
        "la_aware_date",
        "outcome_for_child",
        "abuse_or_neglect",
        "criteria_met",
        "meets_notification",
        "wants_local_learning",
        "panel_notified",
        "safeguarding_lead_consulted",
        "immediate_actions",
        "learning_identified",
        "good_practice",
        "harm_types",
        "parallel_processes",
    }
)
_FEWEST_KEYS, _FEWEST_TELLING = 7, 3
_FEWEST_IF_NAMED = 4  # where the title says that it is a SIN form
_LIKE, _LIKE_IF_NAMED = 3, 2
_PAPERS = (
    ("minutes", re.compile(r"\bminutes\b|\bapologies\b|\battendees\b|\bmatters arising\b", re.I)),
    ("chronology", re.compile(r"\bchronolog(?:y|ies)\b|\btimeline of\b", re.I)),
    (
        "agency report",
        re.compile(
            r"\b(?:agency|information|summary|single agency|individual management|imr|nil)\s+"
            r"(?:report|return|review|summary|response|contribution)\b|\breport (?:by|from|of)\b|"
            r"\bsummary of (?:agency )?involvement\b|\bagency (?:name|involvement)\b|"
            r"\bnot known to (?:us|our|this)\b",
            re.I,
        ),
    ),
)


class Kind(NamedTuple):
    """form, blank or not-a-form; why; and what else it may be."""

    status: str
    reason: str | None
    recognised_as: str = ""


def named(words: Vocabulary, reading: Reading) -> int:
    """How long the name is by which a document's title or margin says it is this form; 0: none."""
    title = f" {key(head(reading))} "
    return max((len(name) for name in words.recognised_by if f" {name} " in title), default=0)


def head(reading: Reading, most: int = 8) -> str:
    """The words a document begins with, and those in its margins."""
    rows = first_rows(reading, most)
    said = [piece.words for row in rows for piece in row.filled][:most]
    return "\n".join([*said, *(plain(p.text) for p in reading.margin[:6])])


def kind_of(
    form: SinForm | None, asked: Sequence[Asked], words: Vocabulary, reading: Reading
) -> Kind:
    """What a document is, from what it asks and what it is called."""
    keys = {q.found.field.key for q in asked if q.found and not q.found.kept}
    telling = len(keys & _TELLING)
    enough = len(keys) >= _FEWEST_KEYS and telling >= _FEWEST_TELLING
    half = named(words, reading) and len(keys) >= _FEWEST_IF_NAMED and telling >= 1
    taught = words.lessons is not None and len(keys) >= _FEWEST_IF_NAMED
    if form is None or not (enough or half or taught):
        return _other(reading, len(keys), _seems_a_form(asked, words, reading))
    if not _answered(form):
        return Kind("blank", "This is a SIN form that nobody has filled in.")
    return Kind("form", None)


def _answered(form: SinForm) -> bool:
    """Whether anything was entered; agencies and versions printed on the form do not count."""
    for path, answer in form.every_answer():
        if path == "form_version" or path.endswith(".agency") or answer.value is None:
            continue
        if answer.doubt == PERHAPS_GUIDANCE:
            continue
        return True
    return any(question.label for question in form.unmapped)


def _seems_a_form(asked: Sequence[Asked], words: Vocabulary, reading: Reading) -> bool:
    """A form's title with some of its questions answered, or several of them without a title."""
    told = {q.found.field.key for q in asked if q.found and q.found.exact and not q.blank}
    if named(words, reading) and len(told) >= _LIKE_IF_NAMED:
        return True
    return len(told) >= _LIKE and bool(told & _TELLING)


def _other(reading: Reading, known: int, seems_a_form: bool) -> Kind:
    title = head(reading)
    for name, words in _PAPERS:
        if words.search(title):
            return Kind("not-a-form", _reason(name), name)
    if _has_dated_table(reading):
        return Kind("not-a-form", _reason("chronology"), "chronology")
    if seems_a_form:
        why = "This looks like a SIN form, but too little of it could be read."
        return Kind("not-a-form", why, LIKE_A_FORM)
    if reading.reader == "tesseract" and (known or _hard_to_read(reading)):
        why = "This scan or photograph may be a SIN form, but too little of it could be read."
        return Kind("not-a-form", why, LIKE_A_FORM)
    if known >= _FEWEST_KEYS:
        return Kind("not-a-form", "This is a form, but it does not ask what a SIN form asks.")
    return Kind("not-a-form", "This document does not ask what a SIN form asks.")


def _hard_to_read(reading: Reading) -> bool:
    """Whether pages of a scan were found hardly legible or without words."""
    return any(problem.kind == "unreadable" for problem in reading.problems)


def _reason(name: str) -> str:
    article = {"minutes": "These are minutes", "agency report": "This is an agency's report"}
    return f"{article.get(name, f'This is a {name}')}, not a SIN form."


def _has_dated_table(reading: Reading) -> bool:
    """A table of dates and events, most rows beginning with a date."""
    dated = 0
    for row in rows_of(reading):
        first = row.filled[0].words if row.filled else ""
        if row.table and re.match(
            r"^\d{1,2}[/.\- ](?:\d{1,2}|[a-z]{3,9})[/.\- ]\d{2,4}\b", first, re.I
        ):
            dated += 1
    return dated >= 5
