"""What a file is, by its content; its name is only believed where the content says nothing.

explained.py says why a kind is not read.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from parsers.unlock import asks_for_password

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"{\\rt", "rtf"),
    (b"\x76\xe8\x04\x60\xc4\x11\xe3\x86", "rpmsg"),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\x1f\x8b\x08", "archive"),
    (b"L\0\0\0\x01\x14\x02\0", "shortcut"),
    (b"[InternetShortcut]", "shortcut"),
    (b"MZ", "program"),
    (b"-----BEGIN PGP MESSAGE", "encrypted mail"),
)
_ENVELOPED = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"  # S/MIME, encrypted
_SIGNED = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_PICTURES = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
# Streams by which OLE files tell what they are. A message comes first: its attachments may
# hold any of the others.
_OLE_STREAMS = (
    ("__properties_version1.0", "msg"),
    # Before the next: what rights management encrypts lies in a stream of that name too
    # (MS-OFFCRYPTO 2.2.5 and 2.2.11), and no password opens it.
    ("DRMEncryptedTransform", "rights managed"),
    ("\tDRMContent", "rights managed"),
    ("EncryptedPackage", "protected office"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint Document", "ppt"),
)
_OLD = ("doc", "xls", "ppt")
_OPC_MAIN = (
    (rb"wordprocessingml\.(document|template)\.main|ms-word\.(document|template)\w*\.main", "docx"),
    (rb"spreadsheetml\.(sheet|template)\.main|ms-excel\.\w+(\.\w+)?\.main", "xlsx"),
    (rb"presentationml\.\w+\.main|ms-powerpoint\.\w+\.main", "pptx"),
)
_MAIN_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
    "index/document.iwa": "pages",
}
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError,
    RuntimeError, NotImplementedError,
)  # fmt: skip
_HEADER = re.compile(
    rb"^(from|to|cc|subject|date|received|return-path|delivered-to|mime-version|message-id"
    rb"|content-type|dkim-signature|authentication-results|x-[a-z0-9-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|div|meta)[\s>]", re.IGNORECASE)
_ODF = b"application/vnd.oasis.opendocument."


def identify(name: str, content: bytes) -> str:
    """The kind of a file: a key of READERS where we can read it, else one explained.py knows."""
    head = content[:4096]
    if not content.strip(b"\0\t\n\r "):
        return "empty"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(content)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(content)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    return _by_shape(name, head)


def _by_shape(name: str, head: bytes) -> str:
    """Kinds without a fixed beginning."""
    if (head[4:8] == b"ftyp" and head[8:12] in _PICTURES) or head[8:12] == b"WEBP":
        return "image"
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return "image"
    if head[:1] == b"\x30" and _ENVELOPED in head[:64]:
        return "encrypted mail"
    if head[:1] == b"\x30" and _SIGNED in head[:64]:
        return "signed mail"
    if name.rpartition("/")[2].startswith("~$"):
        return "lock file"
    text = _as_text(head)
    if text is None:
        return "unknown"
    text = text.lstrip(b"\xef\xbb\xbf \t\r\n")
    if len({match[1].lower() for match in _HEADER.finditer(text)}) >= 2 and _HEADER.match(text):
        return "eml"
    if text[:9].upper() == b"BEGIN:VCA":
        return "calendar" if text[9:10].upper() == b"L" else "contact"
    if b"mso-application" in text[:200] or b"2006/xmlPackage" in text[:400]:
        return "word xml"
    if _HTML.search(text[:1024]):
        return "html"
    return "xml" if text.startswith(b"<?xml") else "text"


def _as_text(head: bytes) -> bytes | None:
    """The beginning as UTF-8 or Windows text; None for what is no text at all."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return head.decode("utf-16", "replace").encode()
    strange = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    return None if b"\0" in head or strange * 50 > len(head) else head


def _zip(content: bytes) -> str:
    """Word, Excel, OpenDocument and plain archives are all zip files."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except _ZIP_ERRORS:
        # Cut short: what it was meant to be is written at its beginning; the reader refuses it.
        return "docx" if b"[Content_Types].xml" in content[:65536] else "broken zip"
    kind = _open_document(archive, entries) or _office(archive, entries)
    if kind:
        return kind
    if any(entry.flag_bits & 1 for entry in entries):
        return "protected zip"
    return "zip" if entries else "empty"


def _office(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    names = [entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries]
    if "[content_types].xml" in names:
        types = _beginning(archive, entries[names.index("[content_types].xml")])
        for pattern, kind in _OPC_MAIN:
            if re.search(pattern, types):
                return kind
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), "")


def _open_document(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> str:
    if entries and entries[0].filename == "mimetype":
        kind = _beginning(archive, entries[0])
        if kind.startswith(_ODF):
            return "odt" if kind.startswith(_ODF + b"text") else "odf"
    return ""


def _beginning(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """As much of an entry as tells its kind; b'' if it cannot be unpacked."""
    try:
        with archive.open(entry) as file:
            return file.read(200_000)
    except _ZIP_ERRORS:
        return b""


def _ole(content: bytes) -> str:
    for stream, kind in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            return "protected old office" if kind in _OLD and asks_for_password(content) else kind
    return "ole"
