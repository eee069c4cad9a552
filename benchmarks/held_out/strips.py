"""Word forms of other makes: lettered paragraphs, tick columns, strips of content controls."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from benchmarks.corpus import word
from benchmarks.corpus.build import Layout
from benchmarks.corpus.form import Form, Question, Row, Section
from benchmarks.corpus.marks import CROSSED, EMPTY
from benchmarks.held_out.sheets import CAPITALS, OLD_BOARD, SENTENCES, TRUST
from tscp.demo.docx_xml import control

ASKED = frozenset(("yes", "no", "unknown"))
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ACROSS = 3


def lettered(form: Form) -> bytes:
    """No table but for grids: lettered questions, answers set in, choices each on a line."""
    document = word.new(form)
    for section in form.sections:
        heading = document.add_paragraph().add_run(section.heading)
        heading.bold, heading.underline, heading.font.size = True, True, Pt(11)
        for question in (*section.questions, *(section.rows[0] if section.rows else ())):
            if question.guidance:
                note = document.add_paragraph("Note to \N{LEFT SINGLE QUOTATION MARK}")
                note.add_run(question.label).italic = True
                note.add_run(f"\N{RIGHT SINGLE QUOTATION MARK}: {question.guidance}")
        _letters(document, section.questions, form.marks)
        if section.group in ("family", "events", "agencies"):
            word.grid(document, section, form.marks)
            continue
        for number, row in enumerate(section.rows, 1):
            document.add_paragraph().add_run(word.heading_of(section, number)).underline = True
            _letters(document, row, form.marks)
    return word.saved(document)


def _letters(document: WordDocument, questions: Row, marks: str) -> None:
    for letter, question in zip(LETTERS, questions, strict=False):
        document.add_paragraph(f"({letter})\t{question.label}")
        if len(question.options) > 3:
            _listed(document, question)
            continue
        answer = document.add_paragraph()
        answer.paragraph_format.left_indent = Cm(1.27)
        answer.paragraph_format.space_after = Pt(6)
        word.write(answer, question, marks)


def _listed(document: WordDocument, question: Question) -> None:
    for option in question.options:
        line = document.add_paragraph(f"{CROSSED if option.ticked else EMPTY}\t{option.label}")
        line.paragraph_format.left_indent = Cm(1.27)
    if question.comment:
        document.add_paragraph(question.comment).paragraph_format.left_indent = Cm(1.27)


def yes_no_columns(form: Form) -> bytes:
    """Questions of yes or no in a table with a column for each, X put in; lists to tick apart."""
    document = word.new(form)
    for section in form.sections:
        table = document.add_table(1, 1)
        table.style = "Table Grid"
        word.label(table.rows[0].cells[0], section.heading, colour="FFE699")
        _by_kind(document, section.questions, form.marks)
        if section.group in ("agencies", "family"):
            _tick_grid(document, section, form.marks)
        elif section.group == "events":
            word.grid(document, section, form.marks)
        else:
            for number, row in enumerate(section.rows, 1):
                document.add_heading(word.heading_of(section, number), 3)
                _by_kind(document, row, form.marks)
        document.add_paragraph()
    return word.saved(document)


def _by_kind(document: WordDocument, questions: Row, marks: str) -> None:
    asked = tuple(q for q in questions if _of_yes_and_no(q))
    lists = tuple(q for q in questions if q.options and not _of_yes_and_no(q))
    typed = tuple(q for q in questions if not q.options)
    if typed:
        word.rows(document, typed, marks)
    for question in lists:
        _tick_list(document, question)
    if asked:
        _tick_table(document, asked)


def _of_yes_and_no(question: Question) -> bool:
    return bool(question.options) and {o.value for o in question.options} <= ASKED


def _tick_list(document: WordDocument, question: Question) -> None:
    """The choices two abreast, each with a cell to put an X in."""
    table = document.add_table(1, 4)
    table.style = "Table Grid"
    top = table.rows[0].cells[0].merge(table.rows[0].cells[3])
    word.label(top, question.label, colour="FFF2CC")
    word.guidance(top, question)
    for start in range(0, len(question.options), 2):
        cells = word.row(table)
        for number, option in enumerate(question.options[start : start + 2]):
            cells[2 * number].text = option.label
            cells[2 * number + 1].text = "X" if option.ticked else ""
    if question.comment:
        last = word.row(table)
        last[0].merge(last[3]).text = question.comment


def _tick_table(document: WordDocument, questions: Row) -> None:
    third = next((o.label for q in questions for o in q.options if o.value == "unknown"), "")
    yes, no = (o.label for o in questions[0].options[:2])
    heads = ["Please put an X", yes, no, *([third] if third else []), "Comment"]
    table = document.add_table(1, len(heads))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        word.label(cell, text, colour="FFF2CC")
    for question in questions:
        cells = word.row(table)
        cells[0].text = question.label
        for cell, option in zip(cells[1:], question.options, strict=False):
            cell.text = "X" if option.ticked else ""
        if third and len(question.options) == 2:
            word.shade(cells[3], "808080")
        cells[-1].text = question.comment


def _tick_grid(document: WordDocument, section: Section, marks: str) -> None:
    """A grid in which a column of choices is a column for each choice."""
    first = section.rows[0]
    heads: list[str] = []
    for question, text in zip(first, section.columns, strict=True):
        heads += [f"{text} {o.label}" for o in question.options] or [text]
    table = document.add_table(1, len(heads))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        word.label(cell, text, colour="FFF2CC")
    for row in section.rows:
        _ticked_row(word.row(table), first, row, marks)
    for _ in range(section.spare):
        table.add_row()


def _ticked_row(cells: tuple[_Cell, ...], first: Row, row: Row, marks: str) -> None:
    place = 0
    for head, question in zip(first, row, strict=True):
        width = len(head.options) or 1
        if question.options and head.options:
            for cell, option in zip(cells[place:], question.options, strict=False):
                cell.text = "X" if option.ticked else ""
            cells[place + width - 1].paragraphs[0].add_run(question.comment)
        else:
            word.fill(cells[place], question, marks)
        place += width


def strips(form: Form) -> bytes:
    """Three labels on a strip, their content controls on the strip below; long ones alone."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 1)
        _strips(document, section.questions, form)
        for number, row in enumerate(section.rows, 1):
            document.add_paragraph(word.heading_of(section, number), style="Heading 3")
            _strips(document, row, form)
    return word.saved(document)


def _strips(document: WordDocument, questions: Row, form: Form) -> None:
    waiting: list[Question] = []
    for question in questions:
        if question.long or len(question.options) > 3:
            _strip(document, waiting, form)
            _strip(document, [question], form)
            waiting = []
            continue
        waiting.append(question)
        if len(waiting) == ACROSS:
            _strip(document, waiting, form)
            waiting = []
    _strip(document, waiting, form)


def _strip(document: WordDocument, questions: list[Question], form: Form) -> None:
    if not questions:
        return
    table: Table = document.add_table(2, len(questions))
    table.style = "Table Grid"
    for question, above, below in zip(
        questions, table.rows[0].cells, table.rows[1].cells, strict=True
    ):
        word.label(above, question.label, bold=False, colour="DEEAF6")
        if question.options or question.deleted:
            word.write(below.paragraphs[0], question, form.marks)
        else:
            control(below.paragraphs[0], question.text, question.label)
        if question.guidance:
            word.guidance(below, question)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


LAYOUTS = (
    Layout("held lettered", "docx", lettered, wordings=(OLD_BOARD, SENTENCES)),
    Layout(
        "held yes and no columns",
        "docx",
        yes_no_columns,
        wordings=(TRUST, SENTENCES, CAPITALS),
        ticks_in_rows=True,
    ),
    Layout("held strips", "docx", strips, marks=("controls",), wordings=(TRUST, CAPITALS)),
)
