"""Typed text as a Reading: a mail's own words, a text file, a web page's words.

A line whose cells stand apart by tabs is a row of a table, any other line a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from parsers.reading import Block, Cell, Paragraph, Reading, Run, Table
from triage.evidence import Evidence

MOST_LINES = 3_000
"""Lines that are looked at for a form; a longer text is none."""

Line = tuple[int, str]


def typed(text: str, method: str, reader: str) -> Reading:
    """The structure of a text. `method` and `reader` say what it was, for evidence and log."""
    lines = [(n, line.strip(" \r")) for n, line in enumerate(text.split("\n")[:MOST_LINES], 1)]
    said = [(number, line) for number, line in lines if line.strip()]
    return Reading(tuple(_blocks(said, method)), reader)


def _blocks(lines: list[Line], method: str) -> Iterator[Block]:
    tables = 0
    for tabbed, same in groupby(lines, key=lambda line: "\t" in line[1].strip()):
        if tabbed:
            tables += 1
            yield _table(list(same), tables, method)
        else:
            for number, line in same:
                where = Evidence(cell=f"line {number}", method=method)
                yield Paragraph((Run(line.strip()),), where)


def _table(lines: list[Line], number: int, method: str) -> Table:
    rows = [line.split("\t") for _, line in lines]
    cells = tuple(
        Cell(
            r,
            c,
            (Run(words.strip()),),
            Evidence(cell=f"table {number}, row {r + 1}, cell {c + 1}", method=method),
        )
        for r, row in enumerate(rows)
        for c, words in enumerate(row)
    )
    return Table(cells, len(rows), max(map(len, rows)))
