"""Text in a label's own cell, where the form has an empty cell for the answer.

Nearly always it is the form's guidance ('Summary' / 'What happened, when and where'). People do
type there, though: then it follows a colon, or is plainly a value and no instruction.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.guidance import quiet
from parsers.inside import Inside, split
from parsers.options import has_box
from parsers.reading import Text, plain
from parsers.texts import all_of, any_of
from parsers.typed import Context, typed
from parsers.vocabulary import Field, Vocabulary
from triage.agency_names import agency_names

COLON, LINE = 0.9, 0.5
"""How sure what stands after a colon is an answer, and what stands on a line of its own."""
_FREE = ("text", "narrative", "address")
_MANY_WORDS = 25  # guidance is shorter
_NAME = re.compile(r"(?:[A-Z][\w'’.-]*|(?:de|van|von|al|bin|y)\s)(?:\s+[A-Z][\w'’.-]*){1,4}")
_NO_REGISTER = Context(agency_names({}))


class Entered(NamedTuple):
    """The label, what was typed with it, and how sure that is."""

    held: Inside
    sure: float


def by_label(words: Vocabulary, text: Text, section: str) -> Entered | None:
    """What was typed into the label's cell beside or above an empty cell; None: guidance."""
    held = split(words, text, section, loose=True)
    if held is None:
        return None
    if any_of(held.answer, lambda run: run.entered):
        return Entered(held, COLON)
    said, label = plain(text), _last_of(held.label)
    asks = re.search(re.escape(label) + r"\s*[:?]", said) is not None or label[-1:] in ":?"
    if all_of(held.answer, quiet) and (not asks or "\n" in said):
        return None
    field = held.found.field if held.found else None
    if asks and _could_be(field, held.answer):
        return Entered(held, COLON)
    return Entered(held, LINE) if _is_value(field, held.answer) else None


def _last_of(label: str) -> str:
    return label.split()[-1] if label.split() else label


def _could_be(field: Field | None, answer: Text) -> bool:
    """Not a mere hint: what asks for a date or a number must be followed by one."""
    if field is None or field.type in (*_FREE, "agency", "gender") or has_box(plain(answer)):
        return True
    if field.type == "name":
        return bool(_NAME.search(plain(answer))) or len(plain(answer).split()) < 3
    return typed(field, answer, _NO_REGISTER).value is not None


def _is_value(field: Field | None, answer: Text) -> bool:
    """Without a colon before it: plainly a value of its field, or far too long for guidance."""
    said = " ".join(plain(answer).split())
    if field is None:
        return False
    if field.type in (*_FREE, "agency", "gender"):
        return len(said.split()) > _MANY_WORDS or bool(re.search(r"\d", said))
    if field.type == "name":
        return _NAME.fullmatch(said) is not None
    read = typed(field, answer, _NO_REGISTER)
    return read.value is not None and read.sure >= 0.8 and not has_box(said)
