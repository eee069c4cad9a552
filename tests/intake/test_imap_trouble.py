"""What servers and networks do to a poll, and what it does all the same."""

import pytest
from conftest import installed
from servers import Dovecot

from intake.imap import place_facts
from intake.mailbox import MailboxUnavailable

CUT = b""  # what makes the proxy hang up


def nothing_seen(place: str) -> bool:
    return False


def mails(count: int, size: int = 100) -> list[bytes]:
    return [b"From: a@b.example\r\nSubject: %d\r\n\r\n" % n + b"x" * size for n in range(count)]


def tagged(line: bytes, answer: bytes, done: bytes = b"OK done") -> bytes:
    return answer + line.split()[0] + b" " + done + b"\r\n"


def asks_for(line: bytes, uid: int, what: bytes = b"BODY.PEEK[]") -> bool:
    words = line.split()
    return what in line and len(words) > 3 and b"%d" % uid in words[3].split(b",")


POISON = {
    "refused": lambda line, uid: tagged(line, b"", b"NO [SERVERBUG] Subject: secret"),
    "bad": lambda line, uid: tagged(line, b"", b"BAD Subject: secret"),
    "no body": lambda line, uid: tagged(line, b"* 1 FETCH (UID %d)\r\n" % uid),
    "NIL": lambda line, uid: tagged(line, b"* 1 FETCH (UID %d BODY[] NIL)\r\n" % uid),
    "short literal": lambda line, uid: tagged(
        line, b"* 1 FETCH (UID %d BODY[] {50}\r\nabc)\r\n" % uid
    ),
    "long literal": lambda line, uid: tagged(
        line, b"* 1 FETCH (UID %d BODY[] {3}\r\nabcdefgh)\r\n" % uid
    ),
    "uneven": lambda line, uid: tagged(line, b"* 1 FETCH (UID)\r\n"),
    "no tuple": lambda line, uid: tagged(line, b"* 1 FETCH 5\r\n"),
    "open bracket": lambda line, uid: tagged(line, b'* 1 FETCH (UID %d BODY[] "abc\r\n' % uid),
    "cut": lambda line, uid: CUT,
    "bye": lambda line, uid: b"* BYE Subject: secret\r\n",
}


@pytest.mark.parametrize("how", POISON)
def test_a_poison_mail_at_place_1_keeps_none_of_the_other_79_back(
    mail_account, mailbox, proxy, how
):
    there = mail_account.append_all(mails(80))
    first = there[0]

    def on_command(line: bytes) -> bytes | None:
        return POISON[how](line, first) if asks_for(line, first) else None

    between = proxy(mail_account.imap_port, on_command)
    box = mailbox(mail_account, port=between.port, tls="none", timeout=1)
    poison, *others = box.new_messages(nothing_seen)
    assert (poison.content, poison.try_again) == (b"", True)
    assert "could not hand out" in poison.problem
    assert "secret" not in poison.problem
    assert [place_facts(message.place)["uid"] for message in others] == there[1:]
    assert not any(message.problem for message in others)


def test_a_run_of_damaged_mails_on_which_the_server_hangs_up_keeps_none_back(
    mail_account, mailbox, proxy
):
    there = mail_account.append_all(mails(30))

    def on_command(line: bytes) -> bytes | None:
        return CUT if any(asks_for(line, uid) for uid in there[5:25]) else None

    between = proxy(mail_account.imap_port, on_command)
    box = mailbox(mail_account, port=between.port, tls="none")
    found = {m.place: m.try_again for m in box.new_messages(nothing_seen)}
    assert list(found.values()) == [False] * 5 + [True] * 20 + [False] * 5


def test_sizes_that_cannot_be_had_do_not_stop_the_poll(mail_account, mailbox, proxy):
    there = mail_account.append_all(mails(5))

    def on_command(line: bytes) -> bytes | None:
        return tagged(line, b"", b"NO no sizes") if b"RFC822.SIZE" in line else None

    between = proxy(mail_account.imap_port, on_command)
    box = mailbox(mail_account, port=between.port, tls="none")
    assert len([m for m in box.new_messages(nothing_seen) if not m.problem]) == len(there)


@pytest.mark.parametrize("after", [20, 200, 900, 3_000, 40_000, 90_000])
def test_a_connection_cut_at_any_byte_is_made_anew_and_nothing_is_lost(
    mail_account, mailbox, proxy, after
):
    content = mails(80, size=1_000)
    mail_account.append_all(content)
    between = proxy(mail_account.imap_port, cut_after=[after])
    box = mailbox(mail_account, port=between.port, tls="none")
    try:
        found = [message.content for message in box.new_messages(nothing_seen)]
    except MailboxUnavailable:  # cut before it was signed in: the next poll comes through
        assert after <= 900
        found = [message.content for message in box.new_messages(nothing_seen)]
    assert found == content


def test_a_line_that_always_breaks_is_given_up_with_a_sentence(mail_account, mailbox, proxy):
    mail_account.append_all(mails(80, size=10_000))
    between = proxy(mail_account.imap_port, cut_after=[6_000] * 1_000)
    box = mailbox(mail_account, port=between.port, tls="none")
    with pytest.raises(MailboxUnavailable, match="broke off") as caught:
        list(box.new_messages(nothing_seen))
    assert caught.value.__context__ is None
    assert between.connections < 120


def test_a_server_that_falls_silent_is_not_waited_for_without_end(mail_account, mailbox, proxy):
    mail_account.append_all(mails(3))
    silent = proxy(mail_account.imap_port, lambda line: b"*" if b"SEARCH" in line else None)
    box = mailbox(mail_account, port=silent.port, tls="none", timeout=0.5)
    with pytest.raises(MailboxUnavailable, match="in time"):
        list(box.new_messages(nothing_seen))


def test_a_server_that_is_gone_in_the_middle_loses_nothing(mailbox, proxy):
    with installed(Dovecot) as server:
        content = mails(120, size=50_000)
        server.append_all(content)
        between = proxy(server.imap_port)
        box = mailbox(server, port=between.port, tls="none")
        found = {}

        def poll_until_it_breaks() -> None:
            for message in box.new_messages(nothing_seen):
                found[message.place] = message.content
                if len(found) == 10:
                    server.stop()
                    between.cut()  # Dovecot's children go on for a while without their master

        with pytest.raises(MailboxUnavailable):
            poll_until_it_breaks()
        assert 10 <= len(found) < 120
        server.start()
        for message in box.new_messages(found.__contains__):
            assert message.place not in found
            found[message.place] = message.content
    assert sorted(found.values()) == sorted(content)


def test_a_renumbering_in_the_middle_ends_the_poll(mail_account, mailbox, proxy):
    mail_account.append_all(mails(5))
    renumbered = []

    def on_command(line: bytes) -> bytes | None:
        if b"BODY.PEEK" in line and not renumbered:
            renumbered.append(mail_account.recreate_folder(keep_mail=True))
            return b""
        return None

    between = proxy(mail_account.imap_port, on_command)
    box = mailbox(mail_account, port=between.port, tls="none")
    with pytest.raises(MailboxUnavailable, match="anew"):
        list(box.new_messages(nothing_seen))
    assert len(list(box.new_messages(nothing_seen))) == 5
