"""Answers that fit another box of the same form better: 'Female' under ethnicity.

Whoever types one line too low fills every box with what belongs to its neighbour. Texts have
no form of their own, so they are held against what the other questions take for an answer.
"""

from __future__ import annotations

import re

from parsers.vocabulary import Field, Vocabulary
from triage.values.choices import GENDERS, YES_NO, exactly

_SCHOOL = re.compile(
    r"\b(?:school|primary|infants?|juniors?|academy|college|nursery|pre-?school)\b", re.IGNORECASE
)
_SURGERY = re.compile(
    r"\b(?:surgery|medical|practice|health (?:centre|center)|clinic|gp|dr|doctors?)\b",
    re.IGNORECASE,
)
_FAITH = re.compile(
    r"(?:roman )?catholic|christian(?:ity)?|church of england|c of e|muslim|islam(?:ic)?|hindu|"
    r"sikh|buddhist",
    re.IGNORECASE,
)
_NEIGHBOURS = {
    "gp_practice": (_SCHOOL, _SURGERY, "this reads like a school"),
    "school_or_setting": (_SURGERY, _SCHOOL, "this reads like a doctor's practice"),
}
_LONE_NUMBER = re.compile(r"[\d\s()+-]{9,}")
_TAKES_NUMBERS = re.compile(r"contact|reference|_id$")
_YES_TELLS = ("disability", "linked_cases", "signature")


def of_another_box(field: Field, said: str, words: Vocabulary) -> str:
    """Why a short text seems to belong to another question; '' if it may well stand here."""
    if field.type == "name":
        return "this is a gender and no name" if _says_gender(said) else ""
    if field.type != "text":
        return ""
    if _says_gender(said) and field.key not in ("relationship", "time"):
        return "this reads like a gender"
    if _LONE_NUMBER.fullmatch(said) and not _TAKES_NUMBERS.search(field.key):
        return "this is a number and no words"
    if exactly(said, YES_NO) == "yes" and field.key not in _YES_TELLS:
        return "other words are asked for, and yes is given"
    if field.key in ("ethnicity", "first_language") and _FAITH.fullmatch(said):
        return "this reads like a religion"
    if field.key in _NEIGHBOURS:
        others, own, doubt = _NEIGHBOURS[field.key]
        if others.search(said) and not own.search(said):
            return doubt
    return "this answers another question" if _chosen_elsewhere(field, said, words) else ""


def _says_gender(said: str) -> bool:
    return len(said) > 2 and exactly(said, GENDERS) is not None


def _chosen_elsewhere(field: Field, said: str, words: Vocabulary) -> bool:
    """It is one of the choices of another question about the same person or incident."""
    if field.group not in ("answers", "children") or exactly(said, YES_NO):
        return False
    others = (o for o in words.fields if o.group == field.group and o.type in ("choice", "choices"))
    chosen = (exactly(said, other.choices) for other in others)
    return any(value not in (None, "none", "other", "unknown") for value in chosen)
