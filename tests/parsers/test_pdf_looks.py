"""Turned pages, and how words look: struck out, underlined, grey, larger."""

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from parsers.readers.pdf import read_pdf
from parsers.reading import Paragraph, Reading, Table, plain


def drawn(*pages: Callable[[Canvas], None], rotate: int = 0) -> Reading:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        if rotate:
            canvas.setPageRotation(rotate)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return read_pdf(stream.getvalue())


def paragraphs(reading: Reading) -> list[str]:
    return [plain(b.text) for b in reading.blocks if isinstance(b, Paragraph)]


def rows(reading: Reading) -> list[list[str]]:
    return [
        [plain(c.text) for c in b.cells if c.row == row]
        for b in reading.blocks
        if isinstance(b, Table)
        for row in range(b.rows)
    ]


def lines(
    *texts: str, x: float = 72, top: float = 750, step: float = 20
) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            canvas.drawString(x, top - number * step, text)

    return draw


def pairs(
    *texts: str, step: float = 18, columns: tuple[int, ...] = (72, 220)
) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        for number, text in enumerate(texts):
            for x, part in zip(columns, text.split("|"), strict=False):
                canvas.drawString(x, 750 - number * step, part.strip())

    return draw


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_reads_the_same(rotate: int) -> None:
    draw = pairs("Name | Bo Marsh", "Born | 1 May 2020")
    reading = drawn(draw, rotate=rotate)
    assert rows(reading) == [["Name", "Bo Marsh"], ["Born", "1 May 2020"]]


def test_a_turned_pages_evidence_is_where_it_shows() -> None:
    reading = drawn(lines("Name: Bo"), rotate=90)
    box = reading.blocks[0].evidence.box  # type: ignore[union-attr]
    assert box is not None
    # On the page turned clockwise, its top left corner is now at the top right.
    assert box[0] > 600
    assert 60 < box[1] < 80


def test_sideways_words_on_an_upright_page_are_kept() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Name: Bo Marsh", "Born: 2020")(canvas)
        canvas.rotate(90)
        canvas.drawString(300, -40, "Sideways")

    assert "Sideways" in " ".join(paragraphs(drawn(draw)))


def test_looks_are_kept() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 740, "Yes")
        canvas.line(72, 743.2, 72 + canvas.stringWidth("Yes"), 743.2)
        canvas.drawString(72, 720, "No")
        canvas.line(72, 718.5, 72 + canvas.stringWidth("No"), 718.5)
        canvas.setFillGray(0.5)
        canvas.setFont("Helvetica-Oblique", 10)
        canvas.drawString(72, 700, "(guidance)")

    struck, underlined, grey = [b.text[0] for b in drawn(draw).blocks]  # type: ignore[union-attr]
    assert struck.struck
    assert not struck.underlined
    assert underlined.underlined
    assert not underlined.struck
    assert grey.grey
    assert grey.italic


def test_larger_letters_make_a_heading() -> None:
    def draw(canvas: Canvas) -> None:
        lines("Name: Bo", "Born: 2020", top=700)(canvas)
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(72, 740, "Part A")

    assert [b.heading for b in drawn(draw).blocks] == [True, False, False]  # type: ignore[union-attr]
