"""Mail that is broken, absurd or made to harm, by what is wrong with it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from factories import a_document, a_form, a_mail

from tscp.demo.damaged import external_entity, truncated, xml_bomb, zip_bomb
from tscp.demo.mails import Attached, Sent

AT = datetime.now(UTC) - timedelta(days=1)
Bytes = Callable[[], bytes]


def form(seed: int, layout: str = "two columns") -> bytes:
    """A good form about a child of its own."""
    return a_document(a_form(seed, "fall", AT.date()), layout)


def with_file(name: str, content: bytes, subject: str = "SIN form") -> bytes:
    """A mail from an agency with one attachment."""
    return a_mail("tgicft", subject, attached=[Attached(name, content)], at=AT).content


def zipped(name: str, content: bytes) -> bytes:
    """A zip file of one entry."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def absurd_picture() -> bytes:
    """A PNG of a few bytes that says it is 60,000 pixels square."""
    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def deep_multipart(depth: int = 2000) -> bytes:
    """Multiparts inside one another."""
    head = b"From: a@post.example\r\nSubject: deep\r\nMIME-Version: 1.0\r\n"
    for n in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n)
    return head + b"Content-Type: text/plain\r\n\r\nat the bottom\r\n"


def many_parameters(count: int = 50_000) -> bytes:
    """One header with that many parameters."""
    words = b"".join(b"; name*%d*=utf-8''x" % n for n in range(count))
    return b"From: a@post.example\r\nContent-Type: text/plain" + words + b"\r\n\r\nhello\r\n"


def broken_mime() -> bytes:
    """A boundary that never comes, base64 that is none, a header without an end."""
    return (
        b"From: =?utf-8?B?broken\r\nSubject: =?x-no?Q?=ZZ?=\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="never"\r\nContent-Transfer-Encoding: base64\r\n'
        b"\r\n--other\r\nContent-Type: application/pdf\r\n\r\n!!!! not base64 !!!!\r\n"
    )


def unknown_charsets() -> bytes:
    """Texts in charsets that nobody has, or that are none."""
    head = (
        b'From: a@post.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"'
    )
    parts = [
        b"--b\r\nContent-Type: text/plain; charset=%s\r\n\r\n\xff\xfe\x80 caf\xe9\r\n" % charset
        for charset in (b"x-klingon", b"zip", b"rot13", b"undefined", b'"../../etc/passwd"')
    ]
    return head + b"\r\n\r\n" + b"".join(parts) + b"--b--\r\n"


def nested_mails() -> bytes:
    """A mail in a mail in a mail, with a form in the last."""
    mail = a_mail("tgicft", attached=[Attached("SIN.docx", form(31))], at=AT)
    for subject in ("FW: SIN", "FW: FW: SIN"):
        mail = a_mail("csc", subject, attached=[mail], at=AT)
    return mail.content


def forwarded_with_form() -> bytes:
    """A form inside a forwarded mail."""
    inner: Sent = a_mail("tgicft", attached=[Attached("SIN.pdf", form(32, "ruled"))], at=AT)
    return a_mail("csc", "FW: SIN", attached=[inner], at=AT).content


def long_subject() -> bytes:
    """On one line; put in by hand, since the standard library takes minutes over it."""
    mail = with_file("SIN.docx", form(35), "SIN form")
    return mail.replace(b"Subject: SIN form", b"Subject: " + b"SIN form " * 600_000, 1)


def worker_killer() -> bytes:
    """A PDF whose pages are their own parents, with a stream that unpacks without end."""
    stream = zlib.compress(b"q " * 100_000_000, 1)
    parts = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
        b"2 0 obj<</Type/Pages/Kids[3 0 R 2 0 R]/Count 2>>endobj",
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj",
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream" % len(stream),
        stream,
        b"endstream endobj",
        b"trailer<</Root 1 0 R>>",
        b"%%EOF",
    )
    return b"\n".join(parts)


FILED: Mapping[str, Bytes] = {
    "a mail in a mail in a mail": nested_mails,
    "a form inside a forwarded mail": forwarded_with_form,
    "a form inside a zip": lambda: with_file("Forms.zip", zipped("f/SIN.docx", form(33))),
    "a zip in a zip": lambda: with_file("a.zip", zipped("b.zip", zipped("SIN.docx", form(34)))),
    "a PDF named .docx": lambda: with_file("SIN.docx", form(36, "ruled")),
}
"""Odd, but a good form is in it: filed as a new referral."""

EITHER: Mapping[str, Bytes] = {"a subject of 5 MB": long_subject}
"""A good form is in it, behind more header than anybody needs: filed, or with a person."""

NOT_FILED: Mapping[str, Bytes] = {
    "an attachment of no bytes": lambda: with_file("SIN.docx", b""),
    "a Word file cut short": lambda: with_file("SIN.docx", truncated(form(41))),
    "a PDF cut short": lambda: with_file("SIN.pdf", truncated(form(42, "ruled"), 0.3)),
    "a program named .docx": lambda: with_file("SIN.docx", b"MZ\x90\0" + bytes(3000)),
    "a picture named .pdf": lambda: with_file(
        "SIN.pdf", b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(900)
    ),
    "a zip bomb": lambda: with_file("SIN.docx", zip_bomb(512)),
    "a zip bomb in a zip": lambda: with_file("a.zip", zipped("SIN.docx", bytes(400_000_000))),
    "an XML bomb": lambda: with_file("SIN.docx", xml_bomb()),
    "an external entity": lambda: with_file("SIN.docx", external_entity()),
    "an absurd picture": lambda: with_file("scan.png", absurd_picture()),
    "a document that kills its reader": lambda: with_file("SIN.pdf", worker_killer()),
    "broken MIME": broken_mime,
    "no header at all": lambda: b"just some words\r\nand more\r\n",
    "a message of no bytes": lambda: b"",
    "a multipart 2,000 deep": deep_multipart,
    "50,000 parameters": many_parameters,
    "unknown charsets": unknown_charsets,
}
"""A person is told why."""
