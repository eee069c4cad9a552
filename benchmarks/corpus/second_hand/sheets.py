"""Held-out layouts in PDF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.lib.colors import HexColor, grey
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from benchmarks.corpus import pdf
from benchmarks.corpus.form import Form, Question, Row, Section
from benchmarks.corpus.second_hand.papers import two_by_two
from tscp.demo.forms import Option as DrawnOption
from tscp.demo.forms_pdf import ON_DARK, Field

HALF = pdf.WIDTH / 2
DARK = HexColor("#005EB8")
PLAIN = str.maketrans("•’‘“”–—…", "*''\"\"--.")  # the fields' own letters have no others


def _parts(form: Form) -> Iterator[tuple[Section, str, Row]]:
    """Each section, and each child of it, with its heading; lists have no questions."""
    for section in form.sections:
        if section.group == "children":
            for number, row in enumerate(section.rows, 1):
                name = section.row_heading.format(number=number)
                more = f" - {name}" if len(section.rows) > 1 else ""
                yield section, section.heading + more, row
        else:
            yield section, section.heading, section.questions


def _bar(heading: str) -> Flowable:
    table = Table([[pdf.text(heading, ON_DARK)]], colWidths=[pdf.WIDTH])
    table.setStyle(TableStyle([("BACKGROUND", (0, 0), (-1, -1), DARK)]))
    return table


def boxes(form: Form) -> bytes:
    """Boxes, two a row, the label small inside at the top and the answer under it."""

    def flow() -> Iterator[Flowable]:
        yield from pdf.opening(form)
        for section, heading, questions in _parts(form):
            yield _bar(heading)
            if section.group and section.group != "children":
                yield pdf.grid(section, form.marks)
            for pair in two_by_two(questions):
                cells = [[*pdf.label(q, strong=False), pdf.answer(q, form.marks)] for q in pair]
                cells += [[pdf.text("")]] if len(pair) == 1 and not pair[0].long else []
                yield pdf.table([cells], (pdf.WIDTH / len(cells),) * len(cells))
            yield Spacer(0, 6)

    return pdf.saved(form, list(flow()))


def bars(form: Form) -> bytes:
    """Question left, answer right, thin lines across between them, none down."""

    def flow() -> Iterator[Flowable]:
        yield from pdf.opening(form)
        for section, heading, questions in _parts(form):
            yield pdf.text(heading, pdf.HEADING)
            if section.group and section.group != "children":
                yield pdf.grid(section, form.marks)
            if questions:
                rows = [[pdf.label(q, strong=False), pdf.answer(q, form.marks)] for q in questions]
                table = Table(rows, colWidths=(pdf.WIDTH * 0.42, pdf.WIDTH * 0.58), splitInRow=1)
                line = ("LINEBELOW", (0, 0), (-1, -1), 0.4, grey)
                table.setStyle(TableStyle([line, ("VALIGN", (0, 0), (-1, -1), "TOP")]))
                yield table

    return pdf.saved(form, list(flow()))


def dotted(form: Form) -> bytes:
    """Label: answer on a line, dots where nothing is written; long answers below."""

    def line(question: Question) -> Iterator[Flowable]:
        label = question.label.rstrip(":?") + (":" if not question.label.endswith("?") else "?")
        if question.options or question.long:
            yield pdf.text(label, pdf.STRONG)
            if question.guidance:
                yield pdf.text(question.guidance, pdf.SMALL)
            empty = not question.options and not question.text
            yield pdf.text("." * 120) if empty else pdf.answer(question, form.marks)
        elif question.text:
            yield pdf.answer(question, form.marks, lead=f"<b>{label}</b> ")
        else:
            yield pdf.text(f"{label} {'.' * 50}")

    def flow() -> Iterator[Flowable]:
        yield from pdf.opening(form)
        for section, heading, questions in _parts(form):
            yield Spacer(0, 8)
            yield pdf.text(heading, pdf.HEADING)
            if section.group and section.group != "children":
                yield pdf.grid(section, form.marks)
            for question in questions:
                yield from line(question)
                yield Spacer(0, 3)

    return pdf.saved(form, list(flow()))


def fields(form: Form) -> bytes:
    """A form to be filled on screen: the field under its label, two columns where short."""
    names = iter(range(1, 10_000))

    def entered(question: Question) -> Flowable:
        name = f"f{next(names)}"
        if question.options:
            return pdf.Boxes([DrawnOption(o.label, o.ticked) for o in question.options], name)
        return Field(name, question.label, question.text.translate(PLAIN), question.long)

    def flow() -> Iterator[Flowable]:
        yield from pdf.opening(form)
        for section, heading, questions in _parts(form):
            yield _bar(heading)
            if section.group and section.group != "children":
                rows: list[list[Any]] = [[pdf.text(c, pdf.STRONG) for c in section.columns]]
                rows += [[entered(q) for q in row] for row in section.rows]
                yield pdf.table(rows, (pdf.WIDTH / len(section.columns),) * len(section.columns))
            for pair in two_by_two(questions):
                cells = [[*pdf.label(q, strong=False), entered(q)] for q in pair]
                table = Table([cells], colWidths=(pdf.WIDTH / len(cells),) * len(cells))
                table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
                yield table

    return pdf.saved(form, list(flow()))
