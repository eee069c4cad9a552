"""A file is what its content says it is, whatever it is called."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from parsers.explained import explain, misnamed
from parsers.identify import identify
from parsers.readers import READERS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def packed(**entries: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return file.getvalue()


def word() -> bytes:
    file = io.BytesIO()
    Document().save(file)
    return file.getvalue()


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(100)


KINDS = [
    (b"", "empty"),
    (b"\0\0\n ", "empty"),
    (b"%PDF-1.7\n", "pdf"),
    (b"\nleading noise %PDF-1.4", "pdf"),
    (word(), "docx"),
    (word()[:5000], "docx"),
    (ole("WordDocument"), "doc"),
    (ole("Workbook"), "xls"),
    (ole("__properties_version1.0") + ole("WordDocument"), "msg"),
    (ole("EncryptedPackage"), "protected office"),
    (ole("DRMEncryptedTransform") + ole("EncryptedPackage"), "rights managed"),
    (ole("\tDRMContent") + ole("WordDocument"), "rights managed"),
    (OLE, "ole"),
    (packed(**{"a form.docx": "x"}), "zip"),
    (packed(**{"word/notes.txt": "x"}), "zip"),
    (packed(**{"[Content_Types].xml": "spreadsheetml.sheet.main", "xl/a": ""}), "xlsx"),
    (packed(**{"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "pptx"),
    (packed(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
    (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "odf"),
    (packed(), "empty"),
    (packed(a="b")[:30], "broken zip"),
    (rb"{\rtf1\ansi }", "rtf"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
    (b"\0\0\0\x18ftypheic", "image"),
    (b"II*\0\x08", "image"),
    (b"\x76\xe8\x04\x60\xc4\x11\xe3\x86..", "rpmsg"),
    (b"From: a@example.org\r\nSubject: x\r\n\r\nhello", "eml"),
    (b"From: the school\nDear all", "text"),
    (b"\xef\xbb\xbf<!DOCTYPE html><p>", "html"),
    ("<html><body>".encode("utf-16"), "html"),
    ("a caf\xe9".encode("cp1252"), "text"),
    (b'<?xml version="1.0"?><a/>', "xml"),
    (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "word xml"),
    (b"0\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03\xa0\x80", "encrypted mail"),
    (b"[InternetShortcut]\nURL=x", "shortcut"),
    (b"MZ\x90\0", "program"),
    (bytes(range(256)), "unknown"),
]


@pytest.mark.parametrize(("content", "kind"), KINDS)
def test_the_content_tells_the_kind(content: bytes, kind: str) -> None:
    assert identify("form.docx", content) == kind


def test_the_file_word_leaves_while_a_document_is_open_is_told_apart() -> None:
    assert identify("~$N form.docx", b"\x05A Person" + b" " * 20 + b"\0\0") == "lock file"


def test_every_kind_is_either_read_or_explained_with_a_cure() -> None:
    for kind in {kind for _, kind in KINDS} | {"lock file"}:
        problem = explain(kind)
        assert (problem is None) == (kind in READERS)
        assert problem is None or problem.what_to_do.endswith(".")


def test_a_protected_document_is_sorted_as_protected() -> None:
    problem = explain("protected office", "form.docx")
    assert problem is not None
    assert problem.kind == "protected"
    assert "password" in problem.sentence()


def test_a_file_that_is_not_what_its_name_says_is_called_so_only_if_it_cannot_be_read() -> None:
    sheet = explain("xlsx", "SIN form for a child.docx")
    assert sheet is not None
    assert sheet.what.startswith("This file is not what its name (.docx) says. This is a spread")
    assert explain("pdf", "form.docx") is None


def test_a_pdf_named_docx_is_read_and_the_name_noted() -> None:
    note = misnamed("pdf", "form.docx")
    assert note is not None
    assert note.kind == "other"
    assert misnamed("docx", "form.docm") is None


@given(st.binary(max_size=600), st.sampled_from([b"", b"PK\x03\x04", OLE[:8], b"\xff\xfe"]))
def test_no_bytes_make_it_fail(content: bytes, start: bytes) -> None:
    kind = identify("x", start + content)
    assert kind in READERS or explain(kind) is not None
