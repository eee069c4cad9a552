"""The drafts of a page in reading order: ruled tables, and what stands between them."""

from __future__ import annotations

from collections import Counter, defaultdict

from parsers.readers.pdf_columns import in_columns
from parsers.readers.pdf_drafts import Draft, DraftTable
from parsers.readers.pdf_frames import without_frames
from parsers.readers.pdf_marks import Marks, Word
from parsers.readers.pdf_ruled import ruled_tables
from parsers.readers.pdf_text import lines_of
from parsers.readers.pdf_unruled import unruled


def drafts_of(marks: Marks) -> list[Draft]:
    """Paragraphs and tables of one page, from top to bottom."""
    tables, outside = without_frames(*ruled_tables(marks), marks.height)
    # A page of short lines says little about where its right margin is.
    right = max([w.x1 for w in marks.words] + [0.8 * marks.width])
    body = _body_size(marks.words)
    regions: dict[int, list[Word]] = defaultdict(list)
    for line in lines_of(outside):
        middle = (line.box[1] + line.box[3]) / 2
        above = sum((t.box[1] + t.box[3]) / 2 < middle for t in tables)
        regions[above] += line.words
    drafts: list[Draft] = []
    for number in range(len(tables) + 1):
        for words, edge in in_columns(regions[number], right):
            drafts += unruled(lines_of(words), edge, body, marks.bars)
        if number < len(tables):
            drafts.append(tables[number])
    return [d for d in drafts if not isinstance(d, DraftTable) or d.cells]


def _body_size(words: list[Word]) -> float:
    sizes = Counter[float]()
    for word in words:
        if not (word.field or word.tick):
            sizes[round(word.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
