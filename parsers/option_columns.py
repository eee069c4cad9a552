"""Columns that are boxes of one question: 'Yes | No', 'Known? Yes | Known? No', 'Involved'."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from parsers.columns import ROWS, Column, Columns
from parsers.rows import Row
from triage.values.choices import YES_NO, exactly

_ASKED = re.compile(r"\b(?:known|involve[dment]*|open|working|attached|support)\b", re.IGNORECASE)
_OFFERED = re.compile(r"\b(?:y|n|yes|no)\b", re.IGNORECASE)  # 'Known? Y/N' offers both
_BETWEEN = re.compile(r"\s*[?:–/-]\s*|\s+")
_LONGEST = 200  # characters; a story has a gap a word, and looking before each takes far too long
_WHOLE = {
    "yes": re.compile(
        r"(?:currently |is |are )?(?:involved|open|active|working with (?:the )?(?:child|family)|"
        r"known to (?:us|them|this agency|the agency|the service|agency|service))",
        re.IGNORECASE,
    ),
    "no": re.compile(
        r"not (?:currently )?(?:involved|open|active|working with (?:the )?(?:child|family)|"
        r"known to (?:us|them|this agency|the agency|the service|agency|service))|no contact",
        re.IGNORECASE,
    ),
}


def option_of(label: str) -> str:
    """'yes', 'no' or 'unknown' where a column's label is one box of a question, else ''."""
    told = " ".join(label.split()).strip(" *?:")
    if len(told) > _LONGEST:
        return ""
    if value := exactly(told, YES_NO):
        return value
    for value, pattern in _WHOLE.items():
        if pattern.fullmatch(told):
            return value
    for gap in _BETWEEN.finditer(told):
        asked, option = told[: gap.start()], told[gap.end() :]
        if not _ASKED.search(asked) or _OFFERED.search(asked):
            continue
        if value := exactly(option, YES_NO):
            return value
    return ""


def second_header(row: Row, columns: Columns) -> Columns | None:
    """The row of options under a header ('Known?' above 'Yes | No | Not known')."""
    if columns.kind != ROWS:
        return None
    split: list[Column] = []
    named = 0
    below = {piece.column for piece in row.pieces}
    split += [c for c in columns.columns if below.isdisjoint(range(c.start, c.start + c.width))]
    for piece in row.pieces:
        above = columns.of(piece)
        option = exactly(piece.words, YES_NO) or ""
        if above is None or (piece.words and not option):
            return None
        named += bool(option)
        split.append(replace(above, start=piece.column, width=piece.columns, option=option))
    split.sort(key=lambda column: column.start)
    twice = sum(a.label == b.label for a, b in pairwise(split))
    return replace(columns, columns=tuple(split)) if named >= 2 and twice else None
