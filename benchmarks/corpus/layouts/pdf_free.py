"""PDF layouts without ruled tables of questions: columns, lines, dots, two columns a page."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from benchmarks.corpus import pdf
from benchmarks.corpus.form import Form, Question, Row, Section
from tscp.demo.type_faces import BOLD, PLAIN

Draw = Callable[[Row, Form], Iterator[Flowable]]


def _flow(form: Form, draw: Draw, grids: bool = True) -> Iterator[Flowable]:
    yield from pdf.opening(form)
    for section in form.sections:
        yield pdf.text(section.heading, pdf.HEADING)
        for name, row in _blocks(section, grids):
            if name:
                yield pdf.text(name, pdf.STRONG)
            yield from draw(row, form)
            yield Spacer(0, 5)
        if section.group and section.group != "children" and grids:
            yield pdf.grid(section, form.marks)


def _blocks(section: Section, grids: bool) -> Iterator[tuple[str, Row]]:
    if section.questions:
        yield "", section.questions
    if section.group == "children" or not grids:
        for number, row in enumerate(section.rows, 1):
            many = len(section.rows) > 1
            yield (section.row_heading.format(number=number) if many else ""), row


def unruled(form: Form) -> bytes:
    """Labels in one column, answers in another, no rule anywhere but in grids."""

    def draw(row: Row, form: Form) -> Iterator[Flowable]:
        rows = [[pdf.label(q), pdf.answer(q, form.marks)] for q in row]
        table = Table(rows, colWidths=(pdf.WIDTH * 0.4, pdf.WIDTH * 0.6), splitInRow=1)
        table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
        yield table

    return pdf.saved(form, list(_flow(form, draw)))


def dotted(form: Form) -> bytes:
    """'Label ........ answer ........': answers typed on dotted lines; guidance below."""

    def draw(row: Row, form: Form) -> Iterator[Flowable]:
        for question in row:
            yield _on_dots(question, form)
            if question.guidance:
                yield pdf.text(question.guidance, pdf.SMALL)
            yield Spacer(0, 3)

    return pdf.saved(form, list(_flow(form, draw, grids=False)))


def _on_dots(question: Question, form: Form) -> Flowable:
    lead = f'<font name="{BOLD}">{escape(question.label)}</font> '
    if question.options or question.long:
        return pdf.answer(question, form.marks, lead)
    free = (
        pdf.WIDTH - 30 - stringWidth(question.label, BOLD, 9) - stringWidth(question.text, PLAIN, 9)
    )
    dots = max(int((free - 14) / stringWidth(".", PLAIN, 9)), 6)
    before = min(4, dots // 2)
    typed = escape(question.text).replace("\n", "<br/>")
    written = f"{lead}{'.' * before}{typed}{'.' * (dots - before)}"
    return Paragraph(written, pdf.BODY)


def colons(form: Form) -> bytes:
    """'Label: answer' lines, long answers under their label."""

    def draw(row: Row, form: Form) -> Iterator[Flowable]:
        for question in row:
            colon = "" if question.label.endswith((":", "?")) else ":"
            lead = f'<font name="{BOLD}">{escape(question.label)}{colon}</font> '
            if question.long and not question.options:
                yield Paragraph(lead, pdf.BODY)
                yield pdf.answer(question, form.marks)
            else:
                yield pdf.answer(question, form.marks, lead)
            yield Spacer(0, 4)

    return pdf.saved(form, list(_flow(form, draw)))


def boxes(form: Form) -> bytes:
    """Boxes two a row, the label small in each box's corner, the answer below it."""

    def draw(row: Row, form: Form) -> Iterator[Flowable]:
        short = [q for q in row if not (q.long or q.options)]
        for first in range(0, len(short), 2):
            pair = short[first : first + 2]
            cells = [[*_small(q), pdf.answer(q, form.marks)] for q in pair]
            yield pdf.table([cells], [pdf.WIDTH / len(pair)] * len(pair))
        for question in row:
            if question.long or question.options:
                box = [*_small(question), pdf.answer(question, form.marks)]
                yield pdf.table([[box]], [pdf.WIDTH])

    return pdf.saved(form, list(_flow(form, draw)))


def _small(question: Question) -> list[Flowable]:
    return [pdf.text(part, pdf.SMALL) for part in (question.label, question.guidance) if part]


def two_page_columns(form: Form) -> bytes:
    """Pages of two columns; each label in bold over its answer."""
    width, height = A4
    half = (width - 4 * cm) / 2

    def draw(row: Row, form: Form) -> Iterator[Flowable]:
        for question in row:
            yield from pdf.label(question)
            yield pdf.answer(question, form.marks)
            yield Spacer(0, 4)

    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=A4, title=form.title, invariant=1)
    frames = [Frame(1.5 * cm + n * (half + cm), 1.5 * cm, half, height - 3 * cm) for n in range(2)]
    document.addPageTemplates([PageTemplate(frames=frames)])
    document.build(list(_flow(form, draw, grids=False)))
    return buffer.getvalue()


def turned(form: Form) -> bytes:
    """Landscape pages as many printers make them: upright pages with /Rotate 90."""
    width, height = A4

    def turn(canvas: object, _document: object) -> None:
        page: pdf.Canvas = canvas
        page.setPageSize(A4)
        page.setPageRotation(90)
        page.transform(0, 1, -1, 0, width, 0)

    def draw(row: Row, form: Form) -> Iterator[Flowable]:
        rows = [[pdf.label(q), pdf.answer(q, form.marks)] for q in row]
        yield pdf.table(rows, (9 * cm, 16 * cm))

    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=(height, width), title=form.title, invariant=1)
    frame = Frame(1.5 * cm, 1.5 * cm, height - 3 * cm, width - 3 * cm)
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=turn)])
    document.build(list(_flow(form, draw)))
    return buffer.getvalue()
