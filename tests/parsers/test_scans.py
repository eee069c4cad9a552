"""Scans and photographs: made upright, recognised by Tesseract, read as any other page."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from readings import aliases, vocabularies
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from parsers.outcome import DocumentRead
from parsers.read import read_document
from parsers.readers import picture, scan_tesseract
from parsers.readers.pdf import read_pdf
from parsers.readers.picture import read_picture
from parsers.readers.scan_ticks import judged
from parsers.reading import TICKED, UNTICKED, Reading, Table, Unreadable, plain
from triage.papers import LIKE_A_FORM

DPI = 200
SIZE = round(A4[0] / 72 * DPI), round(A4[1] / 72 * DPI)
ROWS = (
    ("Name of child", "Bo Marsh-Hill"),
    ("Date of birth", "14/03/2021"),
    ("NHS number", "999 123 4560"),
    ("Name of referrer", "Rita Referrer"),
    ("Date LA became aware", "3 March 2026"),
    ("Date of incident", "1 March 2026"),
)

needs_tesseract = pytest.mark.skipif(
    not scan_tesseract.installed(), reason="tesseract is not installed"
)


def page() -> Image.Image:
    """A form as printed, with a ruled table, two questions to tick, and one struck-out word."""
    sheet = Image.new("L", SIZE, 255)
    draw, face = ImageDraw.Draw(sheet), ImageFont.load_default(29)
    title = "Serious child safeguarding incident notification"
    draw.text((150, 150), title, fill=0, font=ImageFont.load_default(38))
    for number, (label, answer) in enumerate(ROWS):
        top = 300 + number * 70
        draw.rectangle((150, top, 700, top + 70), outline=0, width=2)
        draw.rectangle((700, top, 1500, top + 70), outline=0, width=2)
        draw.text((165, top + 16), label, fill=0, font=face)
        draw.text((715, top + 16), answer, fill=0, font=face)
    draw.text((150, 800), "Outcome for child", fill=0, font=face)
    for number, (option, on) in enumerate((("Death", False), ("Serious harm", True))):
        left = 500 + number * 300
        draw.rectangle((left, 800, left + 26, 826), outline=0, width=2)
        if on:
            draw.line((left + 3, 803, left + 23, 823), fill=0, width=3)
            draw.line((left + 3, 823, left + 23, 803), fill=0, width=3)
        draw.text((left + 45, 800), option, fill=0, font=face)
    return sheet


def saved(sheet: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    stream = io.BytesIO()
    sheet.save(stream, kind, **options)
    return stream.getvalue()


def pdf_of(*pages: Callable[[Canvas], None]) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def scanned(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(page().rotate(1.3, fillcolor=255)), 0, 0, *A4)


def read(name: str, content: bytes) -> DocumentRead:
    return read_document(name, content, vocabularies(), aliases())


def rows(reading: Reading) -> dict[str, str]:
    """The rows of ruled tables: label and answer."""
    found = {}
    for table in (block for block in reading.blocks if isinstance(block, Table)):
        for row in range(table.rows):
            cells = [plain(cell.text) for cell in table.cells if cell.row == row]
            found[cells[0]] = cells[-1]
    return found


def words(reading: Reading) -> str:
    cells = [b.cells if isinstance(b, Table) else (b,) for b in reading.blocks]
    return "\n".join(plain(piece.text) for pieces in cells for piece in pieces)


@needs_tesseract
def test_a_scan_laid_down_askew_is_read_with_its_ticks_and_places() -> None:
    """With the invisible text of the scanner under it, which is wrong and not used."""

    def badly_recognised(canvas: Canvas) -> None:
        scanned(canvas)
        text = canvas.beginText(60, 700)
        text.setTextRenderMode(3)
        text.textLine("Narne of chi1d B0 Marsb")
        canvas.drawText(text)

    found = read("form.pdf", pdf_of(badly_recognised))
    assert found.form is not None
    child, answers = found.form.children[0], found.form.answers
    assert (child["child_name"].value, child["nhs_number"].value) == ("Bo Marsh-Hill", "9991234560")
    assert answers["outcome_for_child"].value == "serious harm"
    where = child["child_name"].evidence
    assert (where.page, where.method) == (1, "ocr")
    # Where it is on the page as it was sent, which leans to the left.
    assert where.box is not None
    assert where.box[0] == pytest.approx(715 * 72 / DPI, abs=12)
    assert [note.kind for note in found.notes] == ["other"]


@needs_tesseract
def test_a_photograph_taken_sideways_and_aslant_in_poor_light_is_read() -> None:
    sheet = page()
    width, height = sheet.size
    table = Image.new("L", (width + 500, height + 500), 60)
    table.paste(sheet, (250, 250))
    corners = (-60, -30, -90, table.height + 40, table.width + 80, table.height, table.width, -50)
    photo = table.transform(table.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC)
    photo = photo.filter(ImageFilter.GaussianBlur(0.8))
    light = Image.linear_gradient("L").resize(photo.size).point(lambda v: 110 + v * 0.55)
    photo = Image.composite(photo, Image.new("L", photo.size, 0), light)
    turned = photo.transpose(Image.Transpose.ROTATE_90)
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show it a quarter to the right
    found = read_picture(saved(turned, exif=exif, quality=80))
    assert rows(found).items() >= dict(ROWS).items()
    assert f"{UNTICKED} Death" in words(found)
    assert f"{TICKED} Serious harm" in words(found)


@needs_tesseract
def test_pages_upside_down_and_on_their_side_in_one_tiff_are_read() -> None:
    small = [page().rotate(angle, expand=True) for angle in (180, 90)]
    tiff = saved(small[0], "TIFF", save_all=True, append_images=small[1:], compression="jpeg")
    found = read_picture(tiff)
    tables = [block for block in found.blocks if isinstance(block, Table)]
    first = {plain(cell.text) for table in tables for cell in table.cells}
    assert first >= {"Name of child", "Bo Marsh-Hill"}
    assert {cell.evidence.page for table in tables for cell in table.cells} == {1, 2}


@needs_tesseract
def test_a_scanned_page_among_typed_ones_is_recognised_and_named() -> None:
    def typed(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Crime reference: AB/12")

    found = read_pdf(pdf_of(typed, scanned))
    assert "Crime reference: AB/12" in words(found)
    assert rows(found)["Name of child"] == "Bo Marsh-Hill"
    assert "page 2" in found.problems[0].what


def test_without_tesseract_the_administrator_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    found = read("photo.jpg", saved(page()))
    assert (found.status, found.problem.for_whom) == ("unreadable", "administrator")
    assert "tesseract-ocr" in found.problem.what_to_do


def test_a_picture_bomb_is_refused_before_it_is_unpacked() -> None:
    side = int(picture.MOST_PIXELS**0.5) + 1
    bomb = saved(Image.new("1", (side, side)), "PNG")
    with pytest.raises(Unreadable) as refused:
        read_picture(bomb)
    assert refused.value.problem.kind == "too big"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_damaged_picture_is_called_so(kind: str) -> None:
    whole = saved(page(), kind)
    with pytest.raises(Unreadable) as refused:
        read_picture(whole[: len(whole) // 8])
    assert refused.value.problem.kind == "unreadable"


@needs_tesseract
def test_what_is_hard_to_read_is_never_sure() -> None:
    """A fax of a fax: small letters, blurred. Something is read, little is sure."""
    small = (
        page().resize((SIZE[0] * 2 // 3, SIZE[1] * 2 // 3)).filter(ImageFilter.GaussianBlur(0.9))
    )
    found = read("fax.png", saved(small, "PNG"))
    assert found.form is not None
    said = [answer for _, answer in found.form.every_answer() if answer.value is not None]
    true = {answer for _, answer in ROWS} | {"Serious harm"}
    assert len(said) >= 3
    assert not [a for a in said if a.confidence >= 0.95 and a.text not in true]
    assert [a for a in said if a.confidence < 0.95]


def test_where_every_box_of_a_page_holds_ink_none_is_surely_ticked() -> None:
    """Boxes printed with a shadow; the emptiest tells what is in the others."""
    assert judged([0.0, 0.01, 0.2]) == [(False, True), (False, True), (True, True)]
    assert judged([0.11, 0.12, 0.3]) == [(False, False), (False, False), (True, False)]
    assert judged([0.2]) == [(True, False)]
    assert judged([0.0, 0.05]) == [(False, True), (False, False)]


@needs_tesseract
def test_a_scan_with_too_few_known_questions_goes_to_a_person_as_perhaps_a_form() -> None:
    sheet = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(sheet)
    for number, line in enumerate(
        ("Name of child: Bo Marsh", "Wombling index: seven", "Zither: no")
    ):
        draw.text((150, 200 + 90 * number), line, fill=0, font=ImageFont.load_default(32))
    found = read("scan.png", saved(sheet, "PNG"))
    assert (found.status, found.recognised_as) == ("not-a-form", LIKE_A_FORM)
    assert "too little of it could be read" in (found.reason or "")
