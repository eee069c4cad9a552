"""A heading typed as a row of its own: 'Child' in the first cell, beside an empty one.

Plain as any label, it is told from one by what follows: labels as they stand under a heading.
"""

from __future__ import annotations

from dataclasses import replace

from parsers.asked import Place, Step, said
from parsers.like_labels import is_label_alone
from parsers.lone import block_here, heading_here, opened, settled
from parsers.meaning import meaning, section_of
from parsers.people import block_of
from parsers.rows import Row
from parsers.vocabulary import Vocabulary
from triage.values.choices import key

_OF_ANYONE = frozenset(("name", "full name", "first name", "forename", "surname"))
"""Labels that say of whom they ask only under a heading."""


def row_title(words: Vocabulary, rows: tuple[Row, ...], at: int, place: Place) -> Step | None:
    """The place under such a row; None if it is a question left blank."""
    row, piece = rows[at], rows[at].pieces[0]
    if len(row.pieces) < 2 or row.filled != (piece,) or piece.entered:
        return None
    after = rows[at + 1] if at + 1 < len(rows) else None
    if after is None or after.table != row.table or not _asks(words, after):
        return None
    told = said(piece.text)
    label = meaning(words, told, place.context)
    if label is not None and key(after.pieces[0].words) not in _OF_ANYONE:
        return None
    place = replace(place, columns=None)
    if step := block_here(words, piece, place):
        return step
    section = heading_here(words, piece)
    if section is None or section_of(words, told) != (section, 1.0):
        return None
    before = settled(words, place)
    return Step(opened(before.place, piece, section), before.asked)


def _asks(words: Vocabulary, row: Row) -> bool:
    """Whether a row begins with a known label, which names no person itself."""
    first = row.pieces[0]
    return len(row.pieces) > 1 and is_label_alone(words, first) and not block_of(first.words)
