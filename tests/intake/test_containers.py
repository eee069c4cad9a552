"""Files with files inside, and those that are made to do harm."""

import struct
import zipfile
from io import BytesIO

import pytest

from intake.opening import open_message


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def opened(mail, name: str, content: bytes):
    return open_message(mail("Text", files={name: content})).attachments


def test_a_document_that_is_a_zip_inside_is_left_whole(mail):
    form = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    for name in ("form.docx", "form.zip", "form"):
        (found,) = opened(mail, name, form)
        assert (found.content, found.path) == (form, ())


def test_folders_and_what_macos_adds_are_left_out(mail):
    archive = zipped(
        {"a/": b"", "__MACOSX/._form.pdf": b"x", "a/.DS_Store": b"x", "a/form.pdf": b"y"}
    )
    assert [a.name for a in opened(mail, "x.zip", archive)] == ["form.pdf"]


def test_an_archive_with_a_password_says_so(mail):
    archive = bytearray(zipped({"form.docx": b"secret"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        archive[archive.index(mark) + at] |= 1
    (found,) = opened(mail, "x.zip", bytes(archive))
    assert (found.name, found.problem.kind) == ("form.docx", "protected")
    assert "password" in found.problem.sentence()


def test_one_damaged_file_spoils_no_other(mail):
    archive = bytearray(zipped({"a.txt": b"a" * 100, "b.txt": b"b" * 100}))
    archive[40] ^= 0xFF
    kinds = {
        a.name: a.problem.kind if a.problem else "" for a in opened(mail, "x.zip", bytes(archive))
    }
    assert kinds["b.txt"] == ""
    assert kinds["a.txt"] == "unreadable"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"no zip"])
def test_a_damaged_archive_is_itself_the_document(mail, content):
    (found,) = opened(mail, "x.zip", content)
    assert (found.name, found.problem.kind, found.content) == ("x.zip", "unreadable", content)


def test_an_empty_archive_is_not_passed_over_in_silence(mail):
    (found,) = opened(mail, "x.zip", zipped({}))
    assert "no file" in found.problem.what


def test_bombs_are_not_unfolded(mail):
    flat = zipped({"zeros.bin": b"\0" * 20_000_000})
    many = zipped({f"{n}.txt": b"" for n in range(500)})
    wide = zipped({f"{n}.bin": bytes(range(256)) * 3000 * 20 for n in range(12)})
    for archive in (flat, many, wide):
        (found,) = opened(mail, "x.zip", archive)[:1]
        assert found.problem.kind == "too big"
        assert len(found.content) <= len(archive)


def test_an_archive_that_lies_about_sizes_is_not_believed(mail):
    archive = bytearray(zipped({"a.bin": b"\0" * 900_000}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", archive, archive.index(mark) + at, 10)
    (found,) = opened(mail, "x.zip", bytes(archive))
    assert found.problem is not None
    assert len(found.content) < 100


def test_nesting_ends_at_a_depth(mail):
    archive = zipped({"form.pdf": b"%PDF-"})
    for _ in range(6):
        archive = zipped({"x.zip": archive})
    (found,) = opened(mail, "x.zip", archive)
    assert (found.problem.kind, len(found.path)) == ("too big", 4)


def test_more_files_than_a_message_may_hold_are_said(mail):
    files = {f"{n}.txt": b"x" for n in range(250)}
    found = open_message(mail("Text", files=files))
    assert len(found.attachments) == 200
    assert found.problems[0].kind == "too big"


# ---- winmail.dat


def attribute(level: int, number: int, data: bytes) -> bytes:
    head = struct.pack("<BHHI", level, number, 6, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def property_(kind: int, tag: int, data: bytes) -> bytes:
    return struct.pack("<HHII", kind, tag, 1, len(data)) + data + b"\0" * (-len(data) % 4)


def winmail(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


FORM = b"%PDF- a form"


def test_a_form_inside_winmail_is_found_under_its_long_name(mail):
    long_name = "SIN förm for the panel.pdf".encode("utf-16-le") + b"\0\0"
    number = struct.pack("<HHI", 0x3, 0x3705, 1)
    named = struct.pack("<HH16sIII", 0x3, 0x8001, b"g" * 16, 0, 7, 5)
    properties = struct.pack("<I", 3) + number + named + property_(0x1F, 0x3707, long_name)
    content = winmail(
        attribute(1, 0x9006, b"\0\0\1\0"),
        attribute(2, 0x9002, b"\0" * 14),
        attribute(2, 0x8010, b"SINFOR~1.PDF\0"),
        attribute(2, 0x800F, FORM),
        attribute(2, 0x9005, properties),
    )
    (found,) = opened(mail, "winmail.dat", content)
    assert (found.name, found.content) == ("SIN förm for the panel.pdf", FORM)
    assert found.path == ("winmail 1.dat",)


def test_a_winmail_without_documents_says_so(mail):
    (found,) = opened(mail, "winmail.dat", winmail(attribute(1, 0x8004, b"subject\0")))
    assert "held no document" in found.problem.what


@pytest.mark.parametrize("cut", [0, 3, 6, 20, 40, 60])
def test_a_damaged_winmail_is_said(mail, cut):
    whole = winmail(attribute(2, 0x9002, b"\0" * 14), attribute(2, 0x800F, FORM * 3))
    (found,) = opened(mail, "winmail.dat", whole[:cut])
    assert found.problem is not None


def test_an_outlook_message_is_for_a_person(mail):
    (found,) = opened(mail, "RE JB.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert found.problem.kind == "unreadable"
    assert "Outlook" in found.problem.sentence()
