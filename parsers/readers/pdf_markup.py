"""What a reader marked in a PDF viewer: words highlighted, struck out or underlined, and notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pdfminer.pdftypes import resolve1

from parsers.readers.pdf_marks import Box, Word
from parsers.readers.pdf_values import name_of, text_of_value

MOST_STRETCHES = 400  # of one annotation
Place = Callable[[Any], Box | None]
Stretch = tuple[str, Box]
_KINDS = frozenset(["Highlight", "StrikeOut", "Underline", "Squiggly"])
_RINGS = frozenset(["Circle", "Square"])
TALLEST = 40.0  # points; a larger ring does not choose a word
_NOTES = frozenset(["Text", "Stamp", *_KINDS, *_RINGS])


def stretches(annotation: dict[str, Any], place: Place) -> Iterator[Stretch]:
    """The kind of marking and the boxes it covers; `place` puts a rectangle on the page as read."""
    kind = name_of(annotation.get("Subtype"))
    ring = place(annotation.get("Rect")) if kind in _RINGS else None
    if ring is not None and ring[3] - ring[1] <= TALLEST:
        yield "Highlight", ring
    if kind not in _KINDS:
        return
    quads = resolve1(annotation.get("QuadPoints"))
    points = [resolve1(n) for n in quads[: 8 * MOST_STRETCHES]] if isinstance(quads, list) else []
    if not all(isinstance(n, (int, float)) for n in points):
        return
    corners = [points[i : i + 8] for i in range(0, len(points) - 7, 8)]
    rectangles: list[Any] = [
        [min(c[::2]), min(c[1::2]), max(c[::2]), max(c[1::2])] for c in corners
    ]
    for rectangle in rectangles or [annotation.get("Rect")]:
        box = place(rectangle)
        if box is not None:
            yield kind, box


def note_of(annotation: dict[str, Any], box: Box, page: int) -> Word | None:
    """The words of a sticky note, a stamp or a marking: kept, but no answer."""
    if name_of(annotation.get("Subtype")) not in _NOTES:
        return None
    text = text_of_value(annotation.get("Contents")).strip()
    return Word(text, *box, base=box[3], size=10.0, page=page) if text else None


def marked(words: list[Word], found: Iterable[Stretch]) -> list[Word]:
    """The words with the looks that the markings over them give."""
    result = list(words)
    for kind, (x0, top, x1, bottom) in found:
        for index, word in enumerate(result):
            x, y = word.middle
            if x0 - 1 <= x <= x1 + 1 and top <= y <= bottom and not word.field:
                if kind == "Highlight":
                    result[index] = word.marked()
                else:
                    result[index] = word.lined(kind == "StrikeOut")
    return result
