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
# Bullets too, so they count as ticks only beside empty ones of their kind on the page.
FILLED = {"●": "○◯❍", "■": "□☐▢◻❏❐❑❒", "◼": "◻□"}
# What people type or draw into a box to tick it.
STROKES = frozenset("xX×✓✔✗✘√/\\✕✖☒☑■●•")

_WINGDINGS = {
    **dict.fromkeys("\x6f\x71\x72\xa8\x6d\xa1", UNTICKED),
    **dict.fromkeys("\xfe\xfd\xfc\x78\xa4", TICKED),
    "\xfb": "✗",
}
_WINGDINGS_2 = {
    **dict.fromkeys("\xa3\x2a\x30\x81\x99", UNTICKED),
    **dict.fromkeys("\x52\x53\x54\x50", TICKED),
    "\x4f": "✗",
}
_ZAPF = {
    **dict.fromkeys("opqrm", UNTICKED),
    **dict.fromkeys("34", TICKED),
    **dict.fromkeys("5678", "✗"),
    "l": "●",
    "n": "■",
}
_PRIVATE = {0xF000 + ord(code): mark for code, mark in _WINGDINGS.items()}
_PRIVATE |= {0xF052: TICKED, 0xF053: TICKED, 0xF0A3: UNTICKED}
# pdfminer gives a ZapfDingbats glyph without a Unicode value by its name, such as a20.
_ZAPF_NAMES = {"a19": TICKED, "a20": TICKED, "a73": "■", "a71": "●", "a74": UNTICKED}
_DROPPED = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_LEADERS = re.compile(r"[.…·_‥]{3,}|_{2,}[/_ .]*_+|…+")


def symbol_table(fontname: str) -> dict[str, str] | None:
    """The marks of a symbol font's letters, None for an ordinary font."""
    name = fontname.lower().replace(" ", "").replace("-", "")
    if "wingdings2" in name:
        return _WINGDINGS_2
    if "wingdings" in name:
        return _WINGDINGS
    return _ZAPF if "dingbats" in name else None


def glyph(text: str, table: dict[str, str] | None) -> str:
    """One extracted character as text: boxes as TICKED or UNTICKED, ligatures apart."""
    if table is not None and len(text) <= 3:
        mark = table.get(text) or _ZAPF_NAMES.get(text)
        if mark:
            return mark
    if text.isascii():
        return text
    if text in EMPTY:
        return UNTICKED
    if text in FULL:
        return TICKED
    if len(text) == 1 and "\ufb00" <= text <= "\ufb06":
        return unicodedata.normalize("NFKC", text)
    if len(text) == 1 and "\ue000" <= text <= "\uf8ff":
        return _PRIVATE.get(ord(text), text)
    return text.translate(_DROPPED)


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
