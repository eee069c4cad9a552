"""What only a person can open is said, with what to do about it."""

import pytest

from intake.opening import open_message


def kinds(opened) -> list[str]:
    found = [attachment.problem for attachment in opened.attachments] + list(opened.problems)
    return [problem.kind for problem in found if problem]


@pytest.mark.parametrize(
    "link",
    [
        "https://switch.egress.com/ui/registration/accountcreatewizard.aspx?x=1",
        "https://login-uk.mimecast.com/m/secure/login/?tkn=abc",
        "https://council.sharepoint.com/:w:/s/Team/EabcDEF?e=x",
        "https://council-my.sharepoint.com/:b:/g/personal/jane/E1",
        "https://1drv.ms/w/s!Abc",
        "https://we.tl/t-AbCdEf",
        "https://www.dropbox.com/scl/fi/abc/form.docx?dl=0",
        "https://drive.google.com/file/d/abc/view",
        "https://outlook.office365.com/Encryption/retrieve.aspx?x",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwe.tl%2Ft-AbCdEf&data=1",
    ],
)
def test_links_to_where_a_form_really_lies(mail, link):
    assert kinds(open_message(mail(f"The form: {link}"))) == ["protected"]
    page = f"<p>{'The form is <a href=' + chr(34) + link + chr(34) + '>here</a>'}</p>"
    head = b"From: a@b.example\nContent-Type: text/html\n\n"
    assert kinds(open_message(head + page.encode())) == ["protected"]


@pytest.mark.parametrize(
    "text",
    [
        "See https://www.tameside.gov.uk/safeguarding and https://www.dropbox.com/",
        "https://protect-eu.mimecast.com/s/abc?domain=gov.uk",
        "https://council.sharepoint.com/sites/intranet",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fgov.uk&data=1",
        "jane@tameside.gov.uk.cjsm.net",
        "http://[broken",
    ],
)
def test_ordinary_links_are_no_problem(mail, text):
    assert kinds(open_message(mail(text))) == []


def test_a_link_in_a_quoted_mail_is_none_of_this_one(mail):
    old = "Thanks.\n\n-----Original Message-----\nhttps://we.tl/t-AbCdEf"
    assert kinds(open_message(mail(old))) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("message.rpmsg", b"\x76\xe8\x04\x60"),
        ("smime.p7m", b"0\x82"),
        ("smime.p7m", bytes.fromhex("3082030a06092a864886f70d010702a0820300")),
        ("form.docx.pgp", b"\x85"),
        ("message.html", b"<a href='https://outlook.office365.com/Encryption/x'>Read</a>"),
        ("securedoc_2026.html", b"<html>"),
        ("encrypted.asc", b"-----BEGIN PGP MESSAGE-----\n"),
    ],
)
def test_envelopes(mail, name, content):
    opened = open_message(mail("See attached", files={name: content}))
    (problem,) = [attachment.problem for attachment in opened.attachments]
    assert problem.kind == "protected"
    assert "ask the sender" in problem.sentence()


def test_an_encrypted_message_as_a_whole():
    smime = (
        b"From: a@b.example\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\n\n0"
    )
    assert kinds(open_message(smime)) == ["protected"]
    pgp = (
        b'From: a@b.example\nContent-Type: multipart/encrypted; boundary="b"\n\n--b\n'
        b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b\n"
        b"Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n--b--\n"
    )
    assert "protected" in kinds(open_message(pgp))
    inline = b"From: a@b.example\n\n-----BEGIN PGP MESSAGE-----\nabc"
    assert kinds(open_message(inline)) == ["protected"]


def test_an_ordinary_web_page_is_a_document(mail):
    assert kinds(open_message(mail("x", files={"form.html": b"<p>Form</p>"}))) == []


def test_no_problem_repeats_what_the_sender_wrote(mail):
    opened = open_message(mail("https://we.tl/t-SecretName", files={"Jo Bloggs.rpmsg": b"x"}))
    said = " ".join(a.problem.sentence() for a in opened.attachments if a.problem)
    said += " ".join(problem.sentence() for problem in opened.problems)
    assert "SecretName" not in said
    assert "Bloggs" not in said
