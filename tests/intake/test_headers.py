"""Who wrote, to whom, when, and in answer to what, however the header is written."""

from datetime import UTC, datetime

import pytest

from intake.opening import open_message


def opened(*fields: str | bytes):
    lines = [field if isinstance(field, bytes) else field.encode() for field in fields]
    return open_message(b"\r\n".join([*lines, b"MIME-Version: 1.0", b"", b"x"])).correspondence


@pytest.mark.parametrize(
    ("text", "sender", "name"),
    [
        ("Jane Smith <Jane@Council.Example>", "jane@council.example", "Jane Smith"),
        ('"Smith, Jane" <jane@a.example>', "jane@a.example", "Smith, Jane"),
        ("Smith, Jane <jane@a.example>", "jane@a.example", "Smith, Jane"),
        ("jane@a.example", "jane@a.example", ""),
        ("jane@a.example (Jane Smith)", "jane@a.example", "Jane Smith"),
        ("<jane@a.example>", "jane@a.example", ""),
        ("'jane@a.example' <jane@a.example>", "jane@a.example", "jane@a.example"),
        (
            '"chief@police.example" <spoof@evil.example>',
            "spoof@evil.example",
            "chief@police.example",
        ),
        ("=?utf-8?q?J=C3=A4ne?= <jane@a.example>", "jane@a.example", "Jäne"),
        ("=?utf-8?b?SsOkbmUgPGphbmVAYS5leGFtcGxlPg==?=", "jane@a.example", "Jäne"),
        ("=?utf-8?q?Smith=2C_Jane?= <jane@a.example>", "jane@a.example", "Smith, Jane"),
        ("Team: jane@a.example, bob@b.example;", "jane@a.example", ""),
        ("undisclosed-recipients:;", "", ""),
        ('"never closed <jane@a.example>', "jane@a.example", "never closed"),
        ("Jane Smith", "", ""),
        ("jane @ a.example", "", ""),
        ("", "", ""),
    ],
)
def test_senders(text, sender, name):
    found = opened(f"From: {text}", "Subject: x")
    assert (found.sender, found.sender_name) == (sender, name)


def test_raw_eight_bit_names_are_read_as_utf_8_or_as_windows_does():
    assert opened("From: Jäne <a@b.example>").sender_name == "Jäne"
    assert opened("From: Jäne <a@b.example>".encode("cp1252")).sender_name == "Jäne"


def test_recipients_are_those_of_to_and_cc_each_once():
    found = opened(
        "From: a@b.example",
        'To: "One, A" <one@x.example>, Group: two@x.example, three@x.example;',
        "To: one@X.example",
        "Cc: four@x.example,, ;five@x.example",
    )
    assert found.recipients == tuple(
        f"{n}@x.example" for n in ["one", "two", "three", "four", "five"]
    )


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("=?utf-8?q?SIN_f=C3=B6rm?=", "SIN förm"),
        ("=?utf-8?b?w6k=?= =?utf-8?b?w6k=?=", "éé"),
        ("=?utf-8?b?4oK?= =?utf-8?b?rA==?=", None),  # half a character in each word: anything
        ("=?no-such?q?abc?=", "abc"),
        ("=?unicode_escape?q?=5Cu0041?=", "\\u0041"),
        ("=?idna?q?xn--abc?=", "xn--abc"),
        ("=?utf-8?b?@@@?=", None),
        ("=?utf-8?q?a=00b=0D=0AX:_c?=", "a\ufffdb X: c"),
        ("a\r\n folded\r\n\tone", "a folded one"),
        ("", ""),
    ],
)
def test_subjects(text, subject):
    found = opened("From: a@b.example", f"Subject: {text}").subject
    assert "\n" not in found
    assert subject is None or found == subject


def test_a_subject_of_five_megabytes_is_cut():
    assert len(opened("From: a@b.example", "Subject: " + "x" * 5_000_000).subject) == 1000


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Wed, 4 Nov 2026 10:00:00 +0100", datetime(2026, 11, 4, 9, tzinfo=UTC)),
        ("4 Nov 2026 10:00 GMT", datetime(2026, 11, 4, 10, tzinfo=UTC)),
        ("Wed, 4 Nov 2026 10:00:00 -0000", datetime(2026, 11, 4, 10, tzinfo=UTC)),
        ("Wed, 4 Nov 2026 10:00:00", None),  # of no zone: no instant
        ("Wed, 4 Nov 1026 10:00:00 +0000", None),
        ("Wed, 4 Nov 9999 10:00:00 +0000", None),
        ("Wed, 44 Nov 2026 10:00:00 +0000", None),
        ("Wed, 4 Nov 2026 10:00:00 +9999999999999999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(text, sent):
    assert opened("From: a@b.example", f"Date: {text}").sent_at == sent


def test_threads():
    found = opened(
        "From: a@b.example",
        "Message-ID: <first@x>",
        "Message-ID: <second@x>",
        "In-Reply-To: <a@x> (Jane's message of Monday)",
        "In-Reply-To: b@x",
        "References: <r1@x><r2@x>,\r\n <a very\r\n long@x> <broken@x\t<a@x>",
    )
    assert found.message_id == "<first@x>"
    assert found.in_reply_to == ("<a@x>", "<b@x>")
    assert found.references == ("<r1@x>", "<r2@x>", "<averylong@x>", "<a@x>", "<broken@x>")


def test_a_message_id_stays_as_sent_and_may_be_missing():
    assert opened("From: a@b.example", "Message-ID: no-brackets@x").message_id == "no-brackets@x"
    assert opened("From: a@b.example", "Message-ID: ").message_id is None
    assert opened("From: a@b.example").message_id is None


def test_of_a_very_long_thread_the_start_and_the_end_are_kept():
    text = " ".join(f"<{n}@x>" for n in range(1000))
    found = opened("From: a@b.example", f"References: {text}").references
    assert (len(found), found[0], found[-1]) == (100, "<0@x>", "<999@x>")


@pytest.mark.parametrize(
    "text",
    [
        "jane smith@gmp.police.example",
        "<jane,smith@gmp.police.example>",
        "jane;smith@gmp.police.example",
        "jane[1]smith@gmp.police.example",
        "foo(c)bar@gmp.police.example",
        "evil@x.example@gmp.police.example",
        "a" * 70 + "@gmp.police.example",
    ],
)
def test_a_part_of_an_address_is_nobodys_address(text):
    assert opened(f"From: {text}").sender == ""


@pytest.mark.parametrize(
    "fields",
    [
        ["List-Id: <l.gmp.police.example>"],
        ["List-Unsubscribe: <mailto:u@gmp.police.example>"],
        ["Precedence: bulk"],
        ["Auto-Submitted: auto-generated"],
        ["Return-Path: <>"],
        ["X-Auto-Response-Suppress: All"],
        ["From: b@gmp.police.example, evil@stranger.example"],
    ],
)
def test_lists_machines_and_several_senders_are_not_to_be_answered(fields):
    assert not opened("From: a@gmp.police.example", "Subject: SIN form", *fields).answerable
    assert opened("From: a@gmp.police.example", "Auto-Submitted: no").answerable
