"""A summary each working day, once, and together they cover all time and every case."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from cases import FilingRoom, a_paper, a_sin_form, received
from factories import BASE_SEED
from sqlmodel import col, select

from storage import letter_acts, messages, outbox, polls, sending, summaries, switches
from storage.database import reading, transaction
from storage.tables import LetterRow
from triage.letters import Verdict
from triage.summary_period import period
from triage.today import LetterRules
from triage.working_days import LONDON, Calendar
from tscp.acts.desk import Desk, Refused
from tscp.acts.summarise import make_summary, queue_summary

MANAGER, OTHER = "manager@tscp.example", "second@tscp.example"
MON = date(2026, 11, 23)


class Clock:
    """A clock that stands still until it is put forward."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def london(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)


def alive(desk: Desk, clock: Clock, to: tuple[str, ...] = (MANAGER,)) -> Desk:
    """The desk as it is once letters are live."""
    office = replace(desk.office, summary_to=to)
    rules = LetterRules(live_from=datetime(2020, 1, 1, tzinfo=UTC))
    return replace(desk, now=clock, office=office, letters=rules)


@pytest.fixture
def clock() -> Clock:
    return Clock(london(MON, 7, 30))


@pytest.fixture
def live(desk: Desk, clock: Clock) -> Desk:
    return alive(desk, clock)


def letters(desk: Desk, kind: str = "summary") -> list[outbox.OutboxLine]:
    with reading(desk.engine) as session:
        return [one for one in outbox.lines(session, desk.keys) if one.kind == kind]


def mail_server_takes_all(desk: Desk) -> None:
    """What waits leaves, as sending does it."""
    with transaction(desk.engine) as session:
        while mine := sending.claim(session, desk.keys, desk.now(), lambda _: Verdict("now")):
            sending.handing_over(session, mine, f"thread {mine.number}", desk.now())
            sending.sent(session, mine, desk.now())


def text(letter: outbox.OutboxLine) -> str:
    return " ".join(letter.contents["text"].split())


def file_case(room: FilingRoom, number: int) -> None:
    """One more case, of a child of its own."""
    child = {"child_name": f"Child{number} Number{number}-Test", "date_of_birth": date(2015, 1, 1)}
    room.file(a_paper(a_sin_form([child]), text=str(number)))


# ---- one day


def test_it_is_made_once_for_each_recipient(desk, clock):
    both = alive(desk, clock, (MANAGER, OTHER))
    assert len(queue_summary(both)) == 2
    clock.at += timedelta(hours=2)
    assert queue_summary(both) == queue_summary(replace(both)) == []
    assert {one.to for one in letters(both)} == {MANAGER, OTHER}


def test_two_services_at_the_same_moment_make_one(live, monkeypatch):
    monkeypatch.setattr(summaries, "made", lambda *_: None)  # both looked before either wrote
    assert [len(queue_summary(live)), len(queue_summary(live))] == [1, 0]


def test_no_address_lies_open_in_the_table(live):
    queue_summary(live)
    with reading(live.engine) as session:
        row = session.exec(select(LetterRow)).one()
    assert MANAGER not in repr(row)


@pytest.mark.parametrize(
    "rules", [LetterRules(), LetterRules(live_from=london(MON, 8))], ids=["never", "later"]
)
def test_in_shadow_mode_none_is_made(live, rules):
    shadow = replace(live, letters=rules)
    assert queue_summary(shadow) == []
    with pytest.raises(Refused, match="nothing is sent"):
        make_summary(shadow, "ann")


def test_while_letters_are_held_it_is_made_and_waits(live):
    with transaction(live.engine) as session:
        switches.switch_on(session, switches.HELD, "ann", live.now())
    queue_summary(live)
    (made,) = letters(live)
    assert made.state == "waiting"
    assert "All letters are held since Mon 23 Nov 07:30" in text(made)


def test_before_its_time_and_on_a_free_day_none_is_made(live, clock):
    clock.at = london(MON, 7, 29)
    assert queue_summary(live) == []
    clock.at = london(MON - timedelta(days=1), 12)
    assert queue_summary(live) == []


def test_after_an_outage_it_says_what_it_covers(live, clock):
    clock.at = london(date(2026, 11, 20), 7, 30)
    queue_summary(live)
    mail_server_takes_all(live)
    clock.at = london(date(2026, 11, 24), 9, 12)
    queue_summary(live)
    said = "Covers Fri 20 Nov 07:30 to Tue 24 Nov 09:12; none was sent on Mon 23 Nov."
    assert said in text(letters(live)[-1])
    assert "NEW SINCE FRI 20 NOV 07:30: 0" in text(letters(live)[-1])
    assert said in letters(live)[-1].contents["html"]


def test_one_that_could_not_leave_gives_way_to_the_next_which_covers_its_days(live, clock):
    room = FilingRoom(live.engine, live.keys)
    queue_summary(live)
    mail_server_takes_all(live)
    file_case(room, 1)
    for _ in range(2):  # the mail server is down on Tuesday
        clock.at += timedelta(days=1)
        queue_summary(live)
    sent, tuesday, wednesday = letters(live)
    assert (sent.state, tuesday.state, wednesday.state) == ("sent", "cancelled", "waiting")
    assert tuesday.reason == summaries.COVERED
    assert "none was sent on Tue 24 Nov" in text(wednesday)
    assert "NEW SINCE MON 23 NOV 07:30: 1" in text(wednesday)


def test_a_case_whose_mail_was_received_long_before_it_was_fetched_is_new_all_the_same(live, clock):
    room = FilingRoom(live.engine, live.keys)  # received in March, says its mail
    queue_summary(live)
    mail_server_takes_all(live)
    file_case(room, 1)
    clock.at += timedelta(days=1)
    queue_summary(live)
    assert "07:30: 1 TSCP-2026-0001" in text(letters(live)[-1])


def test_a_person_may_have_it_made_at_any_time_and_then_it_is_not_made_again(live, clock):
    clock.at = london(MON, 6)
    made, before = make_summary(live, "ann")
    assert (len(made), before) == (1, [])
    clock.at = london(MON, 7, 30)
    assert queue_summary(live) == []
    made, before = make_summary(live, "ann")
    assert (made, before[0].at) == ([], london(MON, 6))


def test_one_made_for_an_earlier_day_leaves_the_others_as_they_are(live, clock):
    queue_summary(live)
    make_summary(live, "ann", MON - timedelta(days=20))
    assert [one.state for one in letters(live)] == ["waiting", "waiting"]
    assert "Covers" not in text(letters(live)[-1])
    with pytest.raises(Refused, match="still to come"):
        make_summary(live, "ann", MON + timedelta(days=1))


def test_it_counts_letters_that_wait_for_a_person(live):
    FilingRoom(live.engine, live.keys).file(a_paper(a_sin_form()))
    queue_summary(live)
    drafts = len([one for one in letters(live, "acknowledgement") if one.state == "draft"])
    assert drafts == 1
    assert "LETTERS WAITING FOR A PERSON: 1 (of these 1 draft" in text(letters(live)[-1])


def test_a_long_outage_is_counted_and_not_listed():
    calendar = Calendar(frozenset())
    covered = period(london(date(2026, 1, 5), 8), london(date(2026, 3, 2), 8), time(7), calendar)
    assert covered.said.endswith("none was sent on 39 working days.")


# ---- a year


def moments(chance: random.Random, day: date) -> list[datetime]:
    """When the service looks on a day: around the set time, where clocks change, at random."""
    set_time, night = london(day, 7, 30), london(day, 0)
    around = [set_time - timedelta(minutes=1), set_time, set_time + timedelta(minutes=1)]
    changing = [night + timedelta(minutes=m) for m in (0, 59, 60, 61, 119, 120, 121)]
    random_ones = [night + timedelta(minutes=chance.randrange(24 * 60)) for _ in range(2)]
    return sorted(around + random_ones + (changing if day.weekday() == 6 else []))


def outages(chance: random.Random, start: datetime) -> list[tuple[datetime, datetime]]:
    """Times at which the service does not run: an hour, a night, days."""
    begins = [start + timedelta(hours=chance.randrange(365 * 24)) for _ in range(25)]
    return [(at, at + timedelta(hours=chance.choice((1, 8, 30, 100)))) for at in begins]


def test_a_year_has_one_for_every_working_day_it_ran_and_no_gap(desk):
    print(f"TEST_SEED={BASE_SEED}")
    chance, first = random.Random(BASE_SEED), date(2026, 3, 20)
    one_off = first + timedelta(days=chance.randrange(60, 300))
    free = desk.calendar.holidays | {one_off}
    clock = Clock(london(first, chance.randrange(24)))
    live = replace(alive(desk, clock), calendar=Calendar(frozenset(free)))
    room, down = FilingRoom(live.engine, live.keys), outages(chance, clock.at)
    expected, cases = set(), 0
    for day in (first + timedelta(days=n) for n in range(365)):
        for at in moments(chance, day):
            if at < clock.at or any(begin <= at < end for begin, end in down):
                continue
            clock.at = at
            local = at.astimezone(LONDON)
            works = local.weekday() < 5 and local.date() not in free
            if works and local.hour * 60 + local.minute >= 7 * 60 + 30:
                expected.add(local.date())
            made = queue_summary(replace(live))  # a new desk each time: nothing is in memory
            if made and chance.random() < 0.8:
                mail_server_takes_all(live)
            # Not at the beginning: the first summary goes by the day a mail was received.
            if cases < 6 and chance.random() < 0.01 and (day - first).days > 10:
                cases += 1
                file_case(room, cases)
    check_year(live, expected, cases)


def check_year(live: Desk, expected: set[date], cases: int) -> None:
    found = letters(live)
    days = [one.at.astimezone(LONDON).date() for one in found]
    assert sorted(days) == sorted(expected)
    assert {date(2026, 4, 3), date(2026, 12, 25), date(2027, 1, 1)} & set(days) == set()
    sent = [one for one in found if one.state == "sent"]
    for before, after in pairwise(sent):
        assert datetime.fromisoformat(after.contents["since"]) == before.at
    new = [ref for one in sent for ref in new_in(one)]
    assert len(new) == len(set(new))
    unsent = [ref for one in found if one.state == "waiting" for ref in new_in(one)]
    assert len({*new, *unsent}) >= cases - after_the_last(live, found[-1])


def new_in(letter: outbox.OutboxLine) -> list[str]:
    part = letter.contents["text"].partition("NEW SINCE")[2].partition("DUE WITHIN")[0]
    return re.findall(r"TSCP-\d{4}-\d{4}", part)


def after_the_last(live: Desk, last: outbox.OutboxLine) -> int:
    with reading(live.engine) as session:
        firsts = summaries.first_facts(session)
    return sum(first > int(last.contents["up_to"]) for first in firsts.values())


def test_after_a_start_what_came_meanwhile_is_read_first_but_not_for_ever(live, clock):
    started_at, clock.at = clock.at, clock.at + timedelta(minutes=1)
    assert queue_summary(live, started_at) == []  # no mailbox was read yet
    with transaction(live.engine) as session:
        polls.note(session, "tscp", False, "no", clock.at)
        messages.received(session, received(), clock.at)
    assert queue_summary(live, started_at) == []  # a message waits to be processed
    clock.at += timedelta(minutes=10)
    assert len(queue_summary(live, started_at)) == 1


def test_once_all_is_read_it_is_made_at_once(live, clock):
    started_at, clock.at = clock.at, clock.at + timedelta(minutes=1)
    with transaction(live.engine) as session:
        polls.note(session, "tscp", True, "", clock.at)
    assert len(queue_summary(live, started_at)) == 1


def test_a_summary_a_person_cancelled_is_covered_by_the_next(live, clock):
    queue_summary(live)
    mail_server_takes_all(live)
    clock.at += timedelta(days=1)
    queue_summary(live)
    with transaction(live.engine) as session:
        last = session.exec(select(LetterRow.id).order_by(col(LetterRow.id).desc())).first()
        letter_acts.cancel(session, last, "by ann")
    clock.at += timedelta(days=1)
    queue_summary(live)
    assert "none was sent on Tue 24 Nov" in text(letters(live)[-1])
