"""Pages of a PDF that are pictures: drawn by pdfium and recognised (scan.py).

What was typed, stamped or filled in over the picture is known exactly, so it stands in place of
what was recognised there. The invisible text that scanners lay under their pictures was
recognised too, usually worse; it is not used.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from parsers.readers import scan_problems
from parsers.readers.pdf_evidence import Shows
from parsers.readers.pdf_marks import Box, Marks, Word
from parsers.reading import Unreadable
from triage.problem import Problem

if TYPE_CHECKING:
    from parsers.readers.scan import Scans
    from parsers.readers.scan_upright import Upright

LEAST_DPI, DPI = 150, 300
MOST_PIXELS = 20_000_000  # A3 at 300 dpi
COVERED = 0.7  # of the page: with so much picture the text is that of the picture
MOST_UNDECODED = 0.3  # of the characters
_SHAPES = 300  # letters drawn as curves: so many of them are writing
_DECORATION = 0.1  # of the words: a picture that adds fewer is a mere background
_INVISIBLE = 3  # PDF 32000-1, table 106


def pictured(marks: Marks) -> bool:
    """Whether a page must be recognised, for what it says is not, or not all, in its text."""
    if marks.undecoded > MOST_UNDECODED * marks.characters:
        return True
    if not marks.words:
        return marks.pictured > 0.1 or marks.shapes > _SHAPES
    return marks.pictured > COVERED


def recognised(
    pages: list[Marks], turns: dict[int, Shows], pictures: Pictures, found: list[Problem]
) -> list[Marks]:
    """The pages with the pictured ones recognised; what was amiss is added to `found`.

    Raises Unreadable where nothing of a document could be read.
    """
    if not any(pictured(marks) for marks in pages):
        return pages
    try:
        return [pictures.marks(m, turns) if pictured(m) else m for m in pages]
    finally:
        pictures.close()
        pictures.scans().check(found)


class Pictures:
    """The pictured pages of one document. pdfium is not thread-safe: for the worker only."""

    def __init__(self, content: bytes, password: str) -> None:
        self._given = content, password
        self._pdf: Any = None
        self._scans: Scans | None = None

    @property
    def pages(self) -> dict[int, Upright]:
        """The pages that were recognised."""
        return self._scans.pages if self._scans is not None else {}

    def marks(self, known: Marks, turns: dict[int, Shows]) -> Marks:
        """What stands on a page, of which pdfplumber made `known`; `turns` comes to know how
        it was turned."""
        from pypdfium2 import PdfiumError

        scans = self.scans()
        try:
            page = self._opened()[known.number - 1]
            grey, scale = _drawn(page)
            showing = _shown_text(page)
        except PdfiumError:
            raise Unreadable(scan_problems.DAMAGED) from None
        sheet = _sheet(grey, scale)
        marks = scans.marks(sheet.grey, sheet.scale, known.number, sheet.back)
        upright = scans.pages.get(known.number)
        if upright is None:
            return known if known.words else marks
        undecoded = known.undecoded > MOST_UNDECODED * known.characters
        if undecoded and not marks.words:
            scans.drop(known.number)
            return known
        turn = turns[known.number]
        exact = [
            word
            for word in known.words
            if word.field or (not undecoded and (word.tick or _in_any(_shown(word, turn), showing)))
        ]
        merged, added = _merged(marks.words, [_placed(word, turn, upright) for word in exact])
        if len(exact) > 30 and added < _DECORATION * len(exact):
            scans.drop(known.number)
            return known
        marks.words, marks.fields = merged, known.fields
        turns[known.number] = upright
        return marks

    def scans(self) -> Scans:
        """What recognises, loaded with the first page that needs it."""
        from parsers.readers.scan import Scans

        if self._scans is None:
            self._scans = Scans()
        return self._scans

    def _opened(self) -> Any:
        from pypdfium2 import PdfDocument

        if self._pdf is None:
            content, password = self._given
            self._pdf = PdfDocument(content, password=password or None)
            self._pdf.init_forms()
        return self._pdf

    def close(self) -> None:
        """Frees what pdfium holds."""
        if self._pdf is not None:
            self._pdf.close()


def _drawn(page: Any) -> tuple[Any, float]:
    """The page as a grey picture and its pixels a point: at the dots of its own picture."""
    import numpy as np
    from pypdfium2 import raw

    width, height = page.get_size()
    dots = [_dpi(item) for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    dpi = min(max([*dots, LEAST_DPI]), DPI) if dots else DPI
    scale = min(dpi / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    if scale * min(width, height) < 100:
        raise Unreadable(scan_problems.TOO_SMALL)
    bitmap = page.render(scale=scale, grayscale=True)
    grey = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
    bitmap.close()
    return grey, scale


def _sheet(grey: Any, scale: float) -> Upright:
    """The sheet of paper where the page's picture is a photograph of one; else the page."""
    from parsers.readers.picture_sheet import flattened

    return flattened(grey, scale)


def _dpi(item: Any) -> float:
    """The dots an inch of a picture where it is large, 0 where it is not."""
    left, low, right, high = item.get_bounds()
    wide = right - left
    return item.get_px_size()[0] * 72 / wide if wide > 100 and high - low > 100 else 0.0


def _shown_text(page: Any) -> list[Box]:
    """Where text shows: it is not invisible, and no large picture was drawn over it."""
    from pypdfium2 import raw

    if page.get_rotation():
        return []
    _, height = page.get_size()
    shown: list[Box] = []
    for item in page.get_objects(max_depth=3):
        if item.type == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(item.raw) != _INVISIBLE:
                left, low, right, high = item.get_bounds()
                shown.append((left, height - high, right, height - low))
        elif item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, low, right, high = item.get_bounds()
            over = (left, height - high, right, height - low)
            shown = [box for box in shown if not _in(box, over)]
    return shown


def _shown(word: Word, turn: Shows) -> Box:
    return turn.shown((word.x0, word.top, word.x1, word.bottom))


def _in_any(box: Box, others: list[Box]) -> bool:
    return any(_in(box, other) for other in others)


def _in(box: Box, other: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] - 2 <= x <= other[2] + 2 and other[1] - 2 <= y <= other[3] + 2


def _placed(word: Word, turn: Shows, upright: Upright) -> Word:
    """A word known exactly where it stands in the upright picture."""
    x0, top, x1, bottom = upright.placed(_shown(word, turn))
    base = bottom - (word.bottom - word.base)
    return replace(word, x0=x0, top=top, x1=x1, bottom=bottom, base=base)


def _merged(found: list[Word], exact: list[Word]) -> tuple[list[Word], int]:
    """The exact words, and those recognised elsewhere, with their number."""
    rest = [word for word in found if not any(_same(word, other) for other in exact)]
    return [*rest, *exact], len(rest)


def _same(word: Word, other: Word) -> bool:
    """Whether two words cover one another for the most part of the smaller."""
    across = min(word.x1, other.x1) - max(word.x0, other.x0)
    down = min(word.bottom, other.bottom) - max(word.top, other.top)
    if across <= 0 or down <= 0:
        return False
    areas = [(w.x1 - w.x0) * (w.bottom - w.top) for w in (word, other)]
    return across * down > 0.4 * min(areas)
