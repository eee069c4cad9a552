"""Word layouts in which questions stand in the rows of tables."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.shared import Cm
from docx.table import Table, _Cell

from benchmarks.corpus import word
from benchmarks.corpus.form import Form, Question, Row

PALE, DARK, WHITE = "D9E2F3", "1F3864", "FFFFFF"


def two_columns(form: Form) -> bytes:
    """Label | answer, a table a section under a heading; children one under the other."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 1)
        if section.questions:
            word.rows(document, section.questions, form.marks, PALE)
        if section.group == "children":
            for number, row in enumerate(section.rows, 1):
                if len(section.rows) > 1:
                    document.add_heading(section.row_heading.format(number=number), 2)
                word.rows(document, row, form.marks, PALE)
        elif section.group:
            word.grid(document, section, form.marks, PALE)
    return word.saved(document)


def guidance_column(form: Form) -> bytes:
    """Question | guidance | answer, in one long table with section rows across."""
    document = word.new(form)
    for section in form.sections:
        table = document.add_table(1, 3, "Table Grid")
        _across(table, section.heading)
        for question in section.questions:
            _guided(table, question, form)
        if section.group == "children":
            for number, row in enumerate(section.rows, 1):
                if len(section.rows) > 1:
                    table.add_row()
                    _across(table, word.heading_of(section, number), PALE)
                for question in row:
                    _guided(table, question, form)
        document.add_paragraph()
        if section.group and section.group != "children":
            word.grid(document, section, form.marks)
            document.add_paragraph()
    return word.saved(document)


def _across(table: Table, text: str, colour: str = "BFBFBF") -> None:
    cells = table.rows[-1].cells
    word.label(cells[0].merge(cells[-1]), text, colour=colour)


def _guided(table: Table, question: Question, form: Form) -> None:
    label, middle, answer = word.row(table)
    word.label(label, question.label)
    middle.paragraphs[0].add_run(question.guidance).italic = True
    word.fill(answer, question, form.marks)


def pairs(form: Form) -> bytes:
    """Four columns, two questions a row; long answers across under their label."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 2)
        if section.questions:
            _paired(document, section.questions, form)
        if section.group == "children":
            for number, row in enumerate(section.rows, 1):
                word.label(document.add_paragraph(), word.heading_of(section, number))
                _paired(document, row, form)
                document.add_paragraph()
        elif section.group:
            word.grid(document, section, form.marks, "EDEDED")
    return word.saved(document)


def _paired(document: WordDocument, questions: Row, form: Form) -> None:
    table = document.add_table(0, 4, "Table Grid")
    waiting: tuple[_Cell, ...] = ()
    for question in questions:
        if question.long or len(question.options) > 4:
            waiting = ()
            for part in (True, False):
                cells = word.row(table)
                cell = cells[0].merge(cells[3])
                if part:
                    word.label(cell, question.label, colour="EDEDED")
                    word.guidance(cell, question)
                else:
                    word.fill(cell, question, form.marks)
            continue
        cells = waiting or word.row(table)
        waiting = () if waiting else tuple(cells[2:])
        word.label(cells[0], question.label, colour="EDEDED")
        word.guidance(cells[0], question)
        word.fill(cells[1], question, form.marks)


def merged_grid(form: Form) -> bytes:
    """One grid for the whole form: section names merged down the left, long answers across."""
    document = word.new(form, intro=False)
    for section in form.sections:
        table = document.add_table(0, 3, "Table Grid")
        blocks = [("", section.questions)] if section.questions else []
        if section.group == "children":
            many = len(section.rows) > 1
            blocks += [
                (word.heading_of(section, number) if many else "", row)
                for number, row in enumerate(section.rows, 1)
            ]
        for name, row in blocks:
            _beside(table, name or section.heading, row, form)
        if section.group and section.group != "children":
            document.add_heading(section.heading, 2)
            word.grid(document, section, form.marks, PALE)
        document.add_paragraph()
    return word.saved(document)


def _beside(table: Table, name: str, questions: Row, form: Form) -> None:
    """The block's name in one cell down the left side, label | answer to its right."""
    first = len(table.rows)
    for question in questions:
        _, label, answer = word.row(table)
        word.label(label, question.label)
        word.guidance(label, question)
        word.fill(answer, question, form.marks)
    side = table.cell(first, 0).merge(table.cell(len(table.rows) - 1, 0))
    side.width = Cm(2.6)
    for paragraph in side.paragraphs[1:]:
        side._tc.remove(paragraph._p)
    word.label(side, name, colour=PALE)
