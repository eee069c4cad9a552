"""Documents made to exhaust whoever reads them, by what is wrong with them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from docx_documents import changed, document, p, table, tc

from tscp.demo.damaged import external_entity, xml_bomb

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(body: str) -> bytes:
    """A Word file with this in its body."""
    xml = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return changed(document(p("x")), **{"word/document.xml": xml.encode()})


def many_cells(count: int = 100_000) -> bytes:
    """One table of that many cells, ten in a row."""
    row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 10 + "</w:tr>"
    return word("<w:tbl>" + row * (count // 10) + "</w:tbl>")


def many_entries(count: int) -> bytes:
    """A Word file of that many parts."""
    packed = io.BytesIO(document(table(tc("Name") + tc("Ann"))))
    with zipfile.ZipFile(packed, "a") as archive:
        for number in range(count):
            archive.writestr(f"word/media/{number}.png", b"")
    return packed.getvalue()


def nested(depth: int = 30_000) -> bytes:
    """Tables inside tables."""
    opened, closed = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    return word(opened * depth + closed * depth)


def pdf(*bodies: bytes) -> bytes:
    """A PDF from the bodies of its objects; the first is the catalog."""
    result, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(result))
        result += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(result)
    result += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    result += b"".join(b"%010d 00000 n \n" % place for place in places)
    return result + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(bodies) + 1,
        start,
    )


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object, packed."""
    packed = zlib.compress(data, 1)
    head = b"<</Length %d/Filter/FlateDecode%s>>" % (len(packed), extra)
    return head + b"\nstream\n" + packed + b"\nendstream"


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
WORDS = b"BT /F 12 Tf 72 700 Td (Name: Ann) Tj ET"


def one_page(content: bytes, box: bytes = b"0 0 595 842", extra: bytes = b"") -> bytes:
    """A PDF of one page with this stream object as its content."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R%s%s>>" % (box, FONT, extra)
    return pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, content)


def many_pages(count: int = 10_000) -> bytes:
    """A PDF of that many pages, all with the same content."""
    kids = b" ".join(b"%d 0 R" % number for number in range(4, count + 4))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R%s>>" % FONT
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    head = (CATALOG, pages, stream(WORDS))
    text, places = io.BytesIO(), []
    text.write(b"%PDF-1.7\n")
    for number, body in enumerate((*head, *[page] * count), start=1):
        places.append(text.tell())
        text.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = text.tell()
    text.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    text.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    text.write(b"trailer\n<</Size %d/Root 1 0 R>>\n" % (len(places) + 1))
    return text.getvalue() + b"startxref\n%d\n%%%%EOF" % start


def picture(width: int, height: int, lines: int) -> bytes:
    """A grey PNG that says it is so large, with so many of its lines, all black."""
    size = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(bytes((width + 1) * lines), 1)
    chunks = ((b"IHDR", size), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def pictured_page(width: int, height: int) -> bytes:
    """A PDF with one picture of that many black pixels on its page."""
    image = stream(
        bytes(width * height // 8),
        b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1"
        % (width, height),
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>"
    )
    drawn = stream(b"q 595 0 0 842 0 0 cm /I Do Q")
    return pdf(CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, drawn, image)


REFUSED: Mapping[str, Callable[[], bytes]] = {
    "6,000 parts.docx": lambda: many_entries(6_000),
    "billion laughs.docx": xml_bomb,
    "an external entity.docx": external_entity,
    "tables in tables.docx": nested,
    "100 MB in a stream.pdf": lambda: one_page(stream(b"q " * 50_000_000)),
    "deep arrays.pdf": lambda: one_page(stream(WORDS), extra=b"/X " + b"[" * 200_000),
    "deep dictionaries.pdf": lambda: one_page(stream(b"/A " + b"<</A" * 50_000)),
    "a picture that lies.png": lambda: picture(60_000, 60_000, 1),
}
"""Seen through by the reader itself."""

READ: Mapping[str, Callable[[], bytes]] = {
    "10,000 pages.pdf": many_pages,
    "a huge page.pdf": lambda: one_page(stream(WORDS), b"0 0 9999999 9999999"),
    "tables in tables.html": lambda: b"<html><body>" + b"<table><tr><td>" * 50_000,
    "one long line.txt": lambda: b"Name: Date of birth: " * 100_000,
}
"""Absurd, and read as far as that makes sense."""

STOPPED: Mapping[str, Callable[[], bytes]] = {
    "100,000 cells.docx": many_cells,
    "an endless path.pdf": lambda: one_page(stream(b"0 0 m " + b"1 1 l 2 3 l " * 400_000 + b"S")),
    "a picture of 900 megapixels.pdf": lambda: pictured_page(30_000, 30_000),
}
"""What a reader does not see through, the worker's limits end."""
