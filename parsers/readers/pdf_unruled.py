"""Text outside ruled tables: paragraphs, and columns that only alignment shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from parsers.readers.pdf_cut import ALIGNED, LARGER, REACH, cut_rows
from parsers.readers.pdf_drafts import Draft, DraftCell, DraftParagraph, DraftTable
from parsers.readers.pdf_marks import Marks, Rule, Word, around
from parsers.readers.pdf_paragraphs import add_paragraph, gap_before_labels
from parsers.readers.pdf_text import TALL, Line, wrapped

TIGHT = 1.42  # of the letters' size: the distance of lines within a paragraph

_LINKS = frozenset(
    ["of", "the", "and", "or", "to", "in", "for", "by", "a", "an", "at", "with", "/", "&"]
)


def unruled(lines: list[Line], right: float, body: float, marks: Marks) -> list[Draft]:
    """Paragraphs and unruled tables of neighbouring lines; `body` is the usual letter size.

    The page's bars may part rows; words alone on a shaded bar are a heading.
    """
    if not lines:
        return []
    rows = cut_rows(lines, body)
    apart = gap_before_labels(lines)
    drafts: list[Draft] = []
    table: _Columns | None = None
    for index, cells in enumerate(rows):
        loose = _loose(rows[max(0, index - REACH) : index + REACH])
        banner = len(cells) == 1 and _on_banner(cells[0], marks)
        if table is not None and not banner and table.takes(cells, right, loose):
            continue
        if table is not None:
            drafts.append(table.draft(right))
            table = None
        if banner:
            drafts.append(DraftParagraph(cells, right, heading=True))
        elif len(cells) > 1:
            table = _Columns.start(cells, marks.bars)
        else:
            add_paragraph(drafts, cells[0], right, body, apart)
    if table is not None:
        drafts.append(table.draft(right))
    return drafts


def _on_banner(line: Line, marks: Marks) -> bool:
    """Whether the line stands alone on a shaded bar that reaches over most of the page."""
    x0, top, x1, bottom = line.box
    y = (top + bottom) / 2
    return not any(w.field or w.tick for w in line.words) and any(
        not s.white
        and s.x1 - s.x0 >= 0.6 * marks.span
        and s.bottom - s.top <= 3.2 * line.size
        and s.top <= y <= s.bottom
        and s.x0 - 1 <= x0 <= x1 <= s.x1 + 1
        for s in marks.shades
    )


def _loose(rows: list[list[Line]]) -> bool:
    """Whether most rows stand further apart than the lines within a row."""
    pitches = [
        (cells[0].base - before[0].base) / max(cells[0].size, 1)
        for before, cells in pairwise(rows)
        if len(cells) > 1
    ]
    return bool(pitches) and 2 * sum(pitch > TIGHT for pitch in pitches) >= len(pitches)


def _unfinished(label: Line, line: Line) -> bool:
    """Whether a label's words ask for more: in dense forms a row left blank looks alike."""
    return line.words[0].text[:1].islower() or label.words[-1].text.lower() in _LINKS


@dataclass(slots=True)
class _Columns:
    """An unruled table as it grows: column starts, and for each row the lines by column."""

    xs: list[float]
    bars: list[Rule]
    rows: list[dict[int, list[Line]]] = field(default_factory=list)
    last: float = 0.0

    @classmethod
    def start(cls, cells: list[Line], bars: list[Rule]) -> _Columns:
        """A table whose first row is this line."""
        table = cls([cell.x0 for cell in cells], bars)
        table._append(cells)
        return table

    def takes(self, cells: list[Line], right: float, loose: bool) -> bool:
        """Adds the line to the table if it belongs there."""
        if self._inside_field(cells):
            self._extend(cells)
            return True
        pitch = (cells[0].base - self.last) / max(cells[0].size, 1)
        barred = self._barred(cells[0])
        if barred is not None and self._matches(cells):
            if barred:
                self._append(cells)
            else:
                self._extend(cells)
            return True
        if pitch > 6 or not self._matches(cells):
            return False
        if self._continues(cells, pitch, right, loose):
            self._extend(cells)
        elif len(cells) > 1 or self._like_label(cells[0]):
            self._append(cells)
        else:
            return False
        return True

    def _barred(self, line: Line) -> bool | None:
        """Whether a bar parts the line from the row above; None where rows have no bars.

        Only bars under labels and answers count: under answers alone they are lines to write on.
        """
        wide = [b.at for b in self.bars if b.start <= self.xs[0] + 8 and b.end >= self.xs[-1]]
        if len(wide) < 3 or not min(wide) - 40 <= self.last <= max(wide) >= line.base:
            return None
        return any(self.last < at < line.base for at in wide)

    def _matches(self, cells: list[Line]) -> bool:
        if len(cells) == 1:
            return self._answer_side(cells[0]) or self._label_side(cells[0])
        return any(
            abs(c.x0 - x) <= ALIGNED or self._under_header(c)
            for c in cells[1:]
            for x in self.xs[1:]
        )

    def _label_side(self, line: Line) -> bool:
        near = abs(line.x0 - self.xs[0]) <= 14
        return near and line.x1 < self.xs[1] + 1 and line.x0 < self.xs[1] - ALIGNED

    def _answer_side(self, line: Line) -> bool:
        column = self._column(line)
        above = next(iter(self.rows[-1].values()))[0]
        return column > 0 and line.x0 - self.xs[column] <= 24 and line.size < LARGER * above.size

    def _column(self, line: Line) -> int:
        fitting = [i for i, x in enumerate(self.xs) if x <= line.x0 + ALIGNED]
        return fitting[-1] if fitting else 0

    def _inside_field(self, cells: list[Line]) -> bool:
        """Whether the line lies beside a tall field of the current row."""
        words = [w for lines in self.rows[-1].values() for line in lines for w in line.words]
        tall = [w for w in words if w.field and w.bottom - w.top >= TALL]
        if not tall or any(w.field and w.bottom - w.top >= TALL for c in cells for w in c.words):
            return False
        middle = (cells[0].box[1] + cells[0].box[3]) / 2
        return any(w.top - 2 <= middle <= w.bottom - 2 for w in tall)

    def _continues(self, cells: list[Line], pitch: float, right: float, loose: bool) -> bool:
        """Whether the line goes on with the row above: beside no label, or with every cell of
        it continuing the cell above."""
        if self._column(cells[0]) > 0 and len(cells) == 1:
            return pitch <= 3
        note = self._note(cells[0])
        if len(cells) == 1 and note:
            return True
        if (pitch > TIGHT and not note) or any(w.field for c in cells for w in c.words):
            return False
        if set(self.rows[-1]) == {0} and self._label_side(cells[0]):
            # A label of two lines whose answer stands beside the second.
            return cells[0].words[0].text[:1].islower()
        for cell in cells:
            column = 0 if self._label_side(cell) else self._column(cell)
            above = self.rows[-1].get(column)
            if column == 0 and self._note(cell):
                continue
            if not above or abs(above[-1].base - self.last) > 0.5 * cell.size:
                return False
            if above[-1].words[-1].look[:2] != cell.words[0].look[:2]:
                return False
            limit = self.xs[column + 1] - 4 if column + 1 < len(self.xs) else right
            if not (loose or wrapped(above[-1], cell, limit)):
                return False
            if not loose and column == 0 and not _unfinished(above[-1], cell):
                return False
        return True

    def _note(self, line: Line) -> bool:
        """Whether the line is guidance in smaller letters under the label of the row above."""
        label = self.rows[-1].get(0)
        if not label or not self._label_side(line) or any(w.field for w in line.words):
            return False
        first, last = label[0], label[-1]
        return line.size < 0.93 * first.size and line.base - last.base <= 1.6 * first.size

    def _like_label(self, line: Line) -> bool:
        """Whether a line alone looks like the labels of this table (a row left blank)."""
        labels = [row[0][0] for row in self.rows if 0 in row]
        if not labels or not self._label_side(line) or line.words[0].field:
            return False
        label = labels[-1]
        same = abs(label.size - line.size) <= 0.1 * line.size
        return same and label.words[0].look[:2] == line.words[0].look[:2]

    def _append(self, cells: list[Line]) -> None:
        for cell in cells[1:]:
            new = all(abs(cell.x0 - x) > ALIGNED for x in self.xs)
            if new and not self._under_header(cell):
                self._insert(cell.x0)
        self.rows.append({})
        self._extend(cells)

    def _under_header(self, cell: Line) -> bool:
        """Whether it is a box alone, which stands under the middle of its column's header."""
        if len(cell.words) != 1 or not cell.words[0].tick or not self.rows:
            return False
        middle = cell.words[0].middle[0]
        heads = [line for lines in self.rows[0].values() for line in lines]
        return any(head.x0 - 2 <= middle <= head.x1 + 2 for head in heads)

    def _insert(self, x: float) -> None:
        place = sum(other < x for other in self.xs)
        self.xs.insert(place, x)
        self.rows = [{c + (c >= place): lines for c, lines in row.items()} for row in self.rows]

    def _extend(self, cells: list[Line]) -> None:
        for number, cell in enumerate(cells):
            column = 0 if number == 0 and self._label_side(cell) else self._column(cell)
            self.rows[-1].setdefault(column, []).append(cell)
        self.last = cells[0].base

    def draft(self, right: float) -> DraftTable:
        """The finished table; a cell without text is there too, blank."""
        edges = [*self.xs, max(right, self.xs[-1] + 20)]
        cells = []
        for number, row in enumerate(self.rows):
            words = [w for lines in row.values() for line in lines for w in line.words]
            _, top, _, bottom = around(words)
            for column in range(len(self.xs)):
                box = (edges[column], top, edges[column + 1], bottom)
                lines = row.get(column, [])
                cells.append(DraftCell(number, column, lines, box, words[0].page))
        everything: list[Word] = [w for c in cells for line in c.lines for w in line.words]
        return DraftTable(cells, edges, len(self.rows), around(everything), ruled=False)
