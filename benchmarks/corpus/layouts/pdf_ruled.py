"""PDF layouts with ruled tables."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable, KeepInFrame, Spacer

from benchmarks.corpus import pdf
from benchmarks.corpus.form import Form, Row
from tscp.demo.forms_pdf import LABEL


def ruled(form: Form) -> bytes:
    """Label | answer in ruled tables across the pages."""
    return pdf.saved(form, list(_ruled(form)))


def _ruled(form: Form) -> Iterator[Flowable]:
    yield from pdf.opening(form)
    for section in form.sections:
        yield pdf.text(section.heading, pdf.HEADING)
        if section.questions:
            yield _rows(section.questions, form)
        if section.group == "children":
            for number, row in enumerate(section.rows, 1):
                if len(section.rows) > 1:
                    yield pdf.text(section.row_heading.format(number=number), pdf.STRONG)
                yield from (_rows(row, form), Spacer(0, 4))
        elif section.group:
            yield pdf.grid(section, form.marks)


def _rows(questions: Row, form: Form) -> Flowable:
    rows = [[pdf.label(q), pdf.answer(q, form.marks)] for q in questions]
    shaded = [("BACKGROUND", (0, 0), (0, -1), LABEL)]
    return pdf.table(rows, (pdf.WIDTH * 0.36, pdf.WIDTH * 0.64), shaded)


def one_page(form: Form) -> bytes:
    """Everything shrunk onto one page: label | answer | label | answer, long answers across."""
    flow = list(pdf.opening(form))
    for section in form.sections:
        flow.append(pdf.text(section.heading, pdf.HEADING))
        rows = (section.questions, *(section.rows if section.group == "children" else ()))
        flow += [_pairs(row, form) for row in rows if row]
        if section.group and section.group != "children":
            flow.append(pdf.grid(section, form.marks))
    return pdf.saved(form, [KeepInFrame(pdf.WIDTH, A4[1] - 130, flow, mode="shrink")])


def _pairs(questions: Row, form: Form) -> Flowable:
    rows: list[list[object]] = []
    across: list[tuple[object, ...]] = []
    half = False
    for question in questions:
        cells = [pdf.label(question), pdf.answer(question, form.marks)]
        if question.long or question.options:
            across.append(("SPAN", (1, len(rows)), (3, len(rows))))
            rows.append([*cells, "", ""])
            half = False
        elif half:
            rows[-1][2:] = cells
            half = False
        else:
            rows.append([*cells, "", ""])
            half = True
    width = pdf.WIDTH
    return pdf.table(rows, (width * 0.2, width * 0.3, width * 0.2, width * 0.3), across)
