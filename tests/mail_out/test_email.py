"""The e-mail a letter becomes: its header, and what may never get into it."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from triage.problem import Explained
from tscp.mail_out.addresses import one_address, sender_of
from tscp.mail_out.render import Rendered, Unusable, email_of

WORDS = Rendered("TSCP-2026-0042: sample", "Text.\n", '<html lang="en-GB"><p>Text.</p></html>')
RIGHT = {
    "rendered": WORDS,
    "to": "j.brindle@school.example",
    "sender": "TSCP <tscp@tscp.example>",
    "message_id": "<l42@tscp.example>",
    "now": datetime(2026, 7, 1, 9, tzinfo=UTC),
    "in_reply_to": "<a1@school.example>",
    "automatic": True,
}


def header(**other):
    """The header as the receiver reads it."""
    return message_from_bytes(email_of(**(RIGHT | other)).as_bytes(), policy=default)


def test_the_header_of_an_acknowledgement():
    mail = header()
    assert dict(mail.items()) | {"Content-Type": ""} == {
        "From": "TSCP <tscp@tscp.example>",
        "Reply-To": "TSCP <tscp@tscp.example>",
        "To": "j.brindle@school.example",
        "Subject": "TSCP-2026-0042: sample",
        "Date": "Wed, 01 Jul 2026 10:00:00 +0100",
        "Message-ID": "<l42@tscp.example>",
        "In-Reply-To": "<a1@school.example>",
        "References": "<a1@school.example>",
        "Auto-Submitted": "auto-replied",
        "X-Auto-Response-Suppress": "DR, RN, NRN, OOF, AutoReply",
        "Content-Language": "en-GB",
        "MIME-Version": "1.0",
        "Content-Type": "",
    }


def test_plain_text_stands_first_and_html_is_its_alternative():
    mail = header()
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("other", [{"automatic": False}, {"in_reply_to": None}])
def test_what_is_no_automatic_answer_is_generated_all_the_same(other):
    assert header(**other)["Auto-Submitted"] == "auto-generated"


def test_it_is_seven_bits_whatever_it_says():
    words = Rendered("TSCP-2026-0042: naïve", "Zoë’s\n", f"<p>{'ë' * 2_000}</p>")
    assert email_of(**(RIGHT | {"rendered": words})).as_bytes().isascii()
    assert header(rendered=words)["Subject"] == "TSCP-2026-0042: naïve"


INJECTED = "x\r\nBcc: everybody@a.example"


@pytest.mark.parametrize(
    "other",
    [
        {"to": f"j@school.example{INJECTED}"},
        {"to": "j@school.example\n"},
        {"to": "j\0@school.example"},
        {"sender": f"TSCP{INJECTED} <tscp@tscp.example>"},
        {"sender": f"TSCP <tscp@tscp.example{INJECTED}>"},
        {"rendered": Rendered(INJECTED, "", "")},
        {"rendered": Rendered("right to left \u202e", "", "")},
        {"in_reply_to": f"<a@b.example>{INJECTED}"},
        {"message_id": f"<l42@{INJECTED}>"},
        {"message_id": "l42"},
    ],
)
def test_line_ends_and_the_like_are_refused(other):
    with pytest.raises(Unusable) as refused:
        email_of(**(RIGHT | other))
    assert isinstance(refused.value, Explained)
    assert "everybody" not in str(refused.value)


@pytest.mark.parametrize("odd", ["42", "<a b@c.example>", "<zoë@a.example>", f"<{'a' * 990}@b.c>"])
def test_an_identifier_as_no_program_should_write_it_is_left_out(odd):
    mail = header(in_reply_to=odd)
    assert mail["In-Reply-To"] is mail["References"] is None


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("j.brindle@School.Example", "j.brindle@school.example"),
        ("o'neill+sin@nhs.example", "o'neill+sin@nhs.example"),
        ("zoë@bücher.example", "zoë@xn--bcher-kva.example"),
        ("root@localhost", "root@localhost"),
        (f"{'a' * 64}@a.example", f"{'a' * 64}@a.example"),
    ],
)
def test_one_bare_address_is_used(written, used):
    assert one_address(written) == used


@pytest.mark.parametrize(
    "written",
    [
        "",
        "jane",
        "@a.example",
        "jane@",
        "jane@school",
        "Jane <jane@a.example>",
        "jane@a.example, tom@a.example",
        "team: jane@a.example;",
        "jane(work)@a.example",
        "jane @a.example",
        '"jane"@a.example',
        "jane@@a.example",
        ".jane@a.example",
        "ja..ne@a.example",
        "jane@-a.example",
        "jane@a..example",
        "jane@a_b.example",
        "jane@192.0.2.1",
        "jane@[192.0.2.1]",
        "jane\u200b@a.example",
        f"{'a' * 65}@a.example",
        f"jane@{'a.' * 125}example",
        f"jane@{'a' * 64}.example",
    ],
)
def test_anything_else_is_not_an_address(written):
    with pytest.raises(Unusable, match="correct it"):
        one_address(written)


def test_our_own_address_with_its_name():
    assert sender_of('"TSCP, Tameside" <tscp@a.example>') == ("TSCP, Tameside", "tscp@a.example")
    assert sender_of("tscp@a.example") == ("", "tscp@a.example")
    with pytest.raises(Unusable, match=r"smtp\.sender"):
        sender_of("zoë@a.example")
