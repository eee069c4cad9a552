"""Word layouts whose children, agencies and questions stand in rows and columns to tick."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.table import _Cell

from benchmarks.corpus import word
from benchmarks.corpus.form import Form, Question, Row, Section

PALE = "DEEAF6"
IN_ROWS = (
    *("expected_delivery_date", "date_of_death", "religion", "disability", "first_language"),
    *("interpreter_needed", "whereabouts_at_incident", "carer_at_incident", "gp_practice"),
    *("usual_local_authority", "social_care_id", "extra ward", "extra dentist"),
    *("extra siblings", "extra worker", "extra ehc"),
)
"""What a form with a row a child does not ask of each."""


def row_a_child(form: Form) -> bytes:
    """Children in a grid, a row each; the rest label | answer."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 1)
        if section.questions:
            word.rows(document, section.questions, form.marks, PALE)
        if section.group:
            word.grid(
                document, section, form.marks if section.group != "children" else "typed", PALE
            )
    return word.saved(document)


def child_tables(form: Form) -> bytes:
    """A small table a child, its heading in the first row, three questions a row below labels."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 1)
        if section.questions:
            word.rows(document, section.questions, form.marks, PALE)
        if section.group == "children":
            for number, row in enumerate(section.rows, 1):
                _small(document, word.heading_of(section, number), row, form)
        elif section.group:
            word.grid(document, section, form.marks, PALE)
    return word.saved(document)


def _small(document: WordDocument, name: str, questions: Row, form: Form) -> None:
    table = document.add_table(1, 3, "Table Grid")
    cells = table.rows[0].cells
    word.label(cells[0].merge(cells[2]), name, colour="9CC2E5")
    for first in range(0, len(questions), 3):
        labels, answers = word.row(table), word.row(table)
        for label, answer, question in zip(
            labels, answers, questions[first : first + 3], strict=False
        ):
            word.label(label, question.label, colour=PALE)
            word.guidance(label, question)
            word.fill(answer, question, form.marks)
    document.add_paragraph()


def child_columns(form: Form) -> bytes:
    """Children beside each other: label | child 1 | child 2."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 1)
        if section.questions:
            word.rows(document, section.questions, form.marks, PALE)
        if section.group == "children":
            _columns(document, section, form)
        elif section.group:
            word.grid(document, section, form.marks, PALE)
    return word.saved(document)


def _columns(document: WordDocument, section: Section, form: Form) -> None:
    table = document.add_table(1, len(section.rows) + 1, "Table Grid")
    for number, cell in enumerate(table.rows[0].cells[1:], 1):
        word.label(cell, word.heading_of(section, number), colour=PALE)
    for asked in zip(*section.rows, strict=True):
        cells = word.row(table)
        word.label(cells[0], asked[0].label, colour=PALE)
        word.guidance(cells[0], asked[0])
        for cell, question in zip(cells[1:], asked, strict=True):
            word.fill(cell, question, form.marks)


def tick_columns(form: Form) -> bytes:
    """Agencies, and the form's own yes/no questions, with a column to tick for each choice."""
    document = word.new(form)
    sign = form.chance.choice(("X", "\N{CHECK MARK}", "x"))
    for section in form.sections:
        document.add_heading(section.heading, 1)
        typed = tuple(q for q in section.questions if not _short(q))
        ticked = tuple(q for q in section.questions if _short(q))
        if typed:
            word.rows(document, typed, form.marks, PALE)
            document.add_paragraph()
        if ticked:
            _ticked(document, ticked, sign)
        if section.group == "children":
            for number, row in enumerate(section.rows, 1):
                document.add_heading(word.heading_of(section, number), 2)
                word.rows(document, row, form.marks, PALE)
        elif section.group:
            _tick_grid(document, section, sign)
    return word.saved(document)


def _short(question: Question) -> bool:
    return {option.value for option in question.options} <= {"yes", "no", "unknown"} and bool(
        question.options
    )


def _ticked(document: WordDocument, questions: Row, sign: str) -> None:
    choices: dict[str, str] = {o.value: o.label for q in questions for o in q.options}
    table = document.add_table(1, 1 + len(choices), "Table Grid")
    for cell, text in zip(table.rows[0].cells, ("Question", *choices.values()), strict=True):
        word.label(cell, text, colour=PALE)
    for question in questions:
        cells = word.row(table)
        word.label(cells[0], question.label)
        _signs(cells[1:], question, tuple(choices), sign)


def _signs(
    cells: tuple[_Cell, ...], question: Question, choices: tuple[str, ...], sign: str
) -> None:
    chosen = {option.value for option in question.options if option.ticked}
    for cell, choice in zip(cells, choices, strict=True):
        cell.paragraphs[0].add_run(sign if choice in chosen else "")


def _tick_grid(document: WordDocument, section: Section, sign: str) -> None:
    """Rows under headings of two lines: the question over its choices."""
    first = section.rows[0]
    width = sum(len(question.options) or 1 for question in first)
    table = document.add_table(2, width, "Table Grid")
    at = 0
    for question, column in zip(first, section.columns, strict=True):
        count = len(question.options) or 1
        top = table.cell(0, at).merge(table.cell(0 if question.options else 1, at + count - 1))
        word.label(top, column, colour=PALE)
        for number, option in enumerate(question.options):
            word.label(table.cell(1, at + number), option.label, colour=PALE)
        at += count
    for row in section.rows:
        cells = list(word.row(table))
        for question in row:
            mine = [cells.pop(0) for _ in range(len(question.options) or 1)]
            if question.options:
                _signs(tuple(mine), question, tuple(o.value for o in question.options), sign)
            else:
                word.fill(mine[0], question, "typed")
    for _ in range(section.spare):
        table.add_row()
