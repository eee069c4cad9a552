"""Pages set in columns are read column by column; labels beside answers and two pairs a row not."""

from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from parsers.readers.pdf import read_pdf
from parsers.reading import Block, Paragraph, plain

LEFT = [
    ("Your name", "Ola Fenwick"),
    ("Your post", "Midwife"),
    ("Team", "Ward 4"),
    ("Day", "1 May"),
]
RIGHT = [("Child", "Bo Marsh"), ("Known as", "Bobby"), ("Born", "2020"), ("Doctor", "Dr Oak")]
Draw = Callable[[Canvas, float, float, str, str], float]


def read(draw: Callable[[Canvas], None]) -> list[str]:
    """What a PDF so drawn says, in the order it is read; labels and answers apart."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    draw(canvas)
    canvas.save()
    return [said for block in read_pdf(stream.getvalue()).blocks for said in said_in(block)]


def said_in(block: Block) -> Iterator[str]:
    cells = [block] if isinstance(block, Paragraph) else block.cells
    for cell in cells:
        yield from plain(cell.text).split("\n")


def above(canvas: Canvas, x: float, y: float, label: str, answer: str) -> float:
    canvas.setFont("Helvetica-Bold", 10)
    canvas.drawString(x, y, label)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(x, y - 12, answer)
    return 31.0


def plainly(canvas: Canvas, x: float, y: float, label: str, answer: str) -> float:
    canvas.drawString(x, y, label)
    canvas.drawString(x, y - 12, answer)
    return 31.0


def beside(canvas: Canvas, x: float, y: float, label: str, answer: str) -> float:
    canvas.drawString(x, y, label)
    canvas.drawString(x + 90, y, answer)
    return 17.0


def boxed(canvas: Canvas, x: float, y: float, label: str, answer: str) -> float:
    canvas.drawString(x, y, label)
    canvas.rect(x, y - 22, 200, 18)
    canvas.drawString(x + 4, y - 17, answer)
    return 38.0


def ruled(canvas: Canvas, x: float, y: float, label: str, answer: str) -> float:
    for left in (0, 90):
        canvas.rect(x + left, y - 5, 90 + left / 3, 18)
    canvas.drawString(x + 3, y, label)
    canvas.drawString(x + 93, y, answer)
    return 18.0


def column(canvas: Canvas, draw: Draw, x: float, y: float, pairs: list[tuple[str, str]]) -> None:
    for label, answer in pairs:
        y -= draw(canvas, x, y, label, answer)


def flat(pairs: list[tuple[str, str]]) -> list[str]:
    return [said for pair in pairs for said in pair]


@pytest.mark.parametrize(
    ("draw", "level"),
    [(above, 0), (above, 7), (plainly, 7), (beside, 7), (boxed, 7), (ruled, 0), (ruled, 7)],
)
def test_the_left_column_is_read_before_the_right_one(draw: Draw, level: float) -> None:
    def page(canvas: Canvas) -> None:
        column(canvas, draw, 50, 750, LEFT)
        column(canvas, draw, 320, 750 - level, RIGHT)

    assert read(page) == flat(LEFT) + flat(RIGHT)


def test_two_pairs_a_row_are_read_row_by_row() -> None:
    def page(canvas: Canvas) -> None:
        for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            beside(canvas, 50, 750 - 17 * row, *left)
            beside(canvas, 320, 750 - 17 * row, *right)

    rows = zip(LEFT, RIGHT, strict=True)
    assert read(page) == [said for row in rows for pair in row for said in pair]


def test_answers_written_over_a_printed_form_stay_beside_their_labels() -> None:
    def page(canvas: Canvas) -> None:
        for row, (label, _) in enumerate(LEFT + RIGHT):
            canvas.drawString(50, 750 - 18 * row, label)
        for row, (_, answer) in enumerate(LEFT + RIGHT):
            canvas.drawString(300, 750 - 18 * row, answer)

    assert read(page) == flat(LEFT + RIGHT)


def test_cells_of_label_and_answer_side_by_side_are_read_cell_by_cell() -> None:
    def page(canvas: Canvas) -> None:
        for row, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
            above(canvas, 50, 750 - 40 * row, *left)
            above(canvas, 320, 750 - 40 * row, *right)

    rows = zip(LEFT, RIGHT, strict=True)
    assert read(page) == [said for row in rows for pair in row for said in pair]


def test_a_heading_across_the_page_ends_the_columns_above_it() -> None:
    heading = "What happened, in the words of whoever saw or heard it, as far as it is known to you"

    def page(canvas: Canvas) -> None:
        column(canvas, above, 50, 750, LEFT)
        column(canvas, above, 320, 750, RIGHT)
        canvas.drawString(50, 600, heading)
        column(canvas, above, 50, 570, RIGHT)
        column(canvas, above, 320, 570, LEFT)

    assert read(page) == [*flat(LEFT), *flat(RIGHT), heading, *flat(RIGHT), *flat(LEFT)]


def test_a_rule_between_the_columns_and_a_frame_round_them_part_nothing_else() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(40, 580, 515, 200)
        canvas.line(305, 580, 305, 780)
        column(canvas, above, 50, 750, LEFT)
        column(canvas, above, 320, 743, RIGHT)

    assert read(page) == flat(LEFT) + flat(RIGHT)


def test_a_ruled_table_goes_on_in_the_next_column() -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(50, 750, "Notes")
        column(canvas, ruled, 50, 700, LEFT)
        column(canvas, ruled, 320, 780, RIGHT)

    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    page(canvas)
    canvas.save()
    _, table = read_pdf(stream.getvalue()).blocks
    assert list(said_in(table)) == flat(LEFT) + flat(RIGHT)
