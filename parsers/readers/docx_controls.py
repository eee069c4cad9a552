"""Content controls and legacy form fields: what they are called and what they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from parsers.readers.docx_looks import VAL, W, child, is_on, leading
from parsers.readers.docx_marks import symbol
from parsers.reading import TICKED, UNTICKED

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_HOLDERS = frozenset(
    (W15 + "repeatingSection", W15 + "repeatingSectionItem", W + "group", W + "docPartObj")
)
_TYPED = frozenset(W + name for name in ("text", "date", "dropDownList", "comboBox"))
_BOX = W14 + "checkbox"
_ALIAS, _TAG, _PROMPTING_NOW, _LIST, _COMBO = (
    W + name for name in ("alias", "tag", "showingPlcHdr", "dropDownList", "comboBox")
)
_STATES = ("uncheckedState", "checkedState")
_PROMPT = re.compile(
    r"(\[?(click|tap|click or tap)( here)? to (enter|add|insert|type)\b.*"
    r"|click here and type.*|choose an? (item|option|date)\.?|please (choose|select)\b.{0,30}"
    r"|select (an? )?(item|option|one|date)\.?|enter (text|a date)( here)?\.?)",
    re.IGNORECASE,
)
_PROMPTING = ("click", "[click", "tap", "choose", "please", "select", "enter")


def is_prompt(text: str) -> bool:
    """One of the usual prompts of empty form fields, whether or not it is marked as one."""
    text = text.strip()
    # Most texts are none, and the pattern is slow to say so.
    return (
        len(text) < 80
        and text[:6].lower().startswith(_PROMPTING)
        and _PROMPT.fullmatch(text) is not None
    )


@dataclass(slots=True)
class Control:
    """A content control being read. `tick` waits to take the place of the drawn box."""

    entered: bool = False
    placeholder: bool = False
    name: str = ""
    tick: str = ""
    prompts: frozenset[str] = frozenset()
    drawn: str = TICKED  # how its box is drawn when ticked; '' where as when empty

    def box(self, drawn: str) -> str:
        """Its box; ticked if either says so: programs that fill in forms change only one."""
        return TICKED if drawn == self.drawn else self.tick


def control_of(sdt: Element) -> Control:
    """What a w:sdt is: an answer's own box, a tick box, or a mere holder of others."""
    properties = leading(sdt, W + "sdtPr")
    if properties is None:
        return Control()
    own: dict[str, Element] = {one.tag: one for one in properties}  # type: ignore[misc]
    title = own.get(_ALIAS, own.get(_TAG))
    name = "" if title is None else title.get(VAL) or ""
    if _BOX in own:
        return _tick_box(own[_BOX], name)
    if not _HOLDERS.isdisjoint(own) or _holds_more(sdt, own):
        return Control()
    shown = own.get(_PROMPTING_NOW)
    choices = own.get(_LIST, own.get(_COMBO))
    asks = frozenset(
        item.get(W + "displayText") or ""
        for item in (() if choices is None else choices)
        if not item.get(W + "value")
    )
    return Control(True, shown is not None and is_on(shown), name, "", asks)


def _tick_box(box: Element, name: str) -> Control:
    state = child(box, W14 + "checked")
    ticked = state is not None and state.get(W14 + "val") in ("1", "true", "on")
    empty, full = (_drawn(box, state) for state in _STATES)
    drawn = full if full != empty else ""
    return Control(True, name=name, tick=TICKED if ticked else UNTICKED, drawn=drawn)


def _drawn(box: Element, state: str) -> str:
    """The glyph a form's maker chose for a state, else the one Word chooses."""
    chosen = child(box, W14 + state)
    if chosen is None:
        return TICKED if state == _STATES[1] else UNTICKED
    code = int(chosen.get(W14 + "val") or "0", 16)
    return symbol(code, chosen.get(W14 + "font") or "")


def _holds_more(sdt: Element, own: dict[str, Element]) -> bool:
    """A rich text control may wrap a whole section, labels and all; then it is no answer."""
    if not _TYPED.isdisjoint(own):
        return False
    content = child(sdt, W + "sdtContent")
    return content is not None and next(content.iter(W + "sdt", W + "tbl"), None) is not None


@dataclass(slots=True)
class Field:
    """A complex field being read. While `in_code`, what stands there is not seen on the page."""

    kind: str = ""  # 'text', 'check', 'list' or '' for all others
    name: str = ""
    in_code: bool = True
    shows: str = field(default="")  # what a check box or list shows, written once

    @property
    def silent(self) -> bool:
        """Text inside is either code or stands for what `shows` has already said."""
        return self.in_code or self.kind in ("check", "list")


def field_of(data: Element | None) -> Field:
    """A field from its w:ffData; None for a field that is not part of a form."""
    if data is None:
        return Field()
    named = data.find(W + "name")
    name = "" if named is None else named.get(VAL) or ""
    box, choices = data.find(W + "checkBox"), data.find(W + "ddList")
    if box is not None:
        return Field("check", name, shows=_box(box))
    if choices is not None:
        return Field("list", name, shows=_chosen(choices))
    return Field("text", name)


def _box(box: Element) -> str:
    state = box.find(W + "checked")
    state = box.find(W + "default") if state is None else state
    return TICKED if state is not None and is_on(state) else UNTICKED


def _chosen(choices: Element) -> str:
    """The entry shown: the one chosen, else the default, else the first."""
    entries = [entry.get(VAL) or "" for entry in choices.iter(W + "listEntry")]
    chosen = choices.find(W + "result")
    chosen = choices.find(W + "default") if chosen is None else chosen
    number = 0 if chosen is None else int(chosen.get(VAL) or "0")
    return entries[number] if 0 <= number < len(entries) else ""
