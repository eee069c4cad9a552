"""Documents that cannot, or must not, be read: locked, cut short, too old, or made to harm."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from collections.abc import Iterator
from itertools import count
from unittest.mock import patch

from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method import ecma376_agile
from msoffcrypto.method.container import ecma376_encrypted

from tscp.demo.docx_xml import new_document, saved, without_clock

SECTOR = 512
NO_SECTOR, LAST, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
MEGABYTE = 1 << 20


def locked(docx: bytes, password: str) -> bytes:
    """The Word document behind a password; salts and times are fixed, so that it is made alike."""
    salts = _salts()

    def salt(size: int) -> bytes:
        return next(salts)[:size]

    out = io.BytesIO()
    with (
        patch.object(ecma376_agile, "_random_buffer", salt),
        patch.object(ecma376_encrypted, "datetime2filetime", return_value=0),
    ):
        OOXMLFile(io.BytesIO(docx)).encrypt(password, out)
    return out.getvalue()


def _salts() -> Iterator[bytes]:
    for number in count():
        yield hashlib.sha512(b"a demonstration, no secret %d" % number).digest()


def truncated(content: bytes, kept: float = 0.6) -> bytes:
    """Only the beginning arrived."""
    return content[: int(len(content) * kept)]


def zip_bomb(megabytes: int = 1024) -> bytes:
    """A Word document of a few hundred kilobytes whose text unpacks to that many megabytes."""
    start, end = _around_body("<w:p><w:r><w:t>AROUND</w:t></w:r></w:p>", "AROUND")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        _copy_but_text(new)
        entry = zipfile.ZipInfo("word/document.xml")
        entry.compress_type = zipfile.ZIP_DEFLATED
        with new.open(entry, "w", force_zip64=True) as text:
            text.write(start)
            for _ in range(megabytes):
                text.write(b"A" * MEGABYTE)
            text.write(end)
    return buffer.getvalue()


def xml_bomb() -> bytes:
    """A Word document whose few entities would unfold to thousands of millions of words."""
    entities = "".join(
        f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' if n else '<!ENTITY lol0 "lol">'
        for n in range(11)
    )
    return _with_doctype(f"<!DOCTYPE w [{entities}]>", "&lol10;")


def external_entity(address: str = "file:///etc/passwd") -> bytes:
    """A Word document that asks its reader to fetch another file into its text."""
    return _with_doctype(f'<!DOCTYPE w [<!ENTITY other SYSTEM "{address}">]>', "&other;")


def _with_doctype(doctype: str, entity: str) -> bytes:
    start, end = _around_body(f"<w:p><w:r><w:t>{entity}</w:t></w:r></w:p>", entity)
    declared = start.replace(b"<w:document", doctype.encode() + b"<w:document", 1)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        _copy_but_text(new)
        new.writestr("word/document.xml", declared + entity.encode() + end)
    return without_clock(buffer.getvalue())


def _around_body(paragraph: str, middle: str) -> tuple[bytes, bytes]:
    """The XML of an empty document with one paragraph, before and after what stands in it."""
    with zipfile.ZipFile(io.BytesIO(_empty())) as archive:
        xml = archive.read("word/document.xml").decode()
    before, after = xml.split("<w:body>", 1)
    whole = f"{before}<w:body>{paragraph}{after}"
    start, end = whole.split(middle, 1)
    return start.encode(), end.encode()


def _copy_but_text(new: zipfile.ZipFile) -> None:
    with zipfile.ZipFile(io.BytesIO(_empty())) as old:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(zipfile.ZipInfo(name), old.read(name))


def _empty() -> bytes:
    return saved(new_document(""))


def old_word(text: str) -> bytes:
    """The outside of a Word 97 document: a compound file whose main stream is WordDocument."""
    body = b"\xec\xa5\xc1\x00" + bytes(508) + text.encode("cp1252", "replace")
    body = body.ljust(max(4096, -(-len(body) // SECTOR) * SECTOR), b"\0")
    sectors = len(body) // SECTOR
    chain = [FAT, LAST, *range(3, sectors + 2), LAST]
    fat = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    entries = (
        _entry("Root Entry", 5, 1, LAST, 0),
        _entry("WordDocument", 2, NO_SECTOR, 2, len(body)),
    )
    directory = b"".join(entries) + _entry("", 0, NO_SECTOR, 0, 0) * 2
    return _compound_header() + fat + directory + body


def _compound_header() -> bytes:
    """One allocation sector (number 0), the directory in sector 1, no small streams."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, LAST, 0, LAST, 0)
    return header + struct.pack("<I", 0) + b"\xff" * (SECTOR - len(header) - 4)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    label = name.encode("utf-16-le")
    length = len(label) + 2 if name else 0
    entry = label.ljust(64, b"\0") + struct.pack("<HBB", length, kind, 1)
    entry += struct.pack("<III", NO_SECTOR, NO_SECTOR, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)
