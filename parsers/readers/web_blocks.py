"""What a page holds becomes blocks: numbered, headings told, what a mail quotes left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from parsers.readers.typed import MOST_LINES, blocks_of
from parsers.readers.typed_labels import bold, is_closing
from parsers.readers.typed_lines import Line, ruled
from parsers.reading import Block, Paragraph, Table, Text, plain
from parsers.texts import all_of, is_blank
from triage.evidence import Evidence

_LONGEST_HEADING = 14  # words
_OFTEN = 4  # lines that begin bold, as labels do, from which on looks tell the labels

Held = tuple[Text, bool] | Table
"""A line (with whether it is a heading) or a table."""
Kept = Callable[[str], bool]


def web_blocks(held: Sequence[Held], method: str, keep: Kept) -> Iterator[Block]:
    """Numbered, what is quoted left out; where labels have no look, as typed text."""
    plainly = sum(not isinstance(one, Table) and begins_bold(one[0]) for one in held) < _OFTEN
    waiting: list[Line] = []
    count = 0
    for number, one in enumerate(held[:MOST_LINES], 1):
        if isinstance(one, Table):
            kept = _kept(one, keep)
            if kept is not None:
                yield from _page_lines(waiting, method, plainly, count + 1)
                waiting, count = [], count + 1
                yield _numbered(kept, count)
        elif is_blank(one[0]) or keep(plain(one[0])):
            waiting.append(Line(one[0], number, heading=one[1]))
    yield from _page_lines(waiting, method, plainly, count + 1)


def begins_bold(line: Text) -> bool:
    """Whether a line begins as one with a label does."""
    return bool(line) and line[0].bold


def _page_lines(lines_: list[Line], method: str, plainly: bool, first: int) -> Iterator[Block]:
    said = list(ruled(lines_))
    if plainly:
        yield from blocks_of(said, method, first)
        return
    for line in (bold(one, len(one.words)) if is_closing(one) else one for one in said):
        where = Evidence(cell=f"line {line.number}", method=method)
        yield Paragraph(line.text, where, heading=line.heading or _is_underlined(line))


def _is_underlined(line: Line) -> bool:
    """A short line, all of it underlined, stands over what follows."""
    return len(line.words.split()) <= _LONGEST_HEADING and all_of(
        line.text, lambda run: run.underlined
    )


def _kept(table: Table, keep: Kept) -> Table | None:
    """The table, if most of what it says counts."""
    said = [plain(cell.text) for cell in table.cells if not is_blank(cell.text)]
    counted = sum(keep(words) for words in said)
    return table if said and counted * 2 > len(said) else None


def _numbered(table: Table, number: int) -> Table:
    cells = tuple(
        replace(
            cell,
            evidence=replace(cell.evidence, cell=f"table {number}, {cell.evidence.cell}"),
            tables=tuple(_numbered(inner, number) for inner in cell.tables),
        )
        for cell in table.cells
    )
    return replace(table, cells=cells)
