"""Whatever the bytes, opening ends soon and with a value."""

import time
from email.message import EmailMessage

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.opening import open_message

FROM = b"From: a@b.example\n"
NASTY = {
    "subject of 5 MB": FROM + b"Subject: " + b"=?utf-8?b?w6k=?= " * 300_000 + b"\n\nx",
    "50,000 parameters": FROM
    + b"Content-Type: multipart/mixed"
    + b"".join(b"; a%d=x" % n for n in range(50_000))
    + b"\n\nx",
    "open quotes": FROM + b"Content-Type: text/plain" + b'; a="' * 50_000 + b"\n\nx",
    "2,000 deep": FROM
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(2_000)
    ),
    "messages in messages": FROM + (b"Content-Type: message/rfc822\n\n" + FROM) * 2_000 + b"\nx",
    "parentheses": b"From: " + b"(" * 100_000 + b"a@b.example\nTo: " + b"a@b," * 100_000 + b"\n\nx",
    "many headers": FROM + b"X: y\n" * 200_000 + b"\nx",
    "many parts": FROM + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * 200_000,
    "divs": FROM + b"Content-Type: text/html\n\n" + b"<div>" * 100_000 + b"x",
    "tables": FROM + b"Content-Type: text/html\n\n" + b"<table><tr><td>" * 30_000 + b"x",
    "open comments": FROM + b"Content-Type: text/html\n\n" + b"<!--" * 200_000,
    "open links": FROM + b"Content-Type: text/html\n\n" + b'<a href="http://a' * 200_000,
    "attributions": FROM + b"\n" + b"On a wrote\n" * 200_000,
    "header lines": FROM + b"\n" + b"From: a\n" * 200_000,
    "empty lines": FROM + b"\n" + b"\n \n" * 500_000,
    "one long line": FROM + b"\n" + b"on " * 1_500_000,
    "padding": FROM
    + b"Content-Type: a/b\nContent-Transfer-Encoding: base64\n\n"
    + b"=" * 4_000_000,
    "padded lines": FROM
    + b"Content-Type: a/b\nContent-Transfer-Encoding: base64\n\n"
    + b"YQ==\n" * 400_000,
    "open words": FROM + b"Subject: " + b"=?utf-8?q?" * 1_600 + b"\n\nx",
    "links": FROM + b"\n" + b"https://a.sharepoint.com/:w:/ " * 200_000,
    "disclaimers": FROM + b"\n" + b"\n\nThis email is " * 200_000,
    "underscores": FROM + b"\n" + b"_" * 4_000_000,
    "nul": b"\0" * 100_000,
    "eight bits": FROM + bytes(range(256)) * 1_000,
}


@pytest.mark.parametrize("which", NASTY)
def test_hostile_mail_is_opened_within_seconds(which):
    begun = time.process_time()
    opened = open_message(NASTY[which])
    assert time.process_time() - begun < 5
    opened.correspondence.full_text.encode("utf-8")


def test_what_is_too_much_is_said():
    for which in ("2,000 deep", "many parts"):
        assert any(problem.kind == "too big" for problem in open_message(NASTY[which]).problems)
    (deepest,) = open_message(NASTY["messages in messages"]).attachments
    assert deepest.problem.kind == "too big"


def real_mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Jäne <jane@a.example>"
    message["Subject"] = "Förm"
    message["References"] = "<a@x> <b@x>"
    message.set_content("Text ünd more\n> quoted\n")
    message.add_alternative("<table><tr><td>ä</td><td>b</td></tr></table>", subtype="html")
    message.add_attachment(b"PK\x03\x04" * 20, "application", "zip", filename="förm.zip")
    inner = EmailMessage()
    inner["From"] = "b@c.example"
    inner.set_content("inner")
    message.add_attachment(inner)
    return message.as_bytes()


REAL = real_mail()
TOKENS = [b"\n", b"\r\n", b"--", b"=?utf-8?b?", b"?=", b";", b'"', b"\0", b"\n\n", b"base64"]
TOKENS += [b"Content-Type: multipart/mixed; boundary=a\n", b"*0*=", b"<", b"\xff", b"begin 644 x\n"]
checked = settings(
    max_examples=400, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def check(content: bytes) -> None:
    opened = open_message(content)
    found = opened.correspondence
    for text in (found.sender, found.sender_name, found.subject, found.body, found.full_text):
        text.encode("utf-8")
        assert "\0" not in text
    assert found.sent_at is None or found.sent_at.tzinfo is not None
    assert all(len(attachment.name) <= 255 for attachment in opened.attachments)


@checked
@given(st.binary(max_size=2_000))
def test_any_bytes(content):
    check(content)


@checked
@given(st.binary(max_size=500))
def test_any_bytes_after_a_header(content):
    check(FROM + content)


@checked
@given(st.lists(st.tuples(st.integers(0, len(REAL)), st.sampled_from(TOKENS), st.integers(0, 60))))
def test_a_real_mail_damaged_anywhere(damages):
    content = REAL
    for at, token, length in damages:
        content = content[:at] + token + content[at + length :]
    check(content)


@checked
@given(
    st.recursive(st.binary(max_size=40), lambda inner: st.lists(inner, max_size=4), max_leaves=30)
)
def test_parts_within_parts(tree):
    check(FROM + built(tree, "b"))


def built(tree: bytes | list, boundary: str) -> bytes:
    if isinstance(tree, bytes):
        return b"Content-Disposition: attachment; filename=x\n\n" + tree
    parts = [built(branch, f"{boundary}{n}") for n, branch in enumerate(tree)]
    line = b"\n--" + boundary.encode()
    head = f"Content-Type: multipart/mixed; boundary={boundary}\n".encode()
    return head + b"".join(line + b"\n" + part for part in parts) + line + b"--\n"
