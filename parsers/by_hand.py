"""An answer as a member of staff types it: read like a form's, and refused where that is unsure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from parsers.reading import Run
from parsers.typed import CONFLICT, Context, Typed, typed
from parsers.vocabulary import Field, Vocabulary
from triage.agency_names import agency_names
from triage.evidence import Value
from triage.plain_words import question
from triage.problem import Problem
from triage.values.choices import every_choice

SURE, EXACT = 0.9, 0.97
"""A person who types an answer can be asked to type it clearly; a form cannot. A choice is typed
exactly: 'death or serious harm' begins with one and means neither."""
CHOICES = {"choice", "yes/no"}
AS_WRITTEN = {"text", "narrative", "name", "address", "gender"}
LONGEST = 20_000
EXAMPLES = {
    "date": "write it such as 3 March 2026, 3 March 2026 at 14:30, 3 to 5 March 2026",
    "birth": "write it such as 5 June 2021, or an age such as 4 years",
    "yes/no": "it is yes, no or unknown",
    "email": "write it such as p.officer@example.org",
    "phone": "write it such as 0161 496 0000",
    "nhs number": "ten digits, such as 999 000 0123",
    "postcode": "write it such as SK14 1AA",
}


def by_hand(
    words: Sequence[Vocabulary], agencies: Mapping[str, str], group: str, key: str, text: str
) -> Value | Problem:
    """The value of `text` as the answer to this key ('' or 'answers': asked once).

    What the value may be follows from the vocabularies, agencies by the register's aliases; a
    Problem says what would be right.
    """
    field = next(f for v in words if (f := v.field(group or "answers", key)) is not None)
    if len(text) > LONGEST:
        return Problem(f"{question(key)}: longer than {LONGEST} characters")
    read = _read(field, text, agencies)
    if read.value in (None, CONFLICT, ()) or not _clear(field, read):
        why = f" ({read.doubt})" if read.doubt else ""
        what = f"{question(key)}: this is not understood{why}"
        return Problem(what, what_to_do=_right(field, agencies))
    assert read.value is not None
    return read.value


def _clear(field: Field, read: Typed) -> bool:
    sure = EXACT if field.type in CHOICES else SURE
    return field.type in AS_WRITTEN or (read.sure >= sure and not read.doubt)


def _read(field: Field, text: str, agencies: Mapping[str, str]) -> Typed:
    if field.type == "choices":
        return _choices(field, text)
    if field.type == "agency" and text in agencies.values():
        return Typed(text, text, 1.0)
    return typed(field, (Run(text),), Context(agency_names(agencies)))


def _choices(field: Field, text: str) -> Typed:
    """Every part of a list must name a choice: none is dropped unsaid."""
    named = [every_choice(part, field.choices) for part in re.split(r"[,;\n]", text)]
    values = {value for part in named for value in part}
    ordered = tuple(value for value in field.choices if value in values)
    return Typed(ordered if all(named) else None, text, 1.0)


def _right(field: Field, agencies: Mapping[str, str]) -> str:
    if field.type == "agency":
        return f"it is one of {' '.join(dict.fromkeys(agencies.values()))}"
    if field.choices:
        listed = ", ".join(field.choices)
        return f"it is {'one' if field.type == 'choice' else 'one or more'} of: {listed}"
    return EXAMPLES.get(field.type, "write what is right; '-' for not given")
