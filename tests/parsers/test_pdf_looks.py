"""Turned pages, and how words look: struck out, underlined, grey, larger."""

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4, landscape
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


def test_a_page_drawn_landscape_reads_to_its_right_edge() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageSize(landscape(A4))
        canvas.grid([40, 200, 420, 580, 800], [440, 470, 500])
        for number, text in enumerate(
            ["Name", "Bo Marsh", "Role", "Nurse", "GP", "", "Born", "2020"]
        ):
            canvas.drawString((44, 204, 424, 584)[number % 4], 480 - 30 * (number // 4), text)

    assert rows(drawn(draw)) == [["Name", "Bo Marsh", "Role", "Nurse"], ["GP", "", "Born", "2020"]]


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


def test_letters_spaced_out_are_a_word_and_letters_written_twice_are_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 750)
        text.setCharSpace(5)
        text.textLine("SECTION ONE")
        canvas.drawText(text)
        for nudge in (0.0, 0.35, 1.0):
            canvas.drawString(72 + nudge, 700 - nudge, "Ill: yes")

    assert [plain(b.text) for b in drawn(draw).blocks] == ["SECTION ONE", "Ill: yes"]  # type: ignore[union-attr]


def test_invisible_letters_and_layers_that_are_off_are_no_answers() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 750)
        text.setTextRenderMode(3)
        text.textLine("Invisible")
        canvas.saveState()
        canvas.drawText(text)
        canvas.restoreState()
        canvas.drawString(72, 700, "Name: Bo")
        canvas._code.append("/OC /layer BDC")
        canvas.drawString(72, 650, "Draft: Al")
        canvas.rect(72, 600, 50, 20)
        canvas._code.append("EMC")
        canvas.drawString(72, 620, "Role: nurse")

    stream = BytesIO()
    canvas = Canvas(stream, pageCompression=0)
    draw(canvas)
    canvas.save()
    content = with_layer(stream.getvalue(), shown=False)
    reading = read_pdf(content)
    assert [plain(b.text) for b in reading.blocks] == ["Name: Bo", "Role: nurse"]  # type: ignore[union-attr]
    assert [plain(p.text) for p in reading.margin] == ["Invisible"]
    shown = read_pdf(with_layer(stream.getvalue(), shown=True))
    assert "Draft" in str(shown.blocks)


def with_layer(content: bytes, *, shown: bool) -> bytes:
    """The same PDF, of which the layer named 'layer' is on or off; places in it are found anew."""
    state = b"ON" if shown else b"OFF"
    layer = b"99 0 obj\n<< /Type /OCG /Name (Draft) >>\nendobj\n"
    settings = b"/OCProperties << /OCGs [99 0 R] /D << /" + state + b" [99 0 R] >> >>"
    body, end = content.split(b"xref\n", 1)
    body = body.replace(b"/Type /Catalog", settings + b" /Type /Catalog")
    body = body.replace(b"/ProcSet [", b"/Properties << /layer 99 0 R >> /ProcSet [")
    return body + layer + b"xref\n" + end
