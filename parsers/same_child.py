"""One child (or agency) told of in several tables: by name, number, or order of the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from parsers.asked import Asked
from parsers.reading import plain
from triage.values.choices import key

Rows = list[list[Asked]]

_NUMBERS = {
    word: str(number)
    for number, words in enumerate(
        (
            "first 1st one i a",
            "second 2nd two ii b",
            "third 3rd three iii c",
            "fourth 4th four iv d",
        ),
        start=1,
    )
    for word in words.split()
}
_BY_ORDER = 0.9  # how sure rows of two tables are of the same children where nothing names them


def counted(block: str) -> str:
    """'first child', 'child no 1' and 'child one' are one block."""
    words = [_NUMBERS.get(word, word) for word in re.findall(r"\w+", block.lower())]
    number = next((word for word in words if word.isdigit()), "")
    return f"child {number}" if "child" in words and number else block


def one_row_each(rows: Rows) -> Rows:
    """The rows of a later table joined to the children of an earlier one."""
    tables: dict[int, Rows] = {}
    for row in rows:
        if any(not question.blank for question in row):
            tables.setdefault(_table(row), []).append(row)
    if 0 in tables or len(tables) < 2:
        return rows
    first, *later = tables.values()
    for table in later:
        first = _joined(first, table)
    return first


def one_row_an_agency(rows: Rows) -> Rows:
    """The rows of a later table joined to the agency of the same name, if they ask other things."""
    first, later = [r for r in rows if _table(r) == _table(rows[0])], rows
    joined = [list(row) for row in first]
    names = [_name(row) for row in joined]
    for row in later[len(first) :] if later[: len(first)] == first else []:
        name = _name(row)
        at = names.index(name) if name and names.count(name) == 1 else -1
        rest = [question for question in row if not _is_name(question)]
        if at >= 0 and not _overlap(joined[at], rest):
            joined[at] += rest
        else:
            joined.append(list(row))
    return joined if later[: len(first)] == first else rows


def _table(row: list[Asked]) -> int:
    return row[0].row[0] if row[0].row else 0


def _joined(children: Rows, table: Rows) -> Rows:
    if any(_name(row) for row in table):
        return _by_name(children, table)
    if len(children) != len(table) or any(_overlap(a, b) for a, b in _paired(children, table)):
        return [*children, *table]
    sure = 1.0 if len(children) == 1 else _BY_ORDER
    return [[*a, *(replace(q, sure=q.sure * sure) for q in b)] for a, b in _paired(children, table)]


def _by_name(children: Rows, table: Rows) -> Rows:
    joined = [list(row) for row in children]
    names = [_name(row) for row in joined]
    for row in table:
        name = _name(row)
        if name and names.count(name) == 1:
            others = [question for question in row if not _is_name(question)]
            joined[names.index(name)] += others
        else:
            joined.append(list(row))
    return joined


def _paired(children: Rows, table: Rows) -> Sequence[tuple[list[Asked], list[Asked]]]:
    return list(zip(children, table, strict=True))


def _overlap(row: list[Asked], other: list[Asked]) -> bool:
    """Whether both answer one question: then they are two children."""
    asked = {q.found.field.key for q in row if q.found and not q.blank}
    return any(q.found and not q.blank and q.found.field.key in asked for q in other)


def _is_name(question: Asked) -> bool:
    return question.found is not None and question.found.field.key in ("child_name", "agency")


def _name(row: list[Asked]) -> str:
    return " ".join(key(plain(question.answer)) for question in row if _is_name(question)).strip()
