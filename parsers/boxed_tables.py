"""Tables in which every cell holds its own question with its answer, below or after it."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers.asked import INSIDE, Asked, Place, Step
from parsers.guidance import label_alone, without_guidance
from parsers.inside import ENDS_IN_OPTIONS, Inside, pairs_in_cell, split
from parsers.like_labels import begins_with_label, in_two, is_label_alone
from parsers.lone import settled
from parsers.meaning import meaning
from parsers.reading import plain
from parsers.rows import Piece, Row
from parsers.texts import is_blank
from parsers.vocabulary import Vocabulary

_MOST, _NEARLY_ALL = 0.6, 0.8
"""More than this part of the cells begins with a label: beside labels of their own, cells for
answers never do. Where nearly all do, hardly one may be answered."""

_ASKED = re.compile(r"[A-Z][^:?.]{1,150}[:?]\s*\S")
"""A label or question, and more after its colon or question mark."""

_LONGEST_UNKNOWN = 12  # words of a label nobody listed


def is_boxed(words: Vocabulary, rows: tuple[Row, ...], at: int) -> bool:
    """Whether the table beginning here is one: most of its cells, hardly one of them empty, begin
    with a label, and most of those go on with an answer."""
    held = labels = both = 0
    later: list[bool] = []
    for row in rows[at:]:
        if row.table != rows[at].table:
            break
        for piece in row.pieces if len(row.pieces) > 1 else ():
            held += 1
            inside = begins_with_label(words, piece)
            both += inside
            labels += inside or is_label_alone(words, piece)
            if piece is not row.pieces[0] and not piece.blank:
                later.append(_asks(piece))
    if later and sum(later) > _MOST * len(later) and _asks(rows[at].pieces[0]):
        return True
    if labels > _NEARLY_ALL * held:
        return both > 0
    return both > 1 and labels > _MOST * held and both * 3 > labels


def boxed_row(words: Vocabulary, row: Row, after: Row | None, place: Place) -> Step | None:
    """Each cell's question with the answer in the same cell; None where the row is no such row."""
    if not _is_boxed_row(words, row, after):
        return None
    before = settled(words, place)
    place = replace(before.place, begun=True, last=None, columns=None)
    asked = [one for piece in row.filled for one in _asked(words, piece, place)]
    return Step(place, (*before.asked, *asked))


def boxed_alone(words: Vocabulary, row: Row, place: Place) -> Step | None:
    """A cell as wide as such a table, with its question in the first line as in the others."""
    piece = row.pieces[0]
    first, below, _ = plain(piece.text).partition("\n")
    short = 0 < len(first.split()) <= _LONGEST_UNKNOWN and not first.rstrip().endswith(".")
    if not row.table or piece.strong or not below or not short:
        return None
    before = settled(words, place)
    place = replace(before.place, begun=True, last=None, columns=None)
    return Step(place, (*before.asked, *_asked(words, piece, place)))


def _is_boxed_row(words: Vocabulary, row: Row, after: Row | None) -> bool:
    """Its first cell begins with a label or is one; the others mostly too."""
    filled = row.filled
    like = [_is_labelled(words, p) or _colon_after(p) for p in filled]
    if not filled or not like[0] or sum(like) * 2 < len(filled):
        return False
    # Labels and no answer in three cells and more may be the header of a list.
    answered = len(filled) < 3 or any(begins_with_label(words, piece) for piece in filled)
    return answered or after is None or _is_labelled(words, after.pieces[0])


def _asks(piece: Piece) -> bool:
    return _ASKED.match(piece.words) is not None


def _colon_after(piece: Piece) -> bool:
    """A few words with a colon or question mark after them, as labels end."""
    label = plain(in_two(piece.text)[0]).strip()
    short = len(label.split()) <= _LONGEST_UNKNOWN
    return (label.endswith((":", "?")) and short) or _asks(piece)


def _is_labelled(words: Vocabulary, piece: Piece) -> bool:
    return begins_with_label(words, piece) or is_label_alone(words, piece)


def _asked(words: Vocabulary, piece: Piece, place: Place) -> list[Asked]:
    return [
        Asked(
            label=held.label,
            found=held.found,
            answer=held.answer,
            evidence=piece.evidence,
            section=place.section,
            block=place.block,
            how=INSIDE,
        )
        for held in _held(words, piece, place)
    ]


def _held(words: Vocabulary, piece: Piece, place: Place) -> list[Inside]:
    if several := pairs_in_cell(words, piece.text, place.context):
        return several
    if is_label_alone(words, piece) and not ENDS_IN_OPTIONS.search(piece.words):
        return [Inside(piece.words, (), meaning(words, piece.words, place.context))]
    if one := split(words, piece.text, place.context, loose=True):
        return [one]
    first, rest = in_two(piece.text)
    label = " ".join(plain(label_alone(words, first)).split())
    answer = () if is_blank(rest) else without_guidance(words, rest)
    return [Inside(label, answer, meaning(words, label, place.context))]
