"""A form typed into a mail or a text file: its lines are read as those of any document.

Most mails hold none, and looking closely takes longer than opening them, so first comes a glance.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from parsers.outcome import DocumentRead
from parsers.own_words import said_in
from parsers.read import read_reading
from parsers.readers.typed import typed
from parsers.readers.web_page import web_page
from parsers.vocabulary import Vocabulary
from triage.papers import LIKE_A_FORM
from triage.values.choices import key

BODY = "(body)"
_LABELLED = re.compile(r"^[ >*\u2022-]{0,6}\w[^:\t\n]{1,90}?[ *]*(?::|\t)", re.MULTILINE)
_FEW = 3
"""Lines that look like 'Label: answer' from which on a mail without a form's title is read."""
_OF_TITLES = re.compile(
    r"incident|consideration|safeguarding|\bform\b|referral|notif|review|sscp|lscb", re.IGNORECASE
)
_RANK = {"form": 2, "blank": 1}


def may_hold_a_form(text: str) -> bool:
    """Whether it is worth asking: it has lines like 'Label: answer', or a word of forms' titles."""
    return bool(_OF_TITLES.search(text)) or len(_LABELLED.findall(text)) >= _FEW


def read_typed(
    texts: Sequence[str],
    vocabularies: Sequence[Vocabulary],
    agencies: Mapping[str, str],
    html: str = "",
) -> DocumentRead | None:
    """The form in a mail's new text, or what looks like one; None where there is neither.

    `texts` are the same words in two layouts (the plain text, and that of the HTML), `html` is
    the page as laid out: where it has the answers, its looks and tables tell most.
    """
    worth = [text for text in dict.fromkeys(texts) if _worth_reading(text, vocabularies)]
    readings = [typed(text, "mail-body", "mail text") for text in worth]
    if worth and html:
        readings.insert(0, web_page(html, "mail-body", "mail text", said_in(worth[-1])))
    read = [read_reading(BODY, one, vocabularies, agencies) for one in readings if one.blocks]
    best = max(read[1:], key=_told, default=None)
    if read and (best is None or not _tells_more(best, read[0])):
        best = read[0]
    told = best and (best.status in _RANK or best.recognised_as == LIKE_A_FORM)
    return best if told else None


def _tells_more(one: DocumentRead, other: DocumentRead) -> bool:
    """Whether it gives clearly more answers, or any where the other gives none."""
    (rank, like, answers), (least, alike, fewer) = _told(one), _told(other)
    return (rank, like) > (least, alike) or (
        (rank, like) == (least, alike) and answers > fewer * 1.1
    )


def _worth_reading(text: str, vocabularies: Sequence[Vocabulary]) -> bool:
    if len(_LABELLED.findall(text)) >= _FEW:
        return True
    words = f" {key(text[:100_000])} "
    return any(f" {name} " in words for one in vocabularies for name in one.recognised_by)


def _told(read: DocumentRead) -> tuple[int, bool, int]:
    answers = len(list(read.form.every_answer())) if read.form else 0
    return _RANK.get(read.status, 0), read.recognised_as == LIKE_A_FORM, answers
