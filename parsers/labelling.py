"""Reading -> every question with its answer, wherever on the page the answer stands.

Structure first, vocabulary as help. One walk down the rows of a document; at each row the
first of these that fits takes it, and says where we then are:
tick tables (options in rows), headers, rows under a header, single pieces, questions in a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from parsers.asked import Asked, Pending, Place, Step
from parsers.boxed_tables import boxed_alone, boxed_row, is_boxed
from parsers.by_options import by_options
from parsers.column_rows import column_row
from parsers.columns_of import header, once
from parsers.hint_columns import guidance_columns, without_columns
from parsers.in_turn import in_turn
from parsers.like_labels import is_label_alone
from parsers.lone import closed, lone, settled
from parsers.meaning import EXACT, TAUGHT, section_of
from parsers.option_columns import second_header
from parsers.pairs import pairs
from parsers.people import block_of
from parsers.reading import Reading
from parsers.row_titles import row_title
from parsers.rows import Row, rows_of
from parsers.stacked import is_stacked, shading_turned, stacked_header
from parsers.tick_tables import tick_table
from parsers.vocabulary import Vocabulary

__all__ = ["Asked", "Pending", "labelled"]


def labelled(words: Vocabulary, reading: Reading) -> tuple[Asked, ...]:
    """Everything a form asks, in reading order, with what stands as the answer."""
    asked = by_options(words, _walk(words, rows_of(reading)))
    return tuple(in_turn(words, asked))


def _walk(words: Vocabulary, rows: tuple[Row, ...]) -> Iterator[Asked]:
    place, at = Place(), 0
    while at < len(rows):
        if rows[at].table and rows[at].table != place.table:
            rows = shading_turned(words, rows, at)
            place = replace(place, hints_at=guidance_columns(rows, at))
            place = replace(
                place, boxed=is_boxed(words, rows, at), stacked=is_stacked(words, rows, at)
            )
        if rows[at].table and (rows[at].table != place.table or rows[at].alone):
            place = replace(place, labels_at=_label_columns(words, rows, at))
        place = _entering(words, place, rows[at], rows[at - 1] if at else None)
        rows = without_columns(rows, at, place.hints_at)
        step = _step(words, rows, at, place)
        yield from step.asked
        place = _hinted(step.place, step.asked)
        at += step.used
    yield from closed(place.pending, place)


def _label_columns(words: Vocabulary, rows: tuple[Row, ...], at: int) -> frozenset[int]:
    """The columns in which half of what stands is a label that is known, from here to the end of
    the table or the next heading in it."""
    known, filled = Counter[int](), Counter[int]()
    for row in rows[at + rows[at].alone :]:
        if row.table != rows[at].table or (row.alone and row.pieces[0].strong):
            break
        for piece in row.filled if len(row.pieces) > 1 else ():
            known[piece.column] += is_label_alone(words, piece)
            filled[piece.column] += 1
    return frozenset(c for c in known if known[c] > 1 and known[c] * 2 >= filled[c])


def _hinted(place: Place, asked: tuple[Asked, ...]) -> Place:
    """Where no heading helps, the last label that was sure says which part of the form this is."""
    if not asked:
        return place
    sure = (q.found.home for q in reversed(asked) if q.found and q.found.how in (EXACT, TAUGHT))
    return replace(place, before=asked[-1], hint=next(sure, place.hint))


def _entering(words: Vocabulary, place: Place, row: Row, before: Row | None) -> Place:
    """The place as a row finds it: a header holds on in its own table, or in the next if that
    goes on at once with the same grid (a table broken by a page)."""
    if row.table != place.table:
        goes_on = (
            place.columns is not None
            and not place.columns.single
            and before is not None
            and before.table == place.table
            and row.width == place.columns.grid
            and row.table > 0
        )
        place = replace(place, table=row.table, last=None)
        if not goes_on:
            place = replace(place, columns=None)
    return _beside(words, row, place) if row.beside else place


def _beside(words: Vocabulary, row: Row, place: Place) -> Place:
    """The place a heading at the side of several rows gives: a person's block, or a section."""
    if block := block_of(row.beside):
        section = {"children": "child"}.get(block.group, block.group)
        return replace(place, block=block.name, section=section)
    found = section_of(words, row.beside)
    name = found[0].name if found else ""
    return place if name == place.section else replace(place, section=name, block="")


def _step(words: Vocabulary, rows: tuple[Row, ...], at: int, place: Place) -> Step:
    row = rows[at]
    if step := tick_table(words, rows, at, place):
        return step
    if row.alone:
        boxed = boxed_alone(words, row, place) if place.boxed else None
        return boxed or lone(words, rows, at, place)
    return _in_table(words, rows, at, place)


def _in_table(words: Vocabulary, rows: tuple[Row, ...], at: int, place: Place) -> Step:
    """A row of several cells: a header, a row under one, or questions side by side."""
    row = rows[at]
    after = rows[at + 1] if at + 1 < len(rows) and rows[at + 1].table == row.table else None
    if place.boxed and (step := boxed_row(words, row, after, place)):
        return step
    if place.stacked and (columns := stacked_header(words, rows, at, place.context)):
        before = settled(words, place)
        place = replace(before.place, columns=columns, begun=True, last=None)
        return Step(place, before.asked)
    if columns := header(words, row, after, place.context, place.columns):
        third = rows[at + 2] if at + 2 < len(rows) and rows[at + 2].table == row.table else None
        columns, used = once(columns, row, third), 1
        if after is not None and (divided := second_header(after, columns)):
            columns, used = divided, 2
        before = settled(words, place)
        place = replace(before.place, columns=columns, begun=True, last=None)
        if columns.kind != "ticks" and columns.section:
            place = replace(place, section=columns.section)
        return Step(place, before.asked, used)
    if place.columns is not None and (step := column_row(words, row, place)):
        return step
    title = row_title(words, rows, at, place)
    return title or pairs(words, row, replace(place, columns=None))
