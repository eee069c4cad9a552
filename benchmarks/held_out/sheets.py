"""Word forms made of tables: one table of twelfths, a column per person, notes in the margin."""

from __future__ import annotations

from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Pt
from docx.table import Table, _Cell

from benchmarks.corpus import word
from benchmarks.corpus.build import Layout
from benchmarks.corpus.form import Form, Question, Row, Section

HERE = Path(__file__).parent
SENTENCES, CAPITALS = HERE / "sentences.toml", HERE / "capitals.toml"
TRUST, OLD_BOARD = HERE / "trust.toml", HERE / "old_board.toml"
TWELFTHS, PAIR, WIDEST_GRID = 12, (3, 3, 3, 3), 6
BAND, PALE = "BFBFBF", "EDEDED"


def spans(table: Table, widths: tuple[int, ...]) -> list[_Cell]:
    """A new row of a table, its cells merged to so many columns each."""
    cells, merged, start = word.row(table), [], 0
    for width in widths:
        merged.append(cells[start].merge(cells[start + width - 1]))
        start += width
    return merged


def band(table: Table, text: str, colour: str = BAND) -> None:
    """A shaded row with a heading across the whole table."""
    (cell,) = spans(table, (len(table.columns),))
    word.label(cell, text, colour=colour)


def widths(table: Table, centimetres: tuple[float, ...]) -> None:
    """Fixes the columns' widths, in the grid and in each cell, as Word and LibreOffice need."""
    table.autofit = False
    for column, width in zip(table.columns, centimetres, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def turned(document: WordDocument) -> None:
    """The page on its side."""
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)


def one_sheet(form: Form) -> bytes:
    """Everything in one table of twelve columns: pairs, wide rows and grids by merged cells."""
    document = word.new(form)
    table = document.add_table(0, TWELFTHS)
    table.style = "Table Grid"
    for section in form.sections:
        band(table, section.heading)
        _in_pairs(table, section.questions, form.marks)
        if section.group and len(section.columns) <= WIDEST_GRID:
            _merged_grid(table, section, form.marks)
            continue
        for number, row in enumerate(section.rows, 1):
            band(table, word.heading_of(section, number), PALE)
            _in_pairs(table, row, form.marks)
    return word.saved(document)


def _in_pairs(table: Table, questions: Row, marks: str) -> None:
    waiting: list[Question] = []
    for question in questions:
        wide = question.long or len(question.options) > 2 or bool(question.guidance)
        if wide:
            _pair(table, waiting, marks)
            waiting = []
            _wide(table, question, marks)
            continue
        waiting.append(question)
        if len(waiting) == 2:
            _pair(table, waiting, marks)
            waiting = []
    _pair(table, waiting, marks)


def _pair(table: Table, questions: list[Question], marks: str) -> None:
    if not questions:
        return
    cells = spans(table, PAIR if len(questions) == 2 else (3, 9))
    for question, left, right in zip(questions, cells[::2], cells[1::2], strict=True):
        word.label(left, question.label, colour=PALE)
        word.fill(right, question, marks)


def _wide(table: Table, question: Question, marks: str) -> None:
    (top,) = spans(table, (TWELFTHS,))
    word.label(top, question.label, colour=PALE)
    word.guidance(top, question)
    (below,) = spans(table, (TWELFTHS,))
    word.fill(below, question, marks)
    if question.key in ("incident_summary", "reason_for_referral"):
        below.add_paragraph()


def _merged_grid(table: Table, section: Section, marks: str) -> None:
    count = len(section.columns)
    least, over = divmod(TWELFTHS, count)
    shares = tuple(least + (1 if n >= count - over else 0) for n in range(count))
    for cell, text in zip(spans(table, shares), section.columns, strict=True):
        word.label(cell, text, colour=PALE)
    for row in section.rows:
        for cell, question in zip(spans(table, shares), row, strict=True):
            word.fill(cell, question, marks)
    for _ in range(section.spare):
        spans(table, shares)


def people_across(form: Form) -> bytes:
    """On its side: numbered questions in three columns, a column for each person or agency."""
    document = word.new(form)
    turned(document)
    for letter, section in zip("ABCDEFGHIJKL", form.sections, strict=False):
        document.add_heading(section.heading, 2)
        if section.questions:
            _numbered(document, letter, section.questions, form.marks)
        if section.group == "events":
            word.grid(document, section, form.marks, PALE)
        elif section.group:
            _across(document, section, form.marks)
    return word.saved(document)


def _numbered(document: WordDocument, letter: str, questions: Row, marks: str) -> None:
    table = document.add_table(0, 3)
    table.style = "Table Grid"
    for number, question in enumerate(questions, 1):
        cells = word.row(table)
        word.label(cells[0], f"{letter}{number}", bold=False)
        word.label(cells[1], question.label, bold=False)
        word.fill(cells[2], question, marks)
        word.guidance(cells[1], question)
    widths(table, (1.3, 8.7, 16))


def _across(document: WordDocument, section: Section, marks: str) -> None:
    people = len(section.rows)
    spare = 1 if people < 3 and section.spare else 0
    table = document.add_table(1, 1 + people + spare)
    table.style = "Table Grid"
    for number, cell in enumerate(table.rows[0].cells[1:], 1):
        word.label(cell, word.heading_of(section, number), colour=PALE)
    for number, text in enumerate(section.columns):
        cells = word.row(table)
        word.label(cells[0], text, colour=PALE)
        if section.rows and section.rows[0][number].guidance:
            word.guidance(cells[0], section.rows[0][number])
        for cell, row in zip(cells[1:], section.rows, strict=False):
            word.fill(cell, row[number], marks)


def margin_notes(form: Form) -> bytes:
    """Label over answer in one wide cell, guidance notes in a narrow column at the right."""
    document = word.new(form)
    for section in form.sections:
        document.add_heading(section.heading, 2)
        if section.questions:
            _noted(document, section.questions, form.marks)
        if section.group in ("agencies", "events"):
            word.grid(document, section, form.marks, "DDEBDA")
            continue
        for number, row in enumerate(section.rows, 1):
            document.add_paragraph().add_run(word.heading_of(section, number)).bold = True
            _noted(document, row, form.marks)
    return word.saved(document)


def _noted(document: WordDocument, questions: Row, marks: str) -> None:
    table = document.add_table(1, 2)
    table.style = "Table Grid"
    word.label(table.rows[0].cells[0], "To be completed", colour="DDEBDA")
    word.label(table.rows[0].cells[1], "Guidance notes", colour="DDEBDA")
    for _ in questions:
        word.row(table)
    widths(table, (13, 4.4))
    for question, table_row in zip(questions, table.rows[1:], strict=True):
        left, right = table_row.cells
        word.label(left, question.label)
        left.add_paragraph()
        word.fill(left, question, marks)
        note = right.paragraphs[0].add_run(question.guidance)
        note.font.size, note.italic = Pt(8), True


LAYOUTS = (
    Layout("held one sheet", "docx", one_sheet, wordings=(CAPITALS, TRUST, OLD_BOARD)),
    Layout("held people across", "docx", people_across, wordings=(SENTENCES, TRUST)),
    Layout("held margin notes", "docx", margin_notes, wordings=(SENTENCES, OLD_BOARD)),
)
