"""Labels above their fields or boxes, side by side, and what only looks like it."""

from reportlab.pdfgen.canvas import Canvas

from parsers.reading import TICKED, Paragraph, Table, plain
from tests.parsers.test_pdf_fields import filled


def _field(canvas: Canvas, name: str, value: str, x: float, y: float, width: float) -> None:
    canvas.acroForm.textfield(name=name, value=value, x=x, y=y, width=width, height=16)


def _above(canvas: Canvas) -> None:
    for row, labels in enumerate([("Name", "Role"), ("Agency", "Telephone")]):
        y = 740 - 40 * row
        for column, label in enumerate(labels):
            canvas.drawString(60 + 240 * column, y, label)
            _field(canvas, label, f"my {label}", 60 + 240 * column, y - 20, 200)


def test_each_label_stands_before_the_field_beneath_it() -> None:
    reading = filled(_above)
    assert all(isinstance(block, Paragraph) for block in reading.blocks)
    texts = [plain(b.text) for b in reading.blocks if isinstance(b, Paragraph)]
    assert texts == [
        "Name", "my Name", "Role", "my Role", "Agency", "my Agency", "Telephone", "my Telephone"
    ]  # fmt: skip


def test_fields_in_rows_under_one_header_stay_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        for column, label in enumerate(("Name", "Relationship")):
            canvas.drawString(60 + 240 * column, 740, label)
            for row in range(3):
                _field(canvas, f"{label}{row}", f"{label} {row}", 60 + 240 * column,
                       718 - 20 * row, 200)  # fmt: skip

    (table,) = filled(draw).blocks
    assert isinstance(table, Table)
    assert (table.rows, table.columns) == (4, 2)


def test_boxes_with_labels_above_are_read_alike() -> None:
    def draw(canvas: Canvas) -> None:
        for column, label in enumerate(("Name", "Role")):
            canvas.drawString(60 + 240 * column, 740, label)
            canvas.rect(60 + 240 * column, 712, 200, 22)
            canvas.drawString(66 + 240 * column, 719, f"my {label}")

    texts = [
        plain((b if isinstance(b, Paragraph) else b.cells[0]).text) for b in filled(draw).blocks
    ]
    assert texts == ["Name", "my Name", "Role", "my Role"]


def test_words_alone_on_a_bar_across_the_page_are_a_heading() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.8)
        canvas.rect(50, 735, 490, 18, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(60, 740, "Section two")
        for row, label in enumerate(("Name", "Role")):
            canvas.drawString(60, 715 - 20 * row, label)
            canvas.drawString(220, 715 - 20 * row, "an answer")

    first, table = filled(draw).blocks
    assert isinstance(first, Paragraph)
    assert first.heading
    assert isinstance(table, Table)


def test_boxes_without_words_stand_under_their_headers() -> None:
    def draw(canvas: Canvas) -> None:
        for x, label in ((60, "Agency"), (230, "Known"), (300, "Not known")):
            canvas.drawString(x, 740, label)
        for row, agency in enumerate(("Police", "Housing", "Early Help")):
            y = 715 - 22 * row
            canvas.drawString(60, y, agency)
            for x, on in ((240, row == 1), (318, row != 1)):
                canvas.acroForm.checkbox(name=f"{agency}{x}", checked=on, x=x, y=y - 2, size=11)

    (table,) = filled(draw).blocks
    assert isinstance(table, Table)
    assert table.columns == 3
    ticked = [plain(c.text) == TICKED for c in table.cells if c.row and c.column]
    assert ticked == [False, True, True, False, False, True]
