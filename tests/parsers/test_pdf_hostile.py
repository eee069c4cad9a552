"""Whatever the bytes are, read_pdf gives a Reading or Unreadable, and says why in plain words."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from parsers.readers import pdf
from parsers.readers.pdf import read_pdf
from parsers.reading import Reading, Unreadable, plain
from triage.problem import Problem


def paper(pages: int = 1, picture: int = 0, **options: object) -> bytes:
    """A form of some pages; page number `picture` is only a picture."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, **options)
    for number in range(1, pages + 1):
        if number == picture:
            canvas.drawImage(ImageReader(_pixels()), 0, 0, *A4)
        else:
            canvas.grid([72, 192, 432], [700, 730, 760])
            canvas.drawString(76, 740, "Name")
            canvas.drawString(196, 740, "Bo Marsh")
            canvas.drawString(72, 600, "Born: 1 May 2020")
            canvas.acroForm.textfield(name=f"f{number}", value="x", x=72, y=500)
            canvas.acroForm.checkbox(name=f"c{number}", checked=True, x=72, y=400)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _pixels() -> BytesIO:
    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 2, 2, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\0\1\2" * 2)
    return BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def objects(*bodies: bytes) -> bytes:
    """A PDF written by hand, from the bodies of its objects; the first is the catalog."""
    result = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(result)
    result += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    result += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return result + trailer % (len(bodies) + 1, start)


def problem(content: bytes) -> Problem:
    with pytest.raises(Unreadable) as caught:
        read_pdf(content)
    return caught.value.problem


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = (
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
)


def one_page(content: bytes, extra: bytes = b"", catalog: bytes = b"") -> bytes:
    stream = b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)
    return objects(
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE + extra + b">>",
        stream,
        FONT,
    )


@pytest.mark.parametrize("content", [b"", b"  \n", b"not a pdf", b"PK\x03\x04", b"%PDF-1.7\n"])
def test_what_is_no_pdf_is_unreadable(content: bytes) -> None:
    assert problem(content).kind == "unreadable"


def test_a_password_is_asked_for() -> None:
    found = problem(paper(encrypt=StandardEncryption("open sesame", canPrint=0)))
    assert found.kind == "protected"
    assert "password" in found.what_to_do


def test_a_pdf_that_only_restricts_printing_is_read() -> None:
    assert read_pdf(paper(encrypt=StandardEncryption("", ownerPassword="x", canPrint=0))).blocks


def test_a_picture_without_words_goes_to_a_person() -> None:
    assert "scan" in problem(paper(1, picture=1)).what


def test_pages_without_text_among_others_are_named() -> None:
    (found,) = read_pdf(paper(3, picture=2)).problems
    assert "page 2" in found.what


def test_too_many_pages_are_read_up_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 3)
    reading = read_pdf(paper(5))
    assert [p.kind for p in reading.problems] == ["too big"]


def test_an_xfa_form_is_named() -> None:
    content = one_page(
        b"BT /F 12 Tf 72 700 Td (Please wait... ) Tj ET", catalog=b"/AcroForm<</XFA(x)/Fields[]>>"
    )
    assert "XFA" in problem(content).what


def test_an_xfa_form_whose_pages_show_its_answers_is_read() -> None:
    content = one_page(
        b"BT /F 12 Tf 72 700 Td (Name: Bo Marsh) Tj ET", catalog=b"/AcroForm<</XFA(x)/Fields[]>>"
    )
    assert [plain(block.text) for block in read_pdf(content).blocks] == ["Name: Bo Marsh"]  # type: ignore[union-attr]


def test_letters_without_meaning_are_named() -> None:
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags 4>>>>]>>"
    )
    content = one_page(b"BT /F 12 Tf 72 700 Td <00010002000300040005> Tj ET")
    assert "cannot be read as text" in problem(content.replace(FONT, font)).what


def test_a_circular_page_tree_ends() -> None:
    content = objects(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"
    )
    assert problem(content).kind == "unreadable"


def test_a_deep_page_tree_ends() -> None:
    deep = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(2, 4000)]
    assert problem(objects(b"<</Type/Catalog/Pages 2 0 R>>", *deep)).kind == "unreadable"


def test_a_form_that_draws_itself_ends() -> None:
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 5>>"
    )
    drawing = one_page(b"/X Do BT /F 9 Tf 72 700 Td (Name: Bo) Tj ET")
    drawing = drawing.replace(b"/Font<</F 5 0 R>>", b"/Font<</F 5 0 R>>/XObject<</X 6 0 R>>")
    body = b"6 0 obj\n" + form + b"\nstream\n/X Do\nendstream\nendobj\nxref"
    outcome(drawing.replace(b"xref", body, 1))


@pytest.mark.parametrize(
    "box", [b"0 0 999999999 999999999", b"0 0 1e9 1e9", b"0 0 0 0", b"/a (b) null 3", b"9 9 -9 -9"]
)
def test_absurd_page_sizes_do_no_harm(box: bytes) -> None:
    outcome(one_page(b"BT /F 9 Tf 72 700 Td (Name: Bo) Tj ET").replace(b"0 0 595 842", box))


def test_a_stream_that_swells_is_refused() -> None:
    data = zlib.compress(b"q Q " * 20_000_000, 9)
    swelling = one_page(data).replace(b"<</Length", b"<</Filter/FlateDecode/Length", 1)
    assert problem(swelling).kind == "too big"


def outcome(content: bytes) -> Reading | None:
    """Reads; any error but Unreadable fails the test."""
    try:
        return read_pdf(content)
    except Unreadable:
        return None


WHOLE = paper(2)


@pytest.mark.parametrize("part", range(1, 12))
def test_a_truncated_pdf_ends_well(part: int) -> None:
    outcome(WHOLE[: len(WHOLE) * part // 12])


def test_a_pdf_whose_table_of_contents_is_lost_is_read_with_a_warning() -> None:
    found = read_pdf(WHOLE.replace(b"startxref\n", b"startxref\n9")).problems
    assert ["may not be all" in p.what for p in found] == [True]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4)), max_size=12
    )
)
def test_damaged_bytes_only_ever_end_in_a_reading_or_a_problem(
    changes: list[tuple[int, bytes]],
) -> None:
    content = bytearray(WHOLE)
    for place, piece in changes:
        content[place : place + len(piece)] = piece
    outcome(bytes(content))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                b"BT",
                b"ET",
                b"/F 9 Tf",
                b"(a) Tj",
                b"q",
                b"Q",
                b"1 0 0 1 9 9 cm",
                b"0 0 0 0 0 0 Tm",
                b"re f",
                b"9 9 9 9 re S",
                b"1e40 0 m",
                b"5 5 l",
                b"h",
                b"B",
                b"/X Do",
                b"[(a) 3 /b] TJ",
                b"<<",
                b">>",
                b"-1 Tz",
                b"nan 5 Td",
                b"(\\",
                b"9999999999 TL",
                b"T*",
                b"/P gs",
                b"/Cs cs",
                b"1 2 3 4 5 sc",
            ]
        ),
        max_size=30,
    )
)
def test_nonsense_drawing_ends_well(parts: list[bytes]) -> None:
    outcome(one_page(b" ".join(parts)))


def test_files_carried_inside_a_pdf_are_told_of() -> None:
    stream = BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(72, 700, "Please see the attached form")
    canvas.save()
    names = b"/Type /Catalog /Names << /EmbeddedFiles << /Names [(a) 1 0 R (b) 1 0 R] >> >>"
    reading = read_pdf(stream.getvalue().replace(b"/Type /Catalog", names))
    assert any("carries 2 files inside it" in problem.what for problem in reading.problems)
