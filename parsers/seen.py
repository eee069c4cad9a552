"""How sure an answer can be at most that was recognised in a picture.

The words of a picture are mostly read rightly; what is wrong is where an answer begins and ends:
a row of a table is taken for another's, guidance or the end of a label for part of the answer, a
box is missed. So only answers of a clean build stay as sure as their words are.
"""

from __future__ import annotations

import re

from parsers.asked import COLUMN, TICKS, Asked
from parsers.meaning import PATTERN
from parsers.reading import TICKED, UNTICKED, plain
from parsers.typed import Typed

UNSURE = 0.93
"""Below what a person need not look at (0.95)."""
_BY_EYE = frozenset(("yes/no", "choice", "choices", "gender", "narrative"))
"""Ticks are not found surely enough yet, and guidance in small print may begin a narrative
(docs/accuracy.md, 'Scans and photographs')."""
_LETTERED = frozenset(("phone", "email"))  # nothing in them tells a slip
_LONE_CAPITAL = re.compile(r"(?<!\w)[A-Z](?![\w'.])")  # of 'Ó Faoileáin', read as 'O'


def most_sure(asked: Asked, value: Typed) -> float:
    """1 for an answer that was typed, or recognised without any doubt about its bounds."""
    typed = all(run.sure == 1 for run in asked.answer if run.text.strip())
    if typed and asked.evidence.method != "ocr":
        return 1.0
    assert asked.found is not None
    text, kind = plain(asked.answer).strip(), asked.found.field.type
    if asked.found.how == PATTERN or asked.row is not None or asked.how in (COLUMN, TICKS):
        return UNSURE
    if kind in _BY_EYE:
        return UNSURE
    boxed = TICKED in text or UNTICKED in text
    begun = text[:1].isalnum() and not text[:1].islower()  # else it may be the end of a label
    if boxed or "\n" in text or not (begun or kind in _LETTERED):
        return UNSURE
    if kind in _LETTERED and str(value.value).replace(" ", "") != text.replace(" ", ""):
        return UNSURE
    return UNSURE if kind in ("name", "person") and _LONE_CAPITAL.search(text) else 1.0
