"""Lines of typed text: wrapped ones made whole again, headings known by the rule under them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.reading import TICKED, UNTICKED, Text, plain
from parsers.texts import joined

_RULE = re.compile(r"[\s\-=_*~#+|–—─]*[\-=_*~#–—─]{3,}[\s\-=_*~#+|–—─]*")
_NUMBERED = re.compile(r"\(?(?:[Qq]\.?\s?)?\d{1,2}(?:\.\d{1,2})*[a-z]?[.):]?\s+(?=[^\W\d])")
_BULLET = re.compile(r"[-•*·–]\s|\|")
_LABEL = re.compile(r"[^\W\d_][^:?]{1,90}[\w)'’?*]\s*:(?=\s|$)|[^\W\d_][^:?.]{3,90}\?(?=\s|$)")
BOX = re.compile(rf"[{TICKED}{UNTICKED}]|\[[ xX✓]?\]|\([ xX]\)")
_WIDEST = 100
"""Columns. Programs wrap at 72 to 80, people at most at the width of a screen."""
_NARROWEST = 50
_WRAPPED_LINES = 3
"""So many lines must reach close to the width from which text counts as wrapped."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text. `gap`: an empty line or a drawn rule stands before it."""

    text: Text
    number: int
    gap: bool = False
    heading: bool = False

    @property
    def words(self) -> str:
        """What it says, spaces as typed."""
        return plain(self.text)


def is_numbered(words: str) -> bool:
    """Whether it begins as a numbered question does ('2.13 School')."""
    return _NUMBERED.match(words) is not None


def ruled(lines: Sequence[Line]) -> Iterator[Line]:
    """Without rules and empty lines: what stands right over a rule of dashes is a heading."""
    held: Line | None = None
    gap = False
    for line in lines:
        words = line.words.strip()
        if not words:
            gap = True
        elif _RULE.fullmatch(words):
            if held and not gap and held.gap and _may_be_heading(held):
                held = replace(held, heading=True)
            gap = True
        else:
            if held:
                yield held
            held, gap = replace(line, gap=gap or line.gap or held is None), False
    if held:
        yield held


def _may_be_heading(line: Line) -> bool:
    words = line.words.strip()
    label = _LABEL.match(words)
    title = re.match(r"(?:section|part|appendix|annex)\b", words, re.IGNORECASE)
    return len(words.split()) <= 14 and (
        bool(title) or not (label and words[label.end() :].strip())
    )


def unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """Lines that a mail program broke at its width are one again."""
    width = _width(lines)
    held: Line | None = None
    last = ""
    numbered = False
    for line in lines:
        if held and width and _broken(held, last, line, width, numbered):
            held = replace(held, text=joined([held.text, line.text], " "))
        else:
            if held:
                yield held
            held = line
            numbered = _asks_by_number(line, numbered)
        last = line.words
    if held:
        yield held


def _asks_by_number(line: Line, before: bool) -> bool:
    """Whether questions are numbered here: the last one was. A numbered heading asks nothing."""
    words = line.words.strip()
    if line.heading:
        return False
    if is_numbered(words):
        return re.search(r"[:?]", words) is not None
    return before and not _LABEL.match(words)


def _width(lines: Sequence[Line]) -> int:
    """Where lines were broken; 0 where they were not."""
    lengths = [len(line.words.rstrip()) for line in lines]
    full = {w: _reaching(lengths, w) for w in set(lengths) if _NARROWEST <= w <= _WIDEST}
    widest = max(full, key=lambda w: (full[w], w), default=0)
    return widest if widest and full[widest] >= _WRAPPED_LINES else 0


def _reaching(lengths: list[int], width: int) -> int:
    """How many lines reach close to a width; each longer one speaks against it."""
    near = sum(width - 10 < length <= width for length in lengths)
    return near - 2 * sum(length > width for length in lengths)


def _broken(held: Line, last: str, line: Line, width: int, numbered: bool) -> bool:
    """Whether a line goes on with the one before: its first word had no room there."""
    words = line.words.strip()
    if line.gap or held.heading or "\t" in last or line.words.startswith("   "):
        return False
    if re.search(r"\S {3,}\S", last + words) and not BOX.search(held.words + words):
        return False  # columns of spaces are no text; options stand apart by spaces too
    if _BULLET.match(words) or is_numbered(words):
        return False
    if len(last.rstrip()) + 1 + len(words.split(" ", 1)[0]) <= width:
        return False
    if _LABEL.match(words) and words[0].isupper():
        return numbered or not re.search(r"[:?.]", held.words)
    return True
