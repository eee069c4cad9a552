"""Columns that ask for people and how to reach them: which is which, and prompts in their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parsers.label_words import fold
from parsers.meaning import Found, meaning
from parsers.rows import Piece
from parsers.vocabulary import Vocabulary

_WHO = re.compile(
    r"\b(?:names?|worker|professional|practitioner|person|lead|officer|manager|staff)\b", re.I
)
_PEOPLE = ("name", "email", "phone")


def told_apart(
    words: Vocabulary, labels: Sequence[str], found: list[Found | None]
) -> list[Found | None]:
    """Of two columns for a contact, the one that speaks of a person asks for the name.

    So 'Contact' beside 'Name of worker' asks how to reach them.
    """
    at = [i for i, one in enumerate(found) if one and one.field.key == "contact_name"]
    asked = any(one and one.field.key == "contact_details" for one in found)
    plain = [i for i in at if not _WHO.search(labels[i])]
    details = meaning(words, "contact details", "agencies")
    if len(at) != 2 or len(plain) != 1 or asked or details is None:
        return found
    return [details if i == plain[0] else one for i, one in enumerate(found)]


def is_prompt(words: Vocabulary, found: Found | None, piece: Piece) -> bool:
    """Whether a cell says only what its column asks ('Name', 'Tel/email'): the form's own words."""
    if found is None or piece.entered or len(piece.words) > 30:
        return False
    field = found.field
    if field.type not in _PEOPLE and field.key != "contact_details":
        return False
    return fold(piece.words, words.alike) in (*field.labels, *field.here)
