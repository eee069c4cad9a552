"""Recognised words become the Words that pages are laid out from, with how sure each is.

The look is told from the ink: thick strokes are bold, pale ones grey.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

import numpy as np

from parsers.readers.pdf_marks import Look, Word
from parsers.readers.pdf_words import GAP
from parsers.readers.scan_digits import mended
from parsers.readers.scan_rules import Ground
from parsers.readers.scan_tesseract import Recognised

KNOWN, LIKELY, DOUBTFUL, GUESSED = 0.99, 0.9, 0.75, 0.5
"""How sure a recognised word is. Few steps: words of one step side by side stay one Run."""
_ITALIC = 0.21  # of the height: the tangent of 12 degrees
_BOLD = 1.22  # of the usual stroke's thickness
_PALE = 75  # of 255: lighter than the darkest words by this is grey
_LIT = (6.0, 45.0)  # of 255: by how much a marker darkens the paper behind a word
_SPACE = 1.5 * GAP  # of the letters' size: words of one line stand at least so far apart


def sureness_of(text: str, told: float) -> float:
    """How sure a word is, by Tesseract's own confidence (0..1), in one of four steps.

    Figures need more than letters: no dictionary stands behind them, and 3 read as 8 is
    another date of birth. Not yet calibrated; this is the one place to do it.
    """
    figures = any(letter.isdigit() for letter in text)
    known, likely, doubtful = (0.92, 0.8, 0.6) if figures else (0.87, 0.7, 0.45)
    if told >= known:
        return KNOWN
    if told >= likely:
        return LIKELY
    return DOUBTFUL if told >= doubtful else GUESSED


def words_of(found: Sequence[Recognised], ground: Ground, scale: float, page: int) -> list[Word]:
    """The words of a page in points, without specks of dust."""
    kept = [word for word in found if not _dust(word, scale)]
    if not kept:
        return []
    body = median(word.size for word in kept for _ in word.text)
    strokes = [_stroke(word, ground) for word in kept]
    usual = float(np.percentile(np.repeat(strokes, [len(w.text) for w in kept]), 30))
    tones = [_tone(word, ground) for word in kept]
    black = float(np.percentile(tones, 20))
    marked = _marked(kept, ground, scale)
    words: list[Word] = []
    before: Recognised | None = None
    for word, stroke, tone, lit in zip(kept, strokes, tones, marked, strict=True):
        if before is None or before.line != word.line:
            word = _bulleted(word)
        said = before.text if before is not None and before.line == word.line else ""
        text, sure = mended(word.text, sureness_of(word.text, word.sure), said)
        bold, grey = stroke > _BOLD * usual, tone > black + _PALE
        leans = _leans(word, ground)
        look = Look(bold=bold, italic=leans, grey=grey, sure=sure, highlighted=lit)
        placed = _placed(word, text, look, scale, page, body)
        if before is not None and before.line == word.line:
            _apart(words[-1], placed)
        words.append(placed)
        before = word
    return words


def _dust(word: Recognised, scale: float) -> bool:
    """Specks and remains of rules, which are recognised as points, dashes and bars."""
    if re.search(r"\w", word.text):
        return word.bottom - word.top < 2.5 * scale and word.sure < 0.6
    return word.sure < 0.55 or word.text in ("|", "_", "~", "‘", "'", "`")


def _bulleted(word: Recognised) -> Recognised:
    """A line's first word; a bullet where it is no larger than one ('e' to Tesseract)."""
    wide, high = word.x1 - word.x0, word.bottom - word.top
    small = max(wide, high) < 0.5 * word.size and min(wide, high) > 0.6 * max(wide, high)
    afloat = word.base - word.bottom > 0.08 * word.size
    return word._replace(text="•") if len(word.text) == 1 and small and afloat else word


def _placed(word: Recognised, text: str, look: Look, scale: float, page: int, body: float) -> Word:
    """The word in points, its box as high as its line's letters."""
    size = body if abs(word.size - body) <= 0.14 * body else word.size
    base = word.base
    if not word.top <= base <= word.bottom + 0.3 * size:
        base = word.bottom
    top, bottom = base - 0.78 * size, base + 0.22 * size
    x0, x1 = word.x0 / scale, word.x1 / scale
    return Word(text, x0, top / scale, x1, bottom / scale, base / scale, size / scale, look, page)


def _apart(before: Word, word: Word) -> None:
    """Words of one line never so close that they would be taken for one."""
    least = _SPACE * max(before.size, word.size)
    if 0 <= word.x0 - before.x1 + 0.5 * least < 1.5 * least:
        before.x1 = max(before.x0 + 0.1, min(before.x1, word.x0 - least))


def _stroke(word: Recognised, ground: Ground) -> float:
    """How thick a word's strokes are, as a share of its letters' size.

    Twice the blackness by the length of the outline; both measured in shades of grey, so that
    a blurred stroke counts as thick as a sharp one.
    """
    x0, y0, x1, y1 = (int(n) for n in word[1:5])
    black = 255.0 - ground.grey[max(y0 - 2, 0) : y1 + 2, max(x0 - 2, 0) : x1 + 2]
    if min(black.shape) < 3:
        return 0.0
    down, across = np.diff(black, axis=0)[:, :-1], np.diff(black, axis=1)[:-1]
    outline = float(np.hypot(down, across).sum())
    return 2 * float(black.sum()) / max(outline, 1.0) / max(word.size, 1.0)


def _leans(word: Recognised, ground: Ground) -> bool:
    """Whether a word is italic: its stems stand clearer once it is pushed upright."""
    x0, y0, x1, y1 = (int(n) for n in word[1:5])
    ink = ground.ink[y0:y1, x0:x1]
    if len(word.text) < 3 or min(ink.shape) < 6:
        return False
    y, x = np.nonzero(ink)

    def clear(lean: float) -> float:
        columns = np.round(x + lean * y).astype(np.intp)
        return float(np.square(np.diff(np.bincount(columns))).sum())

    return clear(_ITALIC) > 1.4 * max(clear(0.0), 1.0)


def _tone(word: Recognised, ground: Ground) -> float:
    """How light a word's darkest ink is."""
    x0, y0, x1, y1 = (int(n) for n in word[1:5])
    part = ground.grey[y0:y1, x0:x1]
    return float(np.percentile(part, 4)) if part.size else 0.0


def _marked(words: Sequence[Recognised], ground: Ground, scale: float) -> list[bool]:
    """Which words a marker was drawn over: the paper behind them is a little darker than that
    behind others of their line, which is that of the whole cell."""
    papers = [_paper(word, ground) for word in words]
    lines: dict[int, float] = {}
    for word, paper in zip(words, papers, strict=True):
        lines[word.line] = max(paper, lines.get(word.line, 0.0))
    least, most = _LIT
    return [
        least <= lines[word.line] - paper <= most and not _shaded(word, ground, scale)
        for word, paper in zip(words, papers, strict=True)
    ]


def _paper(word: Recognised, ground: Ground) -> float:
    """How light the paper behind a word is: of its lightest pixels."""
    x0, y0, x1, y1 = (int(n) for n in word[1:5])
    part = ground.grey[y0:y1, x0:x1]
    return float(np.percentile(part, 90)) if part.size else 255.0


def _shaded(word: Recognised, ground: Ground, scale: float) -> bool:
    x, y = (word.x0 + word.x1) / 2 / scale, (word.top + word.bottom) / 2 / scale
    wide = (word.x1 - word.x0) / scale
    return any(
        s.x0 <= x <= s.x1 and s.top <= y <= s.bottom and s.x1 - s.x0 > 3 * wide
        for s in ground.shades
    )
