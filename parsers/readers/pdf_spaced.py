"""Words whose letters are spaced out ('S E C T I O N') become words again."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from statistics import median

from parsers.readers.pdf_marks import Word

FEWEST = 4  # letters in a row; fewer may be options or initials
WIDEST = 0.6  # of the letters' size: letters in the squares of a comb stand further apart
WORDS = 1.6  # times the usual gap: here a word ends
_SIGNS = ":;,.'’-/&?()"
BETWEEN = 1.8  # of the letters' size: the widest gap between two such words


def unspaced(words: list[Word]) -> list[Word]:
    """The words in the order given, runs of single letters at equal distances joined."""
    result: list[Word] = []
    run: list[Word] = []
    for word in words:
        if run and not _follows(run[-1], word):
            result += _joined(run)
            run = []
        run.append(word)
    return result + _joined(run)


def _follows(before: Word, word: Word) -> bool:
    letters = all(
        len(w.text) == 1 and (w.text.isalpha() or w.text in _SIGNS) for w in (before, word)
    )
    return (
        letters
        and before.look == word.look
        and abs(before.base - word.base) < 1
        and 0 < word.x0 - before.x1 <= BETWEEN * word.size
    )


def _joined(run: list[Word]) -> list[Word]:
    if len(run) < FEWEST:
        return run
    gaps = [word.x0 - before.x1 for before, word in pairwise(run)]
    usual = median(gaps)
    if usual > WIDEST * run[0].size:
        return run
    words = [replace(run[0])]
    for gap, letter in zip(gaps, run[1:], strict=True):
        if gap > WORDS * usual:
            words.append(replace(letter))
        else:
            words[-1].text += letter.text
            words[-1].x1 = letter.x1
    return words
