"""What speaks against an answer though its label is sure: it looks like something else.

A row read one line too far gives the next question as the answer; a column read askew gives an
e-mail address for a name. Such texts are kept, but a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from parsers.elsewhere import only_promises, points_elsewhere
from parsers.like_labels import is_listed
from parsers.options import has_box
from parsers.vocabulary import Field, Vocabulary
from parsers.wrong_box import of_another_box
from triage.values.choices import YES_NO, exactly
from triage.values.dates import parse_when
from triage.values.numbers import mended_email
from triage.values.when import Day


class Misfit(NamedTuple):
    """A reason to ask a person, and the most that the answer is then sure."""

    sure: float
    doubt: str


_WRITTEN = ("name", "text", "address", "narrative", "gender")
_INSTRUCTS = re.compile(
    r"^\W*(?:if (?:there|different|known|applicable|not|any|yes|so|other)\b|please\b|e\.?g\b|"
    r"includ(?:e|ing) (?:any|all|the|details|dates?|names?)\b|(?:give|state|provide|specify) |"
    r"for example\b|tick (?:all|one|as)\b|delete as\b|names used\b|dd ?/ ?mm)",
    re.IGNORECASE,
)
_LONGEST_HINT = 12  # words; people write longer answers that begin with 'If there …'
_ROLES = re.compile(
    r"\b(?:manager|worker|nurse|officer|practitioner|teacher|doctor|lead|consultant|sergeant|"
    r"inspector|paediatrician|midwife|visitor|coordinator|co-ordinator|head|director|advis[eo]r)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})+\.?\s+[A-Z]|^Q\d{1,2}\b")
_QUESTION_ENDS = re.compile(r"[a-z]\?\s+\w")
_BREAKS_OFF = re.compile(r"[,;(\-–/&]$")
_APART = re.compile(r"\s[a-z]-[A-Z]")
_SHORT_DATE = re.compile(
    r"^\d[\d\s./-]{5,11}$|^\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9},?\s+\d{2,4}$"
)
_ADDRESS_ENDS = re.compile(
    r"@[\w.-]*\.(?:uk|com|org|net|example|info|eu|biz|test|invalid|ie|scot|wales|cymru|nhs)\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE)
_WHOSE = re.compile(r"(?:^|[.;,\n]\s*)[A-Z][\w' ]{1,20}:\s")  # 'Ann: 1 Mill Lane. Bo: 9 Hob Street'
_LONGEST = {"name": 80, "text": 400, "address": 250}


def misfit(field: Field, said: str, words: Vocabulary) -> Misfit | None:
    """The first reason to doubt that this text answers that question; None if it may well."""
    if field.type not in _WRITTEN or not said:
        return None
    return next(_doubts(field, said, words), None)


def _doubts(field: Field, said: str, words: Vocabulary) -> Iterator[Misfit]:
    if has_box(said):
        yield Misfit(0.5, "boxes of another question stand in it")
    if _like_a_label(words, said) and not (field.key.endswith("role") and ":" not in said):
        yield Misfit(0.6, "this reads like another question of the form")
    if field.type != "narrative" and _QUESTION_ENDS.search(said):
        yield Misfit(0.6, "the end of a question stands before it")
    if points_elsewhere(said):
        yield Misfit(0.6, "this only says where the answer stands")
    if field.type != "narrative" and only_promises(said):
        yield Misfit(0.6, "there is no answer yet")
    if doubt := of_another_box(field, said, words):
        yield Misfit(0.6, doubt)
    if field.type == "gender":
        yield Misfit(0.7, "no gender we know could be read")
    # What the vocabulary lists as guidance was taken out already (guidance.py).
    if _INSTRUCTS.match(said) and len(said.split()) <= _LONGEST_HINT:
        yield Misfit(0.6, "this reads like the form's own guidance")
    if field.type == "name":
        yield from _no_name(said)
    if field.type == "text":
        yield from _no_short_text(field, said)
    if field.type == "address" and _several_addresses(said):
        yield Misfit(0.7, "perhaps more than one address")
    if len(said) > _LONGEST.get(field.type, len(said)):
        yield Misfit(0.8, "this is very long for such a question")
    if _BREAKS_OFF.search(said):
        yield Misfit(0.9, "this seems to break off")


def _several_addresses(said: str) -> bool:
    postcodes = {"".join(found.upper().split()) for found in _POSTCODE.findall(said)}
    return len(postcodes) > 1 or len(_WHOSE.findall(said)) > 1


def _like_a_label(words: Vocabulary, said: str) -> bool:
    """It is a label of two words and more, is numbered like one, or begins with one and a colon."""
    if _NUMBERED.match(said):
        return True
    if len(said) > 160:
        return False
    if " " in said and not said.islower() and _listed(words, said):
        return True
    start = re.match(r"[^:?\n]{2,80}[:?](?=\s)", said)
    return start is not None and _listed(words, start[0])


def _listed(words: Vocabulary, said: str) -> bool:
    """Whether it is a listed label; most answers end with a word that no label ends with."""
    last = re.sub(r"\([^()]*\)", " ", said).rstrip(" :?*.)").rpartition(" ")[2].lower()
    return last in _last_words(words) and is_listed(words, said)


@lru_cache(maxsize=16)
def _last_words(words: Vocabulary) -> frozenset[str]:
    listed = (label for field in words.fields for label in (*field.labels, *field.here))
    alike = (wording for wording, _ in words.alike)
    return frozenset(label.rpartition(" ")[2] for label in (*listed, *alike))


def _no_name(said: str) -> Iterator[Misfit]:
    if "@" in said or sum(c.isdigit() for c in said) > 2:
        yield Misfit(0.5, "this is no name")
    if exactly(said, YES_NO):
        yield Misfit(0.5, "a name is asked for, and yes or no is given")
    if _ROLES.search(said):
        yield Misfit(0.8, "this may be a role and not a name")
    if _APART.search(said):
        yield Misfit(0.9, "letters of the name stand apart")


def _no_short_text(field: Field, said: str) -> Iterator[Misfit]:
    contact = "contact" in field.key
    if "@" in said and not contact:
        yield Misfit(0.6, "this is an e-mail address")
    if "@" in said and not _ADDRESS_ENDS.search(mended_email(" ".join(said.split()))):
        yield Misfit(0.9, "the e-mail address seems to break off")
    if _SHORT_DATE.match(said) and not contact and isinstance(parse_when(said).value, Day):
        yield Misfit(0.8, "this is a date")
