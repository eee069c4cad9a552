"""Word documents: opened by python-docx, then walked by us.

python-docx's own objects do not see content controls, changes, text boxes, nested tables or
form fields (docs/decisions), so it opens the package and we read its XML in document order.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from docx.oxml.parser import parse_xml
from lxml import etree
from lxml.etree import _Element as Element

from parsers.readers.docx_blocks import Blocks
from parsers.readers.docx_bound import show_stored
from parsers.readers.docx_dates import MOVING, without_todays
from parsers.readers.docx_lists import Lists
from parsers.readers.docx_looks import Styles, W
from parsers.readers.docx_noted import has_pictures, notes, refuse_what_is_embedded
from parsers.readers.docx_package import damaged, open_package
from parsers.readers.docx_words import Words, joined
from parsers.reading import Paragraph, Reading
from triage.evidence import Evidence
from triage.problem import Problem

if TYPE_CHECKING:
    from docx.opc.part import Part
    from docx.parts.document import DocumentPart

# Bytes nobody foresaw may fail anywhere in zipfile, lxml or python-docx, none of which says
# what it raises. All of these mean the same to a person: the file is damaged. Memory is not
# among them; the worker's limits speak of that.
UNFORESEEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError,
    RuntimeError, TypeError, ValueError, etree.LxmlError,
)  # fmt: skip
LEFT_OUT = Problem("Headers, notes or styles of this Word document are damaged and were not read")
_MARGINS = ("header", "footer", "comments", "footnotes", "endnotes")


def read_docx(content: bytes, converted: bool = False) -> Reading:
    """Bytes of a .docx, .docm, .dotx or Strict document → Reading; else raises Unreadable.

    `converted`: LibreOffice wrote it a moment ago.
    """
    try:
        return _read(content, converted)
    except UNFORESEEN as error:
        raise damaged() from error


def _read(content: bytes, converted: bool) -> Reading:
    part, xml, incomplete, data = open_package(content)
    others = _others(part)
    root: Element = part.element
    body = root.find(W + "body")
    if body is None:
        raise damaged("There is no document inside this Word file")
    if data or b"fullDate" in xml:
        show_stored(body, data)
    moving = converted and without_todays(body)
    rendered = b"lastRenderedPageBreak" in xml
    paged = rendered or b'w:type="page"' in xml
    styles = Styles(others["styles"][0] if others.get("styles") else None)
    numbering = others["numbering"][0] if others.get("numbering") else None
    blocks = Blocks(Words(styles, rendered), Lists(numbering, styles), styles, paged).body(body)
    if not blocks and has_pictures(body):
        return _pictured(content)
    if not blocks:
        refuse_what_is_embedded(body)
    found = ((incomplete, LEFT_OUT), (moving, MOVING))
    noted = (*(problem for present, problem in found if present), *notes(body))
    return Reading(blocks, "python-docx", _margin(others, styles), noted)


def _pictured(content: bytes) -> Reading:
    # What recognises pictures is large, and few Word files need it.
    read: Callable[[bytes], Reading] = import_module("parsers.readers.docx_pictures").read_pictures
    return read(content)


def _others(part: DocumentPart) -> dict[str, list[Element]]:
    """The roots of the parts beside the document, by the kind of their relation."""
    roots: dict[str, list[Element]] = {}
    for relation in part.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        roots.setdefault(kind, []).append(_root(relation.target_part))
    return roots


def _root(part: Part) -> Element:
    # python-docx has parsed the parts it knows; footnotes are bytes to it.
    element: Element | None = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


def _margin(others: dict[str, list[Element]], styles: Styles) -> tuple[Paragraph, ...]:
    """Headers, footers, comments and notes, each text once."""
    found: dict[str, Paragraph] = {}
    for kind in _MARGINS:
        for root in others.get(kind, []):
            words = Words(styles, rendered=True)
            for element in root.iter(W + "p"):
                runs, _ = words.paragraph(element, "")
                text = "".join(run.text for run in runs).strip()
                if text and text not in found:
                    place = Evidence(None, kind.removesuffix("s"), None, "docx-paragraph")
                    found[text] = Paragraph(joined([runs]), place)
    return tuple(found.values())
