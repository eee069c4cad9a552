"""Tables whose rows are options and whose ticks stand in a column: 'Neglect | x'."""

from __future__ import annotations

from dataclasses import replace

from parsers.asked import TICKS, Asked, Place, Step
from parsers.column_rows import is_marked, ticks
from parsers.lone import settled
from parsers.meaning import Found, meaning
from parsers.reading import TICKED, UNTICKED
from parsers.rows import Piece, Row
from parsers.vocabulary import Field, Vocabulary
from triage.values.choices import exactly, key

_FEWEST = 3  # rows of options that make a tick table


def tick_table(words: Vocabulary, rows: tuple[Row, ...], at: int, place: Place) -> Step | None:
    """The rows of options that begin here, as one question; None if none do."""
    first = rows[at]
    if first.table == 0 or len(first.pieces) < 2:
        return None
    fields = {f: None for piece in first.filled for f in words.options.get(key(piece.words), ())}
    for field in fields:
        if field.type == "choices" or (field.type == "choice" and field.group == "answers"):
            options = _options(field, rows, at)
            if len(options) >= _FEWEST:
                return _asked(words, field, options, rows, at, place)
    return None


Option = tuple[str, bool, Piece]


def _options(field: Field, rows: tuple[Row, ...], at: int) -> list[Option]:
    found: list[Option] = []
    for row in rows[at:]:
        if row.table != rows[at].table:
            break
        in_row = _in_row(field, row)
        if not in_row:
            break
        found += in_row
    return found


def _in_row(field: Field, row: Row) -> list[Option]:
    """Options with the tick cell beside each; empty where the row is anything else."""
    if len(row.pieces) % 2:
        return []
    found: list[Option] = []
    for left, right in zip(row.pieces[::2], row.pieces[1::2], strict=True):
        if left.blank and right.blank:
            continue
        option, box = (left, right) if _is_option(field, left) else (right, left)
        if not _is_option(field, option) or not _is_box(box):
            return []
        found.append((option.words, is_marked(box), box))
    return found


def _is_option(field: Field, piece: Piece) -> bool:
    return exactly(piece.words, field.choices) is not None and TICKED not in piece.words


def _is_box(piece: Piece) -> bool:
    said = piece.words.replace(TICKED, "").replace(UNTICKED, "").strip(" .")
    return said.casefold() in {
        "",
        "x",
        "✓",
        "✔",
        "√",
        "yes",
        "y",
        "no",
        "n",
        "tick",
        "[x]",
        "[ ]",
        "-",
    }


def _asked(
    words: Vocabulary,
    field: Field,
    options: list[Option],
    rows: tuple[Row, ...],
    at: int,
    place: Place,
) -> Step:
    label = (
        place.pending.label if place.pending else place.columns.lead.label if place.columns else ""
    )
    found = place.pending.found if place.pending else None
    if found is None or found.field is not field:
        named = meaning(words, label, place.context) if label else None
        found = named if named and named.field is field else Found(field, 0.9, "pattern")
    marked = next((box for _, on, box in options if on), options[0][2])
    answer = ticks([(option, on) for option, on, _ in options])
    question = Asked(label or field.key.replace("_", " "), found, answer, marked.evidence,
                     place.section, place.block, how=TICKS)  # fmt: skip
    used = _rows_used(field, rows, at)
    before = settled(words, replace(place, pending=None)) if place.pending else Step(place)
    after = replace(before.place, pending=None, begun=True, last=None, columns=None)
    return Step(after, (*before.asked, question), used)


def _rows_used(field: Field, rows: tuple[Row, ...], at: int) -> int:
    used = 0
    for row in rows[at:]:
        if row.table != rows[at].table or not _in_row(field, row):
            break
        used += 1
    return max(used, 1)
