"""Word layouts in which questions stand in the rows of tables."""

from __future__ import annotations

from docx.document import Document as WordDocument

from benchmarks.corpus import word
from benchmarks.corpus.form import Form, Row

PALE, DARK = "D9E2F3", "1F3864"


def two_columns(form: Form) -> bytes:
    """Label | answer, a table a section under a heading; children one under the other."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 1)
        if section.questions:
            _rows(document, section.questions, form)
        if section.group == "children":
            for number, row in enumerate(section.rows, 1):
                if len(section.rows) > 1:
                    document.add_heading(section.row_heading.format(number=number), 2)
                _rows(document, row, form)
        elif section.group:
            word.grid(document, section, form.marks, PALE)
    return word.saved(document)


def _rows(document: WordDocument, questions: Row, form: Form) -> None:
    table = document.add_table(0, 2, "Table Grid")
    for question in questions:
        left, right = table.add_row().cells
        word.label(left, question.label, colour=PALE)
        word.guidance(left, question)
        word.fill(right, question, form.marks)
