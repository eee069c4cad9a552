"""A single piece: a paragraph, or a cell as wide as its table. Heading, label, answer or both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from parsers.asked import BELOW, INSIDE, LINE, Asked, Pending, Place, Step, said
from parsers.guidance import is_guidance, label_alone, quiet, without_guidance
from parsers.inside import Inside, pairs_in_cell, pairs_in_line, split
from parsers.meaning import PATTERN, Found, meaning, section_of
from parsers.options import has_box
from parsers.people import Block, block_of
from parsers.reading import plain
from parsers.rows import Piece, Row
from parsers.texts import all_of, is_blank, joined
from parsers.vocabulary import Section, Vocabulary
from triage.values.choices import YES_NO, exactly

_LONGEST_HEADING = 14  # words
_LONG = ("narrative", "choices", "address", "text")  # types whose answers may take several lines


def lone(words: Vocabulary, rows: tuple[Row, ...], at: int, place: Place) -> Step:
    """What a single piece is, from its look, its words, and what follows it."""
    row = rows[at]
    piece = row.pieces[0]
    if piece.blank:
        return _blank(words, row, place)
    if place.pending and (_starts_entered(piece) or _goes_on(words, piece, place)):
        return _more(piece, place)
    if step := block_here(words, piece, place):
        return step
    if step := _with_answer(words, piece, place):
        return step
    return _label_or_heading(words, rows, at, place)


def closed(pending: Pending | None, place: Place) -> Iterator[Asked]:
    """The question a label asked, once its answer below has ended."""
    if pending is None or (pending.found is None and not pending.parts):
        return
    evidence = pending.parts[0][1] if pending.parts else pending.evidence
    answer = joined([text for text, _ in pending.parts], "\n")
    yield Asked(
        pending.label, pending.found, answer, evidence, place.section, place.block, how=BELOW
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
    name = section.name if section else ""
    begun = place.begun or section is not None
    return replace(place, section=name, block="", columns=None, last=None, begun=begun)


def _blank(words: Vocabulary, row: Row, place: Place) -> Step:
    """An empty box under a label is an answer left blank; an empty line says nothing."""
    if place.pending and row.table and not place.pending.parts:
        return settled(words, place)
    return Step(place)


def _goes_on(words: Vocabulary, piece: Piece, place: Place) -> bool:
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
    if loud and pending.found and pending.found.field.type not in _LONG:
        labelled = (
            piece.strong
            or _bold_start(piece)
            or split(words, piece.text, place.context, loose=False)
        )
        return not labelled and _is_option(piece, pending.found)
    if pending.strong:
        bold_start = bool(piece.text) and piece.text[0].bold and not piece.text[0].entered
        return not (piece.strong or bold_start)
    if piece.strong or section_of(words, piece.words) in ((s, 1.0) for s in words.sections):
        return False
    if not loud and piece.words.endswith(":"):
        return False
    held = split(words, piece.text, place.context, loose=False)
    whole = meaning(words, piece.words, place.context)
    known = (held and held.found) or (whole if whole and whole.exact else None)
    return known is None or not _at_home(words, known, place)


def _is_option(piece: Piece, found: Found) -> bool:
    """One more option of a list that stands a line each."""
    if has_box(piece.words):
        return True
    return exactly(piece.words, found.field.choices or YES_NO) is not None


def _at_home(words: Vocabulary, found: Found, place: Place) -> bool:
    section = words.section(place.section)
    if section is None or found.field.section == section.name:
        return True
    return found.field.group == "answers" and section.group == "answers"


def _more(piece: Piece, place: Place) -> Step:
    assert place.pending is not None
    pending = place.pending.with_part(piece.text, piece.evidence)
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


def _with_answer(words: Vocabulary, piece: Piece, place: Place) -> Step | None:
    """Label and answer in one: 'Name: Ann', or several such pairs in a line."""
    held = pairs_in_line(words, piece.text, place.context)
    held = held or pairs_in_cell(words, piece.text, place.context)
    if not held:
        loose = place.begun and (_bold_start(piece) or not (place.pending and place.pending.parts))
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
        pending = Pending(label, found, piece.evidence, _bold_start(piece))
        pending = pending.with_part(answer, piece.evidence)
        return Step(replace(place, pending=pending), before.asked)
    return Step(place, (*before.asked, *asked))


def _starts_entered(piece: Piece) -> bool:
    first = next((run for run in piece.text if run.text.strip()), None)
    return first is not None and (first.entered or first.placeholder)


def _bold_start(piece: Piece) -> bool:
    return bool(piece.text) and piece.text[0].bold


def _may_go_on(pair: Inside) -> bool:
    boxes = has_box(plain(pair.answer))
    return pair.found is None or boxes or pair.found.field.type in (*_LONG, "choice")


def _line(pair: Inside, piece: Piece, place: Place) -> Asked:
    return Asked(
        pair.label, pair.found, pair.answer, piece.evidence, place.section, place.block,
        how=LINE if pair.found else INSIDE,
    )  # fmt: skip


def _label_or_heading(words: Vocabulary, rows: tuple[Row, ...], at: int, place: Place) -> Step:
    row, piece = rows[at], rows[at].pieces[0]
    told = said(label_alone(words, piece.text))
    section, found = heading_here(words, piece), meaning(words, told, place.context)
    if found and found.exact and section and section_of(words, told) != (section, 1.0):
        section = None  # 'Whereabouts at the time of the incident' is no heading about incidents
    below = rows[at + 1] if at + 1 < len(rows) else None
    before = settled(words, place)
    place = before.place
    answered = _answer_follows(words, below, row, section.name if section else place.context)
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


def _answer_follows(words: Vocabulary, below: Row | None, row: Row, section: str) -> bool:
    """Whether the next row is one piece that could be the answer to a label here."""
    if below is None or not below.alone or (row.table and below.table != row.table):
        return False
    piece = below.pieces[0]
    if piece.blank:
        return below.table > 0
    if _starts_entered(piece) or all_of(piece.text, quiet):
        return True
    if piece.strong or _bold_start(piece) or block_of(piece.words):
        return False
    label = meaning(words, piece.words, section)
    if label is not None and label.exact:
        return False
    return split(words, piece.text, section, loose=False) is None


def _loose(words: Vocabulary, piece: Piece, place: Place) -> Iterator[Asked]:
    """Text that answers nothing: kept, unless it is the form's own introduction."""
    text = without_guidance(words, piece.text)
    if place.begun and not is_blank(text) and not all_of(piece.text, quiet):
        yield Asked("", None, text, piece.evidence, place.section, place.block, how=LINE, sure=0.5)
