"""Damages the XML inside a Word file: elements gone, doubled, moved, renamed, with other values."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from copy import deepcopy
from random import Random

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUES = ("", "-1", "0", "1", "99999999999999999999", "1e9", "x", "nil", "true", "FFFFFFFF", "00A8",
          "begin", "separate", "end", "restart", "http://a.example/", "../../etc/passwd", "\u2612",
          "31/02/2026", "2026-13-45T99:99:99Z", "NaN", "٣")  # fmt: skip
NAMES = ("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "sdtPr", "fldChar", "fldSimple",
         "instrText", "ffData", "ddList", "checkBox", "result", "gridSpan", "vMerge", "tcPr",
         "tblGrid", "numPr", "ilvl", "numId", "sym", "ins", "del", "txbxContent", "hyperlink",
         "pPr", "rPr", "tab", "br", "dropDownList", "date", "comment", "footnoteReference", "body",
         "sectPr", "style", "basedOn", "moveFrom", "delText", "strike", "highlight")  # fmt: skip
Alter = Callable[[Random, etree._Element], None]


def damaged_docx(random: Random, content: bytes) -> bytes:
    """The Word file with some of its parts altered, renamed or gone."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = [name for name in parts if name.endswith((".xml", ".rels"))]
    main = "word/document.xml"
    for _ in range(random.choice((1, 1, 2))):
        name = main if random.random() < 0.7 else random.choice(texts)
        if name in parts:
            parts[name] = _altered(random, parts[name])
    if random.random() < 0.08:
        name = random.choice(texts)
        parts[random.choice(texts)] = parts.pop(name, b"")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _altered(random: Random, xml: bytes) -> bytes:
    try:
        root = etree.fromstring(xml)
    except etree.XMLSyntaxError:
        return xml
    for _ in range(random.choice((1, 2, 4, 12, 60))):
        elements = list(root.iter("{*}*"))
        random.choice(_ALTERATIONS)(random, random.choice(elements))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _gone(random: Random, element: etree._Element) -> None:
    if (parent := element.getparent()) is not None:
        parent.remove(element)


def _unwrapped(random: Random, element: etree._Element) -> None:
    if (parent := element.getparent()) is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)


def _doubled(random: Random, element: etree._Element) -> None:
    if element.getparent() is not None:
        for _ in range(random.choice((1, 2, 40))):
            element.addnext(_copy(element))


def _copy(element: etree._Element) -> etree._Element:
    copied = deepcopy(element)
    copied.tail = None
    return copied


def _moved(random: Random, element: etree._Element) -> None:
    others = [e for e in element.getroottree().getroot().iter("{*}*") if element not in [e]]
    target = random.choice(others) if others else element
    if target is not element and element not in list(target.iterancestors()):
        target.insert(random.randrange(len(target) + 1), _copy(element))


def _renamed(random: Random, element: etree._Element) -> None:
    element.tag = W + random.choice(NAMES)


def _wrapped(random: Random, element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at, inner = parent.index(element), _copy(element)
    parent.remove(element)
    for _ in range(random.choice((1, 1, 3, 120))):
        outer = etree.Element(W + random.choice(NAMES))
        outer.append(inner)
        inner = outer
    parent.insert(at, inner)


def _valued(random: Random, element: etree._Element) -> None:
    names = [*map(str, element.attrib), W + "val", W + "fldCharType", W + "id", W + "type"]
    element.set(random.choice(names), random.choice(VALUES))


def _unvalued(random: Random, element: etree._Element) -> None:
    for name in list(element.attrib):
        del element.attrib[name]


def _worded(random: Random, element: etree._Element) -> None:
    element.text = random.choice((*VALUES, "\u202e\u200b", "A" * 5000, ":" * 300, "\t" * 80, "\n"))


def _added(random: Random, element: etree._Element) -> None:
    made = etree.SubElement(element, W + random.choice(NAMES))
    made.set(W + "val", random.choice(VALUES))


_ALTERATIONS: tuple[Alter, ...] = (
    _gone, _unwrapped, _doubled, _moved, _renamed, _wrapped, _valued, _valued, _unvalued, _worded,
    _added,
)  # fmt: skip
