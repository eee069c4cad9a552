"""Tables with rules: rules that meet form a grid, squares without a rule between are one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from parsers.readers.pdf_drafts import DraftCell, DraftTable
from parsers.readers.pdf_marks import Box, Marks, Rule, Word
from parsers.readers.pdf_shades import shade_edges
from parsers.readers.pdf_text import lines_of

NEAR = 3.0  # rules no further apart are one (double borders)
TOUCH = 2.0  # rules no further apart meet
MOST_RULES = 3_000  # a page with more is a drawing


def ruled_tables(marks: Marks) -> tuple[list[DraftTable], list[Word]]:
    """The page's ruled tables with the words in them, and the words outside.

    Rules across that meet none down are kept as bars: they may part the rows of a table
    whose columns only alignment shows.
    """
    if len(marks.across) + len(marks.down) > MOST_RULES:
        return [], marks.words
    across, down = shade_edges(marks.shades)
    grids = []
    marks.bars = []
    lone: list[Rule] = []
    for flats, uprights in components(marks.across + across, marks.down + down):
        grid = Grid.of(flats, uprights)
        if grid is not None:
            grids.append(grid)
        elif not uprights:
            marks.bars += flats
        elif not flats:
            lone += uprights
    grids += _middles(lone)
    grids.sort(key=lambda grid: grid.area)
    outside: list[Word] = []
    for word in marks.words:
        x, y = word.middle
        y = min(y, word.top + 8) if word.field else y
        home = next((g for g in grids if g.holds(x, y)), None)
        if home is None:
            outside.append(word)
        else:
            home.words.append(word)
    tables = _nested([(grid, grid.table(marks)) for grid in grids])
    return sorted(tables, key=lambda t: (t.box[1], t.box[0])), outside


def _middles(uprights: list[Rule]) -> list[Grid]:
    """Rows so high that neither their start nor their end is on this page: sides alone."""
    alike: dict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in uprights:
        if rule.end - rule.start > 60:
            alike[round(rule.start / 4), round(rule.end / 4)].append(rule)
    grids = []
    for sides in alike.values():
        low, high = min(r.at for r in sides), max(r.at for r in sides)
        ends = [Rule(sides[0].start, low, high), Rule(sides[0].end, low, high)]
        grid = Grid.of(ends, sides) if len(sides) >= 3 else None
        if grid is not None:
            grids.append(grid)
    return grids


def _nested(pairs: list[tuple[Grid, DraftTable]]) -> list[DraftTable]:
    """Tables that lie in a cell of a larger one are put into that cell."""
    outer: list[DraftTable] = []
    for index, (_, table) in enumerate(pairs):
        x, y = (table.box[0] + table.box[2]) / 2, (table.box[1] + table.box[3]) / 2
        for _, larger in pairs[index + 1 :]:
            cell = next((c for c in larger.cells if _in(c.box, x, y)), None)
            if cell is not None:
                cell.tables.append(table)
                break
        else:
            outer.append(table)
    return outer


def _in(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def components(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules across and down, grouped by which of them meet."""
    flats, uprights = _merged(across), _merged(down)
    parent = list(range(len(flats) + len(uprights)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, flat in enumerate(flats):
        for j, upright in enumerate(uprights):
            crosses = flat.start - TOUCH <= upright.at <= flat.end + TOUCH
            if crosses and upright.start - TOUCH <= flat.at <= upright.end + TOUCH:
                parent[root(i)] = root(len(flats) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for i, flat in enumerate(flats):
        groups[root(i)][0].append(flat)
    for j, upright in enumerate(uprights):
        groups[root(len(flats) + j)][1].append(upright)
    return list(groups.values())


def _merged(rules: list[Rule]) -> list[Rule]:
    """Pieces of one rule joined, doubles dropped."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.at), r.start)):
        last = merged[-1] if merged else None
        apart = last and max(last.start, rule.start) > min(last.end, rule.end) + NEAR
        if last and abs(last.at - rule.at) < 1 and not apart:
            start, end = min(last.start, rule.start), max(last.end, rule.end)
            merged[-1] = Rule(last.at, start, end)
        else:
            merged.append(rule)
    return merged


def _places(rules: list[Rule], across: list[Rule]) -> list[float]:
    """The distinct places of rules, and where crossing rules end beyond them."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > NEAR:
            places.append(at)
    low, high = min(r.start for r in across), max(r.end for r in across)
    if places and places[0] - low > 6:
        places.insert(0, low)
    if places and high - places[-1] > 6:
        places.append(high)
    return places


@dataclass(slots=True)
class Grid:
    """A lattice of rules and the words between them."""

    xs: list[float]
    ys: list[float]
    across: list[Rule]
    down: list[Rule]
    words: list[Word]

    @classmethod
    def of(cls, across: list[Rule], down: list[Rule]) -> Grid | None:
        """The grid of rules that meet, None where they enclose nothing."""
        if len(across) < 2 or not down:
            return None
        xs, ys = _places(down, across), _places(across, down)
        if len(xs) < 2 or len(ys) < 2:
            return None
        return cls(xs, ys, across, down, [])

    @property
    def area(self) -> float:
        """Its size on the page."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def table(self, marks: Marks) -> DraftTable:
        """The grid as a table of cells with their words."""
        regions = self._regions()
        home = {square: index for index, region in enumerate(regions) for square in region}
        words: list[list[Word]] = [[] for _ in regions]
        for word in self.words:
            x, y = word.middle
            y = min(y, word.top + 8) if word.field else y
            column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
            row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
            words[home[row, column]].append(word)
        cells = [self._cell(r, w, marks) for r, w in zip(regions, words, strict=True)]
        box = (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])
        return DraftTable(cells, self.xs, len(self.ys) - 1, box)

    def _cell(self, region: list[tuple[int, int]], words: list[Word], marks: Marks) -> DraftCell:
        (top, left), (bottom, right) = region[0], region[-1]
        box = (self.xs[left], self.ys[top], self.xs[right + 1], self.ys[bottom + 1])
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        shades = [s for s in marks.shades if _in((s.x0, s.top, s.x1, s.bottom), x, y)]
        shaded = bool(shades) and not shades[-1].white
        return DraftCell(
            top,
            left,
            lines_of(words),
            box,
            marks.number,
            rows=bottom - top + 1,
            columns=right - left + 1,
            shaded=shaded,
        )

    def _regions(self) -> list[list[tuple[int, int]]]:
        """Squares of the grid that belong to one cell, as rectangles, row by row."""
        wall = self._walls(self.xs, self.down, self.ys)
        floor = self._walls(self.ys, self.across, self.xs)
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        taken: set[tuple[int, int]] = set()
        regions = []
        for row in range(rows):
            for column in range(columns):
                if (row, column) in taken:
                    continue
                right = column
                while (
                    right + 1 < columns
                    and (right + 1, row) not in wall
                    and (row, right + 1) not in taken
                ):
                    right += 1
                bottom = row
                while bottom + 1 < rows and all(
                    (bottom + 1, c) not in floor
                    and (bottom + 1, c) not in taken
                    and (c == column or (c, bottom + 1) not in wall)
                    for c in range(column, right + 1)
                ):
                    bottom += 1
                region = [(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)]
                taken.update(region)
                regions.append(region)
        return regions

    @staticmethod
    def _walls(places: list[float], rules: list[Rule], spans: list[float]) -> set[tuple[int, int]]:
        """(place, span) pairs where a rule stands at that place along most of that span."""
        walls: set[tuple[int, int]] = set()
        for number, place in enumerate(places):
            near = [r for r in rules if abs(r.at - place) <= NEAR]
            for span, (low, high) in enumerate(pairwise(spans)):
                covered = sum(max(0.0, min(r.end, high) - max(r.start, low)) for r in near)
                if covered >= 0.5 * (high - low):
                    walls.add((number, span))
        return walls
