"""Tables in which every cell holds its own question, in small or bold print, over its answer."""

from __future__ import annotations

from dataclasses import replace

from parsers.asked import INSIDE, Asked, Place, Step
from parsers.guidance import without_guidance
from parsers.inside import label_line
from parsers.lone import settled
from parsers.meaning import PATTERN, meaning
from parsers.reading import Text, plain
from parsers.rows import Piece, Row
from parsers.texts import cut, is_blank, trimmed
from parsers.vocabulary import Vocabulary

_KNOWN = 0.5  # more than this part of the cells begins with a label that is known


def is_boxed(words: Vocabulary, rows: tuple[Row, ...], at: int, section: str) -> bool:
    """Whether the table beginning here is one: hardly a cell is empty, most begin with a label
    that is known, and some go on with an answer below it."""
    pieces: list[Piece] = []
    for row in rows[at:]:
        if row.table != rows[at].table:
            break
        pieces += row.pieces if len(row.pieces) > 1 else ()
    filled = [piece for piece in pieces if not is_blank(piece.text) or piece.entered]
    if not any(label_line(piece.text) for piece in filled) or len(filled) < 0.9 * len(pieces):
        return False
    known = sum(_begins_with_label(words, piece, section) for piece in filled)
    return known > _KNOWN * len(filled)


def _begins_with_label(words: Vocabulary, piece: Piece, section: str) -> bool:
    label, _ = _in_two(piece.text)
    found = meaning(words, label, section)
    return found is not None and found.how != PATTERN


def boxed_row(words: Vocabulary, row: Row, place: Place) -> Step:
    """Each cell's question with the answer below it in the same cell."""
    before = settled(words, place)
    place = replace(before.place, begun=True, last=None, columns=None)
    asked = tuple(_asked(words, piece, place) for piece in row.pieces if piece.text)
    return Step(place, (*before.asked, *asked))


def _asked(words: Vocabulary, piece: Piece, place: Place) -> Asked:
    label, rest = _in_two(piece.text)
    found = meaning(words, label, place.context)
    answer = without_guidance(words, rest)
    return Asked(
        label, found, answer, piece.evidence, place.section, place.block, None, INSIDE
    )  # fmt: skip


def _in_two(text: Text) -> tuple[str, Text]:
    """The first line, without prompts, and the rest."""
    said = plain(text)
    at = said.find("\n")
    first = text if at < 0 else cut(text, 0, at)
    label = " ".join("".join(run.text for run in first if not run.placeholder).split())
    return label, () if at < 0 else trimmed(cut(text, at))
