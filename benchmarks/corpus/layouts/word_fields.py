"""Word layouts filled in fields: content controls at every level, and the older form fields."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.table import Table, _Cell, _Row

from benchmarks.corpus import word
from benchmarks.corpus.form import Form, Question, Row, Section
from tscp.demo.docx_xml import NAMESPACES, PROMPT

W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
PALE = "E7E6E6"
DATES = ("_date", "_on", "date_of_birth", "date_of_death")


def controls(form: Form) -> bytes:
    """Label | content control: about cells, rows, paragraphs and runs; children repeat."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 1)
        if section.questions:
            _table(document, section.questions, form)
        if section.group == "children":
            for number, row in enumerate(section.rows, 1):
                document.add_heading(word.heading_of(section, number), 2)
                _table(document, row, form)
        elif section.group:
            _repeating(document, section, form)
    return word.saved(document)


def _table(document: WordDocument, questions: Row, form: Form) -> None:
    table = document.add_table(0, 2, "Table Grid")
    for question in questions:
        row = table.add_row()
        left, right = row.cells
        word.label(left, question.label, colour=PALE)
        word.guidance(left, question)
        _controlled(row, right, question, form)


def _controlled(row: _Row, cell: _Cell, question: Question, form: Form) -> None:
    """The answer in a control of the kind that fits, at a level of the form's choice."""
    chosen = [option for option in question.options if option.ticked]
    if question.options and (len(chosen) > 1 or len(question.options) > 6):
        word.fill(cell, question, "controls")
        return
    paragraph = cell.paragraphs[0]
    prompt = "Choose an item." if question.options else PROMPT
    paragraph.add_run(question.text or prompt)
    if question.options:
        items = "".join(
            f"<w:listItem w:displayText={quoteattr(o.label)} w:value={quoteattr(o.label)}/>"
            for o in question.options
        )
        kind = f"<w:dropDownList>{items}</w:dropDownList>"
    elif question.key.endswith(DATES):
        kind = '<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="en-GB"/></w:date>'
    else:
        kind = '<w:text w:multiLine="1"/>'
    level = form.chance.choice(("run", "paragraph", "paragraph", "cell", "row"))
    if form.plain and not kind.startswith("<w:text"):
        level = "run"  # LibreOffice puts lists about more than a run into the next row
    inner: Any = {"run": paragraph.runs[0]._r, "paragraph": paragraph._p, "cell": cell._tc}.get(
        level, row._tr
    )
    _wrapped(
        inner, kind if level != "row" else "", question.label, not question.text and level != "row"
    )


def _wrapped(element: Any, kind: str, name: str, empty: bool) -> None:
    """Puts a content control about an element."""
    showing = "<w:showingPlcHdr/>" if empty else ""
    parent = element.getparent()
    control = parse_xml(
        f"<w:sdt {NAMESPACES} {W15}><w:sdtPr><w:alias w:val={quoteattr(name[:60])}/>{showing}{kind}"
        "</w:sdtPr><w:sdtContent/></w:sdt>"
    )
    parent.replace(element, control)
    content: Any = control
    content[-1].append(element)


def _repeating(document: WordDocument, section: Section, form: Form) -> None:
    """A grid whose rows are items of a repeating section."""
    table: Table = word.grid(document, section, form.marks, PALE)
    rows = [row._tr for row in table.rows][1 : 1 + len(section.rows)]
    if not rows:
        return
    for row in rows:
        _wrapped(row, "<w15:repeatingSectionItem/>", section.heading, False)
    items: list[Any] = [row.getparent().getparent() for row in rows]
    first = items[0]
    _wrapped(first, "<w15:repeatingSection/>", section.heading, False)
    for item in items[1:]:
        first.getparent().append(item)


def legacy_fields(form: Form) -> bytes:
    """Label | FORMTEXT, FORMDROPDOWN or FORMCHECKBOX, as forms of Word 2003 are."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 1)
        if section.questions:
            _legacy_rows(document, section.questions)
        if section.group == "children":
            for number, row in enumerate(section.rows, 1):
                document.add_heading(word.heading_of(section, number), 2)
                _legacy_rows(document, row)
        elif section.group:
            _legacy_grid(document, section)
    return word.saved(document)


def _legacy_rows(document: WordDocument, questions: Row) -> None:
    table = document.add_table(0, 2, "Table Grid")
    for question in questions:
        left, right = word.row(table)
        word.label(left, question.label, colour=PALE)
        word.guidance(left, question)
        _legacy(right, question)


def _legacy_grid(document: WordDocument, section: Section) -> None:
    table = document.add_table(1, len(section.columns), "Table Grid")
    for cell, text in zip(table.rows[0].cells, section.columns, strict=True):
        word.label(cell, text, colour=PALE)
    for row in section.rows:
        for cell, question in zip(word.row(table), row, strict=True):
            _legacy(cell, question)
    for _ in range(section.spare):
        for cell, question in zip(word.row(table), section.rows[0], strict=True):
            _text_field(cell, Question(question.key, question.label, question.answer), "")


def _legacy(cell: _Cell, question: Question) -> None:
    ticked = [number for number, o in enumerate(question.options, 1) if o.ticked]
    if question.options and (len(question.options) > 4 or len(ticked) > 1):
        word.write(cell.paragraphs[0], question, "legacy")
    elif len(question.options) > 2:
        entries = ["Please select", *(o.label for o in question.options)]
        items = "".join(f"<w:listEntry w:val={quoteattr(entry)}/>" for entry in entries)
        result = f'<w:result w:val="{ticked[0]}"/>' if ticked else ""
        data = f'<w:name w:val="Dropdown1"/><w:enabled/><w:ddList>{result}{items}</w:ddList>'
        word.field(cell.paragraphs[0], "FORMDROPDOWN", f"<w:ffData>{data}</w:ffData>", "")
    elif question.options:
        word.write(cell.paragraphs[0], question, "legacy")
    else:
        _text_field(cell, question, question.text)


def _text_field(cell: _Cell, question: Question, text: str) -> None:
    name = escape(question.key.replace(" ", "_"))[:20]
    data = f'<w:ffData><w:name w:val="{name}"/><w:enabled/><w:textInput/></w:ffData>'
    word.field(cell.paragraphs[0], "FORMTEXT", data, text or "\u2002" * 5)
