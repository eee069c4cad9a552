"""A Word layout whose long answers stand in text boxes, drawn twice as Word does: new and old."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from benchmarks.corpus import word
from benchmarks.corpus.form import Form, Question, Row
from tscp.demo.docx_xml import NAMESPACES

DRAWN = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
URI = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
EMU, WIDTH, LINE, LETTERS = 12700, 480, 15, 90
"""EMU a point; a box's width and a line's height in points; letters a line."""


def text_boxes(form: Form) -> bytes:
    """Short answers in tables label | answer, each long one in a text box under its label."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 1)
        _asked(document, section.questions, form)
        if section.group == "children":
            for number, row in enumerate(section.rows, 1):
                document.add_heading(word.heading_of(section, number), 2)
                _asked(document, row, form)
        elif section.group:
            word.grid(document, section, form.marks)
    return word.saved(document)


def _asked(document: WordDocument, questions: Row, form: Form) -> None:
    for boxed, some in groupby(questions, key=lambda q: q.long and not q.options):
        if not boxed:
            word.rows(document, tuple(some), form.marks)
            continue
        for question in some:
            word.label(document.add_paragraph(), question.label)
            _box(document, question)


def _box(document: WordDocument, question: Question) -> None:
    lines = question.lines
    height = LINE * (2 + sum(1 + len(line) // LETTERS for line in lines))
    typed = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines
    )
    content = f"<w:txbxContent>{typed}</w:txbxContent>"
    size = f'cx="{WIDTH * EMU}" cy="{height * EMU}"'
    shape = (
        f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="9525"><a:solidFill>'
        '<a:srgbClr val="000000"/></a:solidFill></a:ln></wps:spPr>'
        f"<wps:txbx>{content}</wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    new = (
        f'<w:drawing><wp:inline><wp:extent {size}/><wp:docPr id="1" name="Text Box 1"/>'
        f'<a:graphic><a:graphicData uri="{URI}">{shape}</a:graphicData></a:graphic></wp:inline>'
        "</w:drawing>"
    )
    old = (
        f'<w:pict><v:shape style="width:{WIDTH}pt;height:{height}pt"><v:textbox>{content}'
        "</v:textbox></v:shape></w:pict>"
    )
    parent: Any = document.add_paragraph()._p
    parent.append(
        parse_xml(
            f'<w:r {NAMESPACES} {DRAWN}><mc:AlternateContent><mc:Choice Requires="wps">{new}'
            f"</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
        )
    )
