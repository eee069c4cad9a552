"""Rules under or through words: underlined and struck-out text.

Rules used so are taken out of the drawing, so that they do not become part of a table.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from parsers.readers.pdf_drawing import Drawing
from parsers.readers.pdf_marks import Rule, Word


def decorate(words: list[Word], drawing: Drawing) -> list[Word]:
    """The words with their underlines and strike-outs."""
    touched = _touched(drawing)
    loose = sorted(r for r in drawing.across if r not in touched)
    if not loose:
        return words
    heights = [rule.at for rule in loose]
    under: dict[Rule, list[int]] = {}
    through: dict[Rule, list[int]] = {}
    for index, word in enumerate(words):
        if word.field or word.tick:
            continue
        low = bisect_left(heights, word.top)
        for rule in loose[low : bisect_right(heights, word.base + 0.3 * word.size)]:
            if _overlap(rule, word) >= 0.7 * (word.x1 - word.x0):
                above = word.base - rule.at
                if -0.3 * word.size <= above <= 0.08 * word.size:
                    under.setdefault(rule, []).append(index)
                elif 0.12 * word.size <= above <= 0.5 * word.size:
                    through.setdefault(rule, []).append(index)
    result = list(words)
    used = _apply(result, under, struck=False) | _apply(result, through, struck=True)
    drawing.across = [r for r in drawing.across if r not in used]
    return result


def _apply(words: list[Word], found: dict[Rule, list[int]], *, struck: bool) -> set[Rule]:
    """Sets the look on words whose rule is about as long as they are: a longer one is a
    line to write on or the edge of something."""
    used: set[Rule] = set()
    for rule, indexes in found.items():
        start = min(words[i].x0 for i in indexes)
        end = max(words[i].x1 for i in indexes)
        if rule.start >= start - 4 and rule.end <= end + 4:
            used.add(rule)
            for i in indexes:
                words[i] = words[i].lined(struck)
    return used


def _overlap(rule: Rule, word: Word) -> float:
    return min(rule.end, word.x1) - max(rule.start, word.x0)


def _touched(drawing: Drawing) -> set[Rule]:
    """Rules across that meet a rule down: edges of cells."""
    downs = sorted(drawing.down)
    places = [rule.at for rule in downs]
    met: set[Rule] = set()
    for rule in drawing.across:
        near = downs[bisect_left(places, rule.start - 3) : bisect_right(places, rule.end + 3)]
        if any(d.start - 3 <= rule.at <= d.end + 3 for d in near):
            met.add(rule)
    return met
