"""Rows under a header: a person, an agency or an event each; or a question with its boxes."""

from __future__ import annotations

from dataclasses import replace

from parsers.asked import COLUMN, TICKS, Asked, Place, Step
from parsers.columns import PEOPLE, ROWS, Column, Columns, section_of_group
from parsers.columns import TICKS as TICK_COLUMNS
from parsers.contact_columns import is_prompt
from parsers.guidance import without_guidance
from parsers.meaning import meaning
from parsers.options import boxed
from parsers.people import block_of
from parsers.reading import TICKED, UNTICKED, Run, Text, plain
from parsers.rows import Piece, Row
from parsers.vocabulary import Vocabulary
from triage.values.choices import exactly


def column_row(words: Vocabulary, row: Row, place: Place) -> Step | None:
    """The answers of a row under the header in force; None if the row is no such row."""
    columns = place.columns
    assert columns is not None
    if all(untouched(piece) for piece in row.pieces):
        return Step(place)
    if _is_labels(words, row, columns):
        return None
    if columns.kind == TICK_COLUMNS:
        return _questions(words, row, place, columns)
    if columns.kind == PEOPLE:
        return _people(words, row, place, columns)
    return _answers(words, row, place, columns)


def _is_labels(words: Vocabulary, row: Row, columns: Columns) -> bool:
    """Whether the row begins questions of its own, so that the header no longer holds."""
    first = row.filled[0]
    if columns.kind != ROWS or first.entered or not first.strong:
        return False
    found = meaning(words, first.words, columns.section)
    return bool(found and found.exact and found.field.group in ("answers", columns.group))


def _answers(words: Vocabulary, row: Row, place: Place, columns: Columns) -> Step:
    """One row of answers; some rows only go on with the text of the row above."""
    last = place.last.row if place.last else None
    continues = last is not None and not columns.single and _goes_on(row, columns)
    number = last if continues and last else (row.table, row.number)
    asked = []
    boxes: dict[str, list[tuple[Column, Piece]]] = {}
    for piece in row.pieces:
        column = columns.of(piece)
        if column is None or (continues and untouched(piece)):
            continue
        if column.option:
            boxes.setdefault(column.label, []).append((column, piece))
        else:
            asked.append(_one(words, column, piece, place, columns, number))
    asked += [_boxed(held, place, columns, number) for held in boxes.values()]
    if block := _counted_child(row, columns):
        others = [question for question in asked if question.evidence != row.pieces[0].evidence]
        asked = [replace(question, row=None, block=block) for question in others]
    elif columns.single:
        asked = [replace(question, row=None) for question in asked]
    if columns.single:
        return Step(replace(place, columns=None), tuple(asked))
    return Step(replace(place, last=asked[0] if asked else place.last), tuple(asked))


def _counted_child(row: Row, columns: Columns) -> str:
    """'Child 2' in a row's first cell, where the header does not ask a name there."""
    first = row.pieces[0]
    column = columns.of(first)
    if columns.group != "children" or column is None or column.found is not None:
        return ""
    block = block_of(first.words)
    return block.name if block and block.group == "children" and block.counted else ""


_RUNNING = {"narrative", "address", "text", "name"}


def _goes_on(row: Row, columns: Columns) -> bool:
    """A row whose first cell is empty and which only adds to running text continues another.

    One with a date, a tick or a relationship of its own is a person or agency without a name.
    """
    lead = next((p for p in row.pieces if columns.of(p) is columns.lead), None)
    if lead is not None and not lead.blank:
        return False
    for piece in row.pieces:
        column = columns.of(piece)
        if untouched(piece) or column is None or column.found is None:
            continue
        field = column.found.field
        if column.option or field.type not in _RUNNING or field.key == "relationship":
            return False
    return True


def untouched(piece: Piece) -> bool:
    """Empty, or only the form's own list of options with none ticked."""
    said = boxed(piece.words)
    return piece.blank or (UNTICKED in said and TICKED not in said)


def _one(
    words: Vocabulary,
    column: Column,
    piece: Piece,
    place: Place,
    columns: Columns,
    number: tuple[int, int],
) -> Asked:
    return Asked(
        label=column.label,
        found=column.found,
        answer=() if is_prompt(words, column.found, piece) else without_guidance(words, piece.text),
        evidence=piece.evidence,
        section=columns.section,
        block=place.block,
        row=number,
        how=COLUMN,
    )


def _boxed(
    held: list[tuple[Column, Piece]], place: Place, columns: Columns, number: tuple[int, int]
) -> Asked:
    """One question whose boxes stand in columns of their own."""
    column, piece = held[0]
    marked = next((p for _, p in held if is_marked(p)), piece)
    answer = ticks([(c.option, is_marked(p)) for c, p in held])
    return Asked(
        column.label,
        column.found,
        answer,
        marked.evidence,
        columns.section,
        place.block,
        number,
        TICKS,
    )


def is_marked(piece: Piece) -> bool:
    """Whether a cell meant for a tick holds one: a box, a cross, 'yes', the option itself."""
    said = piece.words
    if TICKED in said:
        return True
    return bool(said.replace(UNTICKED, "").strip(" -–.")) and exactly(said, {"no": ("n",)}) is None


def ticks(options: list[tuple[str, bool]]) -> Text:
    """Options and their ticks as an option list in one text."""
    shown = "   ".join(f"{TICKED if on else UNTICKED} {option}" for option, on in options)
    return (Run(shown),)


def _questions(words: Vocabulary, row: Row, place: Place, columns: Columns) -> Step | None:
    """'Is there media interest? | x | |' under 'Yes | No | Not known'."""
    first = next((p for p in row.pieces if columns.of(p) is columns.lead), None)
    if first is None or first.blank:
        return None
    boxes, other = [], []
    for piece in row.pieces:
        column = columns.of(piece)
        if column is not None and column.option:
            boxes.append((column, piece))
        elif piece is not first and not piece.blank:
            other.append(piece)
    if not boxes:
        return None
    marked = next((p for _, p in boxes if is_marked(p)), boxes[0][1])
    answer = ticks([(c.option, is_marked(p)) for c, p in boxes])
    found = meaning(words, first.words, place.context)
    asked = [
        Asked(first.words, found, answer, marked.evidence, place.section, place.block, how=TICKS)
    ]
    # A column for remarks beside the boxes is kept with the question's own words.
    asked += [
        Asked(f"{first.words}: {column.label}" if column else first.words, None, p.text, p.evidence)
        for p in other
        if (column := columns.of(p)) or True
    ]
    return Step(place, tuple(asked))


def _people(words: Vocabulary, row: Row, place: Place, columns: Columns) -> Step | None:
    """One question asked of each person, who have a column each."""
    first = next((p for p in row.pieces if columns.of(p) is columns.lead), None)
    if first is None or first.blank:
        return None
    label = plain(first.text).strip()
    asked = []
    for piece in row.pieces:
        column = columns.of(piece)
        if column is not None and column.block is not None:
            section = section_of_group(column.block.group)
            found = meaning(words, label, section)
            if found and found.field.group not in ("answers", column.block.group):
                found = None  # a child's question asked of a parent
            asked.append(
                Asked(
                    first.words if found else f"{first.words} ({column.label})",
                    found,
                    without_guidance(words, piece.text),
                    piece.evidence,
                    section,
                    column.block.name,
                    how=COLUMN,
                )
            )
    return Step(place, tuple(asked))
