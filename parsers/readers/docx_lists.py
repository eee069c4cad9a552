"""The numbers Word draws before numbered paragraphs; they are not in the text itself."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from parsers.readers.docx_looks import VAL, Styles, W, child

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
Level = tuple[int, str, str]  # start, format, text such as '%1.%2'


class Lists:
    """Counts every numbered list of a document while it is read in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._root = root
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}

    def number(self, listed: Element | None, style: str) -> str:
        """'3.2 ' before a paragraph with this w:numPr or style; '' for bullets and others."""
        placed = None if self._root is None else self._placed(listed, style)
        if placed is None:
            return ""
        number, level = placed
        levels = self._levels_of(number)
        if level not in levels or levels[level][1] in ("bullet", "none"):
            return ""
        # Lists drawn from one abstract definition go on counting where another left off.
        counts = self._counts.setdefault(self._abstract(number), {})
        counts[level] = counts.get(level, levels[level][0] - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        text = re.sub(r"%([1-9])", lambda m: _one(int(m[1]) - 1, levels, counts), levels[level][2])
        return f"{text} " if text.strip() else ""

    def _placed(self, listed: Element | None, style: str) -> tuple[str, int] | None:
        """(list, level): the paragraph's own, else that of its style."""
        places = [] if listed is None else [listed]
        for element in self._styles.chain(style):
            places.extend(element.iter(W + "numPr"))
        number = next((n for place in places if (n := _value(place, "numId"))), "")
        level = next((n for place in places if (n := _value(place, "ilvl"))), "")
        if number in ("", "0"):
            return None
        return number, int(level) if level.isdecimal() else 0

    def _abstract(self, number: str) -> str:
        assert self._root is not None
        for element in self._root.iterchildren(W + "num"):
            if element.get(W + "numId") == number:
                # An override starts this list afresh, so it counts alone.
                restarts = element.find(f"{W}lvlOverride/{W}startOverride") is not None
                return f"own {number}" if restarts else _value(element, "abstractNumId")
        return ""

    def _levels_of(self, number: str) -> dict[int, Level]:
        if number not in self._levels:
            self._levels[number] = self._read_levels(number)
        return self._levels[number]

    def _read_levels(self, number: str) -> dict[int, Level]:
        assert self._root is not None
        numbers = {e.get(W + "numId"): e for e in self._root.iterchildren(W + "num")}
        found = numbers.get(number)
        wanted = "" if found is None else _value(found, "abstractNumId")
        for element in self._root.iterchildren(W + "abstractNum"):
            if element.get(W + "abstractNumId") == wanted:
                return {
                    int(level.get(W + "ilvl") or "0"): (
                        int(_value(level, "start") or "1"),
                        _value(level, "numFmt") or "decimal",
                        _value(level, "lvlText"),
                    )
                    for level in element.iterchildren(W + "lvl")
                }
        return {}


def _value(parent: Element, name: str) -> str:
    found = child(parent, W + name)
    return "" if found is None else found.get(VAL) or ""


def _one(level: int, levels: dict[int, Level], counts: dict[int, int]) -> str:
    start, style, _ = levels.get(level, (1, "decimal", ""))
    count = counts.get(level, start)
    if style in ("lowerLetter", "upperLetter"):
        text = chr(ord("a") + (count - 1) % 26)
    elif style in ("lowerRoman", "upperRoman"):
        text = _roman(count)
    else:
        text = str(count)
    return text.upper() if style.startswith("upper") else text


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while count >= value and len(text) < 12:
            text, count = text + letters, count - value
    return text
