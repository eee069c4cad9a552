"""Check boxes of every kind become ticks at their place."""

from collections.abc import Callable
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from parsers.readers.pdf import read_pdf
from parsers.readers.pdf_glyphs import glyph, sign, symbol_table
from parsers.reading import TICKED, UNTICKED, plain


def text(draw: Callable[[Canvas], None]) -> str:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    return "\n".join(plain(b.text) for b in read_pdf(stream.getvalue()).blocks)  # type: ignore[union-attr]


def choice(mark: Callable[[Canvas, float, float], None], outline: bool = True) -> str:
    """'Yes' and 'No' with a box each, of which the first is marked."""

    def draw(canvas: Canvas) -> None:
        for x, word in ((72, "Yes"), (120, "No")):
            if outline:
                canvas.rect(x, 699, 9, 9)
            canvas.drawString(x + 14, 700, word)
        mark(canvas, 72, 699)

    return text(draw)


def cross(canvas: Canvas, x: float, y: float) -> None:
    canvas.line(x + 1, y + 1, x + 8, y + 8)
    canvas.line(x + 1, y + 8, x + 8, y + 1)


def tick(canvas: Canvas, x: float, y: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x + 1, y + 4)
    path.lineTo(x + 4, y + 1)
    path.lineTo(x + 9, y + 10)
    canvas.drawPath(path)


def typed(character: str, font: str = "Helvetica") -> Callable[[Canvas, float, float], None]:
    def mark(canvas: Canvas, x: float, y: float) -> None:
        canvas.setFont(font, 9)
        canvas.drawString(x + 2, y + 1.5, character)

    return mark


def filled(canvas: Canvas, x: float, y: float) -> None:
    canvas.rect(x + 2, y + 2, 5, 5, stroke=0, fill=1)


@pytest.mark.parametrize(
    "mark",
    [cross, tick, typed("x"), typed("X"), typed("\N{HEAVY CHECK MARK}", "ZapfDingbats"), filled],
)
def test_a_drawn_square_is_ticked_by_what_stands_in_it(
    mark: Callable[[Canvas, float, float], None],
) -> None:
    assert choice(mark) == f"{TICKED} Yes {UNTICKED} No"


def test_empty_squares_are_unticked() -> None:
    assert choice(lambda canvas, x, y: None) == f"{UNTICKED} Yes {UNTICKED} No"


def test_a_square_of_four_lines_is_a_box() -> None:
    def mark(canvas: Canvas, x: float, y: float) -> None:
        for left in (x, x + 48):
            for ax, ay, bx, by in ((0, 0, 9, 0), (0, 9, 9, 9), (0, 0, 0, 9), (9, 0, 9, 9)):
                canvas.line(left + ax, y + ay, left + bx, y + by)
        cross(canvas, x, y)

    assert choice(mark, outline=False) == f"{TICKED} Yes {UNTICKED} No"


def test_circles_are_radio_buttons() -> None:
    def mark(canvas: Canvas, x: float, y: float) -> None:
        canvas.circle(x + 4, y + 4, 4)
        canvas.circle(x + 52, y + 4, 4)
        canvas.circle(x + 4, y + 4, 2, stroke=0, fill=1)

    assert choice(mark, outline=False) == f"{TICKED} Yes {UNTICKED} No"


def test_a_square_with_other_letters_is_not_a_tick() -> None:
    assert choice(typed("B")).startswith("B Yes")


@pytest.mark.parametrize(
    ("font", "code", "mark"),
    [
        ("ABCDEF+Wingdings-Regular", "\xa8", UNTICKED),
        ("ABCDEF+Wingdings-Regular", "\xfe", TICKED),
        ("Wingdings2", "R", TICKED),
        ("Wingdings 2", "\xa3", UNTICKED),
        ("ZapfDingbats", "4", TICKED),
        ("ZapfDingbats", "q", UNTICKED),
        ("Webdings", "a", TICKED),
        ("Webdings", "\uf063", UNTICKED),
        ("Calibri", "\uf0fe", TICKED),
        ("Calibri", "\uf0fd", TICKED),
        ("Calibri", "\uf0a8", UNTICKED),
        ("Calibri", "\uf06f", UNTICKED),
        ("Calibri", "\N{BALLOT BOX WITH CHECK}", TICKED),
        ("Calibri", "o", "o"),
        ("Calibri", "\ufb01", "fi"),
    ],
)
def test_symbol_fonts_and_private_characters(font: str, code: str, mark: str) -> None:
    assert glyph(sign(code, symbol_table(font))) == mark


@pytest.mark.parametrize(("empty", "full"), list(zip("❏❐❑❒❏❍", "✘✗■✔✖●", strict=True)))
def test_symbols_of_zapf_dingbats_are_ticked_beside_empty_ones(empty: str, full: str) -> None:
    def draw(canvas: Canvas) -> None:
        for x, box, word in ((72, empty, "Yes"), (120, full, "No")):
            canvas.setFont("ZapfDingbats", 10)
            canvas.drawString(x, 700, box)
            canvas.setFont("Helvetica", 10)
            canvas.drawString(x + 14, 700, word)

    assert text(draw) == f"{UNTICKED} Yes {TICKED} No"


def test_a_cross_among_check_marks_is_no_tick() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("ZapfDingbats", 10)
        for y, signs in ((700, "✓❏"), (680, "✗❏")):
            canvas.drawString(72, y, signs)

    assert f"{TICKED} {UNTICKED}" in text(draw)
    assert f"✗ {UNTICKED}" in text(draw)
