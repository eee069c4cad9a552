"""Which answers belong to one child, relative, agency or event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from parsers.asked import MORE, Asked
from parsers.same_child import counted, one_row_an_agency, one_row_each

Rows = list[list[Asked]]


def rows_of_group(asked: Sequence[Asked], group: str) -> Rows:
    """The questions of a repeating group, sorted into its rows, in order of appearance."""
    own = [question for question in asked if question.found and question.found.field.group == group]
    placed: dict[tuple[object, ...], list[Asked]] = {}
    loose: list[Asked] = []
    for question in own:
        if question.row is not None:
            placed.setdefault(("row", *question.row), []).append(question)
        elif question.block:
            placed.setdefault(("block", counted(question.block)), []).append(question)
        else:
            loose.append(question)
    rows = list(placed.values())
    if group == "children":
        rows = one_row_each(rows)
    if group == "agencies" and rows:
        rows = one_row_an_agency(rows)
    return _with_loose(rows, loose, own, group)


def _with_loose(placed: Rows, loose: list[Asked], own: list[Asked], group: str) -> Rows:
    """Questions under no block: a row of their own, or said of everyone in the group."""
    home = {"children": "child"}.get(group, group)
    at_home = [question for question in loose if question.section == home] if placed else loose
    elsewhere = [question for question in loose if question not in at_home]
    names_someone = any(_is_name(q) and not q.blank for q in at_home)
    filled = [row for row in placed if any(not q.blank for q in row)]
    if not filled or names_someone:
        together = _by_repetition(at_home if filled else loose)
        placed = sorted([*placed, *together], key=lambda row: own.index(row[0]))
        return _shared(placed, elsewhere if filled else [])
    return _shared(placed, loose)


def _is_name(question: Asked) -> bool:
    found = question.found
    return found is not None and found.field.key in ("child_name", "name", "agency")


def _by_repetition(loose: Iterable[Asked]) -> Rows:
    """Blocks without a heading: when a question comes again, the next person's have begun."""
    rows: Rows = []
    seen: set[tuple[str, str]] = set()
    for question in loose:
        assert question.found is not None
        field = question.found.field
        if question.how == MORE and rows:
            rows[-1].append(question)
            continue
        what = (field.key, field.part)
        if not rows or (what in seen and _begins(question, rows[0])):
            rows.append([])
            seen = set()
        rows[-1].append(question)
        seen.add(what)
    return rows


def _begins(question: Asked, first: list[Asked]) -> bool:
    """Only a question that began the first block, or a name, begins another."""
    assert question.found is not None
    starts = first[0].found
    return _is_name(question) or (
        starts is not None and starts.field.key == question.found.field.key
    )


def _shared(placed: Rows, said_of_all: list[Asked]) -> Rows:
    """Answers under no child's block hold for each who has none of their own."""
    rows = [row for row in placed if any(not q.blank for q in row)] or placed
    if not said_of_all or not rows:
        return rows
    sure = 1.0 if len(rows) == 1 else 0.85
    shared = [replace(question, sure=question.sure * sure) for question in said_of_all]
    return [[*row, *(q for q in shared if not _has(row, q))] for row in rows]


def _has(row: list[Asked], question: Asked) -> bool:
    assert question.found is not None
    key = question.found.field.key
    return any(q.found and q.found.field.key == key and not q.blank for q in row)
