"""Typed text as a Reading: a mail's own words, a text file.

A writer without tables and bold letters draws with what a keyboard has: colons, empty lines,
capitals, rules of dashes, tabs and columns of spaces. They become what a printed form has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.readers.docx_marks import unify
from parsers.readers.typed_labels import with_labels
from parsers.readers.typed_lines import Line, ruled, unwrapped
from parsers.readers.typed_tables import tables
from parsers.reading import Block, Paragraph, Reading, Run, Table
from parsers.texts import trimmed
from triage.evidence import Evidence

MOST_LINES = 3_000
"""Lines that are looked at for a form; a longer text is none."""

_QUOTED = re.compile(r"(?:\s{0,3}>)+\s?(?!\d)")


def typed(text: str, method: str, reader: str) -> Reading:
    """The structure of a text. `method` and `reader` say what it was, for evidence and log."""
    said = (_QUOTED.sub("", line, count=1) if line.lstrip().startswith(">") else line
            for line in text.split("\n")[:MOST_LINES])  # fmt: skip
    lines = [
        Line((Run(unify(line.strip("\r").replace("\u00a0", " "))),), number)
        for number, line in enumerate(said, 1)
    ]
    return Reading(tuple(blocks_of(list(ruled(lines)), method)), reader)


def blocks_of(lines: Sequence[Line], method: str, first: int = 1) -> Iterator[Block]:
    """Paragraphs and tables of lines without looks; `first` numbers the first table."""
    waiting: list[Line] = []
    for one in tables(list(unwrapped(lines)), method, first):
        if isinstance(one, Table):
            yield from _paragraphs(waiting, method)
            waiting = []
            yield one
        else:
            waiting.append(one)
    yield from _paragraphs(waiting, method)


def _paragraphs(lines: Sequence[Line], method: str) -> Iterator[Paragraph]:
    for line in with_labels(lines):
        where = Evidence(cell=f"line {line.number}", method=method)
        yield Paragraph(trimmed(line.text), where, heading=line.heading)
