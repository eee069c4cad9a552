"""A column of guidance between the questions and the answers: read past, never an answer."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from parsers.guidance import quiet
from parsers.rows import Piece, Row
from parsers.texts import all_of

_GUIDANCE = re.compile(
    r"(?:completion |further |helpful |form )?(?:guidance|notes|help|hints?|tips|explanation|"
    r"instructions?|prompts?)(?: notes| text| for completion| on completion)?",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:your |the |no\.? ?|ref\.? ?)?(?:questions?|fields?|items?|information required|"
    r"information|details?|answers?|response|responses|reply|details required|required|number)"
    r"(?: (?:here|required|requested|needed))?",
    re.IGNORECASE,
)
_FEWEST = 3  # cells of small print that make a column of guidance


def guidance_columns(rows: tuple[Row, ...], at: int) -> frozenset[int]:
    """The columns of the table beginning here that hold guidance: so headed, or in small print."""
    cells: dict[int, list[Piece]] = defaultdict(list)
    for row in rows[at:]:
        if row.table != rows[at].table:
            break
        for piece in row.filled if len(row.pieces) > 2 else ():
            cells[piece.column].append(piece)
    named = {p.column for p in rows[at].filled if _GUIDANCE.fullmatch(p.words.strip(" :*"))}
    small = {column for column, held in cells.items() if _is_small_print(held)}
    return frozenset(c for c in named | small if c > 0 and len(cells) > 2)


def _is_small_print(held: list[Piece]) -> bool:
    printed = [piece for piece in held if not piece.strong]
    return len(printed) >= _FEWEST and all(all_of(piece.text, quiet) for piece in printed)


def without_columns(rows: tuple[Row, ...], at: int, columns: frozenset[int]) -> tuple[Row, ...]:
    """The rows with those columns taken out of the present one and the two below it.

    A row of nothing but 'Question | Answer' is left empty: it asks nothing.
    """
    if not columns:
        return rows
    changed = list(rows)
    for index in range(at, min(at + 3, len(rows))):
        row = rows[index]
        if row.table != rows[at].table:
            break
        left = tuple(p for p in row.pieces if p.column not in columns or p.columns > 1)
        if left and all(_GENERIC.fullmatch(p.words.strip(" :*")) or p.blank for p in left):
            left = tuple(replace(p, text=()) for p in left)
        changed[index] = replace(row, pieces=left or row.pieces)
    return tuple(changed)
