"""What a machine sent is told from what a person wrote; in doubt it is ordinary."""

import pytest

from intake.opening import open_message

TEXT = "\n\nText"
DSN = """Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

Your message could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; jane@a.example
Action: {action}
Status: 5.1.1
--b
Content-Type: message/rfc822

From: tscp@example.org
Subject: Request TSCP-2026-0042

Old
--b--
"""
READ = """Content-Type: multipart/report; report-type=disposition-notification; boundary=b

--b

Your message was read.
--b
Content-Type: message/disposition-notification

Disposition: manual-action/MDN-sent-manually; displayed
--b--
"""
INVITE = """Content-Type: multipart/alternative; boundary=b

--b

Join us
--b
Content-Type: text/calendar; method=REQUEST

BEGIN:VCALENDAR
--b--
"""
FORM = """Content-Type: multipart/mixed; boundary=b

--b

Form attached
--b
Content-Type: application/pdf; name=form.pdf

%PDF-
--b--
"""
BULK = "List-Id: <news.example>\nList-Unsubscribe: <https://x>\nPrecedence: bulk\n"

KINDS = [
    ("automatic reply", "Auto-Submitted: auto-replied" + TEXT),
    ("automatic reply", "Auto-Submitted: auto-replied; owner-email=x" + TEXT),
    ("automatic reply", "Auto-Submitted: auto-generated\nSubject: Automatic reply: Form" + TEXT),
    ("automatic reply", "Precedence: auto_reply" + TEXT),
    ("automatic reply", "X-Autoreply: yes" + TEXT),
    ("automatic reply", "Subject: Out of office" + TEXT),
    ("automatic reply", "Subject: =?utf-8?q?Automatic_reply=3A_JB?=" + TEXT),
    ("automatic reply", READ),
    ("automatic reply", DSN.format(action="delivered")),
    ("bounce", DSN.format(action="failed")),
    ("bounce", "Return-Path: <>\nSubject: Undeliverable: Request" + TEXT),
    ("bounce", "X-Failed-Recipients: jane@a.example" + TEXT),
    ("calendar", INVITE),
    ("calendar", "Content-Type: text/calendar; method=REPLY" + TEXT),
    ("newsletter", BULK + TEXT.lstrip("\n") + TEXT),
    ("newsletter", "List-Unsubscribe: <https://x>\nPrecedence: bulk" + TEXT),
    ("ordinary", "Subject: SIN form" + TEXT),
    ("ordinary", "X-Auto-Response-Suppress: All\nSubject: SIN form" + TEXT),
    ("ordinary", "Auto-Submitted: no" + TEXT),
    ("ordinary", "Auto-Submitted: auto-generated\nSubject: Notification 42" + TEXT),  # a portal's
    ("ordinary", "Subject: RE: Automatic reply: Form" + TEXT),
    ("ordinary", "Subject: Out of office hours contact for JB" + TEXT),
    ("ordinary", "Subject: Out of office\n" + FORM),
    ("ordinary", BULK + FORM),  # a referral sent through a group's address
    ("ordinary", "Return-Path: <>" + TEXT),
    ("ordinary", "List-Id: <team.example>" + TEXT),
]


@pytest.mark.parametrize(("kind", "rest"), KINDS)
def test_kinds(kind, rest):
    message = ("From: jane@a.example\n" + rest).encode()
    assert open_message(message).correspondence.kind == kind


def test_a_mail_from_the_mail_system_is_a_bounce():
    message = b"From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nSubject: x\n\nText"
    assert open_message(message).correspondence.kind == "bounce"


def test_a_bounce_tells_in_its_full_text_whom_it_is_about():
    message = ("From: postmaster@x.example\n" + DSN.format(action="failed")).encode()
    text = open_message(message).correspondence.full_text
    assert "jane@a.example" in text
    assert "TSCP-2026-0042" in text
