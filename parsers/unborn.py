"""'EDD 12/03/2027' in the box for the date of birth: the child is not born yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from triage.evidence import Answer
from triage.values.dates import parse_when

_DUE = re.compile(
    r"^\W*(?:unborn\b[\s\W]*)?(?:e\.?d\.?d\b\.?|due(?: date| on)?\b|baby due\b|"
    r"(?:expected|estimated)\b(?: (?:date of )?delivery| due)?(?: date)?)[\s\W]*",
    re.IGNORECASE,
)
_SURE = 0.85


def due_not_born(row: Mapping[str, Answer]) -> dict[str, Answer]:
    """A child's row; a due date in place of a birth is the expected delivery date."""
    birth, due = row.get("date_of_birth"), row.get("expected_delivery_date")
    told = _DUE.match(birth.text) if birth else None
    if birth is None or told is None or (due and due.value is not None):
        return dict(row)
    found = parse_when(birth.text[told.end() :])
    if found.value is None:
        return dict(row)
    sure = min(_SURE, found.confidence)
    doubt = "given in the box for the date of birth"
    expected = replace(birth, value=found.value, confidence=sure, doubt=doubt)
    unborn = replace(birth, value=None, confidence=sure, doubt="this is a due date, not a birth")
    return {**row, "date_of_birth": unborn, "expected_delivery_date": expected}
