"""Which lines of a page are among the words that its sender wrote, in their order.

What a mail quotes is told from its plain text (intake/quotes.py). Its laid-out text says the same
words in the same order, so its lines are followed along the sender's own words: a form quoted
below a corrected one asks the same questions, but comes when they are at their end.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_WORD = re.compile(r"[^\W_]+")
_AHEAD = 250
"""Letters that may stand between in one of the two and not in the other."""
_MOST = 0.75
"""Share of a line's letters that must be there: a box may be a letter of a font in the other."""
_FEWEST = 20


def said_in(text: str) -> Callable[[str], bool]:
    """Says of one line after another, in order, whether it is part of this text.

    Letters are compared, not words: in plain text those of two cells may stand close together.
    """
    said = "".join(_WORD.findall(text.casefold()))
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


def _end(said: str, words: list[str], at: int) -> int:
    """Where a line ends in the letters from here on; 0 if it is not there."""
    length = sum(map(len, words))
    stop, end, found = at + length + _AHEAD, at, 0
    for word in words:
        start = said.find(word, end, stop)
        if start >= 0:
            end = start + len(word)
            found += len(word)
    return end if found >= length * _MOST else 0


def _further_on(said: str, words: list[str], at: int) -> int:
    """The same where much lies between; a few letters are found anywhere, so they do not count."""
    whole = "".join(words)
    start = said.find(whole, at) if len(whole) >= _FEWEST else -1
    return start + len(whole) if start >= 0 else 0
