"""Where an answer ends: does a line still belong to the label above it?"""

from __future__ import annotations

import re

from parsers.asked import Place
from parsers.guidance import quiet
from parsers.inside import split
from parsers.meaning import Found, meaning, section_of
from parsers.options import has_box
from parsers.people import block_of
from parsers.rows import Piece, Row
from parsers.texts import all_of
from parsers.vocabulary import Vocabulary
from triage.values.choices import YES_NO, exactly

LONG = ("narrative", "choices", "address", "text")
"""Types whose answers may take several lines."""

LISTS = ("family", "agencies", "events")
_NUMBER = re.compile(r"\(?\d{1,2}[.)]")


def goes_on(words: Vocabulary, piece: Piece, place: Place) -> bool:
    """Whether a piece belongs to the answer of the label above it.

    A line of an answer may hold words of a label ('Date of birth: not recorded'): it is a
    label only if it looks like the labels of this form, or where nothing has a look.
    """
    pending = place.pending
    assert pending is not None
    block = block_of(piece.words)
    if block is not None and block.counted:
        return False
    loud = [text for text, _ in pending.parts if not all_of(text, quiet)]
    if all_of(piece.text, quiet) and not loud:
        return True
    if loud and pending.found and pending.found.field.type not in LONG:
        labelled = (
            piece.strong
            or bold_start(piece)
            or split(words, piece.text, place.context, loose=False)
        )
        return not labelled and _is_option(piece, pending.found)
    if pending.strong:
        return not (piece.strong or bold_start(piece))
    heading = section_of(words, piece.words)
    if piece.strong or (heading is not None and heading[1] == 1.0):
        return False
    if not loud and piece.words.endswith(":"):
        return False
    held = split(words, piece.text, place.context, loose=False)
    whole = meaning(words, piece.words, place.context)
    known = (held and held.found) or (whole if whole and whole.exact else None)
    return known is None or not _at_home(words, known, place)


def answer_follows(
    words: Vocabulary,
    below: Row | None,
    row: Row,
    section: str,
    found: Found | None,
    heading: bool,
) -> bool:
    """Whether the next row is one piece that could be the answer to a label here.

    `heading`: what looks like a label may as well be the heading of a section.
    """
    if below is None or not below.alone or (row.table and below.table != row.table):
        return False
    piece = below.pieces[0]
    if piece.blank:
        return below.table > 0
    if starts_entered(piece) or all_of(piece.text, quiet):
        return True
    block = block_of(piece.words)
    if piece.strong or bold_start(piece) or (block is not None and block.counted):
        return False
    if found is not None and exactly(piece.words, found.field.choices):
        return True
    # Under what may be a heading, a label is the first question; under a label printed strong,
    # 'GP practice' in plain type is an answer.
    label = meaning(words, piece.words, section)
    if label is not None and label.exact and (heading or not row.pieces[0].strong):
        return False
    return split(words, piece.text, section, loose=False) is None


def is_row_number(words: Vocabulary, piece: Piece, place: Place) -> bool:
    """'2)' alone on a line in a list told entry by entry: the form counts, nobody answers."""
    section = words.section(place.section)
    listed = section is not None and section.group in LISTS
    return listed and not piece.entered and _NUMBER.fullmatch(piece.words) is not None


def _is_option(piece: Piece, found: Found) -> bool:
    """One more option of a list that stands a line each."""
    if has_box(piece.words):
        return True
    return exactly(piece.words, found.field.choices or YES_NO) is not None


def _at_home(words: Vocabulary, found: Found, place: Place) -> bool:
    section = words.section(place.section)
    if section is None or found.home == section.name:
        return True
    return found.field.group == "answers" and section.group == "answers"


def starts_entered(piece: Piece) -> bool:
    """It begins with what stands in a form field."""
    first = next((run for run in piece.text if run.text.strip()), None)
    return first is not None and (first.entered or first.placeholder)


def bold_start(piece: Piece) -> bool:
    """It begins bold, as a line with its label does (what was entered bold is no label)."""
    if not piece.text or not piece.text[0].bold or piece.text[0].entered:
        return False
    after = next((run for run in piece.text if not run.bold and run.text.strip()), None)
    return after is None or not after.text.lstrip().startswith("/")
