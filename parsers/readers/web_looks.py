"""How HTML shows its words: bold, struck out, highlighted, hidden; and the boxes it draws."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from lxml import etree

from parsers.readers.docx_marks import is_symbol_font, unify
from parsers.reading import TICKED, UNTICKED, Run

PLAIN = Run("")
_UNSEEN = frozenset(("head", "script", "style", "title", "template", "noscript", "svg", "object"))
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0(?![.\d])|"
    r"font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
    re.IGNORECASE,
)
_TAGS: dict[str, dict[str, Any]] = {
    "b": {"bold": True}, "strong": {"bold": True}, "th": {"bold": True},
    "h1": {"bold": True}, "h2": {"bold": True}, "h3": {"bold": True},
    "h4": {"bold": True}, "h5": {"bold": True}, "h6": {"bold": True}, "dt": {"bold": True},
    "i": {"italic": True}, "em": {"italic": True},
    "u": {"underlined": True}, "ins": {"underlined": True},
    "s": {"struck": True}, "strike": {"struck": True}, "del": {"struck": True},
    "mark": {"highlighted": True}, "pre": {"name": "pre"},
}  # fmt: skip
_STYLES: tuple[tuple[re.Pattern[str], dict[str, Any]], ...] = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I), {"bold": True}),
    (re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.I), {"bold": False}),
    (re.compile(r"font-style\s*:\s*italic", re.I), {"italic": True}),
    (re.compile(r"text-decoration[-a-z]*\s*:[^;]*line-through", re.I), {"struck": True}),
    (re.compile(r"text-decoration[-a-z]*\s*:[^;]*underline", re.I), {"underlined": True}),
    (re.compile(r"white-space\s*:\s*pre", re.I), {"name": "pre"}),
)
_BACKGROUND = re.compile(r"(?:background(?:-color)?|mso-highlight)\s*:\s*([^;]+)", re.IGNORECASE)
_NO_COLOUR = re.compile(
    r"#f{3}(?:f{3})?\b|white|transparent|none|initial|inherit|window|auto|"
    r"rgba?\(\s*255\s*,\s*255\s*,\s*255",
    re.IGNORECASE,
)
_GREY = re.compile(
    r"(?<![-\w])color\s*:\s*(?:gr[ae]y|darkgr[ae]y|silver|#([4-9a-c][\da-f])\1\1\b|#([6-9a-c])\2\2\b)",
    re.IGNORECASE,
)
_FONT = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)


def hidden(element: etree._Element) -> bool:
    """Whether a reader of the page does not see it (a mail's preview line is often hidden)."""
    style = element.get("style")
    return element.tag in _UNSEEN or (style is not None and bool(_HIDDEN.search(style)))


def looked(element: etree._Element, look: Run) -> Run:
    """The look of what stands in an element, in a place that looks so."""
    if changes := _TAGS.get(str(element.tag)):
        look = replace(look, **changes)
    style = element.get("style", "")
    for pattern, found in _STYLES if style else ():
        if pattern.search(style):
            look = replace(look, **found)
    if style and element.tag in ("span", "font", "b", "i", "u", "em", "strong"):
        look = replace(look, highlighted=look.highlighted or _coloured(style))
    if _GREY.search(style):
        look = replace(look, grey=True)
    return look


def shaded(element: etree._Element) -> bool:
    """Whether a cell or row has a background."""
    plain_colour = element.get("bgcolor")
    if plain_colour:
        return not _NO_COLOUR.match(plain_colour.strip())
    return _coloured(element.get("style", ""))


def _coloured(style: str) -> bool:
    found = _BACKGROUND.search(style)
    return found is not None and not _NO_COLOUR.search(found[1]) and "url(" not in found[1]


def boxes(element: etree._Element) -> tuple[str, bool] | None:
    """What an element draws instead of its words, and whether it was entered: a tick box, a text
    box, a drawing from a symbol font."""
    if element.tag == "input":
        kind = element.get("type", "text").lower()
        if kind in ("checkbox", "radio"):
            return (TICKED if element.get("checked") is not None else UNTICKED), False
        return (element.get("value", ""), True) if kind != "hidden" else None
    if element.tag == "select":
        chosen = [o for o in element.iter("option") if o.get("selected") is not None]
        return " ".join("".join(o.itertext()).strip() for o in chosen), True
    font = _FONT.search(element.get("style", "")) or re.match(r"(.+)", element.get("face", ""))
    if font and is_symbol_font(font[1].strip()):
        return unify("".join(element.itertext()), font[1].strip()), False
    return None
