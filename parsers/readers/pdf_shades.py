"""Tables drawn by the backgrounds of their cells alone: their edges serve as rules."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from parsers.readers.pdf_marks import Rule, Shade

NEAR = 3.0


def shade_edges(shades: list[Shade]) -> tuple[list[Rule], list[Rule]]:
    """Rules across and down round shaded cells that lie side by side in at least two rows.

    One row alone may be highlighted words, and one column alone leaves the answers open.
    """
    cells = [s for s in shades if s.bottom - s.top >= 9 and s.x1 - s.x0 >= 25 and not s.white]
    pairs: dict[int, list[tuple[Shade, Shade]]] = defaultdict(list)
    ordered = sorted(cells, key=lambda s: (round(s.top / 2), s.x0))
    for left, right in pairwise(ordered):
        level = abs(left.top - right.top) < 2 and abs(left.bottom - right.bottom) < 2
        if level and abs(left.x1 - right.x0) < 4:
            pairs[round(right.x0 / NEAR)].append((left, right))
    across: list[Rule] = []
    down: list[Rule] = []
    for found in pairs.values():
        if len({round(left.top) for left, _ in found}) < 2:
            continue
        for cell in {shade for pair in found for shade in pair}:
            across += [Rule(cell.top, cell.x0, cell.x1), Rule(cell.bottom, cell.x0, cell.x1)]
            down += [Rule(cell.x0, cell.top, cell.bottom), Rule(cell.x1, cell.top, cell.bottom)]
    return across, down
