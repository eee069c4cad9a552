"""A single piece: a paragraph, or a cell as wide as its table. Heading, label, answer or both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from parsers.asked import BELOW, BY_LABEL, INSIDE, LINE, Asked, Pending, Place, Step, said
from parsers.by_label import LINE as LINE_OF_ITS_OWN
from parsers.by_label import by_label
from parsers.goes_on import LONG, answer_follows, bold_start, goes_on, is_row_number, starts_entered
from parsers.guidance import is_guidance, label_alone, quiet, without_guidance
from parsers.inside import Inside, pairs_in_cell, pairs_in_line, split
from parsers.like_labels import is_label_alone
from parsers.meaning import PATTERN, Found, meaning, section_of
from parsers.options import has_box
from parsers.people import Block, block_of
from parsers.reading import plain
from parsers.rows import Piece, Row
from parsers.texts import all_of, is_blank, joined
from parsers.vocabulary import Section, Vocabulary

_LONGEST_HEADING = 14  # words


def lone(words: Vocabulary, rows: tuple[Row, ...], at: int, place: Place) -> Step:
    """What a single piece is, from its look, its words, and what follows it."""
    row = rows[at]
    piece = row.pieces[0]
    if piece.blank:
        return _blank(words, row, place)
    if not row.table and is_row_number(words, piece, place):
        return settled(words, place)
    inside = place.pending is not None and not _has_left_its_box(row, place.pending)
    if inside and (starts_entered(piece) or goes_on(words, piece, place)):
        return _more(piece, row, place)
    if step := block_here(words, piece, place):
        return step
    if (cell := _answer_cell(words, rows, at, place)) is not None:
        step = _by_label(words, piece, place) if cell.blank else None
    else:
        step = _with_answer(words, piece, place)
    return step or _label_or_heading(words, rows, at, place)


def closed(pending: Pending | None, place: Place) -> Iterator[Asked]:
    """The question a label asked, once its answer below has ended."""
    if pending is None or (pending.found is None and not pending.parts):
        return
    evidence = pending.parts[0][1] if pending.parts else pending.evidence
    answer = joined([text for text, _ in pending.parts], "\n")
    # Where labels look like answers, a question nobody knows may have run into this answer.
    sure = 1.0 if pending.strong or len(pending.parts) < 2 else 0.93
    yield Asked(
        pending.label,
        pending.found,
        answer,
        evidence,
        place.section,
        place.block,
        how=BELOW,
        sure=sure,
    )


def settled(words: Vocabulary, place: Place) -> Step:
    """The place with no label waiting any more."""
    asked = tuple(
        replace(question, answer=without_guidance(words, question.answer))
        for question in closed(place.pending, place)
    )
    return Step(replace(place, pending=None), asked)


def heading_here(words: Vocabulary, piece: Piece) -> Section | None:
    """The section a piece opens, if it is short and its words say so."""
    told = said(label_alone(words, piece.text))
    found = section_of(words, told) if len(told.split()) <= _LONGEST_HEADING else None
    return found[0] if found else None


def opened(place: Place, piece: Piece, section: Section | None) -> Place:
    """The place under a new heading. A heading nobody knows leaves the section open."""
    if section is None:
        place = replace(place, hint="")  # the questions before it tell nothing of those under it
    name = section.name if section else ""
    begun = place.begun or section is not None
    return replace(place, section=name, block="", columns=None, last=None, begun=begun)


def _blank(words: Vocabulary, row: Row, place: Place) -> Step:
    """An empty box under a label is an answer left blank; an empty line says nothing."""
    if place.pending and row.table and not place.pending.parts:
        return settled(words, place)
    return Step(place)


def _has_left_its_box(row: Row, pending: Pending) -> bool:
    """An answer in a box of its own does not go on outside it."""
    return bool(pending.parts) and pending.box > 0 and row.table == 0


def _more(piece: Piece, row: Row, place: Place) -> Step:
    assert place.pending is not None
    pending = place.pending.with_part(piece.text, piece.evidence, row.table)
    return Step(replace(place, pending=pending))


def block_here(words: Vocabulary, piece: Piece, place: Place) -> Step | None:
    """'Child 2': whose questions follow; 'Child 2: Ann' gives the name as well."""
    block = block_of(piece.words)
    if block is None or piece.entered:
        return None
    section = _section_of_block(words, block, place)
    before = settled(words, place)
    after = replace(before.place, block=block.name, section=section, begun=True, last=None)
    name = words.field("children", "child_name") if block.group == "children" else None
    if name is None or not block.rest or is_guidance(words, block.rest):
        return Step(after, before.asked)
    text = piece.text[-1:] if plain(piece.text[-1:]).strip(" :-–()") == block.rest else piece.text
    named = Asked(piece.words, Found(name, 0.8, PATTERN), text, piece.evidence, section, block.name)
    return Step(after, (*before.asked, named) if len(text) < len(piece.text) else before.asked)


def _section_of_block(words: Vocabulary, block: Block, place: Place) -> str:
    """'Child 1' among siblings is one of the family; otherwise the block says what it is."""
    current = words.section(place.section)
    if current and current.group == "unread":
        return place.section
    if block.group == "children" and current and current.group == "family":
        return current.name if block.name.startswith(("sibling", "child")) else "child"
    return {"children": "child"}.get(block.group, block.group)


def _answer_cell(words: Vocabulary, rows: tuple[Row, ...], at: int, place: Place) -> Piece | None:
    """The cell below a label's cell, where it is one for the answer."""
    below = rows[at + 1] if at + 1 < len(rows) else None
    if below is None or not below.alone or not rows[at].table or below.table != rows[at].table:
        return None
    label, cell = rows[at].pieces[0], below.pieces[0]
    if not label.strong or cell.strong or bold_start(cell) or label.entered:
        return None
    asked = re.search(r"[:?]\s*\S", plain(label.text)) is not None
    if cell.blank or (not asked and split(words, cell.text, place.context, loose=False) is None):
        return cell
    return None


def _by_label(words: Vocabulary, piece: Piece, place: Place) -> Step | None:
    """What was typed in a label's cell though the cell below it is there, and empty."""
    typed = by_label(words, piece.text, place.context)
    if typed is None:
        return None
    before = settled(words, place)
    place = replace(before.place, begun=True, last=None)
    how = BY_LABEL if typed.sure == LINE_OF_ITS_OWN else INSIDE
    question = replace(_line(typed.held, piece, place), how=how, sure=typed.sure)
    return Step(place, (*before.asked, question))


def _with_answer(words: Vocabulary, piece: Piece, place: Place) -> Step | None:
    """Label and answer in one: 'Name: Ann', or several such pairs in a line."""
    held = pairs_in_line(words, piece.text, place.context)
    held = held or pairs_in_cell(words, piece.text, place.context)
    if not held:
        loose = place.begun and (bold_start(piece) or not (place.pending and place.pending.parts))
        one = split(words, piece.text, place.context, loose=loose)
        if one is None or (one.found is None and heading_here(words, piece) and piece.strong):
            return None
        held = [one]
    before = settled(words, place)
    asked = tuple(_line(pair, piece, before.place) for pair in held)
    place = replace(before.place, begun=True, last=None)
    # An answer that begins beside its label may go on in the paragraphs below it.
    if len(held) == 1 and _may_go_on(held[0]):
        label, answer, found = held[0]
        pending = Pending(label, found, piece.evidence, bold_start(piece))
        pending = pending.with_part(answer, piece.evidence)
        return Step(replace(place, pending=pending), before.asked)
    return Step(place, (*before.asked, *asked))


def _may_go_on(pair: Inside) -> bool:
    boxes = has_box(plain(pair.answer))
    return pair.found is None or boxes or pair.found.field.type in (*LONG, "choice")


def _line(pair: Inside, piece: Piece, place: Place) -> Asked:
    return Asked(
        pair.label, pair.found, pair.answer, piece.evidence, place.section, place.block,
        how=LINE if pair.found else INSIDE,
    )  # fmt: skip


def _label_or_heading(words: Vocabulary, rows: tuple[Row, ...], at: int, place: Place) -> Step:
    row, piece = rows[at], rows[at].pieces[0]
    told = said(label_alone(words, piece.text))
    section, found = heading_here(words, piece), meaning(words, told, place.context)
    sure = piece.heading or section_of(words, told) == (section, 1.0)
    below = rows[at + 1] if at + 1 < len(rows) else None
    if found and found.exact and section and not sure and not _heads(words, row, below):
        section = None  # 'Whereabouts at the time of the incident' is no heading about incidents
    before = settled(words, place)
    place = before.place
    name = section.name if section else place.context
    answered = answer_follows(words, below, row, name, found, section is not None)
    if found and (found.exact or piece.strong) and (section is None or answered):
        pending = Pending(told, found, piece.evidence, piece.strong)
        here = opened(place, piece, section) if section else replace(place, last=None)
        return Step(replace(here, pending=pending, begun=True), before.asked)
    if section and (piece.strong or row.table or section_of(words, told) == (section, 1.0)):
        return Step(opened(place, piece, section), before.asked)
    if piece.strong and len(told.split()) <= 30:
        if answered and place.begun:
            pending = Pending(told, None, piece.evidence, True)
            return Step(replace(place, pending=pending, last=None), before.asked)
        return Step(opened(place, piece, None) if place.begun else place, before.asked)
    return Step(place, (*before.asked, *_loose(words, piece, place)))


def _heads(words: Vocabulary, row: Row, below: Row | None) -> bool:
    """A line over a table that begins with labels side by side: 'Notified by' | Name | Role."""
    if below is None or row.table or not below.table or len(below.pieces) < 2:
        return False
    return sum(is_label_alone(words, piece) for piece in below.pieces) * 2 >= len(below.pieces)


def _loose(words: Vocabulary, piece: Piece, place: Place) -> Iterator[Asked]:
    """Text that answers nothing: kept, unless it is the form's own introduction."""
    text = without_guidance(words, piece.text)
    if place.begun and not is_blank(text) and not all_of(piece.text, quiet):
        yield Asked("", None, text, piece.evidence, place.section, place.block, how=LINE, sure=0.5)
