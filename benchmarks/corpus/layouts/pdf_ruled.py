"""PDF layouts with ruled tables."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Spacer

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
