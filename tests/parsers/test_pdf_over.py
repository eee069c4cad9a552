"""Ruled tables that go on over a page: headings, rows cut by the page's end, frames."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, SimpleDocTemplate, Spacer, TableStyle
from reportlab.platypus import Paragraph as Flowing
from reportlab.platypus import Table as Drawn

from parsers.readers.pdf import read_pdf
from parsers.reading import Reading, Table, plain

STYLE = getSampleStyleSheet()["BodyText"]
GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)


def built(*flowables: object) -> Reading:
    stream = BytesIO()
    SimpleDocTemplate(stream, pagesize=A4, topMargin=72, bottomMargin=72).build(list(flowables))
    return read_pdf(stream.getvalue())


def tables(reading: Reading) -> list[Table]:
    return [block for block in reading.blocks if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    return [[plain(c.text) for c in table.cells if c.row == r] for r in range(table.rows)]


def table_of(rows: Sequence[Sequence[str]], *style: tuple[object, ...], **more: object) -> Drawn:
    wrapped = [[Flowing(c, STYLE) for c in row] for row in rows]
    return Drawn(wrapped, style=TableStyle([GRID, *style]), **more)


def test_a_table_goes_on_over_the_page_without_its_repeated_heading() -> None:
    rows = [["Agency", "Known", "Involvement"]]
    rows += [[f"Agency {n}", "yes", "Visits at home every week"] for n in range(60)]
    reading = built(table_of(rows, repeatRows=1, colWidths=[150, 60, 200]))
    (table,) = tables(reading)
    assert table.rows == 61
    assert sum(row[0] == "Agency" for row in texts(table)) == 1
    assert {c.evidence.page for c in table.cells} == {1, 2}


def test_an_answer_broken_by_the_page_is_one_answer() -> None:
    story = " ".join(f"Sentence {n} of the summary." for n in range(400))
    rows = [["Before", "x"], ["Summary of the incident", story], ["After", "y"]]
    reading = built(table_of(rows, colWidths=[120, 330], splitInRow=1))
    (table,) = tables(reading)
    assert texts(table) == [["Before", "x"], ["Summary of the incident", story], ["After", "y"]]


def test_a_row_of_several_cells_broken_by_the_page_is_one_row() -> None:
    long = [
        "Health visiting and school nursing team " * 2,
        "Stephen " * 8,
        "a.stephen@hv.nhs.example",
    ]
    rows = [
        ["Agency", "Name", "E-mail"],
        ["Police", "Jo", "x"],
        [t.strip() for t in long],
        ["GP", "Al", "y"],
    ]
    made = table_of(rows, colWidths=[100, 50, 60], splitInRow=1)
    (table,) = tables(built(Spacer(1, 592), made))
    assert {c.evidence.page for c in table.cells} == {1, 2}
    assert texts(table) == rows


def test_a_new_row_on_the_next_page_stays_one_though_the_lines_above_are_full() -> None:
    rows = [["Known to the agency at all", "yes, by the family"], ["Nature of it", "Visits"]]
    page = [table_of([row], colWidths=[136, 98]) for row in rows]
    (table,) = tables(built(page[0], PageBreak(), page[1]))
    assert texts(table) == rows


def test_a_question_at_the_foot_of_a_page_has_its_answer_on_the_next() -> None:
    rows = [
        ["<b>Born</b><br/>2020", "<b>GP</b><br/>Dr Oak"],
        ["<b>Who was there?</b>", "<b>Number</b>"],
    ]
    more = [["Bo Marsh (mother)", ""], ["<b>Where?</b><br/>Home", "<b>When?</b><br/>2 May"]]
    page = [table_of(part, colWidths=[200, 200]) for part in (rows, more)]
    (table,) = tables(built(page[0], PageBreak(), page[1]))
    assert texts(table)[1:] == [
        ["Who was there?\nBo Marsh (mother)", "Number"],
        ["Where?\nHome", "When?\n2 May"],
    ]


def test_column_headings_alone_at_the_foot_of_a_page_stay_a_row() -> None:
    heading, *rows = [["<b>Agency</b>", "<b>Contact</b>"], ["Police", "Jo"], ["GP", "Al"]]
    page = [table_of(part, colWidths=[200, 200]) for part in ([heading], rows)]
    (table,) = tables(built(page[0], PageBreak(), page[1]))
    assert texts(table) == [["Agency", "Contact"], ["Police", "Jo"], ["GP", "Al"]]


def test_a_frame_round_rows_goes_on_with_them() -> None:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for page in range(2):
        canvas.rect(72, 640, 350, 60)
        canvas.grid([82, 202, 422], [640, 660, 680, 700])
        for row in range(3):
            canvas.drawString(86, 685 - 20 * row, f"Question {3 * page + row}")
            canvas.drawString(206, 685 - 20 * row, "yes")
        canvas.showPage()
    canvas.save()
    (table,) = tables(read_pdf(stream.getvalue()))
    assert [c.rows for c in table.cells if c.column == 0] == [6]


def test_the_blank_rest_of_a_label_on_its_background_is_no_row() -> None:
    shade = ("BACKGROUND", (0, 0), (0, 0), colors.lightblue)
    label = table_of([["What was done?"]], shade, colWidths=[400])
    rest = table_of([[""], ["She was seen."]], shade, colWidths=[400])
    (table,) = tables(built(label, PageBreak(), rest))
    assert texts(table) == [["What was done?"], ["She was seen."]]


def test_tables_of_other_columns_on_the_next_page_stay_apart() -> None:
    first = table_of([[f"Question {n}", "Answer"] for n in range(36)], colWidths=[200, 200])
    second = table_of(
        [["Agency", "Known", "Since"], ["Police", "yes", "2024"]], colWidths=[100] * 3
    )
    assert [t.columns for t in tables(built(first, PageBreak(), second))] == [2, 3]


def test_an_answer_under_its_question_in_one_cell_goes_on_over_the_page() -> None:
    said = ("She was seen at home. " * 120).strip()
    asked = ("<b>Born</b><br/>2020", f"<b>What happened</b><br/>{said}", "<b>Then</b><br/>Home")
    rows = [[Flowing(text, STYLE)] for text in asked]
    drawn_table = Drawn(rows, style=TableStyle([GRID]), splitInRow=1)
    (table,) = tables(built(Spacer(1, 400), drawn_table))
    assert " ".join(texts(table)[1][0].split()) == f"What happened {said}"
