"""The three forms as documents: a merged Word grid, Word content controls, a fillable PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from docx.document import Document as WordDocument
from docx.table import Table as WordTable
from reportlab.lib.units import cm
from reportlab.platypus import Flowable, Paragraph, Spacer, Table, TableStyle

from benchmarks.teaching.sheets import Part, Question, parts, words
from tscp.demo.docx_xml import check_box, control, new_document, saved, shade
from tscp.demo.forms import FormContent
from tscp.demo.forms_pdf import SECTION, SMALL, TITLE, WIDTH, Boxes, Field, pdf, text
from tscp.demo.type_faces import register_faces

PALE, DARK = "EEEEEE", "C9C9C9"


def document(name: str, form: FormContent | None) -> bytes:
    """The form of this name, filled in, or blank (None)."""
    return DRAWN[name](name, list(parts(name, form)))


def file_name(name: str) -> str:
    """What such a document is called."""
    return f"{name}.pdf" if name == "fields" else f"{name}.docx"


def _grid(name: str, sheet: Iterable[Part]) -> bytes:
    """One grid of four columns a part: two questions a row, long ones across, boxes in lines."""
    document = _opened(name)
    for part in sheet:
        table = document.add_table(1, len(part.columns) or 4, "Table Grid")
        across = table.rows[0].cells[0].merge(table.rows[0].cells[-1])
        across.text = part.heading
        shade(across, DARK)
        if part.columns:
            _rows(table, part)
        half = False
        for question in part.questions:
            if question.long:
                _below(table, question)
                half = False
                continue
            cells = table.rows[-1].cells[2:] if half else table.add_row().cells[:2]
            _beside(cells[0], cells[1], question)
            half = not half
        document.add_paragraph()
    return saved(document, words()[name]["title"])


def _beside(label, answer, question: Question) -> None:  # type: ignore[no-untyped-def]
    label.text = question.label
    shade(label, PALE)
    signs = ("\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}")
    boxes = "\n".join(f"{signs[o.ticked]} {o.label}" for o in question.options)
    answer.text = boxes or question.text


def _below(table: WordTable, question: Question) -> None:
    above = table.add_row()  # type: ignore[no-untyped-call]
    cell = above.cells[0].merge(above.cells[3])
    cell.text = question.label
    shade(cell, PALE)
    below = table.add_row()  # type: ignore[no-untyped-call]
    below.cells[0].merge(below.cells[3]).text = question.text


def _rows(table: WordTable, part: Part) -> None:
    for cell, label in zip(table.add_row().cells, part.columns, strict=True):
        cell.text = label
        shade(cell, PALE)
    for row in part.rows:
        for cell, typed in zip(table.add_row().cells, row, strict=True):
            cell.text = typed


def _controls(name: str, sheet: Iterable[Part]) -> bytes:
    """Lines of a label with a content control behind it; tick boxes each on a line of its own."""
    document = _opened(name)
    for part in sheet:
        document.add_heading(part.heading, 1)
        for question in part.questions:
            line = document.add_paragraph(f"{question.label}: ")
            if question.options:
                for option in question.options:
                    box = document.add_paragraph()
                    check_box(box, option.ticked)
                    box.add_run(f" {option.label}")
            else:
                control(line, question.text, "")
        if part.columns:
            table = document.add_table(1, len(part.columns), "Table Grid")
            for cell, label in zip(table.rows[0].cells, part.columns, strict=True):
                cell.paragraphs[0].add_run(label).bold = True
            for row in part.rows:
                for cell, typed in zip(table.add_row().cells, row, strict=True):
                    control(cell.paragraphs[0], typed, "")
    return saved(document, words()[name]["title"])


def _opened(name: str) -> WordDocument:
    document = new_document()
    document.add_heading(words()[name]["title"], 0)
    for note in words()[name]["notes"]:
        document.add_paragraph(note)
    return document


def _fields(name: str, sheet: Iterable[Part]) -> bytes:
    """A fillable PDF without rules: two questions side by side, each label above its field."""
    register_faces()
    flow: list[Flowable] = [text(words()[name]["title"], TITLE)]
    flow += [text(note) for note in words()[name]["notes"]]
    for number, part in enumerate(sheet):
        flow.append(text(part.heading, SECTION))
        held: list[list[Flowable]] = []
        for question in part.questions:
            cell = _field(f"f{number}.{question.label}", question)
            if question.long or question.options:
                flow += [*_two(held), *cell, Spacer(0, 5)]
                held = []
            else:
                held.append(cell)
        flow += _two(held)
        if part.columns:
            flow.append(_event_table(number, part))
    return pdf(flow, words()[name]["title"])


def _field(name: str, question: Question) -> list[Flowable]:
    above = Paragraph(question.label, SMALL.clone("label", fontName="Helvetica", fontSize=8))
    if question.options:
        return [above, Boxes(question.options, name)]
    return [above, Field(name, "", question.text, question.long)]


def _two(cells: list[list[Flowable]]) -> list[Flowable]:
    """Two and two side by side."""
    made: list[Flowable] = []
    for at in range(0, len(cells), 2):
        row = [*cells[at : at + 2], ""][:2]
        style = TableStyle(
            [("LEFTPADDING", (0, 0), (-1, -1), 0), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        )
        made.append(Table([row], colWidths=[WIDTH / 2] * 2, style=style))
    return made


def _event_table(number: int, part: Part) -> Flowable:
    widths = [2.6 * cm, 1.8 * cm, 3 * cm, WIDTH - 7.4 * cm]
    rows: list[list[Flowable]] = [[text(label) for label in part.columns]]
    for at, row in enumerate(part.rows):
        rows.append([Field(f"t{number}.{at}.{i}", "", typed, False) for i, typed in enumerate(row)])
    return Table(rows, colWidths=widths, style=TableStyle([("LEFTPADDING", (0, 0), (-1, -1), 0)]))


DRAWN: Mapping[str, Callable[[str, Iterable[Part]], bytes]] = {
    "grid": _grid,
    "controls": _controls,
    "fields": _fields,
}
