"""Ruled tables of a PDF: cells, spans, backgrounds, and tables that go on over a page."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as Flowing
from reportlab.platypus import SimpleDocTemplate, TableStyle
from reportlab.platypus import Table as Drawn

from parsers.readers.pdf import read_pdf
from parsers.reading import Cell, Reading, Table, plain

STYLE = getSampleStyleSheet()["BodyText"]
GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)


def built(*flowables: object) -> Reading:
    stream = BytesIO()
    SimpleDocTemplate(stream, pagesize=A4, topMargin=72, bottomMargin=72).build(list(flowables))
    return read_pdf(stream.getvalue())


def drawn(draw: object) -> Reading:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    draw(canvas)  # type: ignore[operator]
    canvas.save()
    return read_pdf(stream.getvalue())


def tables(reading: Reading) -> list[Table]:
    return [block for block in reading.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[plain(c.text) for c in table.cells if c.row == r] for r in range(table.rows)]


def cell(table: Table, row: int, column: int) -> Cell:
    return next(c for c in table.cells if (c.row, c.column) == (row, column))


def table_of(rows: Sequence[Sequence[object]], *style: tuple[object, ...], **more: object) -> Drawn:
    wrapped = [[Flowing(c, STYLE) if isinstance(c, str) else c for c in row] for row in rows]
    return Drawn(wrapped, style=TableStyle([GRID, *style]), **more)


def test_a_plain_grid_is_read_row_by_row() -> None:
    (table,) = tables(built(table_of([["Your name", "Ola Fenwick"], ["Role", ""]])))
    assert table.ruled
    assert texts(table) == [["Your name", "Ola Fenwick"], ["Role", ""]]


def test_merged_cells_appear_once_with_their_span() -> None:
    rows = [["Child", "Name", "Bo Marsh"], ["", "Born", "1 May 2020"], ["Notes", "None", ""]]
    (table,) = tables(built(table_of(rows, ("SPAN", (0, 0), (0, 1)), ("SPAN", (1, 2), (2, 2)))))
    assert (cell(table, 0, 0).rows, cell(table, 0, 0).columns) == (2, 1)
    assert cell(table, 2, 1).columns == 2
    assert [len(row) for row in texts(table)] == [3, 2, 2]


def test_a_background_makes_a_cell_shaded() -> None:
    grey = ("BACKGROUND", (0, 0), (0, -1), colors.HexColor("#d9e2f3"))
    (table,) = tables(built(table_of([["Name", "Bo"], ["Born", "2020"]], grey)))
    assert [c.shaded for c in table.cells] == [True, False, True, False]


def test_wrapped_lines_join_and_paragraphs_stay_apart() -> None:
    story = "Seen at school on Monday. " * 8 + "<br/>Second paragraph."
    (table,) = tables(built(table_of([["What happened", story]], colWidths=[100, 250])))
    assert texts(table)[0][1] == ("Seen at school on Monday. " * 8).strip() + "\nSecond paragraph."


def test_rules_may_be_thin_filled_rectangles() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (700, 720, 740):
            canvas.rect(72, y, 300, 0.6, stroke=0, fill=1)
        for x in (72, 172, 372):
            canvas.rect(x, 700, 0.6, 40, stroke=0, fill=1)
        for y, label, answer in ((726, "Name", "Bo Marsh"), (706, "Born", "2020")):
            canvas.drawString(76, y, label)
            canvas.drawString(176, y, answer)

    (table,) = tables(drawn(draw))
    assert texts(table) == [["Name", "Bo Marsh"], ["Born", "2020"]]


def test_a_table_without_outer_sides_keeps_its_outer_columns() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (700, 720, 740):
            canvas.line(72, y, 372, y)
        canvas.line(172, 700, 172, 740)
        canvas.drawString(76, 726, "Name")
        canvas.drawString(176, 726, "Bo Marsh")

    (table,) = tables(drawn(draw))
    assert texts(table) == [["Name", "Bo Marsh"], ["", ""]]


def test_backgrounds_alone_can_make_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        for y, label, answer in ((700, "Name", "Bo"), (680, "Born", "2020"), (660, "GP", "Dr Oak")):
            canvas.setFillGray(0.85)
            canvas.rect(72, y, 100, 20, stroke=0, fill=1)
            canvas.setFillGray(0.95)
            canvas.rect(172, y, 200, 20, stroke=0, fill=1)
            canvas.setFillGray(0)
            canvas.drawString(76, y + 6, label)
            canvas.drawString(176, y + 6, answer)

    (table,) = tables(drawn(draw))
    assert texts(table) == [["Name", "Bo"], ["Born", "2020"], ["GP", "Dr Oak"]]
    assert table.cells[0].shaded


def test_a_rule_drawn_again_in_pieces_parts_its_rows_in_every_column() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 252, 432], [700, 720, 740])
        canvas.line(252, 720.49, 432, 720.49)
        for number, text in enumerate(["Name", "Known", "Bo", "yes"]):
            canvas.drawString((76, 256)[number % 2], 725 - 20 * (number // 2), text)

    assert texts(tables(drawn(draw))[0]) == [["Name", "Known"], ["Bo", "yes"]]


def test_a_nested_table_is_lines_of_its_cell_and_kept_as_a_table() -> None:
    inner = table_of([["Name", "Tie"], ["Jo", "aunt"]], colWidths=[60, 60])
    (table,) = tables(built(table_of([["Family", [inner]], ["Next", "z"]], colWidths=[100, 200])))
    assert plain(cell(table, 0, 1).text) == "Name\tTie\nJo\taunt"
    assert len(cell(table, 0, 1).tables) == 1


def test_evidence_names_page_cell_and_box() -> None:
    (table,) = tables(built(table_of([["Name", "Bo"], ["Born", "2020"]])))
    evidence = cell(table, 1, 1).evidence
    assert (evidence.page, evidence.cell, evidence.method) == (
        1,
        "table 1, row 2, cell 2",
        "pdf-table",
    )
    assert evidence.box is not None
    left, top, right, bottom = evidence.box
    assert 72 < left < right < 523
    assert 72 < top < bottom < 150


def test_an_answer_box_beside_its_label_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for y, label, answer in ((700, "Name", "Bo Marsh"), (670, "School", "Elm Primary")):
            canvas.drawString(72, y, label)
            canvas.rect(170, y - 5, 200, 18)
            canvas.drawString(174, y, answer)

    (table,) = tables(drawn(draw))
    assert not table.ruled
    assert texts(table) == [["Name", "Bo Marsh"], ["School", "Elm Primary"]]


def test_a_comb_is_one_word() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "NHS number")
        for n, digit in enumerate("9990001112"):
            canvas.rect(200 + 16 * n, 694, 16, 18)
            canvas.drawCentredString(208 + 16 * n, 700, digit)

    assert texts(tables(drawn(draw))[0]) == [["NHS number", "9990001112"]]


def test_a_frame_round_the_page_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(40, 40, 515, 760)
        canvas.drawString(72, 700, "Name: Bo Marsh")

    (paragraph,) = drawn(draw).blocks
    assert not isinstance(paragraph, Table)


def test_an_address_too_long_for_its_cell_is_one_word() -> None:
    rows = [["Contact", "By wren.ashgrove-tindle@hv.nhs.example, Monday"]]
    (table,) = tables(built(table_of(rows, colWidths=[100, 90])))
    assert texts(table)[0][1] == rows[0][1]


def test_words_and_numbers_too_long_for_their_cell_are_one_word() -> None:
    rows = [["Dunnockby", "22.11.2009", "9994869523"]]
    (table,) = tables(built(table_of(rows, colWidths=[54, 50, 48])))
    assert texts(table) == rows
