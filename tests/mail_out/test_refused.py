"""A server refuses, falls silent or cuts: what is known of the letter is told apart exactly."""

import pytest
from servers import free_port

from tscp.mail_out.smtp import MailerUnavailable, NotAccepted, PerhapsAccepted

THEIRS = "j.brindle@school.example"
REFUSED = [
    ("rcpt", f"550 5.1.1 <{THEIRS}> unknown", True, "550 5.1.1): there is no such address"),
    ("rcpt", "550 5.1.10 RESOLVER.ADR.RecipientNotFound", True, "5.1.10): there is no such addr"),
    ("rcpt", "452 4.2.2 over quota", False, "452 4.2.2): the mailbox is full"),
    ("rcpt", "450 wait", False, "(450): the mailbox cannot be used now"),
    ("mail", "452 4.3.1 no room", False, "452 4.3.1): the mail server is in trouble"),
    ("data", "451 4.3.0 later", False, "451 4.3.0): the mail server is in trouble"),
    ("content", "451 4.7.1 greylisted", False, "451 4.7.1): it is refused by policy"),
    ("content", f"552-5.2.2 {THEIRS}\r\n552 5.2.2 is full", True, "5.2.2): the mailbox is full"),
    ("content", "554 5.7.1 spam", True, "554 5.7.1): it is refused by policy"),
    ("content", "554 no", True, "(554): no reason was given"),
]


@pytest.mark.parametrize(("stage", "answer", "permanent", "said"), REFUSED)
def test_a_refused_letter_was_not_taken(sent, mail_sink, stage, answer, permanent, said):
    mail_sink.rule(stage, answer)
    with pytest.raises(NotAccepted) as refused:
        sent()
    assert refused.value.permanent is permanent
    assert said in refused.value.said
    assert THEIRS not in str(refused.value)
    assert mail_sink.mails() == []


NONE_LEAVES = [
    ("mail", "421 4.3.2 shutting down", "takes no letters just now"),
    ("mail", "451 4.7.0 too much", "takes no letters just now"),
    ("mail", "530 5.7.57 not authenticated", "another login"),
    ("mail", "550 5.7.60 cannot send as", "'smtp.sender'"),
    ("mail", "cut", "broke off"),
    ("mail", "silent", "did not answer in time"),
    ("mail", "hello", "not understood"),
    ("rcpt", "421 4.3.2 shutting down", "takes no letters just now"),
    ("rcpt", "cut", "broke off"),
    ("rcpt", "drip", "did not answer in time"),
    ("rcpt", "250-and\r\n" * 20_000, "cannot be reached"),
    ("data", "421 4.3.2 shutting down", "takes no letters just now"),
    ("data", "cut", "broke off"),
    ("data", "silent", "did not answer in time"),
    ("data", "250 no", "not understood"),
    ("content", "421 4.3.2 shutting down", "takes no letters just now"),
    ("content", "550 5.1.8 bad outbound sender", "'smtp.sender'"),
]


@pytest.mark.parametrize(("stage", "do", "why"), NONE_LEAVES)
def test_where_none_can_leave_this_one_was_not_taken(mailer, letter, mail_sink, stage, do, why):
    mail_sink.rule(stage, do)
    with mailer(timeout=0.3).connect() as link:
        with pytest.raises(MailerUnavailable, match=why):
            link.send(letter, "tscp@tscp.example", THEIRS, lambda: None)
        with pytest.raises(MailerUnavailable):  # the link is closed
            link.send(letter, "tscp@tscp.example", THEIRS, lambda: None)
    assert mail_sink.mails() == []


@pytest.mark.parametrize("kept", [True, False])
@pytest.mark.parametrize("do", ["cut", "silent", "stump", "drip", "what?"])
def test_without_an_answer_after_the_content_it_may_have_been_taken(sent, mail_sink, do, kept):
    mail_sink.rule("content", f"keep and {do}" if kept else do)
    with pytest.raises(PerhapsAccepted, match="may have been sent"):
        sent(timeout=0.3)
    assert len(mail_sink.mails()) == kept


def test_cut_in_the_middle_of_the_content_it_never_counts_as_sent(sent, mail_sink):
    mail_sink.rule("half", "cut")
    with pytest.raises((MailerUnavailable, PerhapsAccepted)):
        sent()
    assert mail_sink.mails() == []


def test_a_slow_answer_after_the_content_is_waited_for(sent, mail_sink):
    mail_sink.rule("content", "very slow")  # longer than the longest silence, within the deadline
    sent(timeout=1)
    assert len(mail_sink.mails()) == 1


@pytest.mark.parametrize("stage", ["rcpt", "content"])
def test_the_state_is_committed_once_the_server_would_take_it(mailer, letter, mail_sink, stage):
    mail_sink.rule(stage, "550 5.1.1 no")
    done = []
    with mailer().connect() as link, pytest.raises(NotAccepted):
        link.send(letter, "tscp@tscp.example", THEIRS, lambda: done.append("committed"))
    assert done == (["committed"] if stage == "content" else [])


def test_where_the_state_cannot_be_committed_nothing_is_sent(mailer, letter, mail_sink):
    def no_database():
        raise KeyError("no database")

    with mailer().connect() as link:
        with pytest.raises(KeyError):
            link.send(letter, "tscp@tscp.example", THEIRS, no_database)
        assert not any("data" in line or "content" in line for line in mail_sink.said())
        link.send(letter, "tscp@tscp.example", "next@a.example", lambda: None)
    assert [mail.to for mail in mail_sink.mails()] == ["next@a.example"]


def test_nobody_listens(sent):
    with pytest.raises(MailerUnavailable, match="refuses connections") as error:
        sent(port=free_port())
    assert error.value.try_later
