"""Word layouts in which each question is a box of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from docx.document import Document as WordDocument
from docx.table import _Cell

from benchmarks.corpus import word
from benchmarks.corpus.form import Form, Question, Row, Section

DARK, PALE = "404040", "F2F2F2"
Draw = Callable[[WordDocument, Row, Form], None]


def _sections(form: Form, draw: Draw, grids: bool = True) -> bytes:
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 1)
        for name, row in _blocks(section, grids):
            if name:
                document.add_heading(name, 2)
            draw(document, row, form)
        if section.group and section.group != "children" and grids:
            word.grid(document, section, form.marks, PALE)
    return word.saved(document)


def _blocks(section: Section, grids: bool) -> Iterator[tuple[str, Row]]:
    if section.questions:
        yield "", section.questions
    if section.group == "children" or not grids:
        for number, row in enumerate(section.rows, 1):
            many = len(section.rows) > 1
            yield (word.heading_of(section, number) if many else ""), row


def one_cell(form: Form) -> bytes:
    """Label and answer in one cell, parted by a colon or a line; two cells a row."""
    own_line = form.chance.random() < 0.5

    def draw(document: WordDocument, row: Row, form: Form) -> None:
        table = document.add_table(0, 2, "Table Grid")
        free: _Cell | None = None
        for question in row:
            if question.long:
                cells = word.row(table)
                cell, free = cells[0].merge(cells[1]), None
            elif free is not None:
                cell, free = free, None
            else:
                cell, free = word.row(table)
            _together(cell, question, form, own_line or question.long)

    return _sections(form, draw)


def _together(cell: _Cell, question: Question, form: Form, own_line: bool) -> None:
    colon = "" if question.label.endswith((":", "?")) else ":"
    word.label(cell, f"{question.label}{colon} ")
    if own_line:
        word.guidance(cell, question)
        cell.add_paragraph()
    word.fill(cell, question, form.marks)


def boxed(form: Form) -> bytes:
    """A small table a question: a shaded bar with the label, a box with the answer below."""

    def draw(document: WordDocument, row: Row, form: Form) -> None:
        for question in row:
            table = document.add_table(2, 1, "Table Grid")
            top, box = table.rows[0].cells[0], table.rows[1].cells[0]
            word.label(top, question.label, colour=PALE)
            word.guidance(top, question)
            word.fill(box, question, form.marks)
            document.add_paragraph()

    return _sections(form, draw)


def numbered_bars(form: Form) -> bytes:
    """Numbered labels in bars; guidance stands in the answer's cell, before the answer."""
    numbers: dict[int, int] = {}

    def draw(document: WordDocument, row: Row, form: Form) -> None:
        numbers[0] = numbers.get(0, 0) + 1
        table = document.add_table(0, 1, "Table Grid")
        for count, question in enumerate(row, 1):
            label = question.label.lstrip("0123456789. ")
            bar = word.row(table)[0]
            word.label(bar, f"{numbers[0]}.{count} {label}", colour="D9D9D9")
            cell = word.row(table)[0]
            if question.guidance:
                cell.paragraphs[0].add_run(f"({question.guidance})").italic = True
                cell.add_paragraph()
            word.fill(cell, question, form.marks)
        document.add_paragraph()

    return _sections(form, draw)


def nested(form: Form) -> bytes:
    """A frame a section; in it a table label | answer, and the grids within the frame too."""
    document = word.new(form)
    for section in form.sections:
        frame = document.add_table(1, 1, "Table Grid").rows[0].cells[0]
        word.label(frame, section.heading)
        for name, row in _blocks(section, True):
            if name:
                word.label(frame.add_paragraph(), name)
            word.rows(frame, row, form.marks, PALE)
            frame.add_paragraph()
        if section.group and section.group != "children":
            word.grid(frame, section, form.marks, PALE)
            frame.add_paragraph()
        document.add_paragraph()
    return word.saved(document)


def colon_lines(form: Form) -> bytes:
    """Paragraphs 'Label: answer', no table at all; rows are blocks of lines."""

    def draw(document: WordDocument, row: Row, form: Form) -> None:
        for question in row:
            paragraph = document.add_paragraph()
            colon = "" if question.label.endswith((":", "?")) else ":"
            word.label(paragraph, f"{question.label}{colon}", form.marks != "bold")
            paragraph.add_run(" ")
            word.write(paragraph, question, form.marks)
            if question.guidance:
                word.guidance(document.add_paragraph(), question)

    return _sections(form, draw, grids=False)


def label_above(form: Form) -> bytes:
    """Paragraphs: the label in bold, guidance in italics, the answer below."""

    def draw(document: WordDocument, row: Row, form: Form) -> None:
        for question in row:
            word.label(document.add_paragraph(), question.label)
            if question.guidance:
                word.guidance(document.add_paragraph(), question)
            if question.options or question.deleted:
                word.write(document.add_paragraph(), question, form.marks)
                continue
            for line in question.lines:
                document.add_paragraph(line)

    return _sections(form, draw)
