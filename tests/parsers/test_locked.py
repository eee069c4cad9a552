"""Documents behind a password: named exactly, opened with it, and never more than a Problem."""

from __future__ import annotations

import io
import struct
from functools import cache

import pytest
from factories import a_document, a_form
from hypothesis import given, settings
from hypothesis import strategies as st
from locked import office
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from config.settings import HERE
from parsers.outcome import DocumentRead
from parsers.read import read_document
from parsers.vocabulary import load_vocabularies
from tscp.demo.damaged import locked, old_word, zip_bomb
from tscp.demo.forms_pdf import as_pdf

RIGHT = "open sesame"
SHEET, SLIDES = "spreadsheetml.sheet", "presentationml.presentation"


@cache
def vocabularies():
    return load_vocabularies(sorted((HERE / "forms").glob("*.toml")))


@cache
def word() -> bytes:
    return locked(a_document(), RIGHT)


@cache
def pdf(password: str = RIGHT) -> bytes:
    return as_pdf(a_form(), password=password)


def restricted() -> bytes:
    """Locked for its owner alone: anybody may read it."""
    buffer = io.BytesIO()
    lock = StandardEncryption("", ownerPassword="the owner's", canPrint=0)
    canvas = Canvas(buffer, encrypt=lock)
    canvas.drawString(72, 700, "Minutes of a meeting")
    canvas.save()
    return buffer.getvalue()


def read(content: bytes, password: str = "") -> DocumentRead:
    return read_document("document", content, vocabularies(), {}, password)


@pytest.mark.parametrize(
    "content",
    [word(), pdf(), locked(office(SHEET), RIGHT), locked(office(SLIDES), RIGHT)],
    ids=["docx", "pdf", "xlsx", "pptx"],
)
def test_what_opens_with_a_password_says_how_to_give_it_and_when_it_is_wrong(
    content: bytes,
) -> None:
    unopened, wrong, right = read(content), read(content, "open sesam"), read(content, RIGHT)
    assert unopened.problem is not None
    assert wrong.problem is not None
    assert (unopened.problem.kind, wrong.problem.kind) == ("protected", "protected")
    assert "--retry --password-file" in unopened.problem.sentence()
    assert "The password given does not open this document" in wrong.problem.sentence()
    assert right.problem is None or right.problem.kind != "protected"


def test_the_right_password_reads_the_form_as_if_it_had_come_open() -> None:
    assert read(word(), RIGHT).form == read(a_document()).form
    assert read(pdf(), RIGHT).form == read(as_pdf(a_form())).form
    assert read(word(), RIGHT).form is not None


def test_a_password_that_is_not_plain_english_opens_it_too() -> None:
    for content in (locked(a_document(), "Märchen"), pdf("Märchen")):
        assert read(content, "Märchen").status == "form"


def test_a_spreadsheet_is_named_as_one_once_it_is_open() -> None:
    assert "spreadsheet" in (read(locked(office(SHEET), RIGHT), RIGHT).reason or "")
    assert "presentation" in (read(locked(office(SLIDES), RIGHT), RIGHT).reason or "")


def test_what_needs_no_password_is_read_as_before_whatever_is_given() -> None:
    for content in (a_document(), as_pdf(a_form()), restricted(), b"Plain words"):
        assert read(content, "something") == read(content)
        assert read(content).status != "unreadable"


@pytest.mark.parametrize("password", ["пароль", "\u0627abc\u0627b", "x" * 1000, "\0", "\ud800"])
def test_passwords_of_any_letters_are_wrong_ones_and_no_fault(password: str) -> None:
    for content in (word(), pdf()):
        assert "does not open" in (read(content, password).reason or "")


def test_a_rights_managed_document_is_not_promised_a_password() -> None:
    managed = bytes(word()).replace(
        "EncryptedPackage".encode("utf-16-le"), "\tDRMContent_____".encode("utf-16-le")
    )
    for given_one in ("", RIGHT):
        found = read(managed, given_one)
        assert found.problem is not None
        assert found.problem.kind == "protected"
        assert "rights" in found.problem.what
        assert "password-file" not in found.problem.sentence()


def test_an_old_document_with_a_damaged_lock_is_told_so() -> None:
    encrypted = bytearray(old_word("text"))
    at = encrypted.index(b"\xec\xa5\xc1\x00")
    flags = struct.unpack_from("<H", encrypted, at + 10)[0]
    struct.pack_into("<H", encrypted, at + 10, flags | 0x0100)
    assert "password-file" in (read(bytes(encrypted)).reason or "")
    assert "damaged" in (read(bytes(encrypted), RIGHT).reason or "")


def test_a_bomb_behind_a_password_is_a_bomb() -> None:
    found = read(locked(zip_bomb(80), RIGHT), RIGHT)
    assert found.problem is not None
    assert found.problem.kind == "too big"


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1_000_000), st.binary(min_size=1, max_size=40), st.sampled_from("ab"))
def test_a_damaged_one_is_told_so_in_a_sentence(at: int, noise: bytes, which: str) -> None:
    whole = word() if which == "a" else pdf()
    at %= len(whole)
    found = read(whole[:at] + noise + whole[at + len(noise) :], RIGHT)
    assert found.reason or found.form
    assert RIGHT not in repr(found)
