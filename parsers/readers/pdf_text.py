"""Words become lines, and lines become text with its line breaks where they mean something."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from parsers.readers.pdf_marks import Box, Look, Word, around
from parsers.readers.pdf_words import GAP
from parsers.reading import Text

WIDE = 2.5  # of the letters' size: a wider gap separates columns
TALL = 24.0  # points; a field this high has several lines
BULLETS = frozenset("•‣◦▪–-*·o")
_SMALL = frozenset(["of", "the", "and", "or", "to", "in", "for", "a", "an", "at", "is", "with"])


@dataclass(slots=True)
class Line:
    """Words side by side, from left to right."""

    words: list[Word]

    @property
    def box(self) -> Box:
        """The box round its words."""
        return around(self.words)

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return max(w.x1 for w in self.words)

    @property
    def base(self) -> float:
        """The height its letters stand on."""
        plain = [w.base for w in self.words if not (w.tick or w.field)]
        return median(plain or [w.base for w in self.words])

    @property
    def size(self) -> float:
        """The size of its letters."""
        letters = [w.size for w in self.words if not (w.tick or w.field)]
        return median(letters or [min(w.size, 10.0) for w in self.words])

    @property
    def plain(self) -> str:
        """Its text without looks."""
        return " ".join(w.text for w in self.words)


def lines_of(words: list[Word]) -> list[Line]:
    """Words grouped by the height they stand on, from top to bottom.

    A tall field stands beside the first line that its top half touches.
    """
    lines: list[list[Word]] = []
    bases: list[float] = []
    tall = [w for w in words if w.field and w.bottom - w.top >= TALL]
    for word in sorted(words, key=lambda w: (w.base, w.x0)):
        if word.field and word.bottom - word.top >= TALL:
            continue
        near = 0.36 * min(word.size, 14.0)
        place = next(
            (
                i
                for i in range(len(bases) - 1, max(-1, len(bases) - 4), -1)
                if abs(bases[i] - word.base) <= near
            ),
            None,
        )
        if place is None:
            lines.append([word])
            bases.append(word.base)
        else:
            lines[place].append(word)
    for word in tall:
        beside = (i for i, base in enumerate(bases) if word.top + 2 <= base <= word.top + 22)
        place = next(beside, None)
        if place is None:
            lines.append([word])
            bases.append(word.base)
        else:
            lines[place].append(word)
    found = [Line(sorted(line, key=lambda w: w.x0)) for line in lines]
    return sorted(found, key=lambda line: line.base) if tall else found


def text_of(lines: list[Line], right: float) -> Text:
    """The lines as runs. A line that was broken only because the next word did not fit before
    `right` continues with a space; other lines keep their break."""
    pieces: list[tuple[str, Look]] = []
    for index, line in enumerate(lines):
        if index:
            written = "".join(text for text, _ in pieces[-5:])
            pieces.append((_joint(lines[index - 1], line, right, written), line.words[0].look))
        pieces += _pieces(line)
    return _runs(pieces)


def _pieces(line: Line) -> list[tuple[str, Look]]:
    pieces: list[tuple[str, Look]] = []
    before: Word | None = None
    for word in line.words:
        if before is not None:
            pieces.append((_space(before, word), before.look))
        pieces.append((word.text, word.look))
        before = word
    return pieces


def _space(before: Word, word: Word) -> str:
    """What separates two words of a line: nothing, a space, or a tab for a wide gap."""
    gap = word.x0 - before.x1
    size = min(max(before.size, word.size), 14.0)
    if gap <= GAP * size and not (before.tick or word.tick or before.field or word.field):
        return ""
    if gap > WIDE * size:
        return "   " if before.tick or word.tick else "\t"
    return " "


def _runs(pieces: list[tuple[str, Look]]) -> Text:
    """Neighbours of one look together; blanks between two fields belong to neither."""
    merged: list[tuple[str, Look]] = []
    for text, look in pieces:
        blank = not text.strip()
        if blank and look.entered and text:
            look = Look()
        if merged and not merged[-1][1].entered and (merged[-1][1] == look or blank):
            merged[-1] = (merged[-1][0] + text, merged[-1][1])
        else:
            merged.append((text, look))
    return tuple(look.run(text) for text, look in merged)


def _joint(before: Line, line: Line, right: float, written: str) -> str:
    """What stands between two lines: a break, a space, or nothing within a broken word.

    `written`: the end of the text so far.
    """
    if not wrapped(before, line, right):
        return "\n"
    last, first = before.words[-1].text, line.words[0].text
    token = written.split()[-1]
    if (token.endswith("-") and len(token) > 1) or not first.strip("?:;,.!)"):
        return ""
    if first[0] == "-" and first[1:2].isalpha() and last[-1].isalpha():
        return ""
    letter = (line.words[0].x1 - line.words[0].x0) / len(first)
    if "@" in token + first and (right - before.x1 < 1.5 * letter or first[0] in "@."):
        return ""  # an address too long for its cell
    whole = line.words[0].x1 - line.words[0].x0 + before.x1 - before.words[-1].x0
    long = len(before.words) == 1 or (last.istitle() and whole > right - line.x0)
    full = -1 < right - before.x1 < letter
    return "" if full and long and _one_word(last, first) else " "


def _one_word(last: str, first: str) -> bool:
    """Whether two pieces are a word that was too long for its line."""
    if first in _SMALL:
        return False
    digits = last[-1].isdigit() and first[0].isdigit()
    small = last[-1].isalpha() and first[0].islower()
    return digits or small or (last.isupper() and first.isupper())


def wrapped(before: Line, line: Line, right: float) -> bool:
    """Whether `line` goes on with the sentence of the line before it.

    It does if its first word would not have fitted before `right`, or nearly so and it starts
    with a small letter: word processors keep some pairs together, and right ends are ragged.
    """
    last, first = before.words[-1], line.words[0]
    if first.tick or last.field or first.field or (first.text in BULLETS and len(line.words) > 1):
        return False
    size = last.size if not last.tick else before.size
    if line.base - before.base > 1.7 * before.size or abs(first.size - size) > 0.15 * size:
        return False
    if not last.tick and last.look[:3] != first.look[:3]:
        return False
    reach = before.x1 + 0.25 * size + (first.x1 - first.x0)
    if reach > right - 0.7 * size:
        return True
    nearly = before.x1 - before.x0 > 0.6 * (right - before.x0)
    return nearly and first.text[0].islower() and last.text[-1] not in ".:;?!"
