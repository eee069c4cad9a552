"""Answers beneath their labels: a form field or answer box with its question's words above it.

Two such questions side by side look like a row of labels over a row of answers; taken apart by
the geometry of the boxes, each label stands with its own answer. Columns of fields under one
header are a table and stay one.
"""

from __future__ import annotations

from dataclasses import dataclass

from parsers.readers.pdf_cut import LARGER
from parsers.readers.pdf_drafts import Draft, DraftParagraph, DraftTable
from parsers.readers.pdf_marks import Box, Word
from parsers.readers.pdf_text import Line, lines_of

GAP = 1.3  # of the letters' size, between a label and the box beneath
SIDE = 14.0  # points by which a label may start beside its box's left edge


@dataclass(slots=True)
class Pair:
    """A label's lines with the answer beneath them: a field, or a box with its words."""

    label: list[Line]
    answer: Draft
    box: Box

    @property
    def top(self) -> float:
        """The height the label starts at."""
        return self.label[0].box[1]

    def drafts(self) -> list[Draft]:
        """The label as a paragraph, then the answer."""
        return [DraftParagraph(self.label, self.box[2]), self.answer]


def boxes_of(tables: list[DraftTable]) -> list[DraftTable]:
    """The tables that are one open box round an answer."""
    return [t for t in tables if len(t.cells) == 1 and not t.cells[0].tables]


def pairs_of(
    words: list[Word], boxes: list[DraftTable], body: float
) -> tuple[list[Pair], list[Word], list[DraftTable]]:
    """The labels with their answers beneath, the words left over, and the boxes used."""
    fields = [w for w in words if w.field]
    framed = [(box.box, box) for box in boxes if not _holds_field(box.box, fields)]
    places: list[Box] = [_edges(f) for f in fields] + [box for box, _ in framed]
    lines = _cut(lines_of([w for w in words if not w.field]))
    found: dict[int, list[Line]] = {}
    for index, place in enumerate(places):
        label = _label(place, lines, places, body)
        if label:
            found[index] = label
    pairs: list[Pair] = []
    used: list[DraftTable] = []
    gone: set[int] = set()
    for index in _apart(places, found, len(fields)):
        answer: Draft
        if index < len(fields):
            answer = DraftParagraph([Line([fields[index]])], places[index][2])
            gone.add(id(fields[index]))
        else:
            answer = framed[index - len(fields)][1]
            used.append(answer)
        pairs.append(Pair(found[index], answer, places[index]))
        gone |= {id(w) for line in found[index] for w in line.words}
    return _in_order(pairs), [w for w in words if id(w) not in gone], used


def _apart(places: list[Box], found: dict[int, list[Line]], fields: int) -> list[int]:
    """The numbers of those to be taken apart: no columns of a table; and a drawn box only beside
    another, for alone it is well read where it stands."""
    headers = {i for i in found if _heads_a_column(places, i, set(found))}
    headers |= {i for i in found if any(_same_row(places[i], places[j]) for j in headers)}
    left = sorted(set(found) - headers)
    return [
        i
        for i in left
        if i < fields or any(j != i and _same_row(places[i], places[j]) for j in left)
    ]


def _edges(word: Word) -> Box:
    return word.x0, word.top, word.x1, word.bottom


def _holds_field(box: Box, fields: list[Word]) -> bool:
    return any(box[0] - 3 <= f.middle[0] <= box[2] and box[1] <= f.middle[1] <= box[3]
               for f in fields)  # fmt: skip


def _cut(lines: list[Line]) -> list[Line]:
    """Lines cut at their wide gaps."""
    cut: list[Line] = []
    for line in lines:
        piece: list[Word] = []
        for word in line.words:
            wide = piece and word.x0 - piece[-1].x1 > 0.9 * word.size
            if wide:
                cut.append(Line(piece))
                piece = []
            piece.append(word)
        cut.append(Line(piece))
    return cut


def _label(place: Box, lines: list[Line], places: list[Box], body: float) -> list[Line]:
    """The lines of the label just above a box; none where words stand at its left."""
    if any(_beside(line, place, places) for line in lines):
        return []
    above = [line for line in lines if _over(line, place)]
    if not above:
        return []
    last = max(above, key=lambda line: line.base)
    starts = abs(last.x0 - place[0]) <= SIDE
    ticks = any(w.tick for w in last.words)
    others = sum(_over(last, other) for other in places if _same_row(place, other))
    if not starts or ticks or others > 1 or last.size >= LARGER * body:
        return []
    label = [last]
    for line in sorted(lines, key=lambda one: -one.base):
        if _wraps(line, label[0], place[2]) and not any(_over(line, p) for p in places):
            label.insert(0, line)
    return label


def _beside(line: Line, place: Box, places: list[Box]) -> bool:
    """Whether the line is a label at the box's left: level with it, no other box between."""
    _, top, x1, bottom = line.box
    middle = (top + bottom) / 2
    if not (place[1] - 2 <= middle <= min(place[3], place[1] + 24) + 2 and x1 <= place[0] + 2):
        return False
    if any(w.tick for w in line.words):
        return False
    return not any(
        other is not place and _same_row(other, place) and x1 <= other[2] <= place[0] + 2
        for other in places
    )


def _over(line: Line, place: Box) -> bool:
    x0, _, x1, bottom = line.box
    gap = place[1] - bottom
    return x0 < place[2] and x1 > place[0] and -3 <= gap <= GAP * line.size


def _wraps(line: Line, below: Line, right: float) -> bool:
    """Whether the line is an earlier one of the same label over a box that ends at `right`."""
    near = 0 < below.base - line.base <= 1.35 * below.size
    alike = abs(line.size - below.size) < 0.5 and line.words[-1].look[:3] == below.words[0].look[:3]
    plain = not any(w.tick or w.field for w in line.words)
    first = below.words[0]
    full = line.x1 + first.x1 - first.x0 > right - line.size
    goes_on = full or first.text[:1].islower()
    return near and alike and plain and goes_on and abs(line.x0 - below.x0) < 3


def _same_row(a: Box, b: Box) -> bool:
    return abs(a[1] - b[1]) < 6


def _heads_a_column(places: list[Box], index: int, labelled: set[int]) -> bool:
    """Whether more boxes without a label of their own follow under this one, as in a table."""
    place = places[index]
    height = min(place[3] - place[1], 30.0)
    return any(
        i not in labelled
        and abs(other[0] - place[0]) < 3
        and abs(other[2] - place[2]) < 3
        and 0 <= other[1] - place[3] + 1 <= height + 1
        for i, other in enumerate(places)
    )


def _in_order(pairs: list[Pair]) -> list[Pair]:
    """Row by row, and in a row from left to right."""
    ordered: list[Pair] = []
    for pair in sorted(pairs, key=lambda p: p.box[1]):
        place = len(ordered)
        while (
            place
            and _same_row(ordered[place - 1].box, pair.box)
            and (ordered[place - 1].box[0] > pair.box[0])
        ):
            place -= 1
        ordered.insert(place, pair)
    return ordered
