"""The outbox's letters leave through a real mail server: once, or with the truth about each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cases import AT
from servers_smtp import MailSink

from storage import letter_acts, outbox, switches
from storage.cases import load
from storage.database import reading, transaction
from storage.outbox import OutboxLine
from triage.clocks import clocks
from triage.contributions import contributions
from triage.letters import Letter
from triage.today import LetterRules
from tscp.acts import letters
from tscp.acts.chase import chase
from tscp.acts.contribute import contribute
from tscp.acts.desk import Desk, Office, Refused
from tscp.acts.send import deliver
from tscp.mail_out.smtp import SmtpMailer

NOW = AT + timedelta(days=1)
LIVE = AT - timedelta(days=30)
CASE = "TSCP-2026-0001"
SENDER = "TSCP <tscp@tscp.example>"


@pytest.fixture
def live(filed: Desk) -> Desk:
    """Letters leave; it is Thursday 5 March 2026, 10:00. The police have a contact."""
    letters.cancel(filed, "L-000001", "sam")  # the draft of the referral's acknowledgement
    agencies = dict(filed.register.agencies)
    agencies["gmp"] = replace(agencies["gmp"], contacts=("desk@police.example",))
    return replace(
        filed,
        letters=LetterRules(live_from=LIVE),
        office=Office(sender=SENDER),
        register=replace(filed.register, agencies=agencies),
    )


@pytest.fixture
def mailer(mail_sink: MailSink) -> SmtpMailer:
    """The way to the server."""
    mail_sink.forget()
    return SmtpMailer(
        "localhost", mail_sink.starttls_port, "starttls", mail_sink.ca_file, "tscp",
        mail_sink.password, timeout=3,
    )  # fmt: skip


def put(desk: Desk, to: str = "rita@hospital.example", **fields: object) -> int:
    """An acknowledgement that a rule released, or what else is wanted."""
    kept = {"kind": "acknowledgement", "answers_mail_of": AT, "state": "waiting"} | fields
    with transaction(desk.engine) as session:
        found = outbox.add(session, desk.keys, Letter(to=to, **kept), desk.now(), CASE)  # type: ignore[arg-type]
    assert found is not None
    return found


def line(desk: Desk, number: int) -> OutboxLine:
    """A letter as it stands."""
    with reading(desk.engine) as session:
        return outbox.lines(session, desk.keys, only=[number])[0]


def state(desk: Desk, number: int) -> str:
    return line(desk, number).state


def later(desk: Desk, **time: int) -> Desk:
    """The same desk some time later."""
    now = desk.now() + timedelta(**time)
    return replace(desk, now=lambda: now)


def test_an_acknowledgement_leaves_once_and_its_clock_is_met(live, mailer, mail_sink) -> None:
    number = put(live, contents={"in_reply_to": "<q@hospital.example>"})
    assert deliver(live, mailer).sent == 1
    assert deliver(live, mailer).sent == 0
    (mail,) = mail_sink.mails()
    assert mail.to == "rita@hospital.example"
    assert CASE in str(mail.message["Subject"])
    assert mail.message["In-Reply-To"] == "<q@hospital.example>"
    assert state(live, number) == "sent"
    with reading(live.engine) as session:
        case = load(session, live.keys, [CASE])[CASE]
    met = {clock.name: clock.met_on for clock in clocks(case, live.today())}
    assert met["acknowledgement"] == NOW.date()


@pytest.mark.parametrize(
    ("rules", "left", "end"),
    [
        (LetterRules(), 0, "waiting"),
        (LetterRules(live_from=NOW + timedelta(hours=1)), 0, "waiting"),
        (LetterRules(live_from=AT + timedelta(seconds=1)), 0, "cancelled"),
        (LetterRules(live_from=AT), 1, "sent"),
    ],
    ids=["shadow", "live in an hour", "mail from before", "mail from then on"],
)
def test_nothing_answers_mail_from_before_letters_went_live(
    live, mailer, mail_sink, rules, left, end
) -> None:
    number = put(live)
    deliver(replace(live, letters=rules), mailer)
    assert (len(mail_sink.mails()), state(live, number)) == (left, end)


def test_a_person_cannot_send_what_answers_mail_from_before(live) -> None:
    number = put(live, state="draft", answers_mail_of=LIVE - timedelta(days=1))
    with pytest.raises(Refused, match="before letters went live"):
        letters.release(live, f"L-{number:06d}", "sam")
    with pytest.raises(Refused, match="live_from"):
        letters.release(replace(live, letters=LetterRules()), str(number), "sam")


def test_held_letters_wait_and_leave_when_started_again(live, mailer, mail_sink) -> None:
    put(live)
    letters.hold(live, "sam")
    assert deliver(live, mailer).reason == "all letters are held by sam"
    letters.start_again(live, "sam")
    assert deliver(live, mailer).sent == 1
    assert len(mail_sink.mails()) == 1


def test_a_refusal_for_good_needs_a_person_and_stops_no_other_letter(
    live, mailer, mail_sink
) -> None:
    mail_sink.rule("rcpt", "550 5.1.1 no such user", to="gone@hospital.example")
    bad, good = put(live, "gone@hospital.example"), put(live)
    done = deliver(live, mailer)
    assert (done.sent, done.failed) == (1, 1)
    assert (state(live, bad), state(live, good)) == ("failed", "sent")
    assert "hospital.example" not in line(live, bad).reason
    mail_sink.behave()
    letters.release(live, f"L-{bad:06d}", "sam")
    assert deliver(live, mailer).sent == 1


def test_a_refusal_for_now_is_tried_later_and_less_often_for_a_day(live, mailer, mail_sink) -> None:
    mail_sink.rule("rcpt", "451 4.7.1 greylisted")
    number, desk, tries = put(live), live, 0
    while state(desk, number) == "waiting" and tries < 40:
        deliver(desk, mailer)
        tries += 1
        wait = line(desk, number).not_before
        desk = replace(desk, now=lambda wait=wait, desk=desk: wait or desk.now())
    assert (tries, state(desk, number)) == (12, "failed")
    assert timedelta(hours=20) < desk.now() - NOW < timedelta(hours=30)


def test_a_server_that_is_away_costs_a_letter_nothing(live, mailer, mail_sink) -> None:
    mail_sink.rule("auth", "535 5.7.8 wrong")
    number = put(live)
    for minutes in range(0, 60, 2):
        done = deliver(later(live, minutes=minutes), mailer)
    assert done.later
    assert (state(live, number), line(live, number).attempts) == ("waiting", 0)
    mail_sink.behave()
    assert deliver(later(live, hours=2), mailer).sent == 1


def test_no_answer_to_the_content_is_perhaps_sent_and_never_tried_again(
    live, mailer, mail_sink
) -> None:
    mail_sink.rule("content", "keep and cut", times=1)
    perhaps, other = put(live), put(live, "second@hospital.example")
    assert deliver(live, mailer).perhaps == 1
    deliver(later(live, hours=1), mailer)
    assert (state(live, perhaps), state(live, other)) == ("perhaps sent", "sent")
    assert len(mail_sink.mails()) == 2


def test_sent_again_by_a_person_it_says_so_and_carries_the_same_identifier(
    live, mailer, mail_sink
) -> None:
    mail_sink.rule("content", "keep and cut", times=1)
    number = put(live)
    deliver(live, mailer)
    letters.release(live, f"L-{number:06d}", "sam")
    deliver(live, mailer)
    first, second = mail_sink.mails()
    assert first.message["Message-ID"] == second.message["Message-ID"]
    assert "sent again by a person" in line(live, number).reason


def test_a_person_may_say_that_it_did_leave(live, mailer, mail_sink) -> None:
    mail_sink.rule("content", "keep and cut", times=1)
    number = put(live)
    deliver(live, mailer)
    assert letters.was_sent(live, f"L-{number:06d}", "sam").state == "sent"
    with pytest.raises(Refused, match="has left"):
        letters.cancel(live, f"L-{number:06d}", "sam")


def test_loops_end_at_the_limits_and_the_rest_waits(live, mailer, mail_sink) -> None:
    desk = replace(live, letters=replace(live.letters, most_per_case=100, most_per_domain=3))
    for n in range(5):
        put(desk, f"robot{n}@loop.example")
    put(desk, "rita@hospital.example")
    assert deliver(desk, mailer).sent == 4
    with reading(desk.engine) as session:
        waiting = outbox.lines(session, desk.keys, ["waiting"])
    assert {w.reason for w in waiting} == {
        "3 letters an hour to one domain have left by themselves: the limit is reached"
    }
    assert deliver(later(desk, minutes=70), mailer).sent == 2


def test_a_request_is_drafted_released_and_starts_its_clock(live, mailer, mail_sink) -> None:
    assert chase(live) == 1
    assert chase(live) == 0
    assert deliver(live, mailer).sent == 0
    (draft,) = letters.see_letters(live, "sam", ("draft",))
    letters.release(live, draft.id, "sam")
    assert deliver(live, mailer).sent == 1
    (mail,) = mail_sink.mails()
    assert mail.to == "desk@police.example"
    assert "Tilly" not in mail.content.decode()
    with reading(live.engine) as session:
        case = load(session, live.keys, [CASE])[CASE]
    police = next(item for item in contributions(case) if item.agency == "gmp")
    assert (police.state, police.requested_on) == ("requested", NOW.date())
    assert (
        f"{police.due_on:%A} {police.due_on.day}" in mail.message.get_body(("plain",)).get_content()
    )


@pytest.mark.parametrize(("hour", "left"), [(7, 0), (8, 1), (17, 1), (18, 0)])
def test_agencies_are_written_to_in_working_hours(live, mailer, hour, left) -> None:
    chase(live)
    letters.release(live, "L-000002", "sam")
    at = datetime(2026, 3, 6, hour, 30, tzinfo=UTC)
    assert deliver(replace(live, now=lambda: at), mailer).sent == left


def test_a_request_released_in_the_evening_is_due_from_the_day_it_leaves(live, mailer) -> None:
    chase(live)
    evening = replace(live, now=lambda: datetime(2026, 3, 6, 20, 1, tzinfo=UTC))
    released = letters.release(evening, "L-000002", "sam")
    _, read = letters.see_letter(evening, released.id, "sam")
    assert "Wednesday 18 March 2026" in read.text  # from Monday 9 March, 7 working days
    deliver(replace(live, now=lambda: datetime(2026, 3, 9, 8, 5, tzinfo=UTC)), mailer)
    with reading(live.engine) as session:
        case = load(session, live.keys, [CASE])[CASE]
    due = next(item.due_on for item in contributions(case) if item.agency == "gmp")
    assert f"{due:%d %B}" == "18 March"


def test_what_warns_people_leaves_first(live, mailer, mail_sink) -> None:
    put(live)
    put(live, "duty@tscp.example", kind="alert", answers_mail_of=None)
    deliver(live, mailer)
    assert [mail.to for mail in mail_sink.mails()] == ["duty@tscp.example", "rita@hospital.example"]


def test_no_request_leaves_once_the_agency_has_answered(live, mailer, mail_sink) -> None:
    chase(live)
    letters.release(live, "L-000002", "sam")
    contribute(live, CASE, "sam", "gmp", "not known to us")
    assert deliver(live, mailer).sent == 0
    assert state(live, 2) == "cancelled"
    assert "not known to us" in line(live, 2).reason


def test_chasers_follow_the_clocks_one_at_a_time(live, mailer) -> None:
    chase(live)
    letters.release(live, "L-000002", "sam")
    deliver(live, mailer)
    drafted = []
    for days in range(1, 20):
        desk = later(live, days=days)
        if chase(desk):
            (draft,) = letters.see_letters(desk, "sam", ("draft",))
            drafted.append((desk.now().date().isoformat(), draft.kind))
    assert drafted == [
        ("2026-03-11", "chaser"), ("2026-03-13", "chaser"), ("2026-03-17", "escalation"),
    ]  # fmt: skip


def test_a_bounce_marks_the_letter_that_came_back(live, mailer, mail_sink) -> None:
    number = put(live)
    deliver(live, mailer)
    identifier = str(mail_sink.mails()[0].message["Message-ID"])
    with transaction(live.engine) as session:
        assert letter_acts.bounced(session, live.keys, [identifier]) == [number]
    assert state(live, number) == "bounced"


def test_after_a_restore_what_waited_is_for_a_person(live, mailer, mail_sink) -> None:
    waiting = put(live)
    with transaction(live.engine) as session:
        letter_acts.after_restore(session)
        switches.switch_on(session, switches.RESTORED, "service", NOW)
    again = put(live, "second@hospital.example")
    assert deliver(live, mailer).sent == 0
    assert (state(live, waiting), state(live, again)) == ("perhaps sent", "draft")


def test_a_letter_that_was_held_while_it_was_offered_does_not_leave(
    live, mailer, mail_sink, monkeypatch
) -> None:
    number = put(live)
    steps: list[Callable[[], bool]] = [lambda: letters.hold(live, "sam") is not None]
    done = deliver(live, mailer, stopping=lambda: bool(steps and steps.pop()()))
    assert (done.reason, state(live, number)) == ("all letters are held", "waiting")
    assert mail_sink.mails() == []
