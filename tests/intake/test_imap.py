"""An IMAP folder as a mailbox, on a real server."""

import logging
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

import intake.imap
from intake.imap import place_facts
from intake.mailbox import MailboxUnavailable


def nothing_seen(place: str) -> bool:
    return False


def mails(count: int) -> list[bytes]:
    return [
        b"From: a@b.example\r\nSubject: %d\r\n\r\nMail number %d\r\n" % (n, n) for n in range(count)
    ]


def uids(messages) -> list[int]:
    return [place_facts(message.place)["uid"] for message in messages]


def refusal(box) -> str:
    with pytest.raises(MailboxUnavailable) as caught:
        list(box.new_messages(nothing_seen))
    assert caught.value.__context__ is None  # no server's words hang on it
    return str(caught.value)


@pytest.mark.parametrize("tls", ["implicit", "starttls", "none"])
def test_a_message_comes_as_it_was_stored(mail_account, mailbox, tls):
    content = b"From: a@b.example\r\nSubject: caf\xe9\r\n\r\n\x01\xff 8-bit\r\n.\r\n"
    when = datetime(2026, 3, 4, 9, 30, tzinfo=timezone(timedelta(hours=5)))
    uid = mail_account.append(content, when=when)
    port = mail_account.imaps_port if tls == "implicit" else mail_account.imap_port
    (message,) = mailbox(mail_account, tls=tls, port=port).new_messages(nothing_seen)
    assert message.content == content
    assert message.received_at == when
    assert message.received_at.tzinfo is UTC
    assert (message.received_from, message.problem, message.try_again) == ("server", "", False)
    assert place_facts(message.place) == {
        "folder": "INBOX",
        "uidvalidity": mail_account.uid_validity(),
        "uid": uid,
    }


def test_an_empty_folder_holds_nothing(mail_account, mailbox):
    assert list(mailbox(mail_account).new_messages(nothing_seen)) == []


def test_mail_that_a_colleague_read_is_new_all_the_same_and_no_flag_changes(mail_account, mailbox):
    mail_account.append_all(mails(2), flags=["\\Seen", "\\Answered"])
    mail_account.append_all(mails(2))
    before = mail_account.flags()
    assert len(list(mailbox(mail_account).new_messages(nothing_seen))) == 4
    assert mail_account.flags() == before


def test_a_second_poll_fetches_no_body_and_does_not_take_the_last_for_new(
    mail_account, mailbox, proxy
):
    mail_account.append_all(mails(3))
    between = proxy(mail_account.imap_port)
    box = mailbox(mail_account, port=between.port, tls="none")
    seen = {message.place for message in box.new_messages(nothing_seen)}
    del between.commands[:]
    assert list(box.new_messages(seen.__contains__)) == []
    assert not any(b"FETCH" in command for command in between.commands)


def test_an_old_mail_moved_there_by_hand_is_new(mail_account, mailbox):
    mail_account.append_all(mails(3))
    box = mailbox(mail_account)
    seen = {message.place for message in box.new_messages(nothing_seen)}
    old = mail_account.append(mails(1)[0], when=datetime(2019, 5, 1, tzinfo=UTC), flags=["\\Seen"])
    assert uids(box.new_messages(seen.__contains__)) == [old]


def test_the_same_uid_after_a_renumbering_is_another_place(mail_account, mailbox):
    mail_account.append(mails(1)[0])
    box = mailbox(mail_account)
    (before,) = box.new_messages(nothing_seen)
    mail_account.recreate_folder(keep_mail=True)
    (after,) = box.new_messages({before.place}.__contains__)
    assert place_facts(before.place)["uid"] == place_facts(after.place)["uid"]
    assert before.place != after.place
    assert before.content == after.content


def test_a_mailbox_too_large_for_one_answer_is_listed_in_windows(
    mail_account, mailbox, monkeypatch
):
    monkeypatch.setattr(intake.imap, "WINDOW", 10)
    monkeypatch.setattr(intake.imap, "SIZES_AT_ONCE", 7)
    there = mail_account.append_all(mails(33))
    with mail_account.signed_in() as client:
        client.select_folder("INBOX")
        client.delete_messages(there[5:18])
        client.expunge()
    kept = there[:5] + there[18:]
    assert uids(mailbox(mail_account).new_messages(nothing_seen)) == kept


def test_a_folder_of_any_name_makes_a_place_without_blanks(mail_account, mailbox):
    mail_account.append(mails(1)[0], folder="Größe; UID=7 & more")
    box = mailbox(mail_account, folder="Größe; UID=7 & more")
    (message,) = box.new_messages(nothing_seen)
    assert " " not in message.place
    assert place_facts(message.place)["folder"] == "Größe; UID=7 & more"


def test_a_place_elsewhere_has_no_facts():
    assert place_facts("1764000000.M1P1.host,S=12") == {}


def test_of_a_message_over_the_limit_only_the_header_is_fetched(mail_account, mailbox, proxy):
    mail_account.append(b"From: a@b.example\r\nSubject: big\r\n\r\n" + b"x" * 3_000_000)
    small = mail_account.append(mails(1)[0])
    between = proxy(mail_account.imap_port)
    box = mailbox(mail_account, port=between.port, tls="none", message_bytes_limit=1_000_000)
    big, other = box.new_messages(nothing_seen)
    assert big.content == b"From: a@b.example\r\nSubject: big\r\n\r\n"
    assert "3 MB" in big.problem
    assert "limit of 1 MB" in big.problem
    assert not big.try_again
    assert uids([other]) == [small]
    assert not other.problem


def test_two_polls_at_once_see_the_same(mail_account, mailbox):
    there = mail_account.append_all(mails(40))
    found: list[list[int]] = []

    def poll() -> None:
        found.append(uids(mailbox(mail_account).new_messages(nothing_seen)))

    polls = [threading.Thread(target=poll) for _ in range(2)]
    [one.start() for one in polls]
    [one.join(30) for one in polls]
    assert found == [there, there]


def test_a_message_that_vanishes_meanwhile_is_no_error(mail_account, mailbox):
    there = mail_account.append_all(mails(5))

    def seen(place: str) -> bool:
        if place_facts(place)["uid"] == there[-1]:  # all are listed, none is fetched yet
            with mail_account.signed_in() as client:
                client.select_folder("INBOX")
                client.delete_messages(there[1:3])
                client.expunge()
        return False

    assert uids(mailbox(mail_account).new_messages(seen)) == [there[0], *there[3:]]


def test_a_server_signed_by_nobody_known_is_not_trusted(mail_account, mailbox):
    said = refusal(mailbox(mail_account, ca_file=None))
    assert "certificate" in said
    assert "ca_file" in said
    starttls = mailbox(mail_account, ca_file=None, tls="starttls", port=mail_account.imap_port)
    assert "ca_file" in refusal(starttls)


def test_a_ca_file_that_is_none_is_said(mail_account, mailbox, tmp_path):
    (tmp_path / "ca.pem").write_text("no certificate")
    assert "ca_file" in refusal(mailbox(mail_account, ca_file=tmp_path / "ca.pem"))
    assert "ca_file" in refusal(mailbox(mail_account, ca_file=tmp_path / "absent.pem"))


@pytest.mark.parametrize("password", ["wrong-secret", "fälsch-secret"])
def test_a_refused_sign_in_names_the_settings_and_not_the_password(mail_account, mailbox, password):
    said = refusal(mailbox(mail_account, password=password))
    assert "refused the account" in said
    assert "password_file" in said
    assert "secret" not in said


def test_a_missing_folder_is_said_with_those_there_are(mail_account, mailbox):
    mail_account.append(mails(1)[0], folder="Referrals")
    said = refusal(mailbox(mail_account, folder="Refferals"))
    assert "no folder 'Refferals'" in said
    assert "'INBOX', 'Referrals'" in said


@pytest.mark.parametrize(
    ("different", "words"),
    [
        ({"port": 1}, "refuses connections"),
        ({"host": "no-such-host.invalid"}, "DNS"),
        ({"host": "192.0.2.1", "tls": "none"}, "for this machine itself only"),
    ],
)
def test_a_server_that_cannot_be_reached_has_a_sentence_of_its_own(
    mail_account, mailbox, different, words
):
    assert words in refusal(mailbox(mail_account, **different))


def test_the_wrong_kind_of_tls_is_said(mail_account, mailbox):
    assert "starttls" in refusal(mailbox(mail_account, port=mail_account.imap_port))


def test_the_library_writes_no_log(mail_account, mailbox, caplog):
    mail_account.append(mails(1)[0])
    with caplog.at_level(logging.DEBUG):
        list(mailbox(mail_account).new_messages(nothing_seen))
    assert [record for record in caplog.records if "imap" in record.name] == []


MEASURE = """
import re, sys
from pathlib import Path
from intake.imap import ImapMailbox
port, ca, user, password = sys.argv[1:]
box = ImapMailbox("tscp", "127.0.0.1", int(port), "implicit", Path(ca), user, password)
count = sum(len(m.content) > 60_000 for m in box.new_messages(lambda place: False))
print(count, re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1))
"""


def test_a_thousand_mails_take_no_more_memory_than_a_few(mail_account, mailbox):
    line = b"y" * 76 + b"\r\n"
    content = [b"From: a@b.example\r\nSubject: %d\r\n\r\n" % n + line * 800 for n in range(1000)]
    mail_account.append_all(content)
    told = [str(mail_account.imaps_port), str(mail_account.ca_file)]
    said = subprocess.run(
        [sys.executable, "-c", MEASURE, *told, mail_account.username, mail_account.password],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    count, kilobytes = map(int, said.split())
    assert count == 1000
    # 62 MB of mail; the interpreter with imapclient and ssl takes about 26 MB of this.
    assert kilobytes * 1024 < 45_000_000


def test_every_place_is_told_in_windows_and_no_message_is_fetched(
    mail_account, mailbox, proxy, monkeypatch
):
    monkeypatch.setattr(intake.imap, "WINDOW", 3)
    monkeypatch.setattr(intake.imap, "SIZES_AT_ONCE", 2)
    when = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
    mail_account.append_all(mails(8), when=when)
    before = mail_account.flags()
    between = proxy(mail_account.imap_port)
    box = mailbox(mail_account, port=between.port, tls="none")
    found = list(box.lying(lambda place: place.endswith(";UID=5")))
    assert [place_facts(one.place)["uid"] for one in found] == mail_account.uids()
    assert [one.received_at for one in found] == [when] * 4 + [None] + [when] * 3
    assert not any(b"BODY" in command or b"STORE" in command for command in between.commands)
    assert mail_account.flags() == before


def test_places_that_cannot_be_had_are_said_like_messages(mail_account, mailbox):
    with pytest.raises(MailboxUnavailable, match="Elsewhere"):
        list(mailbox(mail_account, folder="Elsewhere").lying(nothing_seen))
