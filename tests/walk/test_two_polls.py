"""Polls that overlap, by hand or from two services: one message each, nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from factories import a_file, a_form, a_mail
from servers import Account

from tscp.demo.mails import Attached, Sent

from .running import Ran, Service, deliver, mailbox, within

AT = datetime.now(UTC) - timedelta(days=2)
ROUNDS = 3


def referrals(start: int, count: int) -> list[Sent]:
    """Each of another child."""
    forms = [a_form(1000 + n, "fall", AT.date()) for n in range(start, start + count)]
    return [
        a_mail("tgicft", f"SIN form {start + n}", attached=[a_file(form)], at=AT)
        for n, form in enumerate(forms)
    ]


def both(service: Service) -> list[Ran]:
    """Two polls started together; both end well."""
    started = [service.start("poll", "--json") for _ in range(2)]
    ran = [service.ended(one, *one.communicate(timeout=120)) for one in started]
    assert [(one.status, one.lines[0]["mailboxes"][0]["ok"]) for one in ran] == [(0, True)] * 2
    return ran


def everything_once(service: Service, expected: int) -> None:
    """One line and one case each."""
    lines = service.messages()
    assert [line["state"] for line in lines] == ["filed"] * expected
    assert len({line["uid"] for line in lines}) == expected
    cases = {case for line in lines for case in line["cases"]}
    assert len(cases) == expected
    assert service.rows("SELECT count(*) FROM cases") == [(expected,)]
    settled = "SELECT count(*) FROM audit WHERE act = 'message filed'"
    assert service.rows(settled) == [(expected,)]


def test_two_polls_at_once_file_each_message_once(service: Service, mail_account: Account) -> None:
    """From the very first start on, several rounds; what they say they filed adds up."""
    for number in range(ROUNDS):
        deliver(mail_account, referrals(5 * number, 5))
        ran = both(service)
        assert sum(one.lines[0]["mailboxes"][0]["new"] for one in ran) == 5
        assert sum(one.lines[0]["filed"] for one in ran) == 5
    everything_once(service, 5 * ROUNDS)


def test_a_second_poll_while_a_slow_one_runs_does_the_rest(
    service: Service, mail_account: Account
) -> None:
    """One message takes long; a poll by hand beside it files the others and leaves that one."""
    service.run("migrate")
    deliver(mail_account, [a_slow_referral()])
    first = service.start("poll", "--json")
    working = "SELECT count(*) FROM messages WHERE owner <> ''"
    assert within(60, lambda: service.rows(working) == [(1,)])
    deliver(mail_account, referrals(101, 3))
    second = service.poll()
    assert (second["mailboxes"][0]["new"], second["filed"]) == (3, 3)
    assert first.poll() is None, "the slow one was not slow enough for this test"
    ended = service.ended(first, *first.communicate(timeout=120))
    assert ended.lines[0]["filed"] == 1
    everything_once(service, 4)


def a_slow_referral() -> Sent:
    """One form many times over: a poll is at it for seconds."""
    form = a_form(900, "neglect", AT.date(), children=3)
    page = a_file(form, "ruled").content
    copies = [Attached(f"copy {n}.pdf", page + b"%" * n) for n in range(16)]
    return a_mail("tgicft", "SIN form", attached=copies, at=AT)


def test_two_mailboxes_that_got_the_same_referral_make_one_case(
    service: Service, mail_account: Account
) -> None:
    """To and Cc: one referral, and both receipts are in the register."""
    other = Account(**{f: getattr(mail_account, f) for f in Account.__slots__})
    service.set_up(mailbox(mail_account), mailbox(other, name="second", folder="Second"))
    (mail,) = referrals(200, 1)
    deliver(mail_account, [mail])
    mail_account.append(mail.content, folder="Second", when=AT)
    assert service.poll()["filed"] == 1
    first, second = sorted(service.messages(), key=lambda line: line["id"])
    assert (first["state"], first["mailbox"]) == ("filed", "tscp")
    assert (second["state"], second["kind"]) == ("ignored", "duplicate")
    assert second["reason"] == f"the same message as {first['id']}"
    assert len(service.json("queue")) == 1
