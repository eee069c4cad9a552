"""Characters that need a second look: check boxes in symbol fonts, ligatures, leaders.

Code points of Wingdings, Wingdings 2 and ZapfDingbats are those of Unicode's own mapping
tables; PDF producers write them as private-use characters or as plain letters of that font.
"""

from __future__ import annotations

import re
import unicodedata

from parsers.reading import TICKED, UNTICKED

EMPTY = frozenset("☐□▢◻⬜❏❐❑❒○◯❍🔲⭘🞎🞏🞐🞆")
FULL = frozenset("☒☑✓✔🗹🗷🗵⮽🗸◉⦿⊙⊠⊗🅇")
SQUARES = "☐□▢◻⬜❏❐❑❒"
# Bullets and signs for 'no' too, so they are ticks only on a page with empty ones of their kind.
FILLED = {"●": "○◯❍", **dict.fromkeys("■◼✗✘✕✖", SQUARES)}
CROSSES, CHECKS = frozenset("✗✘✕✖"), frozenset("✓✔☑")
# What people type or draw into a box to tick it.
STROKES = frozenset("xX×✓✔✗✘√/\\✕✖☒☑■●•")

_WINGDINGS = {
    **dict(zip("opqrm", "□❐❑❒❍", strict=True)),
    **dict(zip("lnv", "●■❖", strict=True)),
    **dict(zip("\xa1\xa4\xa8\xa7", "○◉◻▪", strict=True)),
    **dict(zip("x\xfb\xfc\xfd\xfe", "☒✗✔☒☑", strict=True)),
}
_WINGDINGS_2 = {**dict.fromkeys("\xa3*0\x81\x99", "☐"), **dict.fromkeys("PQRST", "☒"), "O": "✗"}
_WEBDINGS = {"c": "☐", "a": "✔", "r": "✖", "n": "●"}
_ZAPF = dict(zip("345678lmnopqr", "✓✔✕✖✗✘●❍■❏❐❑❒", strict=True))
# pdfminer gives a ZapfDingbats glyph without a Unicode value by its name, such as a20.
_ZAPF_NAMES = {
    **dict(zip(("a19", "a20", "a21", "a22", "a23", "a24"), "✓✔✕✖✗✘", strict=True)),
    **dict(zip(("a71", "a72", "a73", "a74", "a203", "a75", "a204"), "●❍■❏❐❑❒", strict=True)),
}
# Of other fonts: what programs write for a letter of a symbol font that they could not name.
_PRIVATE = {**_WINGDINGS, "R": "☑", "S": "☒", "\xa3": "☐", "\xb7": "•"}
_DROPPED = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_LEADERS = re.compile(r"[.…·_‥]{3,}|_{2,}[/_ .]*_+|…+")


def symbol_table(fontname: str) -> dict[str, str] | None:
    """What a symbol font's letters draw, None for an ordinary font."""
    name = fontname.lower().replace(" ", "").replace("-", "")
    if "wingdings2" in name:
        return _WINGDINGS_2
    if "wingdings" in name:
        return _WINGDINGS
    if "webdings" in name:
        return _WEBDINGS
    return _ZAPF if "dingbats" in name else None


def sign(text: str, table: dict[str, str] | None) -> str:
    """The character that is seen: a letter of a symbol font is a drawing."""
    if len(text) == 1 and "\uf020" <= text <= "\uf0ff":
        return (table or _PRIVATE).get(chr(ord(text) - 0xF000), text)
    if table is None or len(text) > 4:
        return text
    return table.get(text) or _ZAPF_NAMES.get(text) or text


def glyph(seen: str) -> str:
    """A character that is seen as text: boxes as TICKED or UNTICKED, ligatures apart."""
    if seen.isascii():
        return seen
    if seen in EMPTY:
        return UNTICKED
    if seen in FULL:
        return TICKED
    if len(seen) == 1 and "\ufb00" <= seen <= "\ufb06":
        return unicodedata.normalize("NFKC", seen)
    return seen.translate(_DROPPED)


def between_leaders(text: str) -> list[tuple[int, int]]:
    """Where the word's text stands between dotted or underscored leaders, as (start, end).

    Leaders only show where to write, and may join a label and its answer into one word.
    """
    if len(text) < 3 and "…" not in text:
        return [(0, len(text))]
    pieces = []
    start = 0
    for leader in _LEADERS.finditer(text):
        pieces.append((start, leader.start()))
        start = leader.end()
    pieces.append((start, len(text)))
    return [(start, end) for start, end in pieces if end > start]
