"""Which lines of a page are among the words that its sender wrote, in their order.

What a mail quotes is told from its plain text (intake/quotes.py). Its laid-out text says the same
words in the same order, so its lines are followed along the sender's own words: a form quoted
below a corrected one asks the same questions, but comes when they are at their end.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_WORD = re.compile(r"[^\W_]+")
_AHEAD = 40
"""Words that may stand between in one of the two and not in the other."""
_MOST = 0.75
"""Share of a line's words that must be there: a box may be a letter of a font in the other."""
_FEWEST = 4


def said_in(text: str) -> Callable[[str], bool]:
    """Says of one line after another, in order, whether it is part of this text."""
    said = _WORD.findall(text.casefold())
    at = 0

    def counts(line: str) -> bool:
        nonlocal at
        words = _WORD.findall(line.casefold())
        if not words:
            return True
        end = _end(said, words, at) or _further_on(said, words, at)
        at = end or at
        return bool(end)

    return counts


def _end(said: list[str], words: list[str], at: int) -> int:
    """Where a line ends in the words from here on; 0 if it is not there."""
    stop, end, found = at + len(words) + _AHEAD, at, 0
    for word in words:
        try:
            end = said.index(word, end, stop) + 1
            found += 1
        except ValueError:
            continue
    return end if found and found >= len(words) * _MOST else 0


def _further_on(said: list[str], words: list[str], at: int) -> int:
    """The same where much lies between; a few words are found anywhere, so they do not count."""
    if len(words) < _FEWEST:
        return 0
    for start in range(at, len(said) - len(words) + 1):
        if said[start : start + len(words)] == words:
            return start + len(words)
    return 0
