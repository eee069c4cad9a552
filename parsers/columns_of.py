"""The header of a repeating table: what each column asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from parsers.columns import PEOPLE, ROWS, TICKS, Column, Columns, section_of_group
from parsers.contact_columns import told_apart
from parsers.meaning import EXACT, Found, meaning
from parsers.option_columns import option_of
from parsers.people import block_of, person_of
from parsers.rows import Row
from parsers.vocabulary import Vocabulary
from triage.values.choices import YES_NO, exactly


def once(columns: Columns, row: Row, third: Row | None) -> Columns:
    """A header that only one row follows asks one child's questions, not a row for each child."""
    again = third is not None and bool(third.filled) and all(p.strong for p in third.filled)
    strong = all(piece.strong for piece in row.filled)
    if strong and columns.kind == ROWS and columns.group == "children" and (third is None or again):
        return replace(columns, single=True)
    return columns


def header(
    words: Vocabulary, row: Row, after: Row | None, section: str, held: Columns | None
) -> Columns | None:
    """The header a row is, if it is one; `after` is the row under it in the same table.

    Under a header already `held`, answers such as 'Yes | No' are no header of boxes.
    """
    if row.table == 0 or len(row.pieces) < 2:
        return None
    kind = held.kind if held else ""
    if (kind in ("", TICKS) or _lists_agencies(words, row)) and (
        found := _of_ticks(words, row, after, section)
    ):
        return found
    if kind in ("", TICKS, PEOPLE) and (found := _of_people(row, after)):
        return found
    if len(row.filled) < 2 or _looks_like_pairs(row) or _under(words, row, held):
        return None
    return _of_rows(words, row, after, section)


def _lists_agencies(words: Vocabulary, row: Row) -> bool:
    """'Agency | Known? Yes | …': the header of a list even under another list of the same grid."""
    lead = meaning(words, row.pieces[0].words, "agencies")
    return lead is not None and lead.exact and lead.field.key == "agency"


def _under(words: Vocabulary, row: Row, held: Columns | None) -> bool:
    """A row under a header whose first cell asks nothing: prompts beside it make no header."""
    first = row.filled[0]
    return (
        held is not None
        and held.kind == ROWS
        and not first.strong
        and meaning(words, first.printed, held.section) is None
    )


def _of_ticks(words: Vocabulary, row: Row, after: Row | None, section: str) -> Columns | None:
    """'Question | Yes | No': the questions stand in the first column, their boxes beside."""
    if after is None or not _boxes_below(row, after):
        return None
    first, *others = row.pieces
    options = [option_of(piece.words) for piece in others]
    named = [option for option in options if option]
    if len(named) < 2 or len(set(named)) != len(named) or any(p.entered for p in others):
        return None
    if first.words.endswith(":"):
        return None
    lead = meaning(words, first.words or "agency", "agencies")
    of_agencies = bool(first.words) or section == "agencies"
    if of_agencies and lead and lead.exact and lead.field.key == "agency":
        return _of_known_agencies(words, row, lead, options)
    if not any(exactly(piece.words, YES_NO) for piece in others):
        return None
    columns = [Column(first.words, None, first.column, first.columns)]
    for piece, option in zip(others, options, strict=True):
        columns.append(Column(piece.words, None, piece.column, piece.columns, option))
    return Columns(TICKS, "", section, tuple(columns), row.width)


def _of_known_agencies(
    words: Vocabulary, row: Row, lead: Found, options: list[str]
) -> Columns | None:
    """'Agency | Yes | No | Not known | Contact': the boxes ask whether the agency knows them."""
    known = words.field("agencies", "known")
    if known is None:
        return None
    columns = [
        Column(row.pieces[0].words or "Agency", lead, row.pieces[0].column, row.pieces[0].columns)
    ]
    for piece, option in zip(row.pieces[1:], options, strict=True):
        meant = Found(known, 0.95, EXACT) if option else meaning(words, piece.words, "agencies")
        label = "Known" if option else piece.words
        columns.append(Column(label, meant, piece.column, piece.columns, option))
    return Columns(ROWS, "agencies", "agencies", tuple(columns), row.width)


def _boxes_below(row: Row, after: Row) -> bool:
    """Whether the cells under 'Yes' and 'No' are empty or hold a mark."""
    places = {p.column for p in row.pieces[1:] if option_of(p.words)}
    cells = [p for p in after.pieces if p.column in places]
    return bool(cells) and all(len(p.words) <= 3 for p in cells)


def _of_people(row: Row, after: Row | None) -> Columns | None:
    """' | Child 1 | Child 2': the questions stand in the first column, a person in each other."""
    first, *others = row.pieces
    blocks = [person_of(piece.words) for piece in others]
    few = len(blocks) < (2 if first.words else 1)
    if few or not all(blocks) or after is None or block_of(first.words):
        return None
    group = next(block.group for block in blocks if block)
    columns = [Column(first.words, None, first.column, first.columns)]
    for piece, block in zip(others, blocks, strict=True):
        columns.append(Column(piece.words, None, piece.column, piece.columns, block=block))
    return Columns(PEOPLE, group, section_of_group(group), tuple(columns), row.width)


def _looks_like_pairs(row: Row) -> bool:
    """Labels printed strong with weak or empty cells between them are questions side by side."""
    if len(row.pieces) >= 4 and all(p.blank and not p.strong for p in row.pieces[1::2]):
        return True
    strong = [piece.strong and not piece.blank for piece in row.pieces]
    return any(strong) and not all(s or p.blank for s, p in zip(strong, row.pieces, strict=True))


def _of_rows(words: Vocabulary, row: Row, after: Row | None, section: str) -> Columns | None:
    best: tuple[float, str, list[Found | None]] = (0.0, section, [])
    for name in dict.fromkeys((section, "family", "agencies", "events", "child")):
        found = [meaning(words, piece.printed, name) for piece in row.pieces]
        group = _common_group(found)
        found = [f if f and f.field.group == group else None for f in found]
        keys = {f.field.key for f in found if f}
        score = len(keys) + 0.5 * (name == section) + 0.1 * sum(f.exact for f in found if f)
        if len(keys) >= 2 and score > best[0]:
            best = (score, name, found)
    _, name, found = best
    group = _common_group(found) if found else ""
    known = sum(f is not None for f in found)
    if group in ("", "answers"):
        return _once(words, row, after, section)
    if known * 2 < len(row.filled) or not _beside_each_other(row, found):
        return _once(words, row, after, section)
    weak = not any(piece.strong for piece in row.filled)
    # 'Where the child was | School grounds': an answer may hold a word of a label.
    if weak and sum(f is not None and f.exact for f in found) < 2:
        return _once(words, row, after, section)
    if _has_label_first(words, after, name, group, weak):
        return _once(words, row, after, section)
    found = told_apart(words, [p.printed for p in row.pieces], found)
    return Columns(ROWS, group, name, _columns(row, found), row.width)


def _beside_each_other(row: Row, found: list[Found | None]) -> bool:
    """Two known labels next to each other; with answers between them they would be pairs."""
    return all(piece.strong for piece in row.filled) or any(a and b for a, b in pairwise(found))


def _common_group(found: Iterable[Found | None]) -> str:
    groups = [f.field.group for f in found if f and not f.kept]
    return max(dict.fromkeys(groups), key=groups.count, default="")


def _columns(row: Row, found: list[Found | None]) -> tuple[Column, ...]:
    return tuple(
        Column(" ".join(piece.printed.split()), meant, piece.column, piece.columns)
        for piece, meant in zip(row.pieces, found, strict=True)
    )


def _has_label_first(
    words: Vocabulary, after: Row | None, section: str, group: str, weak: bool
) -> bool:
    """Whether the row below begins with a label again: then this is no header."""
    if after is None or not after.filled or after.pieces[0].entered:
        return False
    found = meaning(words, after.pieces[0].words, section)
    return bool(found and (found.exact or weak) and found.field.group == group)


def _once(words: Vocabulary, row: Row, after: Row | None, section: str) -> Columns | None:
    """Labels side by side with one row of answers under them ('Name | Role | Date')."""
    row, after = _without_spare(row, after)
    if after is None or len(row.filled) != len(row.pieces) or len(row.pieces) < 2:
        return None
    if any(piece.entered for piece in row.pieces):
        return None
    found = [meaning(words, piece.words, section) for piece in row.pieces]
    alike = any(p.strong for p in after.filled) == row.pieces[0].strong
    if _same_grid(row, after) and alike and not _all_listed(found):
        return None
    below = [meaning(words, piece.words, section) for piece in after.filled]
    known = [f for f in found if f and f.exact]
    labels = sum(bool(f and f.exact) for f in below)  # 'Safeguarding Lead' may be a role
    if not _same_grid(row, after) or labels * 3 > len(below):
        return None
    if alike and labels:
        return None
    strong = all(piece.strong for piece in row.pieces) and not any(p.strong for p in after.filled)
    entered = all(piece.entered for piece in after.pieces)
    if len(known) == len(row.pieces) or (strong and (known or entered or len(row.pieces) >= 3)):
        single = bool(known) or entered
        return Columns(ROWS, "", section, _columns(row, found), row.width, single=single)
    return None


def _all_listed(found: list[Found | None]) -> bool:
    """Every cell is a listed label, each of another field: none is the answer to its neighbour."""
    keys = {f.field.key for f in found if f and f.exact}
    return len(keys) == len(found)


def _without_spare(row: Row, after: Row | None) -> tuple[Row, Row | None]:
    """Both rows without the cells at their end that are empty in both."""
    if after is None or not _same_grid(row, after):
        return row, after
    used = len(row.pieces)
    while used > 2 and row.pieces[used - 1].blank and after.pieces[used - 1].blank:
        used -= 1
    return replace(row, pieces=row.pieces[:used]), replace(after, pieces=after.pieces[:used])


def _same_grid(row: Row, after: Row) -> bool:
    return [p.column for p in row.pieces] == [p.column for p in after.pieces]
