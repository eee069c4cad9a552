"""How a stretch of text looks: its own properties over those of its styles."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = W + "val"
SHADING = W + "shd"
_UNDERLINE, _HIGHLIGHT, _COLOUR, _FONTS, _BORDER = (
    W + name for name in ("u", "highlight", "color", "rFonts", "bdr")
)
_OFF = {"0", "false", "off", "none", "nil"}
_FLAGS = {
    W + "b": "bold",
    W + "i": "italic",
    W + "strike": "struck",
    W + "dstrike": "struck",
    W + "vanish": "hidden",
}


class Look(NamedTuple):
    """What a reader of the page sees; `hidden` text is not seen at all."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False
    struck: bool = False
    highlighted: bool = False
    grey: bool = False
    hidden: bool = False
    font: str = ""


PLAIN = Look()


def child(parent: Element, tag: str) -> Element | None:
    """Its first child of that tag."""
    return next(parent.iterchildren(tag), None)


def leading(parent: Element, tag: str) -> Element | None:
    """Its properties, which by the schema come first; six times faster than a search."""
    first = parent[0] if len(parent) else None
    return first if first is not None and first.tag == tag else None


def is_on(element: Element) -> bool:
    """A property that is present is on unless it says otherwise."""
    return (element.get(VAL) or "1").lower() not in _OFF


def is_coloured(shading: Element) -> bool:
    """A background other than none and white."""
    fill = (shading.get(W + "fill") or "auto").lower()
    theme = shading.get(W + "themeFill")
    return theme is not None or fill not in ("auto", "ffffff", "none")


def _is_grey(colour: str) -> bool:
    """A middling grey, as prompts and guidance are printed in."""
    try:
        parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return False
    return max(parts) - min(parts) < 24 and 0x60 <= parts[0] <= 0xD8


def _is_vivid(colour: str) -> bool:
    """Red, blue or green, in which a chosen word may be written among black ones."""
    parts = bytes.fromhex(colour) if re.fullmatch(r"[0-9A-Fa-f]{6}", colour) else b"\0"
    return max(parts) - min(parts) > 0x80


def over(base: Look, properties: Element) -> Look:
    """`base` changed by a w:rPr."""
    changed: dict[str, bool | str] = {}
    for one in properties:
        tag = one.tag
        if tag in _FLAGS:
            changed[_FLAGS[tag]] = is_on(one)
        elif tag == _UNDERLINE:
            changed["underlined"] = is_on(one)
        elif tag == _HIGHLIGHT:
            changed["highlighted"] = one.get(VAL) not in ("none", "white")
        elif tag == SHADING:
            changed["highlighted"] = base.highlighted or is_coloured(one)
        elif tag == _BORDER:  # what typists use to circle a word
            changed["highlighted"] = base.highlighted or is_on(one)
        elif tag == _COLOUR:
            changed["grey"] = _is_grey(one.get(VAL) or "")
            if _is_vivid(one.get(VAL) or ""):
                changed["highlighted"] = True
        elif tag == _FONTS:
            changed["font"] = one.get(W + "ascii") or one.get(W + "hAnsi") or base.font
    return base._replace(**changed) if changed else base  # type: ignore[arg-type]  # by name


class Styles:
    """The document's styles, each understood when first met."""

    def __init__(self, root: Element | None) -> None:
        found = () if root is None else root.iterchildren(W + "style")
        self._elements = {element.get(W + "styleId") or "": element for element in found}
        self._looks: dict[str, Look] = {"": PLAIN}

    def chain(self, style: str) -> list[Element]:
        """A style and those it is based on, nearest first; a circle ends it."""
        chain: list[Element] = []
        while style in self._elements and len(chain) < 12:
            element = self._elements[style]
            chain.append(element)
            based = child(element, W + "basedOn")
            style = "" if based is None else based.get(VAL) or ""
        return chain

    def look(self, style: str) -> Look:
        """How text of this style looks."""
        if style not in self._looks:
            look = PLAIN._replace(grey=style == "PlaceholderText")
            for element in reversed(self.chain(style)):
                properties = child(element, W + "rPr")
                look = look if properties is None else over(look, properties)
            self._looks[style] = look
        return self._looks[style]

    def is_heading(self, style: str) -> bool:
        """Named so, based on one named so, or given a place in the outline."""
        for element in self.chain(style):
            name = child(element, W + "name")
            if name is not None and (name.get(VAL) or "").lower().startswith(("heading", "title")):
                return True
            level = next(element.iter(W + "outlineLvl"), None)
            if level is not None and level.get(VAL) != "9":
                return True
        return False
