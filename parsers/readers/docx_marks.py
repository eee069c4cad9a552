"""Tick marks and symbols: the many characters that mean a ticked or an empty box."""

from __future__ import annotations

from parsers.reading import TICKED, UNTICKED

_EMPTY = "☐□▢◻⬜❏❐❑❒🗆⬚"
_FULL = "☒☑✓✔✗✘☓⊠⮽🗹🗷🗵🗸🗴✅❎❌"
# Soft hyphens, marks of direction and width: not seen on the page, but in the way of comparing.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u2060\ufe0e\ufe0f\ufeff"
_UNICODE = (
    {ord(c): UNTICKED for c in _EMPTY}
    | {ord(c): TICKED for c in _FULL}
    | dict.fromkeys(map(ord, _UNSEEN), "")
)

# What the symbol fonts draw at these codes (their published character charts).
_WINGDINGS = dict.fromkeys((0x6F, 0x70, 0x71, 0x72, 0xA8), False) | dict.fromkeys(
    (0x78, 0xFB, 0xFC, 0xFD, 0xFE), True
)
_FONTS: dict[str, dict[int, bool]] = {
    "wingdings": _WINGDINGS,
    "wingdings 2": {0x30: False, 0x35: False, 0xA3: False} | dict.fromkeys(range(0x4F, 0x55), True),
    "wingdings 3": {},
    "webdings": {0x63: False, 0x61: True, 0x72: True},
}
BULLET = "\N{BULLET}"


def is_symbol_font(font: str) -> bool:
    """In such a font a letter is a drawing: 'x' may be a crossed box."""
    return font.lower() in _FONTS


def symbol(code: int, font: str) -> str:
    """The character a symbol font draws, as a tick mark where it is one."""
    marks = _FONTS.get(font.lower())
    if marks is None and not 0xF000 <= code <= 0xF0FF:
        return unify(chr(code)) if 0x20 <= code <= 0x10FFFF else ""
    low = code & 0xFF
    # A private-use code without a font that says otherwise is nearly always Wingdings.
    state = (_WINGDINGS if marks is None else marks).get(low)
    if state is None:
        return " " if low in (0x20, 0xA0) else BULLET
    return TICKED if state else UNTICKED


def unify(text: str, font: str = "") -> str:
    """Text with every tick mark, drawn in whatever way, as TICKED or UNTICKED."""
    if font and is_symbol_font(font):
        return "".join(c if c.isspace() else symbol(ord(c), font) for c in text)
    if text.isascii():
        return text
    text = text.translate(_UNICODE)
    if any("\uf000" <= c <= "\uf0ff" for c in text):
        return "".join(symbol(ord(c), font) if "\uf000" <= c <= "\uf0ff" else c for c in text)
    return text


def pair_up(text: str) -> str:
    """Filled shapes as ticks, but only beside their empty twins: alone they are bullets."""
    for empty, full in (("☐", "■◼⬛▣"), ("○◯", "●◉⦿")):
        if any(c in text for c in empty) and any(c in text for c in full):
            text = text.translate({ord(c): UNTICKED for c in empty})
            text = text.translate({ord(c): TICKED for c in full})
    return text
