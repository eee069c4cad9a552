"""Controls bound to data kept beside the document, where the answer stands only in that data.

Word shows what the data says when it opens the document; programs that fill in forms often write
the data alone, and leave the control's prompt showing. So does a date picker: its day may stand
in an attribute only. Such answers are put where Word would show them, before anything is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from docx.oxml.parser import OxmlElement
from lxml.etree import _Element as Element

from parsers.readers.docx_looks import VAL, W, child, is_on

_STEP = re.compile(r"/(?:[\w.-]+:)?([\w.-]+)(?:\[(\d{1,4})\])?")
_PATH = re.compile(rf"({_STEP.pattern})+(/@(?:[\w.-]+:)?[\w.-]+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=T00:00:00|$)")
_MOST_PATH = 400
SDT, _CONTENT, _TEXT, _LINE = W + "sdt", W + "sdtContent", W + "t", W + "p"


def show_stored(root: Element, trees: Mapping[str, Element]) -> None:
    """Writes into every control that shows nothing, or its prompt, what is stored for it.

    `trees`: the document's data parts, each by its identifier in capitals.
    """
    for control in root.iter(SDT):
        properties, content = child(control, W + "sdtPr"), child(control, _CONTENT)
        if properties is None or content is None or not _shows_nothing(properties, content):
            continue
        text = _bound(properties, trees) or _picked_day(properties)
        if text:
            _show(properties, content, text)


def _shows_nothing(properties: Element, content: Element) -> bool:
    prompt = child(properties, W + "showingPlcHdr")
    if prompt is not None and is_on(prompt):
        return True
    return next(content.iter(SDT, W + "sym", W + "drawing"), None) is None and not any(
        (text.text or "").strip() for text in content.iter(_TEXT)
    )


def _bound(properties: Element, trees: Mapping[str, Element]) -> str:
    """What its data says, as a person would read it."""
    binding = child(properties, W + "dataBinding")
    if binding is None:
        return ""
    tree = trees.get((binding.get(W + "storeItemID") or "").upper())
    text = "" if tree is None else _found(tree, binding.get(W + "xpath") or "")
    return _displayed(properties, text)


def _found(tree: Element, path: str) -> str:
    """The text at a plain path; an XPath that a stranger wrote is not run."""
    if len(path) > _MOST_PATH or not _PATH.fullmatch(path):
        return ""
    steps, _, attribute = path.partition("/@")
    at, among = tree, [tree]
    for name, number in _STEP.findall(steps):
        named = [one for one in among if isinstance(one.tag, str) and _bare(one.tag) == name]
        if not 1 <= int(number or 1) <= len(named):
            return ""
        at = named[int(number or 1) - 1]
        among = list(at)
    if not attribute:
        return "".join(str(piece) for piece in at.itertext()).strip()
    wanted = attribute.rpartition(":")[2]
    return next((str(v) for k, v in at.attrib.items() if _bare(str(k)) == wanted), "").strip()


def _bare(name: str) -> str:
    return name.rpartition("}")[2]


def _displayed(properties: Element, text: str) -> str:
    """A list keeps the value of the item chosen and shows its words; a date keeps its midnight."""
    for kind in ("dropDownList", "comboBox"):
        for item in properties.iterfind(f"{W}{kind}/{W}listItem"):
            if text and item.get(W + "value") == text:
                return item.get(W + "displayText") or text
    day = _DAY.match(text) if child(properties, W + "date") is not None else None
    return day[0] if day else text


def _picked_day(properties: Element) -> str:
    """The day of a date picker that shows nothing; one that shows its prompt has none."""
    picker = child(properties, W + "date")
    if picker is None or child(properties, W + "showingPlcHdr") is not None:
        return ""
    day = _DAY.match(picker.get(W + "fullDate") or "")
    return day[0] if day else ""


def _show(properties: Element, content: Element, text: str) -> None:
    prompt = child(properties, W + "showingPlcHdr")
    if prompt is not None:
        prompt.set(VAL, "0")
    place = next(content.iter(_LINE), content)
    for run in list(place.iter(W + "r")):
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)
    made = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    made.append(words)
    place.append(made)
