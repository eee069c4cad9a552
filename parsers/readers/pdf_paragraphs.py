"""Lines that stand alone become paragraphs; a new question starts a new one."""

from __future__ import annotations

import re
from itertools import pairwise
from math import inf
from statistics import median

from parsers.readers.pdf_cut import LARGER
from parsers.readers.pdf_drafts import Draft, DraftParagraph
from parsers.readers.pdf_text import Line, wrapped

_LABELLED = re.compile(r"[A-Z][^:]{1,60}:(\s|$)")


def gap_before_labels(lines: list[Line]) -> float:
    """The distance by which 'label: answer' lines stand below the line before, at the least.

    Where they stand no further apart than the lines of a paragraph, 0 if most lines are such,
    else infinite: nothing but its words then tells a label from a sentence that goes on.
    """
    distances = [(b.base - a.base, b) for a, b in pairwise(lines)]
    asking = [distance for distance, line in distances if _LABELLED.match(line.plain)]
    if not asking:
        return inf
    clear = [distance for distance, line in distances if distance > 0.5 * line.size]
    least, usual = min(clear, default=0.0), median(asking)
    if usual > least + 1.5:
        return (least + usual) / 2
    return 0.0 if 5 * len(asking) >= 2 * len(lines) else inf


def add_paragraph(drafts: list[Draft], line: Line, right: float, body: float, apart: float) -> None:
    """Adds a line to the paragraph before it if it goes on with that, else as a new one.

    `apart`: the gap_before_labels of the lines around.
    """
    last = drafts[-1] if drafts else None
    before = last.lines[-1] if isinstance(last, DraftParagraph) else None
    anew = before and line.base - before.base > apart and _LABELLED.match(line.plain)
    if isinstance(last, DraftParagraph) and not anew and wrapped(last.lines[-1], line, right):
        last.lines.append(line)
        return
    heading = line.size >= LARGER * body and not any(w.field or w.tick for w in line.words)
    drafts.append(DraftParagraph([line], right, heading))
