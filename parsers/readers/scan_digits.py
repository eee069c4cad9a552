"""Letters recognised in place of figures, and the reverse, where only one can be meant.

O and 0, l and 1, S and 5 look alike. Where a word's other letters say which it must be (a
postcode, a date) it is mended; where they do not, it stays and is doubted.
"""

from __future__ import annotations

import re

_ALIKE = {"O": "0", "o": "0", "Q": "0", "l": "1", "I": "1", "|": "1", "i": "1", "S": "5",
          "s": "5", "B": "8", "Z": "2", "z": "2"}  # fmt: skip
_TO_FIGURE = str.maketrans(_ALIKE)
_F = f"[0-9{re.escape(''.join(_ALIKE))}]"
_MEANT = (
    re.compile(rf"({_F}{{1,2}})[/.\-]({_F}{{1,2}})[/.\-]((?:{_F}{_F}){{1,2}})\W?"),  # a date
    re.compile(rf"({_F}{{1,2}})(?:st|nd|rd|th)\W?"),  # a day
    re.compile(rf"([12l]{_F}{{3}})\W?"),  # a year
)
_OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
_INWARD = re.compile(r"([0-9OoQlISBZ])[ABD-HJLNP-UW-Z]{2}\W?")  # a postcode's second half
_MIXED = re.compile(rf"(?=.*[0-9])(?=.*[A-Za-z|])(?:{_F}|[.,/\-])+")
_QUESTION = re.compile(r"Q[il|I]1?([a-z]?[.:)]?)")  # 'Q1a.' read as 'Qia.'
_BRACKETS = re.compile(r"([\[({])[\])}]")
_MENDED, _DOUBTED = 0.9, 0.75


def mended(text: str, sure: float, before: str) -> tuple[str, float]:
    """The word as it must be meant after the word before it, and how sure it is then."""
    if match := _QUESTION.fullmatch(text):
        return f"Q1{match[1]}", sure
    if match := _BRACKETS.fullmatch(text):  # an empty box; Tesseract drops the blank in it
        return "( )" if match[1] == "(" else "[ ]", sure
    known = _MEANT if any(letter.isdigit() for letter in text) else ()
    for pattern in (*known, _INWARD) if _OUTWARD.fullmatch(before) else known:
        if match := pattern.fullmatch(text):
            right = text
            for group in range(1, pattern.groups + 1):
                start, end = match.span(group)
                right = right[:start] + right[start:end].translate(_TO_FIGURE) + right[end:]
            return (right, sure) if right == text else (right, min(sure, _MENDED))
    return (text, min(sure, _DOUBTED)) if _MIXED.fullmatch(text) else (text, sure)
