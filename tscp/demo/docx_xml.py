"""The parts of Word that python-docx has no words for: controls, check boxes, glyphs, shading."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
NAMESPACES = f'xmlns:w="{W}" xmlns:w14="{W14}"'
PROMPT = "Click or tap here to enter text."
FIXED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def new_document(marking: str = "OFFICIAL-SENSITIVE when completed") -> WordDocument:
    """An empty A4 document in the plain type of a council form."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.8)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    normal.paragraph_format.space_after = Pt(2)
    if marking:
        section.header.paragraphs[0].text = marking
    return document


def saved(document: WordDocument, title: str = "") -> bytes:
    """The document's bytes, the same for the same content whenever they are made."""
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", title, ""
    properties.created = properties.modified = FIXED
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def without_clock(content: bytes) -> bytes:
    """The same zip archive with one fixed time for every entry."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
            new.writestr(entry, old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def control(paragraph: Paragraph, text: str, name: str) -> None:
    """A plain-text content control; with its prompt showing where nothing was typed."""
    prompting = "<w:showingPlcHdr/>" if not text else ""
    look = '<w:rPr><w:color w:val="808080"/></w:rPr>' if not text else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in (text or PROMPT).split("\n")
    )
    _put(
        paragraph._p,
        (
            f"<w:sdt {NAMESPACES}><w:sdtPr><w:alias w:val={quoteattr(name[:60])}/>"
            f"<w:tag w:val={quoteattr(name[:60])}/>{prompting}<w:text w:multiLine='1'/></w:sdtPr>"
            f"<w:sdtContent><w:r>{look}{lines}</w:r></w:sdtContent></w:sdt>"
        ),
    )


def check_box(paragraph: Paragraph, ticked: bool) -> None:
    """A check box content control, as Word 2010 and later make it."""
    sign = "\N{BALLOT BOX WITH X}" if ticked else "\N{BALLOT BOX}"
    font = "MS Gothic"
    _put(
        paragraph._p,
        (
            f"<w:sdt {NAMESPACES}><w:sdtPr><w14:checkbox>"
            f'<w14:checked w14:val="{int(ticked)}"/>'
            f'<w14:checkedState w14:val="2612" w14:font="{font}"/>'
            f'<w14:uncheckedState w14:val="2610" w14:font="{font}"/></w14:checkbox></w:sdtPr>'
            f'<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"'
            f' w:eastAsia="{font}" w:hint="eastAsia"/></w:rPr><w:t>{sign}</w:t></w:r>'
            f"</w:sdtContent></w:sdt>"
        ),
    )


def glyph(paragraph: Paragraph, ticked: bool) -> None:
    """A Wingdings box, crossed or empty, inserted as a symbol."""
    code = "F0FE" if ticked else "F0A8"
    _put(paragraph._p, (f'<w:r {NAMESPACES}><w:sym w:font="Wingdings" w:char="{code}"/></w:r>'))


def shade(cell: _Cell, colour: str) -> None:
    """A cell's background."""
    properties = cell._tc.get_or_add_tcPr()
    _put(properties, f'<w:shd {NAMESPACES} w:val="clear" w:color="auto" w:fill="{colour}"/>')


def _put(parent: BaseOxmlElement, xml: str) -> None:
    """Appends raw XML; python-docx types a parent's children more narrowly than Word does."""
    children: Any = parent
    children.append(parse_xml(xml))
