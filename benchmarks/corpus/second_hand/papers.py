"""Held-out layouts in Word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docx.document import Document

from benchmarks.corpus import word
from benchmarks.corpus.form import Form, Question, Row, Section
from tscp.demo.docx_xml import control

BLUE, GREY = "1F3864", "EDEDED"


def two_by_two(questions: Sequence[Question]) -> Iterator[Row]:
    """Short questions two a line, long ones alone."""
    waiting: list[Question] = []
    for question in questions:
        if question.long or question.options:
            if waiting:
                yield tuple(waiting)
                waiting = []
            yield (question,)
            continue
        waiting.append(question)
        if len(waiting) == 2:
            yield tuple(waiting)
            waiting = []
    if waiting:
        yield tuple(waiting)


def _bar(document: Document, heading: str) -> None:
    cell = document.add_table(1, 1).rows[0].cells[0]
    word.shade(cell, BLUE)
    cell.paragraphs[0].add_run(heading).bold = True


def pairs_under_labels(form: Form) -> bytes:
    """A table a section: a shaded row of labels, under it a row of answers."""
    document = word.new(form)
    for section in form.sections:
        _bar(document, section.heading)
        if section.group and section.group != "children":
            word.grid(document, section, form.marks, GREY)
            continue
        for number, row in enumerate(section.rows or (section.questions,), 1):
            if len(section.rows) > 1:
                document.add_paragraph().add_run(section.row_heading.format(number=number))
            _under(document, row, form.marks)
    return word.saved(document)


def _under(document: Document, questions: Row, marks: str) -> None:
    table = document.add_table(0, 2)
    table.style = "Table Grid"
    for pair in two_by_two(questions):
        labels, answers = table.add_row().cells, table.add_row().cells
        if len(pair) == 1:
            labels, answers = (labels[0].merge(labels[1]),), (answers[0].merge(answers[1]),)
        for label, answer, question in zip(labels, answers, pair, strict=False):
            word.label(label, question.label, colour=GREY)
            word.guidance(label, question)
            word.fill(answer, question, marks)


def numbered(form: Form) -> bytes:
    """Three columns: 2.3 | question with its guidance | answer; headings across all three."""
    document = word.new(form)
    for at, section in enumerate(form.sections, 1):
        if section.group and section.group != "children":
            document.add_heading(section.heading, 2)
            word.grid(document, section, form.marks, GREY)
            continue
        table = document.add_table(0, 3)
        table.style = "Table Grid"
        for number, row in enumerate(section.rows or (section.questions,), 1):
            cells = table.add_row().cells
            heading = cells[0].merge(cells[2])
            name = section.heading
            if len(section.rows) > 1:
                name = f"{name}: {section.row_heading.format(number=number)}"
            word.label(heading, name, colour=GREY)
            for count, question in enumerate(row, 1):
                cells = table.add_row().cells
                cells[0].paragraphs[0].add_run(f"{at}.{count}")
                word.label(cells[1], question.label, bold=False)
                word.guidance(cells[1], question)
                word.fill(cells[2], question, form.marks)
        document.add_paragraph()
    return word.saved(document)


def line_breaks(form: Form) -> bytes:
    """No tables but for the lists: a bold label, a line break, the answer; one paragraph each."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 1)
        if section.group and section.group != "children":
            word.grid(document, section, form.marks)
            continue
        for number, row in enumerate(section.rows or (section.questions,), 1):
            if len(section.rows) > 1:
                document.add_heading(section.row_heading.format(number=number), 2)
            for question in row:
                paragraph = document.add_paragraph()
                paragraph.add_run(question.label).bold = True
                word.guidance(paragraph, question)
                paragraph.add_run().add_break()
                word.write(paragraph, question, form.marks)
    return word.saved(document)


def side_by_side(form: Form) -> bytes:
    """A column a child; everything else question | answer with a shaded first column."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 2)
        if section.group == "children":
            _columns(document, section, form.marks)
        elif section.group:
            word.grid(document, section, form.marks, GREY)
        else:
            table = document.add_table(0, 2)
            table.style = "Table Grid"
            for question in section.questions:
                cells = table.add_row().cells
                word.label(cells[0], question.label, colour=GREY)
                word.guidance(cells[0], question)
                word.fill(cells[1], question, form.marks)
    return word.saved(document)


def _columns(document: Document, section: Section, marks: str) -> None:
    table = document.add_table(1, 1 + len(section.rows))
    table.style = "Table Grid"
    for number, cell in enumerate(table.rows[0].cells[1:], 1):
        word.label(cell, section.row_heading.format(number=number), colour=GREY)
    for questions in zip(*section.rows, strict=True):
        cells = table.add_row().cells
        word.label(cells[0], questions[0].label)
        for cell, question in zip(cells[1:], questions, strict=True):
            word.fill(cell, question, marks)


def controls(form: Form) -> bytes:
    """Label and content control in one cell, two cells a row where answers are short."""
    document = word.new(form)
    for section in form.sections:
        _bar(document, section.heading)
        if section.group and section.group != "children":
            word.grid(document, section, form.marks, GREY)
            continue
        for number, row in enumerate(section.rows or (section.questions,), 1):
            if len(section.rows) > 1:
                document.add_paragraph().add_run(section.row_heading.format(number=number))
            table = document.add_table(0, 2)
            table.style = "Table Grid"
            for pair in two_by_two(row):
                cells = table.add_row().cells
                places = (cells[0].merge(cells[1]),) if len(pair) == 1 else cells
                for cell, question in zip(places, pair, strict=False):
                    word.label(cell, question.label)
                    word.guidance(cell, question)
                    answer = cell.add_paragraph()
                    if question.options:
                        word.write(answer, question, form.marks)
                    else:
                        control(answer, question.text, question.label)
    return word.saved(document)
