"""Several people in the boxes of one: 'Twin 1 F, Twin 2 M', 'both girls', two dates of birth.

Which answer is whose a person must say, so everything in such a row is doubted, also what
looks clean: the one address given may be the other twin's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from parsers.confidence import doubted
from triage.evidence import Answer

SEVERAL = "more than one person seems to be told of here"
_SURE = 0.85
_COUNTED = re.compile(
    r"\b(?:twin|triplet|child|baby|sibling|yp)\s*(?:no\.?\s*|#\s*)?([1-9]|[A-D])\b", re.IGNORECASE
)
_PLURAL = re.compile(r"\b(?:both|all|girls|boys|twins|triplets|females|males)\b", re.IGNORECASE)
_TWO_NAMES = re.compile(r"\S+\s\S+\s*(?:\band\b|&|;|\s/\s|\n)\s*\S+\s\S+|\btwins\b", re.IGNORECASE)
_ALIAS = re.compile(r"\b(?:known as|aka|a\.k\.a|alias|formerly|previously|n[ée]e)\b", re.IGNORECASE)
_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b")
_NUMBER = re.compile(r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b")
_KEYS_OF_NAME = ("child_name", "name")
_NEVER_OF_MANY = ("gender", "date_of_birth", "nhs_number")
_SAID_OF_PERSONS = (*_KEYS_OF_NAME, *_NEVER_OF_MANY, "home_address", "address", "school_or_setting")


def checked_person(row: Mapping[str, Answer]) -> dict[str, Answer]:
    """A child's or relative's row; every value doubted if it seems to be of several people."""
    if not any(_of_several(key, answer.text) for key, answer in row.items()):
        return dict(row)
    return {
        key: answer if answer.value is None else doubted(answer, _SURE, SEVERAL)
        for key, answer in row.items()
    }


def _of_several(key: str, said: str) -> bool:
    if key not in _SAID_OF_PERSONS:
        return False
    if len({number.lower() for number in _COUNTED.findall(said)}) > 1:
        return True
    if key in _KEYS_OF_NAME:
        return bool(_TWO_NAMES.search(said)) and not _ALIAS.search(said)
    if key in _NEVER_OF_MANY and _PLURAL.search(said):
        return True
    pattern = {"date_of_birth": _DATE, "nhs_number": _NUMBER}.get(key)
    return pattern is not None and len(set(pattern.findall(said))) > 1
