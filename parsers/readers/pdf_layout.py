"""The drafts of a page in reading order: ruled tables, and what stands between them."""

from __future__ import annotations

from collections import Counter, defaultdict

from parsers.readers.pdf_above import Pair, boxes_of, pairs_of
from parsers.readers.pdf_drafts import Draft
from parsers.readers.pdf_frames import without_frames
from parsers.readers.pdf_marks import Marks, Word
from parsers.readers.pdf_ruled import ruled_tables
from parsers.readers.pdf_text import lines_of
from parsers.readers.pdf_unruled import unruled


def drafts_of(marks: Marks) -> list[Draft]:
    """Paragraphs and tables of a page or column, from top to bottom."""
    body = _body_size(marks.words)
    tables, outside = ruled_tables(marks)
    pairs, outside, used = pairs_of(outside, boxes_of(tables), body)
    tables = [t for t in tables if not any(t is one for one in used)]
    tables, outside = without_frames(tables, outside, marks.height)
    right = max([w.x1 for w in marks.words] + [marks.edge])
    parts: list[tuple[float, list[Draft]]] = [
        ((t.box[1] + t.box[3]) / 2, [t] if t.cells else []) for t in tables
    ]
    parts += [(top, pair.drafts()) for top, pair in _row_tops(pairs)]
    parts.sort(key=lambda part: part[0])
    regions: dict[int, list[Word]] = defaultdict(list)
    for line in lines_of(outside):
        middle = (line.box[1] + line.box[3]) / 2
        regions[sum(top < middle for top, _ in parts)] += line.words
    drafts: list[Draft] = []
    for number in range(len(parts) + 1):
        drafts += unruled(lines_of(regions[number]), right, body, marks)
        if number < len(parts):
            drafts += parts[number][1]
    return drafts


def _row_tops(pairs: list[Pair]) -> list[tuple[float, Pair]]:
    """Each pair with the height its row starts at."""
    tops: list[tuple[float, Pair]] = []
    for pair in pairs:
        level = bool(tops) and abs(tops[-1][1].box[1] - pair.box[1]) < 6
        tops.append((tops[-1][0] if level else pair.top, pair))
    return tops


def _body_size(words: list[Word]) -> float:
    sizes = Counter[float]()
    for word in words:
        if not (word.field or word.tick):
            sizes[round(word.size, 1)] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
