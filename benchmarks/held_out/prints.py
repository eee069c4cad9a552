"""PDFs: labels in the corner of ruled boxes, form fields three across, a report without rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table, TableStyle

from benchmarks.corpus import pdf
from benchmarks.corpus.build import Layout
from benchmarks.corpus.form import Form, Option, Question, Row, Section
from benchmarks.held_out.sheets import CAPITALS, OLD_BOARD, SENTENCES, TRUST
from tscp.demo.forms import Option as DrawnOption
from tscp.demo.forms_pdf import Field
from tscp.demo.type_faces import BOLD, PLAIN

TINY = ParagraphStyle(
    "tiny", fontName=PLAIN, fontSize=6.5, leading=8, textColor=HexColor("#333333")
)
BAR = ParagraphStyle("bar", fontName=BOLD, fontSize=10, leading=13, textColor=white)
DARK, PALE = HexColor("#3B3838"), HexColor("#F2F2F2")
UNRULED = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)])
FIELDS_ACROSS = 3


def bar(text: str) -> Flowable:
    """A heading in white on a dark bar."""
    return pdf.table([[pdf.text(text, BAR)]], (pdf.WIDTH,), [("BACKGROUND", (0, 0), (0, 0), DARK)])


def unruled(cells: list[Any], widths: tuple[float, ...]) -> Flowable:
    """A row without any rule, kept on one page."""
    return KeepTogether(Table([cells], colWidths=widths, style=UNRULED, splitInRow=1))


def _packed(questions: Row, across: int) -> Iterator[list[Question]]:
    """Short questions so many to a row, long ones and those with many choices alone."""
    waiting: list[Question] = []
    for question in questions:
        alone = question.long or len(question.options) > 3 or bool(question.guidance)
        if waiting and (alone or len(waiting) == across):
            yield waiting
            waiting = []
        if alone:
            yield [question]
        else:
            waiting.append(question)
    if waiting:
        yield waiting


def corners(form: Form) -> bytes:
    """Ruled boxes, the label small in the upper corner, the answer below it in the same box."""
    flow = list(pdf.opening(form))
    for section in form.sections:
        flow.append(bar(section.heading))
        flow += _cornered(section.questions, form.marks)
        if section.group in ("events", "family"):
            flow.append(pdf.grid(section, form.marks))
        else:
            for number, row in enumerate(section.rows, 1):
                flow.append(pdf.text(section.row_heading.format(number=number), pdf.STRONG))
                flow += _cornered(row, form.marks)
        flow.append(Spacer(0, 6))
    return pdf.saved(form, flow)


def _cornered(questions: Row, marks: str) -> Iterator[Flowable]:
    for few in _packed(questions, 2):
        cells: list[Any] = []
        for question in few:
            note = f" ({question.guidance})" if question.guidance else ""
            cells.append([pdf.text(question.label + note, TINY), pdf.answer(question, marks)])
        yield KeepTogether(pdf.table([cells], (pdf.WIDTH / len(few),) * len(few)))


def fields_across(form: Form) -> bytes:
    """Form fields three across under their labels; names that say nothing, as tools give them."""
    flow = list(pdf.opening(form))
    count = iter(range(1, 10_000))
    for section in form.sections:
        flow.append(pdf.text(section.heading, pdf.HEADING))
        flow += [_fields(few, count) for few in _packed(section.questions, FIELDS_ACROSS)]
        if section.group == "events":
            flow.append(_field_grid(section, count))
            continue
        for number, row in enumerate(section.rows, 1):
            flow.append(pdf.text(section.row_heading.format(number=number), pdf.STRONG))
            flow += [_fields(few, count) for few in _packed(row, FIELDS_ACROSS)]
    return pdf.saved(form, flow)


def _fields(questions: list[Question], count: Iterator[int]) -> Flowable:
    cells: list[Any] = [[*pdf.label(q), *_field(q, count)] for q in questions]
    return unruled(cells, (pdf.WIDTH / len(cells),) * len(cells))


def _field(question: Question, count: Iterator[int]) -> Iterator[Flowable]:
    number = next(count)
    if question.options:
        drawn = [DrawnOption(o.label, o.ticked) for o in question.options]
        yield pdf.Boxes(drawn, f"Check Box{number}")
        if question.comment:
            yield _text_field(question.comment, next(count), tall=False)
        return
    yield _text_field(question.text, number, tall=question.long or "\n" in question.text)


def _text_field(typed: str, number: int, tall: bool) -> Flowable:
    """A field; a bullet, which its face does not have, is typed as a hyphen."""
    known = typed.replace("\N{BULLET}", "-").encode("cp1252", "replace").decode("cp1252")
    return Field(f"Text{number}", f"Text{number}", known, tall)


def _field_grid(section: Section, count: Iterator[int]) -> Flowable:
    width = pdf.WIDTH / len(section.columns)
    rows: list[list[Any]] = [[pdf.text(text, pdf.STRONG) for text in section.columns]]
    typed = [[q.text for q in row] for row in section.rows]
    typed += [[""] * len(section.columns) for _ in range(section.spare)]
    rows += [[_text_field(t, next(count), tall=len(t) > 16) for t in row] for row in typed]
    return pdf.table(rows, (width,) * len(section.columns), repeatRows=1)


def report(form: Form) -> bytes:
    """Labels at the left, answers beside them, no rules; choices in a list; a column a person."""
    flow = list(pdf.opening(form))
    for section in form.sections:
        flow += [bar(section.heading), Spacer(0, 3)]
        flow += [_unruled(question, form.marks) for question in section.questions]
        if section.group in ("children", "family"):
            flow.append(_person_columns(section, form.marks))
        elif section.group:
            flow.append(pdf.grid(section, form.marks))
        flow.append(Spacer(0, 8))
    return pdf.saved(form, flow)


def _unruled(question: Question, marks: str) -> Flowable:
    shown: list[Flowable] = [pdf.answer(question, marks)]
    if len(question.options) > 3:
        shown = [pdf.text(_line(option)) for option in question.options]
        shown += [pdf.text(question.comment)] if question.comment else []
    if question.guidance:
        shown.insert(0, pdf.text(question.guidance, pdf.SMALL))
    cells: list[Any] = [pdf.text(question.label), shown]
    return unruled(cells, (pdf.WIDTH * 0.32, pdf.WIDTH * 0.68))


def _line(option: Option) -> str:
    sign = "X" if option.ticked else "\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"
    return f"[{sign}] {option.label}"


def _person_columns(section: Section, marks: str) -> Flowable:
    people = len(section.rows)
    heads = [section.row_heading.format(number=n + 1) for n in range(people)]
    rows: list[list[Any]] = [[pdf.text(""), *(pdf.text(head, pdf.STRONG) for head in heads)]]
    for number, text in enumerate(section.columns):
        answers = [pdf.answer(row[number], marks) for row in section.rows]
        rows.append([pdf.text(text), *answers])
    first = pdf.WIDTH * 0.28
    widths = (first, *((pdf.WIDTH - first) / people,) * people)
    return pdf.table(rows, widths, [("BACKGROUND", (0, 0), (-1, 0), PALE)], repeatRows=1)


LAYOUTS = (
    Layout("held pdf corners", "pdf", corners, wordings=(CAPITALS, TRUST)),
    Layout("held pdf fields across", "pdf", fields_across, wordings=(SENTENCES, TRUST)),
    Layout("held pdf report", "pdf", report, wordings=(CAPITALS, OLD_BOARD)),
)
