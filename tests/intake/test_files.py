"""Messages from files, for `tscp import`."""

import mailbox as stdlib_mailbox

from intake.files import messages_in
from intake.opening import open_message

MAIL = b"From: a@b.example\nSubject: %d\nDate: Wed, 4 Nov 2026 10:00:00 +0000\n\nText\n"


def test_an_eml_comes_as_it_is(tmp_path):
    (tmp_path / "JB.eml").write_bytes(MAIL)
    (message,) = messages_in(tmp_path / "JB.eml")
    assert message.content == MAIL
    assert message.received_from == "header"
    assert "JB" not in message.place


def test_a_folder_is_gone_through_in_order_and_in_depth(tmp_path):
    (tmp_path / "b").mkdir()
    for n, path in enumerate(["a.eml", "b/a.eml", "b/b.eml", "c.eml", ".hidden.eml"]):
        (tmp_path / path).write_bytes(MAIL % n)
    found = [message.content for message in messages_in(tmp_path)]
    assert found == [MAIL % n for n in range(4)]


def test_a_maildir_is_known_as_such(maildir):
    (maildir / "cur" / "1.a.host:2,S").write_bytes(MAIL % 1)
    (maildir / "new" / "2.a.host").write_bytes(MAIL % 2)
    (maildir / "tmp" / "3.a.host").write_bytes(MAIL % 3)
    (maildir / "dovecot.index.log").write_bytes(b"\x01\x02")
    assert [message.content for message in messages_in(maildir)] == [MAIL % 1, MAIL % 2]


def test_an_mbox_is_taken_apart(tmp_path):
    box = stdlib_mailbox.mbox(str(tmp_path / "old mail"))
    for n in range(3):
        box.add(MAIL % n + b"\nFrom the school we heard nothing.\n")
    box.flush()
    found = [message.content for message in messages_in(tmp_path / "old mail")]
    assert found == [MAIL % n + b"\nFrom the school we heard nothing.\n" for n in range(3)]


def test_a_sentence_that_begins_with_from_parts_no_message(tmp_path):
    body = MAIL % 1 + b"\nFrom the school we heard nothing.\n"
    (tmp_path / "x.mbox").write_bytes(b"From a@b.example Wed Nov  4 10:00:00 2026\n" + body)
    (message,) = messages_in(tmp_path / "x.mbox")
    assert message.content == body


def test_of_a_message_over_the_limit_in_an_mbox_the_header_is_kept(tmp_path):
    head = b"From a@b.example Wed Nov  4 10:00:00 2026\n"
    (tmp_path / "x.mbox").write_bytes(head + MAIL % 1 + b"x\n" * 900_000 + b"\n" + head + MAIL % 2)
    big, small = messages_in(tmp_path / "x.mbox", 1_000_000)
    assert "limit" in big.problem
    assert b"Subject: 1" in big.content
    assert (small.content, small.problem) == (MAIL % 2, "")


def test_a_bare_form_becomes_a_message_with_the_form_attached(tmp_path):
    (tmp_path / "Förm for JB.docx").write_bytes(b"PK\x03\x04")
    (message,) = messages_in(tmp_path / "Förm for JB.docx")
    (form,) = open_message(message.content).attachments
    assert (form.name, form.content) == ("Förm for JB.docx", b"PK\x03\x04")
    assert (message.received_from, message.problem) == ("file", "")


def test_importing_twice_is_no_news_and_a_copy_is_a_place_of_its_own(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.eml").write_bytes(MAIL)
    (tmp_path / "c.eml").write_bytes(MAIL)
    first, again = list(messages_in(tmp_path)), list(messages_in(tmp_path))
    assert first == again
    assert len({message.place for message in first}) == 3


def test_an_empty_file_and_a_binary_one_are_documents(tmp_path):
    (tmp_path / "empty.pdf").write_bytes(b"")
    (tmp_path / "noise").write_bytes(bytes(range(256)))
    sizes = [
        len(a.content) for m in messages_in(tmp_path) for a in open_message(m.content).attachments
    ]
    assert sizes == [0, 256]
