"""Is a value the true one? Strict, but blind to case, spaces and the shape of quotes and dashes.

* Dates, choices, lists, yes/no, agencies, NHS numbers, telephones, postcodes, e-mail addresses:
  the very value. A list in any order. A rough date: the same month, and the same words or nearly.
* Names, places and other short texts: the same words. From a picture: nine letters in ten.
* Narratives: 97 letters in a hundred (bullets aside); from a picture nine in ten.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from rapidfuzz.distance import Levenshtein

NARRATIVES = frozenset(
    (
        *("incident_summary", "immediate_actions", "reason_for_referral", "good_practice"),
        *("learning_identified", "involvement", "event", "linked_cases"),
    )
)
EXACT = frozenset(("email", "nhs_number", "phone", "postcode"))
NARRATIVE, PICTURE = 0.97, 0.90
_ALIKE = str.maketrans(
    dict.fromkeys("‘’ʼ`", "'") | dict.fromkeys("“”", '"') | dict.fromkeys("–—−", "-")
)
_BULLETS = re.compile(r"(?m)^\s*[-•·▪●*\uf0b7◦o]\s+")


def folded(text: object) -> str:
    """Text without case, doubled spaces, bullets, and stops at its ends."""
    plain = unicodedata.normalize("NFKC", str(text)).translate(_ALIKE).casefold()
    return " ".join(_BULLETS.sub("", plain).split()).strip(" .,:;-|_")


def likeness(one: object, other: object) -> float:
    """1 for the same text, 0 for nothing in common."""
    return Levenshtein.normalized_similarity(folded(one), folded(other))


def nothing(value: Any) -> bool:
    """Whether a value says nothing."""
    return value is None or value in ("", [], {})


def right(key: str, answer: Mapping[str, Any], value: Any, picture: bool) -> bool:
    """Whether a value (not nothing) is the true one or one of those that are right too."""
    accepted = [answer["value"], *answer["accept"]]
    return any(same(key, true, value, picture) for true in accepted if true is not None)


def same(key: str, true: Any, value: Any, picture: bool) -> bool:
    """Whether two values of a field are the same."""
    if isinstance(true, list) or isinstance(value, list):
        return isinstance(true, list) and isinstance(value, list) and set(true) == set(value)
    if isinstance(true, dict) or isinstance(value, dict):
        return _same_when(true, value)
    if key == "form_version":
        return re.findall(r"\d+", str(true)) == re.findall(r"\d+", str(value))
    if any(key.endswith(part) for part in EXACT):
        return folded(true) == folded(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", str(true)):
        return str(true)[:16] == str(value)[:16]
    if folded(true) == folded(value):
        return True
    least = PICTURE if picture else NARRATIVE if key in NARRATIVES else 1.0
    return len(str(true)) > 3 and likeness(true, value) >= least


def _same_when(true: Any, value: Any) -> bool:
    """Periods, ages and rough days."""
    if not (isinstance(true, dict) and isinstance(value, dict)):
        return False
    if "approx" not in true:
        return true == value
    alike = likeness(true["approx"], value.get("approx", "")) >= 0.8
    return alike and value.get("month") in (true["month"], None)
