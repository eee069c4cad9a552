"""Silence is noticed: the desk remembers, administrators are told by letter, nobody twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cases import AT, FilingRoom, a_letter, a_paper, a_sin_form, received

from storage import audit, messages, outbox, polls, sending, switches, troubles, watching
from storage.database import reading, transaction
from storage.outbox import OutboxLine
from storage.service_tables import JobRow
from triage.letters import LIMIT_REACHED, Letter, Verdict
from triage.today import LetterRules
from tscp.acts.desk import Desk
from tscp.acts.letter_words import letter_in_words
from tscp.acts.watch import watch

ANN, BO, DUTY = "ann@tscp.example", "bo@tscp.example", "duty@tscp.example"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
START = datetime(2026, 3, 5, 10, tzinfo=UTC)


class Watched:
    """A running service, looked at when a test says so."""

    def __init__(self, desk: Desk) -> None:
        office = replace(desk.office, alerts_to=(ANN, BO), urgent_to=(DUTY,))
        self.now = START
        self.desk = replace(
            desk,
            now=lambda: self.now,
            office=office,
            letters=LetterRules(live_from=AT - 30 * MINUTE),
        )
        self.poll()

    def poll(self, reason: str = "", refused: bool = False) -> None:
        with transaction(self.desk.engine) as session:
            polls.note(session, "tscp", not reason, reason, self.now, refused)

    def look(self, later: timedelta = timedelta()) -> list[str]:
        """The names of what is wrong then."""
        self.now += later
        watch(self.desk, ["tscp"], START - HOUR)
        with reading(self.desk.engine) as session:
            return [one.name for one in troubles.standing(session)]

    def alerts(self, to: str = ANN) -> list[OutboxLine]:
        with reading(self.desk.engine) as session:
            found = outbox.lines(session, self.desk.keys)
        return [one for one in found if one.kind == "alert" and one.to == to]

    def subjects(self, to: str = ANN) -> list[str]:
        about = [one for one in self.alerts(to) if "Mailbox" in one.contents["said"]]
        return [letter_in_words(self.desk, one, None).subject for one in about]

    def put(self, letter: Letter) -> None:
        with transaction(self.desk.engine) as session:
            outbox.add(session, self.desk.keys, letter, self.now)


@pytest.fixture
def watched(desk: Desk) -> Watched:
    return Watched(desk)


def test_a_silent_mailbox_is_told_once_to_each_reminded_and_cleared(watched):
    assert watched.look(30 * MINUTE) == []
    for _ in range(5):
        assert watched.look(MINUTE) == ["mailbox silent: tscp"]
    assert len(watched.alerts()) == len(watched.alerts(BO)) == 1
    watched.look(24 * HOUR)
    watched.poll()
    watched.look(MINUTE)
    watched.poll()
    watched.look(11 * MINUTE)
    assert watched.subjects() == [
        f"TSCP referrals: {said}"
        for said in ("needs attention", "still needs attention", "working again")
    ]


def test_an_alert_says_what_since_when_and_what_to_do(watched):
    watched.look(31 * MINUTE)
    text = " ".join(letter_in_words(watched.desk, watched.alerts()[0], None).text.split())
    assert "Mailbox tscp was last read to its end Thu 5 Mar 10:00." in text
    assert "Since: Thu 5 Mar 10:00" in text
    assert "More under 'mailbox silent' in docs/operations.md" in text


def test_a_refused_sign_in_is_told_at_once(watched):
    watched.poll("Mailbox 'tscp': the server refused the account", refused=True)
    assert watched.look(MINUTE) == ["mailbox refuses sign-in: tscp"]
    assert len(watched.alerts()) == 1


def test_an_alert_that_could_not_leave_gives_way_to_the_newer_one(watched):
    watched.look(31 * MINUTE)
    watched.look(24 * HOUR)
    assert [one.state for one in watched.alerts()] == ["cancelled", "waiting"]


def test_in_shadow_mode_it_is_remembered_and_nobody_is_told(watched):
    watched.desk = replace(watched.desk, letters=LetterRules())
    FilingRoom(watched.desk.engine, watched.desk.keys).file(at_risk())
    assert watched.look(31 * MINUTE) == ["mailbox silent: tscp"]
    assert watched.alerts() == watched.alerts(DUTY) == []


def test_two_services_that_look_at_the_same_moment_tell_once(watched, monkeypatch):
    first = watched.now + 31 * MINUTE
    watched.now = first
    remembered = troubles.remembered
    stale = iter([[]])  # the second looked before the first had written
    watched.look()
    monkeypatch.setattr(
        troubles, "remembered", lambda session: next(stale, None) or remembered(session)
    )
    watched.look()
    assert len(watched.alerts()) == 1


def test_a_letter_that_may_leave_and_does_not_is_told_after_half_an_hour(watched):
    watched.put(Letter("thanks", "somebody@agency.example", state="waiting"))
    for _ in range(30):
        watched.poll()
        assert watched.look(MINUTE) == []
    watched.poll()
    assert watched.look(MINUTE) == ["letters not leaving"]


@pytest.mark.parametrize("why", ["held", "out of hours"])
def test_a_letter_that_may_not_leave_is_no_trouble(watched, why):
    watched.put(Letter("request", "somebody@agency.example", state="waiting"))
    if why == "held":
        with transaction(watched.desk.engine) as session:
            switches.switch_on(session, switches.HELD, "ann", watched.now)
    else:
        watched.now += 9 * HOUR
    for _ in range(4):
        watched.poll()
        assert watched.look(20 * MINUTE) == []


def test_failed_and_perhaps_sent_letters_and_a_limit_are_troubles(watched):
    for _ in range(3):
        watched.put(Letter("thanks", "somebody@agency.example", state="waiting"))
    for end in ("failed", "unknown", "limit"):
        with transaction(watched.desk.engine) as session:
            mine = sending.claim(session, watched.desk.keys, watched.now, lambda _: Verdict("now"))
            if end == "failed":
                sending.failed(session, mine, "no such address")
            elif end == "unknown":
                sending.handing_over(session, mine, "thread", watched.now)
            else:
                why = f"10 letters: {LIMIT_REACHED}"
                sending.put_back(session, mine, why, watched.now + HOUR, 0)
    assert watched.look() == ["letters failed", "limit of letters reached"]  # one is in hand
    with transaction(watched.desk.engine) as session:
        one = outbox.lines(session, watched.desk.keys, ["perhaps sent"])[0]
        sending.unknown(session, one)
    assert "letters perhaps sent" in watched.look()


def test_a_job_that_fails_for_half_an_hour_is_a_trouble_and_one_with_no_work_left_is_not(watched):
    def failed() -> None:
        with transaction(watched.desk.engine) as session:
            row = session.get(JobRow, "chase") or JobRow(name="chase")
            row.ok, row.reason, row.ended_at = False, "no reason", watched.now
            session.add(row)

    for _ in range(7):
        watched.poll()
        failed()
        assert watched.look() == []
        watched.now += 5 * MINUTE - MINUTE / 60
    failed()
    assert watched.look(MINUTE) == ["job failing: chase"]
    watched.poll()
    assert watched.look(11 * MINUTE) == []


def test_mail_that_nobody_processes_is_a_trouble(watched):
    with transaction(watched.desk.engine) as session:
        messages.received(session, received(), watched.now)
    watched.poll()
    assert watched.look(15 * MINUTE) == []
    assert watched.look(MINUTE) == ["e-mails not processed"]


def test_a_clock_set_back_is_noticed(watched):
    with transaction(watched.desk.engine) as session:
        audit.append(session, "ann", "queue seen", "", watched.now + HOUR)
    assert watched.look() == ["clock set back"]


def test_a_full_disk_is_noticed(watched, monkeypatch):
    monkeypatch.setattr(type(watched.desk.originals), "disk", lambda _: (10, 10**12))
    assert watched.look() == ["disk nearly full"]


# ---- other children at risk now


def at_risk(name: str = "Tilly Testing"):
    child = {"child_name": name, "date_of_birth": datetime(2015, 1, 1, tzinfo=UTC).date()}
    return a_paper(a_sin_form([child], other_children_at_risk="yes"), text=name)


def test_an_urgent_case_is_told_once_at_once_by_its_reference_alone(watched):
    FilingRoom(watched.desk.engine, watched.desk.keys).file(at_risk())
    for _ in range(3):
        watched.look()
    (alert,) = watched.alerts(DUTY)
    assert (alert.case, alert.state, dict(alert.contents)) == ("TSCP-2026-0001", "waiting", {})
    assert watched.alerts() == []


def test_a_case_of_mail_from_before_letters_went_live_is_not_told(watched):
    room = FilingRoom(watched.desk.engine, watched.desk.keys)
    room.file(at_risk())
    watched.desk = replace(watched.desk, letters=LetterRules(live_from=AT + 90 * MINUTE / 60))
    room.file(at_risk("Max Sample"))
    room.file(mail=a_letter("Nothing to add. TSCP-2026-0001"))
    watched.look()
    assert [one.case for one in watched.alerts(DUTY)] == ["TSCP-2026-0002"]


def test_a_recipient_named_later_is_not_told_of_what_others_were_told(watched):
    FilingRoom(watched.desk.engine, watched.desk.keys).file(at_risk())
    watched.look()
    office = replace(watched.desk.office, urgent_to=(DUTY, BO))
    watched.desk = replace(watched.desk, office=office)
    watched.look()
    assert watched.alerts(BO) == []
    with reading(watched.desk.engine) as session:
        assert watching.urgent_untold(session, AT - HOUR) == []
