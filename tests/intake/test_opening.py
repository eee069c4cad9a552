"""A message is opened into its text and its documents, at any depth."""

import base64
import zipfile
from email.message import EmailMessage
from io import BytesIO

import pytest

from intake.opening import open_message

DOCX = b"PK\x03\x04 a form as Word has it"


def names(opened) -> list[str]:
    return [attachment.name for attachment in opened.attachments]


def raw(*lines: str | bytes) -> bytes:
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_an_attached_form_and_the_text_beside_it(mail):
    opened = open_message(mail("Please find attached.\n", files={"SIN form.docx": DOCX}))
    (form,) = opened.attachments
    assert (form.name, form.content, form.path, form.inline) == ("SIN form.docx", DOCX, (), False)
    assert opened.correspondence.body == "Please find attached."
    assert opened.problems == ()


def test_file_names_in_every_way_they_are_written():
    ways = {
        'filename="SIN form.docx"': "SIN form.docx",
        "filename=SIN form.docx": "SIN form.docx",
        "filename*=utf-8''F%C3%B6rm.docx": "Förm.docx",
        "filename*=iso-8859-1'en'F%F6rm.docx": "Förm.docx",
        "filename*0*=utf-8''F%C3%B6; filename*1=rm; filename*2*=%20x.docx": "Förm x.docx",
        "filename*=utf-8''right.docx; filename*0=wrong.docx": "right.docx",
        'filename="=?utf-8?B?RsO2cm0uZG9jeA==?="': "Förm.docx",
        'filename="C:\\\\Users\\\\jane\\\\form.docx"': "form.docx",
        'filename="../../etc/form.docx"': "form.docx",
        'filename="a \\"b\\".docx"': 'a "b".docx',
        "filename*=no-such-charset''F%C3%B6rm.docx": "Förm.docx",
    }
    for way, name in ways.items():
        head = ("From: a@b.example", f"Content-Disposition: attachment; {way}", "", "x")
        assert names(open_message(raw(*head))) == [name], way


def test_a_file_without_a_name_gets_one_by_its_type():
    opened = open_message(raw("From: a@b.example", "Content-Type: application/pdf", "", "%PDF-"))
    assert names(opened) == ["unnamed.pdf"]


def test_pictures_in_the_text_are_kept_and_marked():
    message = EmailMessage()
    message["From"] = "a@b.example"
    message.set_content("See below")
    message.add_alternative('<p>See below</p><img src="cid:logo">', subtype="html")
    message.get_payload()[1].add_related(b"\x89PNG logo", "image", "png", cid="<logo>")
    message.add_attachment(b"\xff\xd8 photo", "image", "jpeg", filename="form page 1.jpg")
    opened = open_message(message.as_bytes())
    assert [(a.media_type, a.inline) for a in opened.attachments] == [
        ("image/png", True),
        ("image/jpeg", False),
    ]


def test_a_forward_as_attachment_is_opened(mail):
    inner = mail("The old request", files={"form.docx": DOCX}, Subject="For JB")
    outer = EmailMessage()
    outer["From"] = "b@c.example"
    outer.set_content("FYI")
    outer.make_mixed()
    outer.attach(_rfc822(inner))
    opened = open_message(outer.as_bytes())
    (form,) = opened.attachments
    assert (form.path, form.content) == (("message 1.eml",), DOCX)
    assert opened.correspondence.sender == "b@c.example"
    assert opened.correspondence.body == "FYI"
    assert "The old request" in opened.correspondence.full_text
    assert "Subject: For JB" in opened.correspondence.full_text


def _rfc822(content: bytes) -> EmailMessage:
    part = EmailMessage()
    part["Content-Type"] = "message/rfc822"
    part.set_payload(content.decode("ascii"))
    return part


def test_an_eml_sent_as_a_file_is_opened_too(mail):
    inner = mail("Inner", files={"form.docx": DOCX})
    opened = open_message(mail("Outer", files={"Fwd for JB.eml": inner}))
    assert [(a.name, a.path) for a in opened.attachments] == [("form.docx", ("message 1.eml",))]


def test_archives_and_messages_inside_one_another_have_neutral_paths(mail):
    inner = mail("Inner", files={"more JB.zip": zipped({"deep/JB form.docx": DOCX})})
    opened = open_message(
        mail("Outer", files={"JB.zip": zipped({"JB.eml": inner, "a.pdf": b"%P"})})
    )
    found = {a.name: a.path for a in opened.attachments}
    assert found == {
        "JB form.docx": ("archive 1.zip", "message 1.eml", "archive 2.zip"),
        "a.pdf": ("archive 1.zip",),
    }


def test_a_signed_message_is_opened_and_its_signature_left_out():
    message = raw(
        "From: a@b.example",
        'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s',
        "",
        "--s",
        "Content-Type: multipart/mixed; boundary=m",
        "",
        "--m",
        "",
        "Signed text",
        "--m",
        "Content-Disposition: attachment; filename=form.docx",
        "Content-Transfer-Encoding: base64",
        "",
        base64.b64encode(DOCX),
        "--m--",
        "--s",
        "Content-Type: application/pkcs7-signature; name=smime.p7s",
        "",
        "AAAA",
        "--s--",
    )
    opened = open_message(message)
    assert [(a.name, a.content) for a in opened.attachments] == [("form.docx", DOCX)]
    assert opened.correspondence.body == "Signed text"
    assert opened.problems == ()


@pytest.mark.parametrize(
    "body",
    [
        base64.encodebytes(DOCX).rstrip(b"=\n"),  # no padding
        b"!" + base64.b64encode(DOCX)[:8] + b" \xa0\r\n\t" + base64.b64encode(DOCX)[8:],
        base64.b64encode(DOCX[:10]) + b"\r\n" + base64.b64encode(DOCX[10:]),  # padded at each line
        base64.b64encode(DOCX + b"!") + b"\r\n\r\nThis email has been scanned for viruses.\r\n",
    ],
)
def test_bad_base64_is_read_as_far_as_it_goes(body):
    head = raw(
        "From: a@b.example",
        "Content-Disposition: attachment; filename=form.docx",
        "Content-Transfer-Encoding: BASE64 ",
        "",
        "",
    )
    (form,) = open_message(head + body).attachments
    assert form.content.rstrip(b"!") == DOCX


def test_parts_whose_boundary_is_not_given_are_found():
    message = raw(
        "From: a@b.example",
        "Content-Type: multipart/mixed",
        "",
        "--=_x",
        "Content-Type: text/plain",
        "",
        "Text",
        "--=_x",
        "Content-Type: application/pdf; name=form.pdf",
        "",
        "%PDF-",
        "--=_x--",
    )
    opened = open_message(message)
    assert (names(opened), opened.correspondence.body) == (["form.pdf"], "Text")


def test_parts_that_cannot_be_told_apart_stay_as_text_and_are_said():
    opened = open_message(raw("From: a@b.example", "Content-Type: multipart/mixed", "", "Text"))
    assert opened.correspondence.full_text == "Text"
    assert [problem.kind for problem in opened.problems] == ["unreadable"]


def test_a_message_cut_off_keeps_what_there_is_and_says_so(mail):
    whole = mail("Text", files={"form.docx": DOCX * 100})
    opened = open_message(whole[: len(whole) * 2 // 3])
    assert names(opened) == ["form.docx"]
    assert "ends before" in opened.problems[0].what


def test_the_better_of_two_versions_is_read():
    def both(text: str, html: str) -> str:
        message = EmailMessage()
        message["From"] = "a@b.example"
        message.set_content(text)
        message.add_alternative(html, subtype="html")
        return open_message(message.as_bytes()).correspondence.body

    assert both("As plain text", "<p>As <b>HTML</b></p>") == "As plain text"
    long = "<p>" + "words " * 40 + "</p>"
    assert both("This message is in HTML.", long) == ("words " * 40).strip()


def test_the_html_is_kept_beside_the_text(mail):
    page = "<p>Yes / <s>No</s></p>"
    opened = open_message(mail("Yes / No", html=page))
    assert opened.html.strip() == page


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"\x00\x01\x02", b"no header\n\nat all"])
def test_what_is_no_message_is_a_problem_and_not_an_error(content):
    opened = open_message(content)
    assert opened.correspondence.sender == ""
    assert [problem.kind for problem in opened.problems] == ["unreadable"]


def test_headers_that_a_gateway_folded_wrongly_do_not_end_the_header():
    message = raw(
        "From: a@b.example",
        "Subject: a long",
        "subject without its blank",
        "Content-Disposition: attachment; filename=form.docx",
        "",
        "x",
    )
    opened = open_message(message)
    assert names(opened) == ["form.docx"]
    assert opened.correspondence.subject == "a long subject without its blank"


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_any_kind_of_line_end_will_do(line_end):
    message = line_end.join([b"From: a@b.example", b"Subject: x", b"", b"one", b"two"])
    assert open_message(message).correspondence.body == "one\ntwo"
