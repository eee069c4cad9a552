"""A worker's name and how to reach them, where a form asks for both in one cell."""

from __future__ import annotations

import re
from dataclasses import replace

from triage.evidence import Answer
from triage.sin_form import Row

_REACHED = re.compile(
    r"[^\s,;()]+@[^\s,;()]+|\+?\(?0[\d ()-]{8,}\d(?:\s*(?:ext|x)\.?\s*\d+)?", re.I
)
_SURE = 0.93  # no surer than this: the form did not part them


def parted(row: Row) -> Row:
    """An agency's row whose contact's name holds an address or a number, which are details."""
    named = row.get("contact_name")
    details = row.get("contact_details")
    if named is None or not isinstance(named.value, str) or (details and details.value):
        return row
    reached = [match[0].strip() for match in _REACHED.finditer(named.text)]
    if not reached:
        return row
    sure = min(named.confidence, _SURE)
    text = ", ".join(reached)
    told = Answer(text, text, sure, named.evidence, "")
    left = " ".join(_REACHED.sub(" ", named.text).split()).strip(" ,;:()/|-")
    name = replace(named, value=left or None, text=left, confidence=sure, doubt="")
    return {**row, "contact_name": name, "contact_details": told}
