"""Zip archives behind a password: said without it, opened with it, told apart from what is not."""

import pytest
from locked import zip_with

from intake.locked_zip import MOST_LOCKED
from intake.opening import open_message


def opened(mail, archive: bytes, password: str = ""):
    return open_message(mail("Text", files={"x.zip": archive}), password=password).attachments


def sentence(attachment) -> str:
    return attachment.problem.sentence() if attachment.problem else ""


def test_without_the_password_staff_are_told_how_to_give_it(mail):
    (found,) = opened(mail, zip_with("open sesame", a_docx=b"form"))
    assert (found.name, found.content, found.problem.kind) == ("a.docx", b"", "protected")
    assert "--retry --password-file" in sentence(found)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp437"])
def test_the_password_opens_every_file_however_its_letters_were_written(mail, encoding):
    archive = zip_with("café 77", encoding, a_docx=b"first", b_pdf=b"second")
    found = opened(mail, archive, "café 77")
    assert [(a.content, a.problem) for a in found] == [(b"first", None), (b"second", None)]
    assert found[0].path == ("archive 1.zip",)


def test_a_wrong_password_is_told_even_where_its_check_byte_fits_by_chance(mail):
    archive = zip_with("right", a_docx=b"the form itself")
    for number in range(600):  # one in 256 passes the first check
        (found,) = opened(mail, archive, f"wrong {number}")
        assert "password given does not open" in sentence(found)
        assert found.content == b""


def test_what_no_password_would_help_is_said_at_once(mail):
    for given in ("", "right"):
        (found,) = opened(mail, zip_with("right", method=99, a_docx=b"form"), given)
        assert found.problem.kind == "protected"
        assert "even with its password" in sentence(found)
    (other,) = opened(mail, zip_with("right", method=9, a_docx=b"form"), "right")
    assert "even with its password" in sentence(other)


def test_one_file_too_large_to_decipher_in_time_spoils_no_other(mail):
    archive = zip_with("right", b_txt=b"short")
    large = bytearray(archive)
    at = large.rindex(b"PK\x01\x02") + 20
    large[at : at + 8] = (MOST_LOCKED + 1).to_bytes(4, "little") * 2
    (found,) = opened(mail, bytes(large), "right")
    assert found.problem.kind == "too big"


def test_the_password_shows_in_no_description(mail):
    from intake.limits import Budget

    assert "sesame" not in repr(Budget(password="sesame"))
    assert "sesame" not in repr(opened(mail, zip_with("sesame", a_txt=b"x"), "sesame"))
