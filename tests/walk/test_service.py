"""`tscp run` alone: mail is filed and answered, it ends well, and a second one does no harm."""

from __future__ import annotations

import signal

from servers import Account, free_port
from servers_smtp import MailSink

from .running import Service, deliver, within
from .served import (
    answered,
    desk_answers,
    each_once,
    live,
    referrals,
    running,
)
from .test_two_polls import a_slow_referral

WORKING = "SELECT count(*) FROM messages WHERE owner <> ''"


def test_mail_is_filed_and_acknowledged_by_itself(
    service: Service, mail_account: Account, mail_sink: MailSink
) -> None:
    """What lay there at the start and what comes while it runs; a letter that is leaving when it
    is stopped has left when it ends."""
    live(service, mail_account, mail_sink)
    mails = referrals(2)
    deliver(mail_account, mails[:1])
    with running(service) as one:
        assert answered(mail_sink, mails[:1])
        mail_sink.rule("content", "slow")
        deliver(mail_account, mails[1:])
        assert within(60, lambda: mail_sink.said().count("content") == 2)
        one.stop()
    each_once(service, mail_sink, mails)
    assert service.rows("SELECT count(*) FROM jobs WHERE owner <> '' OR NOT ok") == [(0,)]


def test_it_ends_well_in_the_middle_of_a_document(
    on_sqlite: Service, mail_account: Account, mail_sink: MailSink
) -> None:
    """What was being read is free again at once, and the attempt does not count."""
    live(on_sqlite, mail_account, mail_sink)
    deliver(mail_account, [a_slow_referral()])
    on_sqlite.run("migrate")
    for _ in range(2):
        with running(on_sqlite) as one:
            assert within(60, lambda: on_sqlite.rows(WORKING) == [(1,)])
            one.stop()
        rows = on_sqlite.rows("SELECT attempts, owner, state FROM messages")
        assert rows == [(0, "", "received")]


def test_a_mail_server_that_keeps_silent_does_not_hold_its_end_up(
    on_sqlite: Service, mail_account: Account, mail_sink: MailSink
) -> None:
    """Whether that letter was taken nobody knows, and it says so."""
    live(on_sqlite, mail_account, mail_sink)
    mail_sink.rule("content", "silent")
    deliver(mail_account, referrals(1))
    with running(on_sqlite) as one:
        assert within(60, lambda: "content" in mail_sink.said())
        one.stop()
        assert "stopped_in_the_middle" in one.events()
    assert [letter["state"] for letter in on_sqlite.json("letters")] == ["perhaps sent"]


def test_two_services_do_everything_once_and_one_takes_over(
    service: Service, mail_account: Account, mail_sink: MailSink
) -> None:
    """The second stands by; when the first is killed it has the jobs and the desk's address."""
    port = live(service, mail_account, mail_sink)
    mails = referrals(4)
    deliver(mail_account, mails[:1])
    with running(service) as first, running(service) as second:
        assert within(60, lambda: desk_answers(port))
        deliver(mail_account, mails[1:3])
        assert answered(mail_sink, mails[:3])
        ahead, behind = (first, second) if "desk_served" in first.events() else (second, first)
        assert behind.events().count("desk_address_in_use") == 1
        ahead.kill()
        deliver(mail_account, mails[3:])
        assert answered(mail_sink, mails)
        assert within(20, lambda: desk_answers(port))
        behind.stop()
    each_once(service, mail_sink, mails)


def test_a_mail_server_and_a_mailbox_that_are_away_are_no_reason_not_to_start(
    on_sqlite: Service, mail_account: Account, mail_sink: MailSink
) -> None:
    """It says so in the register of polls, and serves the desk."""
    gone = Account(
        **{name: getattr(mail_account, name) for name in Account.__slots__}
        | {"imaps_port": free_port()}
    )
    port = live(on_sqlite, gone, mail_sink)
    with running(on_sqlite) as one:
        assert within(60, lambda: desk_answers(port))
        assert one.says("mailbox_polled")
        one.process.send_signal(signal.SIGINT)
        assert one.process.wait(10) == 0
    assert on_sqlite.rows("SELECT ok FROM polls") == [(0,)]
