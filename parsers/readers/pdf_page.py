"""One page of pdfplumber becomes Marks, in a single walk over its laid-out objects.

The layout is pdfminer's own result; asking pdfplumber for chars, words and tables would
walk the page several times and build a dictionary a character (half of the time a page takes).
"""

from __future__ import annotations

import contextlib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTItem
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfplumber.page import Page

from parsers.readers.pdf_boxes import find_boxes
from parsers.readers.pdf_decoration import decorate
from parsers.readers.pdf_device import layout_of
from parsers.readers.pdf_drawing import Drawing
from parsers.readers.pdf_fields import Fields
from parsers.readers.pdf_highlight import highlight
from parsers.readers.pdf_marks import Marks
from parsers.readers.pdf_markup import marked
from parsers.readers.pdf_turn import Turn, turn_of
from parsers.readers.pdf_unseen import without_unseen
from parsers.readers.pdf_words import words_of

MOST_OBJECTS = 200_000
MOST_STREAMS = 2_000
MOST_DRAWING = 10_000_000  # bytes a page


def marks_of(page: Page, number: int, fields: Fields) -> Marks:
    """Everything on the page that reading needs; the page can be closed afterwards."""
    layout = layout_of(page)
    chars: list[LTChar] = []
    curves: list[LTCurve] = []
    images: list[LTImage] = []
    for item in _flat(layout):
        if isinstance(item, LTChar):
            chars.append(item)
        elif isinstance(item, LTCurve):
            curves.append(item)
        elif isinstance(item, LTImage):
            images.append(item)
    turn = Turn(_dominant(chars), layout.width, layout.height)
    width, height = turn.size
    marks = Marks(number, width, height, turned=turn.quarters, characters=len(chars))
    marks.pictured = _pictured(images, layout.width * layout.height)
    marks.shapes = len(curves)
    marks.words, marks.undecoded = words_of(chars, turn, number)
    drawing = Drawing.of(curves, turn)
    widgets = fields.on(page.page_obj, turn, number)
    marks.fields = sum(word.look.entered for word in widgets)
    drawing.strokes += fields.strokes
    marks.words = find_boxes(marks.words, widgets, drawing, number)
    marks.across, marks.down, marks.shades = drawing.across, drawing.down, drawing.shades
    marks.words = decorate(highlight(marks.words, drawing), drawing)
    marks.shades = drawing.shades
    without_unseen(marks, fields.shown(page.page_obj, turn))
    marks.words = marked(marks.words, fields.markings)
    marks.notes += fields.notes
    return marks


def swells(page: PDFPage) -> bool:
    """Whether the page's drawing, unpacked, is too large to be read in reasonable time.

    It is unpacked here only up to the limit; pdfminer itself knows none.
    """
    size = 0
    for reference in page.contents[:MOST_STREAMS]:
        stream = resolve1(reference)
        if isinstance(stream, PDFStream):
            packed = stream.rawdata or b""
            unpacker = zlib.decompressobj()
            with contextlib.suppress(zlib.error):
                size += len(unpacker.decompress(packed, MOST_DRAWING))
            size += len(packed)
    return size > MOST_DRAWING or len(page.contents) > MOST_STREAMS


def _flat(container: Iterable[LTItem]) -> Iterator[LTItem]:
    """Characters, curves and pictures at any depth, in the order they are drawn.

    The count is limited, because a few bytes of repeated form objects can draw millions.
    """
    stack = [iter(container)]
    count = 0
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, LTContainer):
            stack.append(iter(item))
        else:
            count += 1
            if count > MOST_OBJECTS:
                return
            yield item


def _dominant(chars: list[LTChar]) -> int:
    """The direction most of the page's text runs in, in quarter turns."""
    counts = Counter(turn_of(char.matrix) for char in chars)
    return counts.most_common(1)[0][0] if counts else 0


def _pictured(images: list[LTImage], area: float) -> float:
    """The share of the page that its pictures cover: some scanners send a page in strips."""
    if not images or area <= 0:
        return 0.0
    return min(1.0, sum(abs(i.width * i.height) for i in images) / area)
