"""Characters become words, in the order they were written.

Writing order matters where an answer is typed over dots: sorted by place, the letters of
both would mix. Words are cut at spaces, at gaps and where the look changes.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from pdfminer.layout import LTChar

from parsers.readers.pdf_colour import is_grey, is_white
from parsers.readers.pdf_device import UnseenChar
from parsers.readers.pdf_glyphs import (
    CHECKS,
    CROSSES,
    FILLED,
    between_leaders,
    glyph,
    sign,
    symbol_table,
)
from parsers.readers.pdf_marks import Look, Word
from parsers.readers.pdf_spaced import unspaced
from parsers.readers.pdf_turn import Turn, turn_of
from parsers.reading import TICKED, UNTICKED

GAP = 0.16  # of the letters' size: a wider gap is a space that was not written
_BOLD = re.compile(r"bold|black|heavy|demi|semib", re.I)
_ITALIC = re.compile(r"ital|obliq", re.I)
_CID = re.compile(r"\(cid:\d+\)")


def words_of(chars: list[LTChar], turn: Turn, page: int) -> tuple[list[Word], int]:
    """The page's words, and how many characters could not be decoded."""
    upright = [c for c in chars if turn_of(c.matrix) == turn.quarters]
    builder = _Builder(turn, page, _filled_marks(chars))
    for char in upright:
        builder.add(char)
    builder.end()
    words = unspaced(builder.words)
    if len(upright) < len(chars):
        words += _sideways(chars, turn, page)
    return words, builder.undecoded


def _sideways(chars: list[LTChar], turn: Turn, page: int) -> list[Word]:
    """Words that run in another direction than the page: each line of them one word."""
    words: list[Word] = []
    for quarters in range(4):
        if quarters == turn.quarters:
            continue
        own = Turn(quarters, turn.width, turn.height)
        builder = _Builder(own, page, {})
        for char in chars:
            if turn_of(char.matrix) == quarters:
                builder.add(char)
        builder.end()
        words += [_back(word, own, turn) for word in builder.words]
    return words


def _back(word: Word, own: Turn, turn: Turn) -> Word:
    """A sideways word placed by the page's own coordinates."""
    x0, top, x1, bottom = own.shown((word.x0, word.top, word.x1, word.bottom))
    box = turn.box(x0, turn.height - bottom, x1, turn.height - top)
    place = (box[0], box[1], box[2], box[3], box[3], word.size)
    return Word(word.text, *place, look=word.look, page=word.page)


def _filled_marks(chars: list[LTChar]) -> dict[str, str]:
    """Filled dots and squares, and crosses, that are ticks here: empty boxes are on the page.

    A cross is none where others are ticked with a check mark: there it may well say no.
    """
    kinds = {(char.get_text(), char.fontname) for char in chars}
    seen = {sign(text, _symbols(font)) for text, font in kinds}
    no = CROSSES if seen & CHECKS else frozenset()
    return {m: TICKED for m, empty in FILLED.items() if m not in no and seen & set(empty)}


class _Builder:
    """Collects characters into the word they belong to."""

    def __init__(self, turn: Turn, page: int, filled: dict[str, str]) -> None:
        self.words: list[Word] = []
        self.undecoded = 0
        self._turn, self._page, self._filled = turn, page, filled
        self._word: Word | None = None
        self._looks: dict[tuple[str, str, bool], Look] = {}
        self._starts: list[float] = []
        self._twins: dict[tuple[str, int, int], list[tuple[float, float]]] = {}

    def add(self, char: LTChar) -> None:
        """Adds the next character as written."""
        raw = char.get_text()
        if len(raw) > 4 and _CID.fullmatch(raw):
            self.undecoded += 1
            raw = "\N{REPLACEMENT CHARACTER}"
        symbols = _symbols(char.fontname)
        text = raw
        if symbols is not None or not raw.isascii():
            seen = sign(raw, symbols)
            text = self._filled.get(seen) or glyph(seen)
        if not text or text.isspace():
            self.end()
            return
        turn = self._turn
        x0, top, x1, bottom = turn.box(char.x0, char.y0, char.x1, char.y1)
        if self._again(text, x0, top, bottom - top):
            return
        base = turn.point(char.matrix[4], char.matrix[5])[1]
        size = bottom - top
        look = self._look(char)
        word = self._word
        if word is not None and text not in (TICKED, UNTICKED) and not word.tick:
            gap = x0 - word.x1
            level = abs(base - word.base) <= 0.3 * size
            if level and -0.5 * size < gap <= GAP * size and look == word.look:
                word.text += text
                self._starts += [x0] * len(text)
                word.x1 = max(word.x1, x1)
                word.top, word.bottom = min(word.top, top), max(word.bottom, bottom)
                return
        self.end()
        tick = text in (TICKED, UNTICKED)
        self._starts = [x0] * len(text)
        self._word = Word(
            text, x0, top, x1, bottom, base, size, look=look, page=self._page, tick=tick
        )

    def _again(self, text: str, x: float, y: float, size: float) -> bool:
        """Whether the same letter was written here before: bold and shadows are faked so."""
        near = min(1.5, 0.15 * size)
        for across in {round((x - near) / 3), round((x + near) / 3)}:
            for down in {round((y - near) / 3), round((y + near) / 3)}:
                for a, b in self._twins.get((text, across, down), ()):
                    if abs(a - x) <= near and abs(b - y) <= near:
                        return True
        self._twins.setdefault((text, round(x / 3), round(y / 3)), []).append((x, y))
        return False

    def _look(self, char: LTChar) -> Look:
        """The look of a letter, kept by font and colour: most letters look like the last."""
        inkless = isinstance(char, UnseenChar)
        key = (char.fontname, str(char.graphicstate.ncolor), inkless)
        look = self._looks.get(key)
        if look is None:
            name = char.fontname
            grey = is_grey(char.graphicstate.ncolor)
            look = Look(bool(_BOLD.search(name)), bool(_ITALIC.search(name)), grey)
            if inkless or is_white(char.graphicstate.ncolor):
                look = look._replace(pale=True)
            self._looks[key] = look
        return look

    def end(self) -> None:
        """Closes the current word."""
        word, self._word = self._word, None
        if word is None:
            return
        ends = [*self._starts, word.x1]
        for start, end in between_leaders(word.text):
            piece = replace(word, text=word.text[start:end], x0=ends[start], x1=ends[end])
            self.words.append(piece)


@lru_cache(maxsize=512)
def _symbols(fontname: str) -> dict[str, str] | None:
    return symbol_table(fontname)
