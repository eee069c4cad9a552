"""Highlighted words: a light coloured patch just behind them, as a marker pen leaves.

A patch that ends at a rule, or is wider or higher than the words on it, is the background of
a cell or box. Patches used so are taken out of the drawing.
"""

from __future__ import annotations

from itertools import pairwise

from parsers.readers.pdf_drawing import Drawing
from parsers.readers.pdf_marks import Box, Shade, Word, around

MOST_PATCHES = 500  # a page with more is a drawing


def highlight(words: list[Word], drawing: Drawing) -> list[Word]:
    """The words, those on a patch of their size highlighted."""
    patches = [s for s in drawing.shades if s.marker and s.bottom - s.top <= 40]
    if not patches or len(patches) > MOST_PATCHES:
        return words
    result = list(words)
    used: set[Shade] = set()
    for group in _joined(patches):
        box = (group[0].x0, group[0].top, max(s.x1 for s in group), group[0].bottom)
        inside = [i for i, w in enumerate(words) if _on(w, box)]
        if inside and _fits([words[i] for i in inside], box) and not _ruled(box, drawing):
            used.update(group)
            for i in inside:
                result[i] = words[i].marked()
    drawing.shades = [s for s in drawing.shades if s not in used]
    return result


def _joined(patches: list[Shade]) -> list[list[Shade]]:
    """Patches that touch side by side, each stretch together."""
    groups: list[list[Shade]] = []
    for patch in sorted(patches, key=lambda s: (round(s.top), round(s.bottom), s.x0)):
        last = groups[-1][-1] if groups else None
        level = last is not None and abs(last.top - patch.top) < 1
        if (
            last is not None
            and level
            and abs(last.bottom - patch.bottom) < 1
            and (patch.x0 - last.x1 < 1.5)
        ):
            groups[-1].append(patch)
        else:
            groups.append([patch])
    return groups


def _on(word: Word, box: Box) -> bool:
    x, y = word.middle
    return not word.field and box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _fits(words: list[Word], box: Box) -> bool:
    """Whether the patch is about as large as its words, which stand on one line."""
    size = max(w.size for w in words)
    x0, top, x1, bottom = around(words)
    level = max(w.base for w in words) - min(w.base for w in words) <= 0.3 * size
    ordered = sorted(words, key=lambda w: w.x0)
    dense = all(b.x0 - a.x1 <= 1.2 * size for a, b in pairwise(ordered))
    near = x0 - box[0] <= 0.5 * size and box[2] - x1 <= 0.5 * size
    covers = box[0] - x0 <= 0.3 * size and x1 - box[2] <= 0.3 * size
    high = box[3] - box[1] <= 1.8 * size and min(bottom, box[3]) - max(top, box[1]) > 0.6 * size
    return level and dense and near and covers and high


def _ruled(box: Box, drawing: Drawing) -> bool:
    """Whether the patch ends at rules down, as a cell's background does."""
    y = (box[1] + box[3]) / 2
    ends = [r.at for r in drawing.down if r.start <= y <= r.end]
    return any(abs(at - box[0]) < 1.5 for at in ends) or any(abs(at - box[2]) < 1.5 for at in ends)
