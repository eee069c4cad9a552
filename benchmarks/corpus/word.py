"""What Word layouts share: the empty page, an answer in a paragraph or a cell, a grid."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import parse_xml
from docx.shared import Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from benchmarks.corpus.form import Form, Question, Row, Section
from benchmarks.corpus.marks import CROSSED, EMPTY, Run, runs
from tscp.demo.docx_xml import NAMESPACES, check_box, glyph, new_document, shade
from tscp.demo.docx_xml import saved as saved_with

__all__ = (
    "fill",
    "grid",
    "label",
    "legacy_box",
    "new",
    "put",
    "row",
    "rows",
    "saved",
    "shade",
    "write",
)
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
WHEN = 'w:author="A. Writer" w:date="2026-01-05T09:00:00Z"'


def new(form: Form, intro: bool = True) -> WordDocument:
    """A page with title, subtitle and intro; the version in the header, footer or subtitle."""
    document = new_document()
    document.add_heading(form.title, 0)
    document.add_paragraph(form.subtitle)
    place = form.chance.randrange(3)
    if form.version and place == 0:
        document.sections[0].footer.paragraphs[0].text = f"{form.title} {form.version}"
    elif form.version and place == 1:
        document.sections[0].header.add_paragraph(form.version)
    elif form.version:
        document.add_paragraph(form.version)
    if form.intro and intro:
        document.add_paragraph(form.intro)
    return document


def saved(document: WordDocument) -> bytes:
    """The document's bytes, the same for the same content."""
    return saved_with(document)


def label(place: Paragraph | _Cell, text: str, bold: bool = True, colour: str = "") -> None:
    """A label; in a cell perhaps with a background ('D9E2F3')."""
    paragraph = place.paragraphs[0] if isinstance(place, _Cell) else place
    paragraph.add_run(text).bold = bold
    if colour and isinstance(place, _Cell):
        shade(place, colour)


def guidance(place: _Cell | Paragraph, question: Question) -> None:
    """The guidance in small italics, below in a cell or behind in a paragraph."""
    if question.guidance:
        paragraph = place.add_paragraph() if isinstance(place, _Cell) else place
        run = paragraph.add_run(question.guidance)
        run.italic, run.font.size = True, Pt(8)


def heading_of(section: Section, number: int) -> str:
    """The heading of a row drawn as a block: 'Child 2'."""
    return section.row_heading.format(number=number)


def fill(cell: _Cell, question: Question, marks: str) -> None:
    """The answer in a cell, each typed line a paragraph."""
    if question.options or question.deleted or question.key.endswith("email"):
        write(cell.paragraphs[-1], question, marks)
        return
    for number, line in enumerate(question.lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[-1]
        paragraph.add_run(line)


def write(paragraph: Paragraph, question: Question, marks: str) -> None:
    """The answer in a paragraph, typed lines parted by line breaks; tracked if it was changed."""
    if question.deleted and not question.options:
        _tracked(paragraph, question)
        return
    if question.key.endswith("email") and len(question.text) % 2:
        _linked(paragraph, question.text)
        return
    for run in runs(question, marks):
        if run.box:
            _box(paragraph, run)
        else:
            _run(paragraph, run)


def _linked(paragraph: Paragraph, address: str) -> None:
    """An e-mail address as Word makes it: a link."""
    target = paragraph.part.relate_to(f"mailto:{address}", RELATION.HYPERLINK, is_external=True)
    link: Any = parse_xml(f'<w:hyperlink {NAMESPACES} {R} r:id="{target}"/>')
    run: Any = paragraph.add_run(address)._r
    link.append(run)
    parent: Any = paragraph._p
    parent.append(link)


def _run(paragraph: Paragraph, run: Run) -> None:
    written = paragraph.add_run(run.text)
    if run.look == "bold":
        written.bold = True
    elif run.look == "underlined":
        written.underline = True
    elif run.look == "highlighted":
        written.font.highlight_color = WD_COLOR_INDEX.YELLOW
    elif run.look == "struck":
        written.font.strike = True


def _box(paragraph: Paragraph, run: Run) -> None:
    if run.box == "control":
        check_box(paragraph, run.ticked)
    elif run.box == "wingdings":
        glyph(paragraph, run.ticked)
    elif run.box == "legacy":
        legacy_box(paragraph, run.ticked)
    else:
        paragraph.add_run(CROSSED if run.ticked else EMPTY)


def legacy_box(paragraph: Paragraph, ticked: bool) -> None:
    """A check box of Word 97 forms (FORMCHECKBOX)."""
    data = (
        f'<w:ffData><w:name w:val="Check1"/><w:enabled/><w:checkBox><w:sizeAuto/>'
        f'<w:default w:val="0"/><w:checked w:val="{int(ticked)}"/></w:checkBox></w:ffData>'
    )
    field(paragraph, "FORMCHECKBOX", data, "")


def field(paragraph: Paragraph, name: str, data: str, shown: str) -> None:
    """A legacy form field: begin with its data, instruction, separator, what is shown, end."""
    put(paragraph, f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>')
    put(paragraph, f'<w:instrText xml:space="preserve"> {name} </w:instrText>')
    put(paragraph, '<w:fldChar w:fldCharType="separate"/>')
    if shown:
        paragraph.add_run(shown)
    put(paragraph, '<w:fldChar w:fldCharType="end"/>')


def put(paragraph: Paragraph, inner: str) -> None:
    """A run of raw XML."""
    parent: Any = paragraph._p
    parent.append(parse_xml(f"<w:r {NAMESPACES}>{inner}</w:r>"))


def _tracked(paragraph: Paragraph, question: Question) -> None:
    """What was typed first as deleted, the answer as inserted."""
    parent: Any = paragraph._p
    gone = f"<w:r><w:delText xml:space='preserve'>{question.deleted} </w:delText></w:r>"
    parent.append(parse_xml(f'<w:del {NAMESPACES} w:id="901" {WHEN}>{gone}</w:del>'))
    inserted: Any = parse_xml(f'<w:ins {NAMESPACES} w:id="902" {WHEN}/>')
    run: Any = paragraph.add_run(question.text)._r
    inserted.append(run)
    parent.append(inserted)


def grid(document: WordDocument | _Cell, section: Section, marks: str, colour: str = "") -> Table:
    """Rows under column headings, with the spare rows empty below."""
    count = len(section.columns)
    table = document.add_table(1, count)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, section.columns, strict=True):
        label(cell, text, colour=colour)
    for printed in section.rows:
        for number in range(max(len(question.parts) for question in printed)):
            for cell, question in zip(row(table), printed, strict=True):
                if number < len(question.parts):
                    fill(cell, question.parts[number], marks)
    for _ in range(section.spare):
        table.add_row()
    return table


def row(table: Table) -> tuple[_Cell, ...]:
    """The cells of a new row."""
    new: Any = table.add_row()  # type: ignore[no-untyped-call]
    return tuple(new.cells)


def rows(document: WordDocument | _Cell, questions: Row, marks: str, colour: str = "") -> Table:
    """A table label | answer; what goes on below goes on beside an empty label."""
    table = document.add_table(0, 2)
    table.style = "Table Grid"
    for question in questions:
        left, right = row(table)
        label(left, question.label, colour=colour)
        guidance(left, question)
        for number, part in enumerate(question.parts):
            fill(row(table)[1] if number else right, part, marks)
    return table
