"""Questions side by side in a table row: label, answer, label, answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parsers.asked import BY_LABEL, INSIDE, MORE, RIGHT, Asked, Place, Step, said
from parsers.by_label import LINE, by_label
from parsers.guidance import label_alone, without_guidance
from parsers.inside import Inside, pairs_in_cell, split
from parsers.kin import of_relatives
from parsers.lone import block_here, heading_here, opened, settled
from parsers.meaning import Found, meaning
from parsers.options import boxed, has_box
from parsers.parts import in_parts, part_of_form
from parsers.people import block_of
from parsers.reading import TICKED, UNTICKED, Text, plain
from parsers.rows import Piece, Row
from parsers.texts import is_blank, joined
from parsers.vocabulary import Vocabulary
from triage.values.choices import YES_NO, exactly


@dataclass(frozen=True, slots=True)
class _Open:
    """A label met in this row, and what stands right of it so far."""

    label: str
    found: Found | None
    piece: Piece
    strong: bool
    answers: tuple[Piece, ...] = ()
    inside: Text = ()
    sure: float = 1.0


def pairs(words: Vocabulary, row: Row, place: Place) -> Step:
    """Each label of the row with the answer right of it (or in its own cell)."""
    filled = row.filled
    if not filled:
        return _blank_row(words, place)
    if len(filled) == 1 and (step := _only_one(words, row, filled[0], place)):
        return step
    if _continues(row, place):
        return _continuation(words, row, place)
    if _more_options(row, place):
        return _continuation(words, row, replace(place, last=place.before))
    before = settled(words, place)
    place = before.place
    if several := _several_in_cells(words, row, place):
        return Step(replace(place, begun=True, last=None), (*before.asked, *several))
    found = _opened(words, row, place)
    whole = [_asked(words, pair, place) for pair in found]
    parts = [part for question in whole for part in in_parts(words, question)]
    asked = tuple(of_relatives(words, parts))
    if len(parts) > len(whole):
        return Step(_under_parts(words, whole[0], place), (*before.asked, *asked))
    last = asked[-1] if asked else None
    return Step(replace(place, begun=True, last=last), (*before.asked, *asked))


def _under_parts(words: Vocabulary, whole: Asked, place: Place) -> Place:
    """The place after a row asked in parts: what its label opened holds on, as a heading would."""
    block = block_of(whole.label)
    section = part_of_form(words, whole) or place.section
    name = block.name if block else place.block if section == place.section else ""
    return replace(place, begun=True, last=None, section=section, block=name)


def _several_in_cells(words: Vocabulary, row: Row, place: Place) -> list[Asked]:
    """The first cell holds several pairs, each on its line; then every cell is read so."""
    if len(pairs_in_cell(words, row.pieces[0].text, place.context)) < 2:
        return []
    return [
        Asked(
            pair.label,
            pair.found,
            pair.answer,
            piece.evidence,
            place.section,
            place.block,
            None,
            INSIDE,
        )
        for piece in row.filled
        for pair in _in_cell(words, piece, place)
    ]


def _in_cell(words: Vocabulary, piece: Piece, place: Place) -> list[Inside]:
    several = pairs_in_cell(words, piece.text, place.context)
    one = split(words, piece.text, place.context, loose=True)
    left = Inside("", without_guidance(words, piece.text), None)
    return several or [one or left]


def _blank_row(words: Vocabulary, place: Place) -> Step:
    """An empty row ends a label that waits for its answer: it was left blank."""
    return settled(words, place) if place.pending else Step(place)


def _only_one(words: Vocabulary, row: Row, piece: Piece, place: Place) -> Step | None:
    """A heading in the first cell of a row whose other cells are empty."""
    if piece is not row.pieces[0] or piece.entered or not piece.strong:
        return None
    found = meaning(words, said(label_alone(words, piece.text)), place.context)
    if found and found.exact:
        return None
    if step := block_here(words, piece, place):
        return step
    section = heading_here(words, piece)
    if section is None or split(words, piece.text, place.context, loose=True):
        return None
    before = settled(words, place)
    return Step(opened(before.place, piece, section), before.asked)


def _continues(row: Row, place: Place) -> bool:
    """The row has no label of its own: its first cell is empty, or a label spans down to it."""
    first = row.pieces[0]
    return place.last is not None and not first.strong and (first.blank or first.column > row.start)


def _more_options(row: Row, place: Place) -> bool:
    """Only boxes with options, after a question that had boxes: its list goes on here."""
    asked = place.before
    if asked is None or asked.found is None or asked.row is not None or place.pending:
        return False
    boxes = all(boxed(piece.words)[:1] in (TICKED, UNTICKED) for piece in row.filled)
    return boxes and has_box(plain(asked.answer))


def _continuation(words: Vocabulary, row: Row, place: Place) -> Step:
    """Added to the answer above, as one more question of the same label; mapping joins them."""
    assert place.last is not None
    text = joined([without_guidance(words, piece.text) for piece in row.filled], "\n")
    more = replace(place.last, answer=text, evidence=row.filled[0].evidence, how=MORE)
    return Step(place, (more,))


def _opened(words: Vocabulary, row: Row, place: Place) -> list[_Open]:
    found: list[_Open] = []
    open_: _Open | None = None
    for at, piece in enumerate(row.pieces):
        if open_ is not None and not _opens(words, piece, open_, at, row, place):
            open_ = replace(open_, answers=(*open_.answers, piece))
            found[-1] = open_
            continue
        if piece.blank and open_ is None:
            continue
        open_ = _open(words, piece, row.pieces[at + 1 : at + 2], place)
        found.append(open_)
    return found


def _open(words: Vocabulary, piece: Piece, right: tuple[Piece, ...], place: Place) -> _Open:
    """A label cell; with its answer inside where there is no cell right of it, or if something
    was typed beside the label though the cell for it is empty."""
    if not right:
        held = split(words, piece.text, place.context, loose=True)
        if held:
            return _Open(held.label, held.found, piece, piece.strong, inside=held.answer)
    elif right[0].blank and (typed := by_label(words, piece.text, place.context)):
        held, sure = typed
        return _Open(held.label, held.found, piece, piece.strong, (), held.answer, sure)
    label = said(label_alone(words, piece.text))
    found = meaning(words, label, place.context) or meaning(words, piece.words, place.context)
    return _Open(label or piece.words, found, piece, piece.strong)


def _opens(words: Vocabulary, piece: Piece, open_: _Open, at: int, row: Row, place: Place) -> bool:
    """Whether a cell right of a label begins another question, and is not its answer."""
    if piece.blank or piece.entered:
        return False
    answered = bool(open_.answers or not is_blank(open_.inside))
    choices = (open_.found and open_.found.field.choices) or YES_NO
    if exactly(piece.words, choices):
        return False
    if answered and piece.column in place.labels_at:
        return True
    if open_.strong and not piece.strong:
        return False
    if open_.strong and piece.strong:
        return answered or _known(words, piece, place) is not None
    if not answered:
        return False
    found = _known(words, piece, place)
    if found and found.exact:
        return True
    evenly = len(row.pieces) % 2 == 0 and at % 2 == 0
    return evenly and (piece.words.endswith((":", "?")) or found is not None)


def _known(words: Vocabulary, piece: Piece, place: Place) -> Found | None:
    """What a cell means as a label; in the parts others fill in, where nothing is ours, too."""
    section = words.section(place.section)
    unread = section is not None and section.group == "unread"
    return meaning(words, piece.words, "" if unread else place.context)


def _asked(words: Vocabulary, pair: _Open, place: Place) -> Asked:
    filled = [piece for piece in pair.answers if not piece.blank]
    parts = [without_guidance(words, piece.text) for piece in filled]
    if not is_blank(pair.inside):
        parts.insert(0, pair.inside)
    where = filled or list(pair.answers[:1]) or [pair.piece]
    evidence = pair.piece.evidence if not is_blank(pair.inside) else where[0].evidence
    return Asked(
        label=pair.label,
        found=pair.found,
        answer=joined([part for part in parts if not is_blank(part)], "   "),
        evidence=evidence,
        section=place.section,
        block=place.block,
        how=RIGHT if is_blank(pair.inside) else BY_LABEL if pair.sure == LINE else INSIDE,
        sure=pair.sure if len(filled) <= 1 else min(pair.sure, 0.9),
    )
