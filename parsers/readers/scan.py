"""A picture of a page becomes Marks, as a page of a PDF does; from there on both are read alike.

The steps: upright (scan_upright.py), rules and backgrounds out (scan_rules.py), check boxes out
(scan_ticks.py), words by Tesseract (scan_tesseract.py, scan_words.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import mean

import cv2
import numpy as np

from parsers.more_time import more_time
from parsers.readers import scan_problems as problems
from parsers.readers.pdf_decoration import decorate
from parsers.readers.pdf_drawing import Drawing
from parsers.readers.pdf_marks import Marks, Word
from parsers.readers.scan_rules import Ground, ground_of, head_rules
from parsers.readers.scan_tesseract import PAGE_SECONDS, OutOfTime, Recognised, recognise
from parsers.readers.scan_ticks import take_ticks
from parsers.readers.scan_upright import Grey, Matrix, Upright, upright
from parsers.readers.scan_words import KNOWN, words_of
from parsers.reading import Unreadable
from triage.problem import Problem

MOST_PAGES = 30
"""Pages of a document that are recognised; at some 3 seconds a page a person waits for them."""
_POOR = 0.6  # Tesseract's mean confidence; below, a page is hardly legible
_FINE_DPI = 280  # letters of 10 points are too small for Tesseract's liking below it


@dataclass(slots=True)
class Scans:
    """Recognises the pictured pages of one document, and knows what was amiss with them."""

    pages: dict[int, Upright] = field(default_factory=dict)
    poor: list[int] = field(default_factory=list)
    wordless: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    slow: list[int] = field(default_factory=list)

    def marks(self, grey: Grey, scale: float, number: int, back: Matrix | None = None) -> Marks:
        """What stands on the picture of page `number`, which has so many pixels a point.

        `back` leads from the picture's points to the page's, where they are not the same.
        Empty past MOST_PAGES and where recognition takes too long.
        """
        if len(self.pages) >= MOST_PAGES:
            self.left.append(number)
            return _empty(grey, scale, number)
        more_time(PAGE_SECONDS + 10)
        page = upright(grey, scale, np.eye(3) if back is None else back)
        try:
            page, ground, ticks, found = self._recognised(page, number)
        except OutOfTime:
            self.slow.append(number)
            return _empty(grey, scale, number)
        self.pages[number] = page
        words = words_of(found, ground, page.scale, number)
        if not words:
            self.wordless.append(number)
        elif _legible(found) < _POOR:
            self.poor.append(number)
        return _marks(page, ground, ticks, words, number)

    def drop(self, number: int) -> None:
        """Forget a page, whose picture turned out to say nothing of its own."""
        del self.pages[number]
        for pages in (self.poor, self.wordless):
            if number in pages:
                pages.remove(number)

    def _recognised(
        self, page: Upright, number: int
    ) -> tuple[Upright, Ground, list[Word], list[Recognised]]:
        """The page with what was found on it; turned over first if that reads far better."""
        best = _read(page, number)
        if _legible(best[3]) < _POOR:
            other = _read(page.turned_over(), number)
            best = max((best, other), key=lambda read: _legible(read[3]))
        return best

    def check(self, found: list[Problem]) -> None:
        """Adds what a person should know; raises Unreadable where nothing could be read."""
        if self.slow and not self.pages:
            raise Unreadable(problems.ILLEGIBLE)
        read = sorted(self.pages.keys() - self.wordless)
        if read:
            found.append(problems.recognised(read))
        if self.wordless:
            found.append(problems.wordless(self.wordless))
        if self.poor:
            found.append(problems.hardly_legible(self.poor))
        if self.left:
            found.append(problems.not_recognised(self.left, MOST_PAGES))
        if self.slow:
            found.append(problems.too_slow(self.slow))


def _read(page: Upright, number: int) -> tuple[Upright, Ground, list[Word], list[Recognised]]:
    ground = ground_of(page.grey, page.scale)
    ticks = take_ticks(ground, page.scale, number, KNOWN)
    if not ground.ink.any():
        return page, ground, ticks, []
    dpi = round(page.scale * 72)
    larger = _FINE_DPI / dpi if dpi < _FINE_DPI - 20 else 1.0
    picture = ground.grey
    if larger > 1:
        picture = cv2.resize(  # type: ignore[assignment]
            picture, None, fx=larger, fy=larger, interpolation=cv2.INTER_CUBIC
        )
    told, packed = cv2.imencode(".pgm", picture)
    assert told
    found = recognise(packed.tobytes(), round(dpi * larger))
    return page, ground, ticks, [_smaller(word, larger) for word in found]


def _smaller(word: Recognised, by: float) -> Recognised:
    if by == 1:
        return word
    x0, top, x1, bottom, base, size = (n / by for n in word[1:7])
    return Recognised(word.text, x0, top, x1, bottom, base, size, word.sure, word.line)


def _legible(found: list[Recognised]) -> float:
    """The mean confidence of the words, long ones counting more; 1 for an empty page."""
    told = [word.sure for word in found for _ in word.text]
    return mean(told) if len(told) > 20 else 1.0


def _marks(
    page: Upright, ground: Ground, ticks: list[Word], words: list[Word], number: int
) -> Marks:
    height, width = (side / page.scale for side in page.grey.shape)
    down = [*ground.down, *head_rules(ground, words)]
    drawing = Drawing(ground.across, down, ground.shades)
    marks = Marks(number, width, height, pictured=1.0)
    marks.words = decorate([*words, *ticks], drawing)
    marks.characters = sum(len(word.text) for word in words)
    marks.across, marks.down, marks.shades = drawing.across, drawing.down, drawing.shades
    return marks


def _empty(grey: Grey, scale: float, number: int) -> Marks:
    height, width = grey.shape
    return Marks(number, width / scale, height / scale, pictured=1.0)
