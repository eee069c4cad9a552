"""SIN forms as Word documents, in the layouts people use.

two columns: label | answer, answers in content controls, boxes as check box controls
pairs:       two questions a row in a merged grid, long answers below their label
above:       paragraphs, each label above its answer
colon:       paragraphs 'Label: answer', the wrong ones of 'Yes / No' struck out
glyphs:      label | answer with Wingdings boxes
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from docx.document import Document as WordDocument
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from tscp.demo.docx_xml import check_box, control, glyph, new_document, saved, shade
from tscp.demo.forms import Block, FormContent, Grid, Heading, Note, Question, sheet

LABEL, SECTION = "D9E2F3", "1F3864"
WIDTH = 17.4


class Layout:
    """Draws blocks into a document; the layouts differ in how a question looks."""

    def __init__(self, document: WordDocument) -> None:
        self.document = document

    def draw(self, blocks: Iterable[Block]) -> None:
        """Everything, in order."""
        for block in blocks:
            if isinstance(block, Heading):
                self.heading(block)
            elif isinstance(block, Note):
                self.document.add_paragraph(block.text)
            elif isinstance(block, Grid):
                self.grid(block)
            else:
                self.question(block)

    def heading(self, block: Heading) -> None:
        """A section's heading, as a heading."""
        self.document.add_heading(block.text, block.level)

    def question(self, block: Question) -> None:
        """One question with its answer."""
        raise NotImplementedError

    def grid(self, block: Grid) -> None:
        """A repeating table with a shaded heading row."""
        table = self.document.add_table(1, len(block.headings), "Table Grid")
        for cell, text in zip(table.rows[0].cells, block.headings, strict=True):
            shade(cell, LABEL)
            bold(cell.paragraphs[0], text)
        for row in block.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        self.document.add_paragraph()


class TwoColumns(Layout):
    """Label | answer; a table a section, its heading a white-on-dark row over both columns."""

    table: Table | None = None

    def heading(self, block: Heading) -> None:
        """Headings close the table before them; the next question opens one beneath."""
        self.table = None
        if block.level == 0:
            super().heading(block)
            return
        self.table = self.document.add_table(1, 2, "Table Grid")
        across = self.table.rows[0].cells[0].merge(self.table.rows[0].cells[1])
        if block.level == 1:
            shade(across, SECTION)
        bold(across.paragraphs[0], block.text, "FFFFFF" if block.level == 1 else "")

    def grid(self, block: Grid) -> None:
        """Repeating tables stand right under their heading row."""
        super().grid(block)
        self.table = None

    def question(self, block: Question) -> None:
        """A row."""
        if self.table is None:
            self.table = self.document.add_table(0, 2, "Table Grid")
        label, answer = self.table.add_row().cells
        widths(self.table, (6.4, 11.0))
        labelled(label, block)
        self.fill(answer.paragraphs[0], block)

    def fill(self, paragraph: Paragraph, block: Question) -> None:
        """The answer's cell: controls."""
        if block.options:
            boxes(paragraph, block, check_box)
        else:
            control(paragraph, block.text, block.label)


class Glyphs(TwoColumns):
    """As two columns, typed straight into the cells, boxes as Wingdings."""

    def fill(self, paragraph: Paragraph, block: Question) -> None:
        """The answer's cell: plain text."""
        if block.options:
            boxes(paragraph, block, glyph)
        else:
            paragraph.add_run(block.text)


class Pairs(Layout):
    """Four columns, two questions a row; long answers across, below their label."""

    table: Table | None = None
    half = False

    def heading(self, block: Heading) -> None:
        """Headings stand between the tables."""
        self.table = None
        super().heading(block)

    def question(self, block: Question) -> None:
        """Half a row, or two rows across."""
        if self.table is None:
            self.table, self.half = self.document.add_table(0, 4, "Table Grid"), False
        if block.long:
            self._across(self.table, block)
        elif self.half:
            self._beside(self.table.rows[-1].cells[2:], block)
            self.half = False
        else:
            self._beside(self.table.add_row().cells[:2], block)
            widths(self.table, (3.9, 4.8, 3.9, 4.8))
            self.half = True

    def _beside(self, cells: Iterable[_Cell], block: Question) -> None:
        label, answer = cells
        labelled(label, block)
        ticked_or_typed(answer.paragraphs[0], block)

    def _across(self, table: Table, block: Question) -> None:
        self.half = False
        above, below = table.add_row(), table.add_row()  # type: ignore[no-untyped-call]
        label, answer = (row.cells[0].merge(row.cells[3]) for row in (above, below))
        labelled(label, block)
        ticked_or_typed(answer.paragraphs[0], block)


class Above(Layout):
    """Paragraphs; the label in bold, the answer below it."""

    def question(self, block: Question) -> None:
        """Two paragraphs."""
        label = self.document.add_paragraph()
        label.paragraph_format.space_before = Pt(6)
        label.paragraph_format.keep_with_next = True
        bold(label, block.label)
        for line in (block.text or "").split("\n"):
            self.document.add_paragraph(line)


class Colon(Layout):
    """Paragraphs 'Label: answer'; of a few options all but the right one are struck out."""

    def question(self, block: Question) -> None:
        """One paragraph."""
        paragraph = self.document.add_paragraph()
        bold(paragraph, f"{block.label}: ")
        if 0 < len(block.options) <= 3 and any(o.ticked for o in block.options):
            for number, option in enumerate(block.options):
                paragraph.add_run(" / " if number else "")
                paragraph.add_run(option.label).font.strike = not option.ticked
        else:
            paragraph.add_run(block.text)


def bold(paragraph: Paragraph, text: str, colour: str = "") -> None:
    """Text in bold."""
    run = paragraph.add_run(text)
    run.bold = True
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def labelled(cell: _Cell, block: Question) -> None:
    """A shaded cell with the label, and the guidance in small italics below it."""
    shade(cell, LABEL)
    bold(cell.paragraphs[0], block.label)
    if block.guidance:
        note = cell.add_paragraph().add_run(block.guidance)
        note.italic, note.font.size = True, Pt(8)


def boxes(paragraph: Paragraph, block: Question, box: Callable[[Paragraph, bool], None]) -> None:
    """Every option behind its box."""
    for number, option in enumerate(block.options):
        if number:
            paragraph.add_run("    ")
        box(paragraph, option.ticked)
        paragraph.add_run(f" {option.label}")


def ticked_or_typed(paragraph: Paragraph, block: Question) -> None:
    """Options behind typed box characters, or the text."""
    if block.options:
        signs = ("\N{BALLOT BOX}", "\N{BALLOT BOX WITH X}")
        paragraph.add_run("   ".join(f"{signs[o.ticked]} {o.label}" for o in block.options))
    else:
        paragraph.add_run(block.text)


def widths(table: Table, centimetres: tuple[float, ...]) -> None:
    """The columns' widths."""
    table.autofit = False
    for cell, width in zip(table.rows[-1].cells, centimetres, strict=True):
        cell.width = Cm(width)


LAYOUTS: Mapping[str, type[Layout]] = {
    "two columns": TwoColumns,
    "pairs": Pairs,
    "above": Above,
    "colon": Colon,
    "glyphs": Glyphs,
}


def as_docx(form: FormContent, layout: str = "two columns") -> bytes:
    """The form as a Word document."""
    document = new_document()
    LAYOUTS[layout](document).draw(sheet(form))
    return saved(document, form.printed["title"])
