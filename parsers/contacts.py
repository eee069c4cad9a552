"""An agency's contact told apart: who it is, and the telephone number or address to use."""

from __future__ import annotations

import re
from dataclasses import replace

from triage.evidence import Answer
from triage.sin_form import Row
from triage.values.choices import yes_or_no

_EMAIL = r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
_PHONE = r"\(?\+?\d[\d\s()-]{7,}\d(?:\s*(?:ext?\.?|x)\s*\d+)?"
_WAY = re.compile(rf"{_EMAIL}|{_PHONE}", re.IGNORECASE)
_SIGN = re.compile(
    r"\b(?:tel(?:ephone)?|phone|mob(?:ile)?|e-?mail|contact|direct line|[tem](?=\s*:))\b\s*[.:]?",
    re.IGNORECASE,
)
_EDGES = " \t\n,;:|/()-–—"
_SURE, _STRAYED = 0.9, 0.8
_DOUBT = "this stands where a contact is asked for"


def parted(row: Row) -> Row:
    """A row whose 'contact' holds a number or address has it as contact details, and the reverse.

    One column for both ('Name and contact details of worker') is divided; what is only a
    number or an address names nobody.
    """
    row = _nobody(row)
    name, details = row.get("contact_name"), row.get("contact_details")
    if name and name.value and _WAY.search(name.text):
        return _divided(row, name, details)
    if details and details.value and not (name and name.value) and _WAY.search(details.text):
        return _divided(row, details, None) if _person(details.text) else row
    return row


def _nobody(row: Row) -> Row:
    """Nobody is called 'Yes': such a contact strayed from the column 'known' beside it."""
    name, known = row.get("contact_name"), row.get("known")
    said = yes_or_no(name.text).value if name and name.value and len(name.text) < 10 else None
    if name is None or said is None:
        return row
    left = {key: one for key, one in row.items() if key != "contact_name"}
    if known is None or known.value is None:
        left["known"] = replace(name, value=said, confidence=_STRAYED, doubt=_DOUBT)
    return left


def _divided(row: Row, held: Answer, details: Answer | None) -> Row:
    ways = ", ".join(" ".join(match[0].split()) for match in _WAY.finditer(held.text))
    person = _person(held.text)
    sure = min(held.confidence, _SURE) if person else held.confidence
    told = {key: one for key, one in row.items() if key not in ("contact_name", "contact_details")}
    if person:
        told["contact_name"] = replace(held, value=person, text=person, confidence=sure)
    if details and details.value and details.text != ways:
        ways = f"{ways}, {details.text}"
    told["contact_details"] = replace(held, value=ways, text=ways, confidence=sure)
    return {key: told[key] for key in (*row, "contact_name", "contact_details") if key in told}


def _person(text: str) -> str:
    """What is left of a contact without its numbers and addresses."""
    left = _SIGN.sub(" ", _WAY.sub(" ", text))
    return " ".join(left.split()).strip(_EDGES)
